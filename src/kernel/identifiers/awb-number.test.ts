import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseAwbNumber, printAwbNumber, suggestAwbNumber } from './awb-number.ts'

it('reads the ways a number is printed, and names the right digit when it is wrong', () => {
  for (const text of ['020-12345675', '020 12345675', '02012345675', '020-1234 5675'])
    expect(parseAwbNumber(text)).toEqual({ ok: true, value: '02012345675', problems: [] })
  expect(parseAwbNumber('020-12345674').problems[0]).toMatchObject({
    code: 'awb-number.check-digit',
    message: expect.stringContaining('it is 5') as string,
  })
  for (const text of ['', '020-1234567', '20-12345675', '020-123456750', '020/12345675', '020-1 2345675'])
    expect(parseAwbNumber(text).problems[0]?.code).toBe('awb-number.format')
})

it('accepts exactly one check digit, never above 6, and never throws', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{10}$/), fc.string(), (ten, noise) => {
      expect([...'0123456789'].filter((digit) => parseAwbNumber(ten + digit).ok)).toEqual([String(Number(ten.slice(3)) % 7)])
      parseAwbNumber(noise)
    }),
  )
})

it('offers the right digit where only the digit is wrong, and prints the airline apart', () => {
  expect(suggestAwbNumber('020-12345674')).toBe('02012345675')
  expect(suggestAwbNumber('020-1234567')).toBeUndefined()
  expect(printAwbNumber('02012345675')).toBe('020-12345675')
})
