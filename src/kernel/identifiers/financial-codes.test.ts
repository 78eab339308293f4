import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBic } from './bic.ts'
import { parseInn, parseNpi, parseOgrn } from './company-number.ts'
import { parseIsin } from './isin.ts'
import { parseLei } from './lei.ts'
import { luhnDigit } from './luhn.ts'
import { parseMmsi } from './mmsi.ts'
import { checkDigits97, remainder97 } from './mod-97.ts'

const codeOf = (parsed: { ok: boolean; problems: readonly { code: string }[] }) => (parsed.ok ? 'ok' : parsed.problems[0]?.code)

describe('published examples are accepted and one wrong digit is named', () => {
  it.each([
    ['LEI of the identifier foundation', parseLei, '506700GE1G29325QX363', '506700GE1G29325QX364', 'lei.check-digit'],
    ['ISIN of an American share', parseIsin, 'US0378331005', 'US0378331006', 'isin.check-digit'],
    ['ISIN of a British share', parseIsin, 'GB0002634946', 'GB0002634947', 'isin.check-digit'],
    ['INN of a bank', parseInn, '7707083893', '7707083894', 'inn.check-digit'],
    ['INN of twelve digits', parseInn, '500100732259', '500100732258', 'inn.check-digit'],
    ['OGRN of a bank', parseOgrn, '1027700132195', '1027700132196', 'ogrn.check-digit'],
    ['NPI of the example of the standard', parseNpi, '1234567893', '1234567894', 'npi.check-digit'],
  ] as const)('%s', (_, parse, right, wrong, code) => {
    expect(parse(right)).toMatchObject({ ok: true, value: right })
    expect(codeOf(parse(wrong))).toBe(code)
    expect(codeOf(parse('?'))).toMatch(/\.format$/)
  })
})

it('takes separators and case as they are typed', () => {
  expect(parseLei('5067 00ge1g29325qx363')).toMatchObject({ ok: true, value: '506700GE1G29325QX363' })
  expect(parseIsin('us-0378331005')).toMatchObject({ ok: true, value: 'US0378331005' })
  expect(parseBic('deut de ff 500')).toMatchObject({ ok: true, value: 'DEUTDEFF500' })
  expect(codeOf(parseBic('DEUTDEFF50'))).toBe('bic.format')
})

it('tells ships from other stations by their maritime identity', () => {
  expect(parseMmsi('205 123 456')).toMatchObject({ ok: true, value: '205123456', problems: [] })
  expect(parseMmsi('992051234')).toMatchObject({ ok: true, problems: [{ code: 'mmsi.no-ship' }] })
  expect(codeOf(parseMmsi('812345678'))).toBe('mmsi.no-country')
  expect(codeOf(parseMmsi('20512345'))).toBe('mmsi.format')
})

it('finds exactly one pair of check digits, and every swap of two neighbours of one kind', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z0-9]{18}$/), fc.nat({ max: 16 }), (body, at) => {
      const right = body + checkDigits97(body)
      expect(remainder97(right)).toBe(1)
      expect(parseLei(right).ok).toBe(true)
      const swapped = [...right]
      const [left = '', next = ''] = [right[at], right[at + 1]]
      // A letter beside a digit may read the same either way: B1 and 1B are both written out as 111.
      fc.pre(/[A-Z]/.test(left) === /[A-Z]/.test(next))
      swapped.splice(at, 2, next, left)
      expect(parseLei(swapped.join('')).ok).toBe(left === next)
    }),
  )
})

it('finds every single wrong digit by doubling', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{1,30}$/), fc.nat({ max: 29 }), fc.integer({ min: 1, max: 9 }), (digits, at, shift) => {
      const place = at % digits.length
      const wrong = digits.slice(0, place) + String((Number(digits[place]) + shift) % 10) + digits.slice(place + 1)
      expect(luhnDigit(wrong)).not.toBe(luhnDigit(digits))
    }),
  )
})

it('never throws on what is no code', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (noise) => {
      for (const parse of [parseLei, parseIsin, parseBic, parseMmsi, parseInn, parseOgrn, parseNpi]) parse(noise)
    }),
  )
})
