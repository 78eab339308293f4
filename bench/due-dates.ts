/**
 * Due dates per second in one thread, over a mix of clocks: hours, calendar days, working days, weeks and months, with and without suspensions and extensions,
 * in six zones and by six calendars. The peer does the nearest thing with kept libraries' own calls: offsets asked of Intl, holidays asked of `date-holidays`
 * day by day, over a sample of the clocks that count in days (no library counts by the Regulation, so it gives only the last day and its roll).
 */
import Holidays from 'date-holidays'
import { type ClockTerms, dueOf, type LedgerEvent, type RunningClock } from '../src/kernel/procedure/clock.ts'
import type { Unit } from '../src/kernel/procedure/definition.ts'
import { holidayCalendar } from '../src/platform/clock/holiday-calendar.ts'
import { zoneRules } from '../src/platform/clock/zone-rules.ts'
import type { BenchRow } from './bench-row.ts'

const COUNT = 200_000
const ROUNDS = 3
const SAMPLE = 400
const HOUR = 3_600_000
const DAY = 24 * HOUR

const PLACES = [
  { zone: 'Europe/Brussels', calendar: 'BE' },
  { zone: 'Europe/Madrid', calendar: 'ES-AN' },
  { zone: 'Europe/Berlin', calendar: 'DE-HH' },
  { zone: 'Europe/Amsterdam', calendar: 'NL' },
  { zone: 'America/Guayaquil', calendar: 'EC' },
  { zone: 'Africa/Casablanca', calendar: 'MA' },
] as const
const BUDGETS: readonly { readonly n: number; readonly unit: Unit }[] = [
  { n: 8, unit: 'hour' },
  { n: 96, unit: 'hour' },
  { n: 3, unit: 'calendarDay' },
  { n: 7, unit: 'calendarDay' },
  { n: 90, unit: 'calendarDay' },
  { n: 5, unit: 'workingDay' },
  { n: 15, unit: 'workingDay' },
  { n: 8, unit: 'week' },
  { n: 6, unit: 'month' },
]

interface Case {
  readonly definition: ClockTerms
  readonly clock: RunningClock
  readonly place: (typeof PLACES)[number]
}

export async function benchDueDates(): Promise<BenchRow[]> {
  const cases = Array.from({ length: COUNT }, (_, index) => makeCase(index))
  const worlds = new Map(
    PLACES.map(({ calendar }) => [calendar, { rules: zoneRules, calendar: holidayCalendar(calendar), now: Date.UTC(2026, 10, 1) }]),
  )
  const derive = (wanted: readonly Case[]): number => {
    let sum = 0
    for (const { definition, clock, place } of wanted) {
      const world = worlds.get(place.calendar)
      if (world === undefined) throw new Error(place.calendar)
      const due = dueOf(definition, clock, world)
      sum += due.safe + due.legalLatest
    }
    return sum
  }
  derive(cases)
  const rates = Array.from({ length: ROUNDS }, () => rate(COUNT, () => derive(cases)))
  const ours = Math.max(...rates)

  const libraries = new Map(PLACES.map(({ calendar }) => [calendar, library(calendar)]))
  const sample = cases
    .filter((each) => each.definition.budget?.unit === 'workingDay' || each.definition.budget?.unit === 'calendarDay')
    .slice(0, SAMPLE)
  for (const each of sample.slice(0, 100)) byLibrary(each, libraries.get(each.place.calendar))
  const peer = rate(sample.length, () => {
    for (const each of sample) byLibrary(each, libraries.get(each.place.calendar))
  })
  const same = Math.max(...Array.from({ length: ROUNDS }, () => rate(sample.length * 100, () => repeat(100, () => derive(sample)))))

  return await Promise.resolve([
    {
      name: 'due dates: mix of units, ledgers, 6 zones, 6 calendars, one thread',
      ours,
      unit: 'due dates/s',
      target: '≥ 200,000 due dates/s',
    },
    {
      name: 'due dates: days and working days, beside a walk over date-holidays',
      ours: same,
      peer,
      unit: 'due dates/s',
      ratio: same / peer,
    },
  ])
}

function makeCase(index: number): Case {
  const place = PLACES[index % PLACES.length] ?? PLACES[0]
  const budget = BUDGETS[index % BUDGETS.length]
  if (budget === undefined) throw new Error('No budget.')
  // Over three years, at all hours.
  const startedAt = Date.UTC(2025, 0, 1) + ((index * 7_919_993) % (3 * 365 * 24 * 3600)) * 1000
  const ledger: LedgerEvent[] = []
  if (index % 4 === 1) {
    ledger.push(
      { kind: 'suspend', at: startedAt + HOUR, reason: 'clarification' },
      { kind: 'resume', at: startedAt + HOUR + (index % 97) * HOUR, reason: 'answer' },
    )
  }
  if (index % 8 === 3) ledger.push({ kind: 'extend', at: startedAt + HOUR, by: { n: 2, unit: budget.unit }, reason: 'extended' })
  return {
    place,
    clock: { startedAt, zone: place.zone, ledger },
    definition: {
      budget,
      regime: index % 5 === 0 ? 'policy' : 'EU-1182-71',
      kind: index % 5 === 0 ? 'policy' : 'law',
      basis: { act: 'Directive (EU) 2023/977', art: 'Art 5', mark: 'V' },
    },
  }
}

function library(code: string): Holidays {
  const [country = '', region] = code.split('-')
  return region === undefined ? new Holidays(country) : new Holidays(country, region)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** The last day of the budget and its roll: the date in the zone by Intl, each day asked of the library. */
function byLibrary({ clock, definition, place }: Case, holidays: Holidays | undefined): number {
  const { budget } = definition
  if (holidays === undefined || budget === undefined) throw new Error(place.calendar)
  let format = formats.get(place.zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: place.zone, dateStyle: 'short' })
    formats.set(place.zone, format)
  }
  const isOff = (noon: number) => {
    const date = new Date(noon)
    const weekday = date.getUTCDay()
    return weekday === 0 || weekday === 6 || (holidays.isHoliday(date) || []).some((each) => each.type === 'public')
  }
  let noon = Date.parse(`${format.format(clock.startedAt)}T12:00:00Z`)
  for (let counted = 0; counted < budget.n; ) {
    noon += DAY
    if (budget.unit !== 'workingDay' || !isOff(noon)) counted += 1
  }
  while (isOff(noon)) noon += DAY
  return noon
}

function repeat(times: number, work: () => void): void {
  for (let time = 0; time < times; time++) work()
}

function rate(count: number, work: () => void): number {
  const begun = performance.now()
  work()
  return count / ((performance.now() - begun) / 1000)
}
