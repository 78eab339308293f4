/** Dates and years of birth in match keys, and whether they speak of a minor. Policy: whoever may be under 18 counts as under 18. */
import type { Parsed } from '#kernel/result/problem.ts'
import { fault } from './key-rule.ts'

const ADULT = 18

export function birthDate(text: string): Parsed<string> {
  const date = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text.trim())
  if (date === null) return fault('date', 'with', 'The date of birth is written YYYY-MM-DD.')
  const [, year = '', month = '', day = ''] = date
  if (Number(year) < 1850 || Number(day) < 1 || Number(day) > daysOf(Number(year), Number(month)))
    return fault('date', 'with', 'There is no such day.')
  return { ok: true, value: date[0], problems: [] }
}

/** Of the Gregorian calendar; none for a month that does not exist. */
function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

export function birthYear(text: string): Parsed<string> {
  const year = text.trim()
  return /^(?:18[5-9]|19[0-9]|20[0-9])[0-9]$/.test(year)
    ? { ok: true, value: year, problems: [] }
    : fault('year', 'with', 'The year of birth has four digits.')
}

/** `born` is a date or a year, `today` a date. A year alone is read as its last day. */
export function isMinorBorn(born: string, today: string): boolean {
  const day = born.length === 4 ? `${born}-12-31` : born
  return `${Number(day.slice(0, 4)) + ADULT}${day.slice(4)}` > today
}
