/**
 * Working days of authorities. In order of rank: a list or correction of the year with its citation (`calendar-overrides.ts`), the law where the library has
 * it wrong (`calendar-laws.ts`), the kept library `date-holidays` (national, and regional where the authority sits there). Only days off for all count:
 * holidays of type `public`, their substitute days, every whole day of a feast of several; half days are worked.
 * Invariant: a code or a year that nobody lists is never passed off as known: `knownCalendar` refuses the code, and the calendar says `unlistedYear`.
 */
import Holidays from 'date-holidays'
import { dateOf, type WorkingCalendar } from '#kernel/procedure/civil-time.ts'
import { workingCalendar } from '#kernel/procedure/clock-calendar.ts'
import { dayFrom } from '#kernel/procedure/instant.ts'
import { CALENDAR_LAWS } from './calendar-laws.ts'
import { CALENDAR_CODE, type CalendarOverride } from './calendar-overrides.ts'
import { INSTITUTION_HOLIDAYS } from './institution-holidays.ts'

const HOUR = 3_600_000

export interface Calendars {
  /** The code names a state or region of the library, or somebody lists its holidays for a year at least. */
  known(code: string): boolean
  /** Never fails: a calendar that is not known has no year listed, and clocks that need it say so. */
  calendar(code: string): WorkingCalendar
  /** Years of these that a calendar does not list: to be told before a clock needs them. */
  unlisted(code: string, years: readonly number[]): readonly number[]
}

/** The calendars of a node: what is known anywhere, with the overrides in its home. */
export function makeCalendars(overrides: readonly CalendarOverride[]): Calendars {
  const calendars = new Map<string, WorkingCalendar>()
  const all = [...INSTITUTION_HOLIDAYS, ...overrides]
  const holidaysOf = (code: string) => (year: number) => listed(code, year, all)
  return {
    known: (code) => isInLibrary(code) || all.some((each) => each.calendar === code && each.replace !== undefined),
    calendar(code) {
      let calendar = calendars.get(code)
      if (calendar === undefined) {
        calendar = workingCalendar(code, holidaysOf(code))
        calendars.set(code, calendar)
      }
      return calendar
    },
    unlisted: (code, years) => years.filter((year) => holidaysOf(code)(year) === undefined),
  }
}

const withoutOverrides = makeCalendars([])

/** `BE`, `ES-AN`, `EU`: without the overrides of a node. */
export function holidayCalendar(code: string): WorkingCalendar {
  return withoutOverrides.calendar(code)
}

export function knownCalendar(code: string): boolean {
  return withoutOverrides.known(code)
}

/** What a statement cannot mean, given what is known without it: a correction of nothing, the removal of a day that is none. Paths are within it. */
export function doubtsOf({
  calendar,
  year,
  replace,
  remove,
}: CalendarOverride): readonly { readonly at: string; readonly message: string }[] {
  if (replace !== undefined) return []
  const full = INSTITUTION_HOLIDAYS.find((each) => each.calendar === calendar && each.year === year)
  const base = full === undefined ? baseOf(calendar, year) : daysOf(full.replace)
  if (base === undefined)
    return [{ at: '', message: `Nobody lists ${calendar} for ${year}: there is nothing to correct; give the full list with replace.` }]
  return (remove ?? []).flatMap(({ date }, index) =>
    base.includes(dayFrom(date) ?? Number.NaN) ? [] : [{ at: `remove[${index}].date`, message: `${date} is no holiday of ${calendar}.` }],
  )
}

/** Corrections of a state hold in its subdivisions too; a full list is for its own code alone. */
function listed(code: string, year: number, overrides: readonly CalendarOverride[]): readonly number[] | undefined {
  const ofYear = overrides.filter((each) => each.year === year)
  // Later statements go before earlier ones: those of the node before those that come with the product.
  const full = ofYear.findLast((each) => each.calendar === code && each.replace !== undefined)
  const base = full === undefined ? baseOf(code, year) : daysOf(full.replace)
  if (base === undefined) return undefined
  const days = new Set(base)
  const lineage = full === undefined ? code.split('-').map((_, index, parts) => parts.slice(0, index + 1).join('-')) : [code]
  for (const ancestor of lineage)
    for (const { add, remove } of ofYear.filter((each) => each.calendar === ancestor)) {
      for (const day of daysOf(add)) days.add(day)
      for (const day of daysOf(remove)) days.delete(day)
    }
  return [...days]
}

function daysOf(entries: readonly { readonly date: string }[] | undefined): readonly number[] {
  return (entries ?? []).flatMap((each) => dayFrom(each.date) ?? [])
}

function baseOf(code: string, year: number): readonly number[] | undefined {
  const library = libraryDays(code, year)
  if (library === undefined) return undefined
  const law = CALENDAR_LAWS.find((each) => (code === each.calendar || code.startsWith(`${each.calendar}-`)) && year >= each.since)
  return law === undefined ? library : law.holidays(year, library)
}

const libraries = new Map<string, Holidays | undefined>()

function isInLibrary(code: string): boolean {
  return library(code) !== undefined
}

function library(code: string): Holidays | undefined {
  if (libraries.has(code)) return libraries.get(code)
  const found = openLibrary(code)
  libraries.set(code, found)
  return found
}

function openLibrary(code: string): Holidays | undefined {
  if (!CALENDAR_CODE.test(code)) return undefined
  const [country = '', state, region] = code.split('-')
  const index = new Holidays()
  if (!has(index.getCountries(), country)) return undefined
  if (state === undefined) return new Holidays(country)
  if (!has(index.getStates(country), state)) return undefined
  if (region === undefined) return new Holidays(country, state)
  return has(index.getRegions(country, state), region) ? new Holidays(country, state, region) : undefined
}

function has(names: Readonly<Record<string, string>> | undefined, name: string): boolean {
  return names !== undefined && Object.hasOwn(names, name)
}

/** Holidays of the neighbouring years may lie in this one: a substitute day before New Year, a feast that goes on over it. */
function libraryDays(code: string, year: number): readonly number[] | undefined {
  const holidays = library(code)
  if (holidays === undefined) return undefined
  const own = publicDays(holidays, year)
  if (own.length === 0) return undefined
  return [...publicDays(holidays, year - 1), ...own, ...publicDays(holidays, year + 1)].filter((day) => dateOf(day).year === year)
}

function publicDays(holidays: Holidays, year: number): readonly number[] {
  // The library's types promise a list; for a year that it cannot compute it gives false.
  return (holidays.getHolidays(year) || []).flatMap((each) => {
    if (each.type !== 'public') return []
    const first = dayFrom(each.date.slice(0, 10))
    // A day may have 23 hours.
    const days = Math.floor((each.end.getTime() - each.start.getTime() + HOUR) / (24 * HOUR))
    return first === undefined ? [] : Array.from({ length: days }, (_, index) => first + index)
  })
}
