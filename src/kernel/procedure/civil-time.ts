/**
 * Civil dates without a clock: a day is its number since 1 January 1970 in the proleptic Gregorian calendar.
 * Source: the era-based days-from-civil computation (Hinnant, "chrono-Compatible Low-Level Date Algorithms"), written for March-based years.
 * Time zones enter as a function: the kernel knows no zone data.
 */

export interface ZoneRules {
  /** Minutes east of UTC that a zone keeps at an instant (epoch milliseconds). */
  offsetAt(instant: number, zone: string): number
}

export interface WorkingCalendar {
  /** True when authorities of this calendar work on the day (not Saturday, Sunday or holiday). */
  isWorkingDay(day: number): boolean
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

/** The civil day on which an instant falls in a zone. */
export function localDay(instant: number, zone: string, rules: ZoneRules): number {
  return Math.floor((instant + rules.offsetAt(instant, zone) * 60_000) / DAY)
}

/** The instant at which a civil day begins in a zone; where the clocks skip midnight, the first instant of the day. */
export function startOfDay(day: number, zone: string, rules: ZoneRules): number {
  const guess = day * DAY - rules.offsetAt(day * DAY, zone) * 60_000
  const settled = day * DAY - rules.offsetAt(guess, zone) * 60_000
  if (localDay(settled, zone, rules) === day && localDay(settled - 1, zone, rules) === day - 1) return settled
  return localDay(guess, zone, rules) === day ? guess : Math.max(guess, settled)
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
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(d).padStart(2, '0')}`
}

/** `2026-11-06 24:00 Europe/Brussels`: an end of day is written as its own day's 24:00, as the law counts it. */
export function writeInstant(instant: number, zone: string, rules: ZoneRules): string {
  const local = instant + rules.offsetAt(instant, zone) * 60_000
  const day = Math.floor(local / DAY)
  const minutes = Math.floor((local - day * DAY) / 60_000)
  if (minutes === 0) return `${isoDay(day - 1)} 24:00 ${zone}`
  return `${isoDay(day)} ${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')} ${zone}`
}
