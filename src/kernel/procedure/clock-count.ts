/**
 * How a budget runs from its start to its two ends.
 * Source: Regulation (EEC, Euratom) No 1182/71, read in the official text (mark V):
 * Art 3(1) the hour or day of the event is not counted; 3(2)(a) hours end with the last hour, (b) days with the last hour of the last day, (c) weeks and
 * months with the same weekday or date, or the last day of a month that is too short, (d) a part of a month counts thirty days to the month; 3(3) days off
 * count unless the period is in working days; 3(4) an end on a day off moves to the end of the next working day, not for hours and never for a limit counted
 * back from an event; 3(5) a period of two days or more holds two working days. Years are twelve months each.
 * Policy (mark D): 3(5) is not applied to periods in hours, whose end is then the earlier of two readings; an extension runs on from the last day, unrolled.
 */
import { addMonths, localDay, nextHour, startOfDay, type WorkingCalendar, type ZoneRules } from './civil-time.ts'
import type { Budget, ClockDef, Unit } from './definition.ts'

export const HOUR = 3_600_000
const DAYS_OF_A_PART_MONTH = 30
/** No calendar goes on for this many days without a working day: one that does is broken, and must not hang a node. */
const LONGEST_REST = 3660

/** What counting needs of a clock's definition. */
export type ClockTerms = Pick<ClockDef, 'budget' | 'atMost' | 'kind' | 'regime' | 'basis' | 'metBy' | 'voidedBy' | 'isWaiting'> & {
  /** A stop by this step is the end of the clock itself. */
  readonly onExpiry?: string
  /** Rolls to the next working day although the regime does not say so: a national law with such a rule. */
  readonly roll?: 'next-working-day'
}

export interface ClockWorld {
  readonly rules: ZoneRules
  readonly calendar: WorkingCalendar
}

interface Place {
  readonly zone: string
  readonly world: ClockWorld
}

export interface Instants {
  readonly safe: number
  readonly legalLatest: number
}

interface Start {
  readonly startedAt: number
  readonly zone: string
  readonly extensions: readonly Budget[]
}

const NEVER: Instants = { safe: Number.POSITIVE_INFINITY, legalLatest: Number.POSITIVE_INFINITY }

/** True when the holidays of the calendar decide one of the instants. */
export function needsCalendar(terms: ClockTerms, extensions: readonly Budget[]): boolean {
  if (terms.budget === undefined) return false
  const hasWorkingDays = terms.budget.unit === 'workingDay' || extensions.some((each) => each.unit === 'workingDay')
  return hasWorkingDays || (rolls(terms) && !isInHours(terms, extensions))
}

/** Both instants of a budget with its extensions, before suspension and cap. Without a budget the clock runs to its cap alone. */
export function countInstants(terms: ClockTerms, start: Start, world: ClockWorld): Instants {
  const { budget } = terms
  if (budget === undefined) return NEVER
  const [n, rest] = start.extensions.length === 0 ? [budget.n, []] : addUp(budget, start.extensions)
  const { startedAt, zone } = start
  const { rules, calendar } = world
  const first = localDay(startedAt, zone, rules)
  const period = { terms, first, calendar }
  if (budget.unit === 'hour') {
    const safe = startedAt + n * HOUR
    const legalLatest = terms.regime === 'EU-1182-71' ? nextHour(startedAt, zone, rules) + n * HOUR : safe
    if (rest.length === 0) return { safe, legalLatest }
    return runOn(rest, { safe, legalLatest, last: localDay(safe - 1, zone, rules) }, { period, zone, world })
  }
  const last = lastDay({ n, unit: budget.unit }, first, calendar)
  const ends = endsOf({ last, unit: budget.unit }, period, { zone, world })
  return rest.length === 0 ? ends : runOn(rest, { ...ends, last }, { period, zone, world })
}

interface Period {
  readonly terms: ClockTerms
  readonly first: number
  readonly calendar: WorkingCalendar
}

/** Both ends of a period in days, by its last counted day. */
function endsOf(end: { readonly last: number; readonly unit: Unit }, period: Period, place: Place): Instants {
  const { last, unit } = end
  const { terms, first } = period
  const safe = startOfDay(last + 1, place.zone, place.world.rules)
  if (unit === 'workingDay' || !rolls(terms)) return { safe, legalLatest: safe }
  const isLong = terms.regime === 'EU-1182-71' && (unit !== 'calendarDay' || last - first >= 2)
  const rolled = rollDay(last, { ...period, isLong })
  return { safe, legalLatest: rolled === last ? safe : startOfDay(rolled + 1, place.zone, place.world.rules) }
}

/** Extensions in another unit than the budget run on from its last day, as it was before any roll; the legal end never moves back. */
function runOn(
  rest: readonly Budget[],
  from: Instants & { readonly last: number },
  context: Place & { readonly period: Period },
): Instants {
  let { safe, legalLatest, last } = from
  for (const more of rest) {
    if (more.unit === 'hour') {
      safe += more.n * HOUR
      legalLatest += more.n * HOUR
      last = localDay(safe - 1, context.zone, context.world.rules)
    } else {
      last = lastDay(more, last, context.period.calendar)
      const ends = endsOf({ last, unit: more.unit }, context.period, context)
      safe = ends.safe
      legalLatest = Math.max(legalLatest, ends.legalLatest)
    }
  }
  return { safe, legalLatest }
}

/**
 * Both instants after a suspension. The safe one moves by the time suspended. A legal end that rolls goes to the end of the day it was moved to, or of the
 * next working day: a period in days ends with the last hour of its last day (Art 3(2)(b)), a working day (Art 3(4)); going to the end of the day in every
 * case keeps a longer suspension from ending sooner. It is never before the end of the working day on which the clock runs again: no period expires while
 * it is suspended.
 */
export function moveInstants(
  counted: Instants,
  suspension: { readonly suspendedMs: number; readonly resumedAt: number },
  context: Place & { readonly terms: ClockTerms; readonly extensions: readonly Budget[] },
): Instants {
  const { suspendedMs, resumedAt } = suspension
  const { terms, zone, world } = context
  const safe = counted.safe + suspendedMs
  const legalLatest = counted.legalLatest + suspendedMs
  // A clock whose anchor nobody stated has no end that could roll.
  if (suspendedMs === 0 || !Number.isFinite(legalLatest) || !rolls(terms) || isInHours(terms, context.extensions))
    return { safe, legalLatest }
  // The instant just before an end tells the last day: an end at 00:00 belongs to the day before.
  const last = localDay(Math.max(legalLatest - 1, resumedAt), zone, world.rules)
  return { safe, legalLatest: startOfDay(nextWorkingDay(last, world.calendar) + 1, zone, world.rules) }
}

function isInHours(terms: ClockTerms, extensions: readonly Budget[]): boolean {
  return terms.budget?.unit === 'hour' && extensions.every((each) => each.unit === 'hour')
}

function rolls(terms: ClockTerms): boolean {
  return terms.regime === 'EU-1182-71' || (terms.regime === 'national' && terms.roll !== undefined)
}

/** Extensions in the unit of the budget add to it; the others run on after it, in order. */
function addUp(budget: Budget, extensions: readonly Budget[]): [number, Budget[]] {
  let n = budget.n
  const rest: Budget[] = []
  for (const each of extensions) {
    if (each.unit === budget.unit) n += each.n
    else rest.push(each)
  }
  return [n, rest]
}

function lastDay(budget: Budget, first: number, calendar: WorkingCalendar): number {
  switch (budget.unit) {
    case 'week':
      return first + budget.n * 7
    case 'month': {
      const whole = Math.floor(budget.n)
      return addMonths(first, whole) + Math.round((budget.n - whole) * DAYS_OF_A_PART_MONTH)
    }
    case 'workingDay': {
      let day = first
      for (let counted = 0; counted < budget.n; counted++) day = nextWorkingDay(day + 1, calendar)
      return day
    }
    case 'calendarDay':
    case 'hour':
      return first + budget.n
  }
}

/** Art 3(4) and (5): to the next working day, and until two working days lie inside a period of two days or more. */
function rollDay(last: number, period: { readonly first: number; readonly calendar: WorkingCalendar; readonly isLong: boolean }): number {
  const { calendar, first } = period
  const day = nextWorkingDay(last, calendar)
  if (!period.isLong) return day
  for (let each = day - 1; each > first; each--) if (calendar.isWorkingDay(each)) return day
  return nextWorkingDay(day + 1, calendar)
}

/** The day itself when it is one. */
function nextWorkingDay(from: number, calendar: WorkingCalendar): number {
  for (let day = from; day < from + LONGEST_REST; day++) if (calendar.isWorkingDay(day)) return day
  throw new Error(`The calendar ${calendar.code ?? ''} has no working day within ten years of day ${from}.`)
}

/**
 * The anchor of the limit after the extensions. One that was set for the duty moves by each of them, counted on from its day as a period is; its time of day
 * stays. An instant at 00:00 ends the day before, and so does the moved one. Every other anchor is an event, and stands.
 */
export function anchorAfter(
  terms: ClockTerms,
  { anchor, extensions }: { readonly anchor: number; readonly extensions: readonly Budget[] },
  { zone, world }: Place,
): number {
  if (terms.atMost?.movesWithExtensions !== true) return anchor
  const { rules, calendar } = world
  const startOf = (day: number) => startOfDay(day, zone, rules)
  let moved = anchor
  for (const [unit, alike] of Map.groupBy(extensions, (each) => each.unit)) {
    const n = alike.reduce((sum, each) => sum + each.n, 0)
    const day = localDay(moved - 1, zone, rules)
    const later = lastDay({ n, unit }, day, calendar)
    if (unit === 'hour') moved += n * HOUR
    else moved = moved === startOf(day + 1) ? startOf(later + 1) : startOf(later) + (moved - startOf(day))
  }
  return moved
}

/** A limit counted back from an event stands: it is neither rolled (Art 3(4), second subparagraph) nor moved by a suspension. */
export function capInstants(
  terms: ClockTerms,
  clock: { readonly startedAt: number; readonly anchor?: number },
  instants: Instants,
): Instants {
  if (terms.atMost === undefined || clock.anchor === undefined) return instants
  // An anchor already too near leaves no time: due at once, never before the start.
  const latest = Math.max(clock.startedAt, clock.anchor + terms.atMost.hours * HOUR)
  return {
    safe: Math.min(instants.safe, latest),
    legalLatest: Math.min(instants.legalLatest, latest),
  }
}
