/**
 * Dates of records as far as they are known: a year, a month, or a day. Zeros stand for what is not known, as in many registers; a date of zeros alone, or of
 * a day that cannot be, is no date and is told. Agreement has levels, since clerks swap day and month and sources say "circa".
 */
import { accept, type Parsed, refuse } from '#kernel/result/problem.ts'

export interface PartialDate {
  readonly year: number
  /** 0 where unknown. */
  readonly month: number
  readonly day: number
}

export const DATE_LEVELS = [
  'equal',
  'equal-month',
  'equal-year',
  'one-sign',
  'near-year',
  'years-apart',
  'different-day',
  'different',
] as const
export type DateLevel = (typeof DATE_LEVELS)[number]

const SHAPE = /^([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?|([0-9]{2})([0-9]{2}))?(?:[T ].*)?$/
/** Policy: sources that say "about" mean so many years. */
const ABOUT = 2
/** Policy: an age that somebody guessed is off by so many. */
const GUESSED = 5

export function parsePartialDate(text: string, at: string): Parsed<PartialDate> {
  const parts = SHAPE.exec(text.slice(0, 40).trim())
  const [year, month, day] = [Number(parts?.[1] ?? 0), Number(parts?.[2] ?? parts?.[4] ?? 0), Number(parts?.[3] ?? parts?.[5] ?? 0)]
  if (parts === null || year < 1000 || year > 2999)
    return refuse({ code: 'match.date', at, message: 'The date has no year, so it is not compared.' })
  if (month > 12 || day > daysOf(year, month))
    return refuse({ code: 'match.date', at, message: 'There is no such day, so the date is not compared.' })
  return accept({ year, month, day: month === 0 ? 0 : day })
}

export function dateLevel(a: PartialDate, b: PartialDate): DateLevel {
  if (isSame(a, b)) return isNewYear(a) ? 'equal-month' : a.day > 0 ? 'equal' : a.month > 0 ? 'equal-month' : 'equal-year'
  // The first of January is what registers write when they know the year alone.
  const isDayKnown = a.day > 0 && b.day > 0 && !isNewYear(a) && !isNewYear(b)
  const isMonthKnown = a.month > 0 && b.month > 0 && !isNewYear(a) && !isNewYear(b)
  const years = Math.abs(a.year - b.year)
  if (years === 0) {
    if (!isMonthKnown) return 'equal-year'
    if (!isDayKnown) return a.month === b.month ? 'equal-month' : 'different-day'
    return isOneSlip(a, b) ? 'one-sign' : 'different-day'
  }
  if (isDayKnown && a.month === b.month && a.day === b.day && (years === 1 || isYearSlip(a.year, b.year))) return 'one-sign'
  if (years <= ABOUT && !isDayKnown) return 'near-year'
  // An age that was guessed has no day beside it.
  return years <= GUESSED && !isDayKnown ? 'years-apart' : 'different'
}

export function printPartialDate({ year, month, day }: PartialDate): string {
  return [String(year), ...(month > 0 ? [pad(month)] : []), ...(day > 0 ? [pad(day)] : [])].join('-')
}

function isSame(a: PartialDate, b: PartialDate): boolean {
  return a.year === b.year && a.month === b.month && a.day === b.day
}

function isNewYear({ month, day }: PartialDate): boolean {
  return month === 1 && day === 1
}

/** Day and month swapped, or one of their four digits another. */
function isOneSlip(a: PartialDate, b: PartialDate): boolean {
  if (a.month === b.day && a.day === b.month) return true
  const [x, y] = [pad(a.month) + pad(a.day), pad(b.month) + pad(b.day)]
  return [0, 1, 2, 3].filter((at) => x[at] !== y[at]).length === 1
}

/** One digit another, or two neighbours swapped. */
function isYearSlip(a: number, b: number): boolean {
  const [x, y] = [String(a), String(b)]
  const apart = [0, 1, 2, 3].filter((at) => x[at] !== y[at])
  const [first = 0, second = 0] = apart
  return apart.length === 1 || (apart.length === 2 && second === first + 1 && x[first] === y[second] && x[second] === y[first])
}

function daysOf(year: number, month: number): number {
  if (month === 0) return 31
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

function pad(part: number): string {
  return String(part).padStart(2, '0')
}
