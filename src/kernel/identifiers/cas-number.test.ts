import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseCasNumber } from './cas-number.ts'

it('accepts the numbers of real substances and names the right digit when it is wrong', () => {
  // Water, cocaine, acetic anhydride, potassium permanganate, safrole.
  for (const text of ['7732-18-5', '50-36-2', '108-24-7', '7722-64-7', '94-59-7'])
    expect(parseCasNumber(text)).toEqual({ ok: true, value: text, problems: [] })
  expect(parseCasNumber('108-24-8').problems[0]).toMatchObject({
    code: 'cas-number.check-digit',
    message: expect.stringContaining('it is 7') as string,
  })
  for (const text of ['', '7732185', '7-18-5', '07732-18-5', '77321888-18-5', '7732-1-85', '7732–18–5'])
    expect(parseCasNumber(text).problems[0]?.code).toBe('cas-number.format')
})

it('accepts exactly one check digit, and never throws', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9][0-9]{1,6}-[0-9]{2}$/), fc.string(), (first, noise) => {
      expect([...'0123456789'].filter((digit) => parseCasNumber(`${first}-${digit}`).ok)).toHaveLength(1)
      parseCasNumber(noise)
    }),
  )
})
