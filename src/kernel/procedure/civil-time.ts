/**
 * Civil dates without a clock: a day is its number since 1 January 1970 in the proleptic Gregorian calendar.
 * Source: the era-based days-from-civil computation (Hinnant, "chrono-Compatible Low-Level Date Algorithms"), written for March-based years.
 * Time zones enter as a function: the kernel knows no zone data.
 */

export interface ZoneRules {
  /** Minutes east of UTC that a zone keeps at an instant (epoch milliseconds); a fraction where a zone kept seconds. */
  offsetAt(instant: number, zone: string): number
}

export interface WorkingCalendar {
  /** `BE`, `ES-AN`, `EU`: named in explanations. */
  readonly code?: string
  /** True when authorities of this calendar work on the day (not Saturday, Sunday or holiday). */
  isWorkingDay(day: number): boolean
  /** The first year between two days whose holidays nobody has listed: in it only weekends are known to be off. Absent = every year is listed. */
  unlistedYear?(from: number, to: number): number | undefined
}

const HOUR = 3_600_000
export const DAY = 24 * HOUR

export interface CivilDate {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  /** 1 to 31. */
  readonly day: number
}

export function dayOf({ year, month, day }: CivilDate): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

export function dateOf(day: number): CivilDate {
  const z = day + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  }
}

/** 0 = Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

function offsetMs(instant: number, zone: string, rules: ZoneRules): number {
  return Math.round(rules.offsetAt(instant, zone) * 60_000)
}

/** The civil day on which an instant falls in a zone. */
export function localDay(instant: number, zone: string, rules: ZoneRules): number {
  return Math.floor((instant + offsetMs(instant, zone, rules)) / DAY)
}

/**
 * The first instant of a civil day in a zone; of the next day where a zone left the day out. Two readings of midnight (clocks set back over it): the first.
 * Premise: no zone changes its offset twice within two days.
 */
export function startOfDay(day: number, zone: string, rules: ZoneRules): number {
  const midnight = day * DAY
  const before = midnight - offsetMs(midnight - DAY, zone, rules)
  const after = midnight - offsetMs(midnight + DAY, zone, rules)
  if (before === after) return before
  const [low, high] = before < after ? [before, after] : [after, before]
  if (begins(low)) return low
  if (begins(high)) return high
  // Midnight does not occur: the day begins with the change of the clocks, which lies between the two readings.
  let [from, to] = [low - 1, high]
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2)
    if (localDay(middle, zone, rules) >= day) to = middle
    else from = middle
  }
  return to

  function begins(instant: number): boolean {
    return instant + offsetMs(instant, zone, rules) === midnight && localDay(instant - 1, zone, rules) < day
  }
}

/** The beginning of the full hour, by the clocks of a zone, that follows the hour of an instant. */
export function nextHour(instant: number, zone: string, rules: ZoneRules): number {
  const offset = offsetMs(instant, zone, rules)
  return (Math.floor((instant + offset) / HOUR) + 1) * HOUR - offset
}

/** The same day of a later month, or its last day when that month is shorter. */
export function addMonths(day: number, months: number): number {
  const date = dateOf(day)
  const index = date.year * 12 + date.month - 1 + months
  const year = Math.floor(index / 12)
  const month = index - year * 12 + 1
  const last = dateOf(dayOf(month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 }) - 1).day
  return dayOf({ year, month, day: Math.min(date.day, last) })
}

export function isoDay(day: number): string {
  const { year, month, day: d } = dateOf(day)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(d)}`
}

/**
 * `2026-11-06 24:00+01:00`: local time with its offset, seconds only where there are any. The end of a day is written as its own day's 24:00, as the law
 * counts it. Invariant: `parseLocal` gives back the same instant.
 */
export function writeLocal(instant: number, zone: string, rules: ZoneRules): string {
  const ended = offsetMs(instant - 1, zone, rules)
  const local = instant + ended
  if (local % DAY === 0) return `${isoDay(local / DAY - 1)} 24:00${writeOffset(ended)}`
  const offset = offsetMs(instant, zone, rules)
  const day = Math.floor((instant + offset) / DAY)
  return `${isoDay(day)} ${timeOfDay(instant + offset - day * DAY)}${writeOffset(offset)}`
}

const LOCAL = /^(-?\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d)(?::(\d\d)(?:\.(\d{3}))?)?([+-])(\d\d):(\d\d)(?::(\d\d))?$/

export function parseLocal(text: string): number | undefined {
  const found = LOCAL.exec(text)
  if (found === null) return undefined
  const part = (index: number) => Number(found[index] ?? 0)
  const day = dayOf({ year: part(1), month: part(2), day: part(3) })
  const time = part(4) * HOUR + part(5) * 60_000 + part(6) * 1000 + part(7)
  const offset = part(9) * HOUR + part(10) * 60_000 + part(11) * 1000
  return day * DAY + time - (found[8] === '-' ? -offset : offset)
}

function timeOfDay(ms: number): string {
  const hourAndMinute = `${two(Math.floor(ms / HOUR))}:${two(Math.floor(ms / 60_000) % 60)}`
  const rest = ms % 60_000
  if (rest === 0) return hourAndMinute
  const seconds = `${hourAndMinute}:${two(Math.floor(rest / 1000))}`
  return rest % 1000 === 0 ? seconds : `${seconds}.${String(rest % 1000).padStart(3, '0')}`
}

function writeOffset(offset: number): string {
  const size = Math.abs(offset)
  return `${offset < 0 ? '-' : '+'}${timeOfDay(size)}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
