import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateLevel, type PartialDate, parsePartialDate, printPartialDate } from './record-date.ts'

function date(text: string): PartialDate {
  const parsed = parsePartialDate(text, 'birthDate 1')
  if (!parsed.ok) throw new Error(text)
  return parsed.value
}

describe('a date of a record', () => {
  test.each([
    ['1965', '1965'],
    ['1965-07', '1965-07'],
    ['1965-7-9', '1965-07-09'],
    ['19650709', '1965-07-09'],
    ['1965-07-09T00:00:00', '1965-07-09'],
    ['1965-00-00', '1965'],
    ['2024-02-29', '2024-02-29'],
  ])('%s is read as %s', (text, printed) => {
    expect(printPartialDate(date(text))).toBe(printed)
  })

  test.each(['0000-00-00', '2023-02-29', '1974-01-32', '1965-13-01', '65', '', 'about 1965', '9999'])(
    '%s is none, and it is told where',
    (text) => {
      expect(parsePartialDate(text, 'birthDate 3')).toMatchObject({ ok: false, problems: [{ code: 'match.date', at: 'birthDate 3' }] })
    },
  )

  test.each([
    ['1965-07-09', '1965-07-09', 'equal'],
    ['1965-07-09', '1965-07', 'equal-month'],
    ['1965-07-09', '1965', 'equal-year'],
    ['1965-01-01', '1965-07-09', 'equal-year'],
    ['1965-01-01', '1965-01-01', 'equal-month'],
    ['1965-07-09', '1965-09-07', 'one-sign'],
    ['1965-07-09', '1965-07-19', 'one-sign'],
    ['1965-07-09', '1956-07-09', 'one-sign'],
    ['1965-07-09', '1966-07-09', 'one-sign'],
    ['1965-07-09', '1965-11-23', 'different-day'],
    ['1965', '1967-07-09', 'near-year'],
    ['1965', '1969', 'years-apart'],
    ['1965-07-09', '1969', 'years-apart'],
    ['1965-01-01', '1969-07-09', 'years-apart'],
    ['1965-07-09', '1969-07', 'years-apart'],
    ['1980-03-12', '1984-11-28', 'different'],
    ['1980-03-12', '1984-03-28', 'different'],
    ['1965-07-09', '1995-12-31', 'different'],
  ])('%s and %s are %s', (one, other, level) => {
    expect(dateLevel(date(one), date(other))).toBe(level)
  })

  test('agrees with another as that one agrees with it', () => {
    const any = fc.record({
      year: fc.integer({ min: 1990, max: 1999 }),
      month: fc.integer({ min: 0, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
    })
    const known = any.map(({ year, month, day }) => ({ year, month, day: month === 0 ? 0 : day }))
    fc.assert(
      fc.property(known, known, (a, b) => {
        expect(dateLevel(a, b)).toBe(dateLevel(b, a))
      }),
    )
  })
})
