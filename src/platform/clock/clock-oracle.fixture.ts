/**
 * The slow way to the same instants: a walk over dates as text and over hours and minutes as the runtime shows them. It shares nothing with the engine: no
 * civil-day arithmetic, no offsets, no tables; holidays straight from the library. For instants on full minutes and calendars of single whole days.
 */
import Holidays from 'date-holidays'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export type OracleUnit = 'hour' | 'calendarDay' | 'workingDay' | 'week' | 'month'
export interface OracleBudget {
  readonly n: number
  readonly unit: OracleUnit
}
export interface OracleClock {
  readonly startedAt: number
  readonly zone: string
  readonly calendar: string
  readonly budget: OracleBudget
  readonly isRegulation: boolean
  readonly extensions: readonly OracleBudget[]
  readonly suspensions: readonly (readonly [from: number, to: number])[]
  /** The latest instant by an anchor and its margin. */
  readonly limit?: number
}

export function walk(clock: OracleClock): { readonly safe: number; readonly legalLatest: number } {
  const { zone, startedAt, budget, calendar, isRegulation } = clock
  const first = dateShown(startedAt, zone)
  let n = budget.n
  for (const each of clock.extensions) if (each.unit === budget.unit) n += each.n
  let safe: number
  let legal: number
  const isInHours = budget.unit === 'hour'
  if (isInHours) {
    safe = later(startedAt, n)
    legal = isRegulation ? later(nextFullHour(startedAt, zone), n) : safe
  } else {
    let last = counted({ n, unit: budget.unit }, first, calendar)
    safe = endOfDate(last, zone)
    legal = isRegulation ? endOfDate(rolled(last, { n, unit: budget.unit }, { first, calendar }), zone) : safe
    for (const each of clock.extensions) {
      if (each.unit === budget.unit) continue
      last = counted(each, last, calendar)
      safe = endOfDate(last, zone)
      const end = isRegulation ? endOfDate(rolled(last, each, { first, calendar }), zone) : safe
      if (end > legal) legal = end
    }
  }
  let suspended = 0
  for (const [from, to] of clock.suspensions) suspended += to - from
  if (suspended > 0) {
    safe += suspended
    legal += suspended
    if (isRegulation && !isInHours) {
      const resumed = clock.suspensions.at(-1)?.[1] ?? startedAt
      const ends = [dateShown(legal - 1, zone), dateShown(resumed, zone)].map((date) => {
        let day = date
        while (!isWorked(day, calendar)) day = dayAfter(day)
        return endOfDate(day, zone)
      })
      legal = Math.max(...ends)
    }
  }
  if (clock.limit === undefined) return { safe, legalLatest: legal }
  const limit = clock.limit < startedAt ? startedAt : clock.limit
  return { safe: safe < limit ? safe : limit, legalLatest: legal < limit ? legal : limit }
}

function counted({ n, unit }: OracleBudget, first: string, calendar: string): string {
  let date = first
  if (unit === 'month') {
    const months = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1 + n
    let found = ''
    for (; ; date = dayAfter(date)) {
      const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
      if (month > months) return found
      if (month === months && date.slice(8) <= first.slice(8)) found = date
    }
  }
  for (let left = unit === 'week' ? n * 7 : n; left > 0; ) {
    date = dayAfter(date)
    if (unit !== 'workingDay' || isWorked(date, calendar)) left -= 1
  }
  return date
}

function rolled(last: string, budget: OracleBudget, { first, calendar }: { readonly first: string; readonly calendar: string }): string {
  if (budget.unit === 'workingDay') return last
  let date = last
  while (!isWorked(date, calendar)) date = dayAfter(date)
  const days: string[] = []
  for (let day = dayAfter(first); day <= date; day = dayAfter(day)) days.push(day)
  const isTwoDaysOrMore = budget.unit !== 'calendarDay' || days.indexOf(last) >= 1
  for (let worked = days.filter((day) => isWorked(day, calendar)).length; isTwoDaysOrMore && worked < 2; ) {
    date = dayAfter(date)
    if (isWorked(date, calendar)) worked += 1
  }
  return date
}

function later(instant: number, hours: number): number {
  let at = instant
  for (let hour = 0; hour < hours; hour++) at += HOUR
  return at
}

function nextFullHour(instant: number, zone: string): number {
  let at = instant + MINUTE
  while (!timeFormat(zone).format(at).endsWith(':00')) at += MINUTE
  return at
}

/** The first minute that the zone shows on a later date. */
function endOfDate(date: string, zone: string): number {
  const key = `${date} ${zone}`
  const known = endings.get(key)
  if (known !== undefined) return known
  let at = Date.parse(`${date}T00:00:00Z`)
  while (dateShown(at, zone) <= date) at += HOUR
  at -= HOUR
  while (dateShown(at, zone) <= date) at += MINUTE
  endings.set(key, at)
  return at
}
const endings = new Map<string, number>()

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + 24 * HOUR).toISOString().slice(0, 10)
}

function isWorked(date: string, calendar: string): boolean {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays(calendar, date.slice(0, 4)).has(date)
}

const lists = new Map<string, ReadonlySet<string>>()
function holidays(calendar: string, year: string): ReadonlySet<string> {
  const key = `${calendar} ${year}`
  let list = lists.get(key)
  if (list === undefined) {
    const [country = '', region] = calendar.split('-')
    const library = region === undefined ? new Holidays(country) : new Holidays(country, region)
    list = new Set(
      library
        .getHolidays(year)
        .filter((each) => each.type === 'public')
        .map((each) => each.date.slice(0, 10)),
    )
    lists.set(key, list)
  }
  return list
}

const dates = new Map<string, Intl.DateTimeFormat>()
function dateShown(instant: number, zone: string): string {
  let format = dates.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    dates.set(zone, format)
  }
  return format.format(instant)
}

const times = new Map<string, Intl.DateTimeFormat>()
function timeFormat(zone: string): Intl.DateTimeFormat {
  let format = times.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
    times.set(zone, format)
  }
  return format
}
