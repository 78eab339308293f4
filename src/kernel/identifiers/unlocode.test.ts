import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseUnlocode } from './unlocode.ts'

const listed = (code: string) => code === 'BEANR' || code === 'ECGYE'

it('accepts listed codes, flags unlisted ones, refuses other shapes', () => {
  expect(parseUnlocode('be anr', listed)).toEqual({
    ok: true,
    value: 'BEANR',
    problems: [],
  })
  expect(parseUnlocode('BEXYZ', listed)).toMatchObject({
    ok: true,
    problems: [{ code: 'unlocode.unlisted' }],
  })
  for (const text of ['', 'ANTWERP', 'BE1NR', '**PKG', '*****', 'B1ANR'])
    expect(parseUnlocode(text, listed)).toMatchObject({
      ok: false,
      problems: [{ code: 'unlocode.format' }],
    })
})

it('never throws and answers only codes of the right shape', () => {
  fc.assert(
    fc.property(fc.string(), (noise) => {
      const parsed = parseUnlocode(noise, listed)
      if (parsed.ok) expect(parsed.value).toMatch(/^[A-Z]{2}[A-Z2-9]{3}$/)
    }),
  )
})
