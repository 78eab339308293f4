import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseHsCode } from './hs-code.ts'

const listed = (code: string) => ['08', '0803', '080390'].includes(code)

it('accepts listed codes and tariff digits below them, flags unlisted ones', () => {
  expect(parseHsCode('0803.90', listed)).toEqual({
    ok: true,
    value: '080390',
    problems: [],
  })
  expect(parseHsCode('0803901000', listed)).toMatchObject({
    ok: true,
    problems: [],
  })
  expect(parseHsCode('080391', listed)).toMatchObject({
    ok: true,
    problems: [{ code: 'hs-code.unlisted' }],
  })
})

it('names a wrong shape and a chapter that does not exist', () => {
  for (const text of ['', '8', '080', 'bananas', '08039012345'])
    expect(parseHsCode(text, listed)).toMatchObject({
      problems: [{ code: 'hs-code.format' }],
    })
  for (const text of ['00', '7701'])
    expect(parseHsCode(text, listed)).toMatchObject({
      problems: [{ code: 'hs-code.chapter' }],
    })
})

it('never throws on noise', () => {
  fc.assert(
    fc.property(fc.string(), (noise) => {
      const parsed = parseHsCode(noise, listed)
      if (parsed.ok) expect(parsed.value).toMatch(/^[0-9]{2,10}$/)
    }),
  )
})
