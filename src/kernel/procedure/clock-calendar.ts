/**
 * Working days of one calendar, worked out year by year and kept as one bit a day, so that asking is a look-up.
 * Source: Regulation (EEC, Euratom) No 1182/71 Art 2(2): all days other than public holidays, Saturdays and Sundays.
 * Invariant: a year whose holidays are not listed says so; its bits know weekends alone, which can make an end earlier than the law's but never later.
 */
import { dateOf, dayOf, type WorkingCalendar, weekdayOf } from './civil-time.ts'

interface YearOfDays {
  readonly first: number
  readonly length: number
  readonly isListed: boolean
  /** Bit n of the year: its day n, from 0, is a working day. */
  readonly bits: Uint32Array
}

/** `holidaysOf` gives the holidays of a year as civil days; undefined when nobody has listed them. It is asked once a year. */
export function workingCalendar(code: string, holidaysOf: (year: number) => readonly number[] | undefined): WorkingCalendar {
  const years = new Map<number, YearOfDays>()
  const yearOf = (year: number): YearOfDays => {
    let days = years.get(year)
    if (days === undefined) {
      days = workOut(year, holidaysOf(year))
      years.set(year, days)
    }
    return days
  }
  // Questions come in runs over neighbouring days: the year of the last one is kept at hand.
  let near: YearOfDays | undefined
  const holding = (day: number): YearOfDays => {
    if (near === undefined || day < near.first || day >= near.first + near.length) near = yearOf(dateOf(day).year)
    return near
  }
  return {
    code,
    isWorkingDay(day) {
      const year = holding(day)
      const index = day - year.first
      return (((year.bits[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1
    },
    unlistedYear(from, to) {
      for (let day = from; ; ) {
        const year = holding(day)
        if (!year.isListed) return dateOf(year.first).year
        day = year.first + year.length
        if (!(day <= to)) return undefined
      }
    },
  }
}

function workOut(year: number, holidays: readonly number[] | undefined): YearOfDays {
  const first = dayOf({ year, month: 1, day: 1 })
  const length = dayOf({ year: year + 1, month: 1, day: 1 }) - first
  const bits = new Uint32Array(12)
  const off = new Set(holidays)
  for (let index = 0; index < length; index++) {
    const weekday = weekdayOf(first + index)
    if (weekday === 0 || weekday === 6 || off.has(first + index)) continue
    bits[index >>> 5] = (bits[index >>> 5] ?? 0) | (1 << (index & 31))
  }
  return { first, length, isListed: holidays !== undefined, bits }
}
