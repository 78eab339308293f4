/**
 * Where the kept library `date-holidays` does not say what the law of the state says, the law goes first: rules with their citation and how far they were
 * checked. A year that a state or an institution publishes as a list goes before both (`calendar-overrides.ts`).
 */
import { dateOf, dayOf, weekdayOf } from '#kernel/procedure/civil-time.ts'

export interface CalendarLaw {
  readonly calendar: string
  /** First year the rule holds in. */
  readonly since: number
  readonly source: string
  /** V read in a source that quotes the text. */
  readonly mark: 'V' | 'M'
  /** The holidays of a year by this law, given those of the library. */
  holidays(year: number, library: readonly number[]): readonly number[]
}

export const CALENDAR_LAWS: readonly CalendarLaw[] = [
  {
    calendar: 'NL',
    since: 1965,
    source: 'Algemene termijnenwet, Art 3(1) and (2), as quoted',
    mark: 'V',
    holidays: (year, library) => [...library, easterSunday(year) - 2, dayOf({ year, month: 5, day: 5 })],
  },
  {
    calendar: 'EC',
    since: 2017,
    source: 'Ley Orgánica Reformatoria a la Ley Orgánica del Servicio Público y al Código del Trabajo (December 2016), Art 2, as quoted',
    mark: 'V',
    holidays: ecuador,
  },
]

/**
 * Holidays of Ecuador on the day on which they are rested: one on a Saturday goes to Friday, on a Sunday to Monday, on a Tuesday to Monday, on a Wednesday or
 * Thursday to Friday; New Year, Christmas and Carnival keep their weekday; 2 and 3 November move so that both stand beside a weekend.
 */
function ecuador(year: number): readonly number[] {
  const on = (month: number, day: number, inYear = year) => dayOf({ year: inYear, month, day })
  const easter = easterSunday(year)
  const rested = [
    ...[on(1, 1), on(12, 25), on(1, 1, year + 1)].map((day) => offWeekend(day)),
    easter - 48,
    easter - 47,
    easter - 2,
    ...[on(5, 1), on(5, 24), on(8, 10), on(10, 9)].map((day) => besideWeekend(day)),
    ...pairBesideWeekend(on(11, 2)),
  ]
  return rested.filter((day) => dateOf(day).year === year)
}

function offWeekend(day: number): number {
  const weekday = weekdayOf(day)
  return weekday === 6 ? day - 1 : weekday === 0 ? day + 1 : day
}

function besideWeekend(day: number): number {
  const weekday = weekdayOf(day)
  if (weekday === 2) return day - 1
  if (weekday === 3 || weekday === 4) return day + 5 - weekday
  return offWeekend(day)
}

/** Two holidays on end, by the weekday of the first: where each is rested, in days from the first. */
const PAIR: Readonly<Record<number, readonly [number, number]>> = {
  0: [1, 2],
  1: [0, 1],
  2: [-1, 0],
  3: [1, 2],
  4: [0, 1],
  5: [-1, 0],
  6: [-1, 2],
}

function pairBesideWeekend(first: number): readonly number[] {
  return (PAIR[weekdayOf(first)] ?? [0, 1]).map((shift) => first + shift)
}

/** Easter Sunday in the Gregorian calendar: the Sunday after the paschal full moon, by the rule of 1582 (golden number, epact). */
export function easterSunday(year: number): number {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const leapsLeftOut = century - Math.floor(century / 4)
  const moonCorrection = Math.floor((8 * century + 13) / 25)
  const age = (leapsLeftOut - moonCorrection + 19 * golden + 15) % 30
  // Epacts 24 and 25: the full moon is never after 18 April, and never on it twice in one cycle of nineteen years.
  const fullMoon = age - (age === 29 || (age === 28 && golden > 10) ? 1 : 0)
  const moonDay = dayOf({ year, month: 3, day: 21 }) + fullMoon
  return moonDay + 7 - weekdayOf(moonDay)
}
