/**
 * One clock for every deadline: a budget, a start, a ledger of suspensions and extensions; the due instants are derived, never stored as truth.
 * Two instants: *safe* (elapsed time, last counted day, not rolled) drives screens and escalation; *legal latest* is the end the law allows.
 * Sources: Regulation (EEC, Euratom) No 1182/71 Art 3 (event's hour or day not counted; end of the last hour or day; roll to a working day, not for
 * hours; two days or more hold two working days). Suspension moves both instants by the time suspended; only the legal latest is rolled again (policy).
 */
import { addMonths, localDay, startOfDay, type WorkingCalendar, writeInstant, type ZoneRules } from './civil-time.ts'
import type { Budget, ClockDef } from './definition.ts'

const HOUR = 3_600_000

export type LedgerEvent =
  | {
      readonly kind: 'suspend' | 'resume' | 'stop'
      readonly at: number
      readonly reason: string
    }
  | {
      readonly kind: 'extend'
      readonly at: number
      readonly by: Budget
      readonly reason: string
    }

export interface RunningClock {
  readonly startedAt: number
  readonly zone: string
  /** In order of time. */
  readonly ledger: readonly LedgerEvent[]
  /** The anchored instant of `atMost` before its margin, for example the ETA. */
  readonly anchor?: number
}

export interface ClockWorld {
  readonly rules: ZoneRules
  readonly calendar: WorkingCalendar
}

export interface Due {
  readonly safe: number
  readonly legalLatest: number
  readonly state: 'running' | 'suspended' | 'met' | 'missed'
  readonly suspendedMs: number
  readonly explain: string
}

export function dueOf(definition: ClockDef, clock: RunningClock, world: ClockWorld & { readonly now: number }): Due {
  const stop = clock.ledger.find((event) => event.kind === 'stop')
  const until = stop?.at ?? world.now
  const { suspendedMs, isSuspended } = suspensionOf(clock.ledger, until)
  const counted = count(definition, clock, world)
  const moved = {
    safe: counted.safe + suspendedMs,
    legalLatest: roll(definition, counted.legalLatest + suspendedMs, {
      clock,
      world,
      suspendedMs,
    }),
  }
  const capped = cap(definition, clock, moved)
  const state = stop
    ? stop.at <= capped.legalLatest
      ? 'met'
      : 'missed'
    : isSuspended
      ? 'suspended'
      : world.now > capped.legalLatest
        ? 'missed'
        : 'running'
  return {
    ...capped,
    state,
    suspendedMs,
    explain: explain(definition, clock, {
      ...capped,
      suspendedMs,
      rules: world.rules,
    }),
  }
}

interface Instants {
  readonly safe: number
  readonly legalLatest: number
}

/** Both instants of the budget with its extensions, before suspension and cap. */
function count(definition: ClockDef, clock: RunningClock, world: ClockWorld): Instants {
  if (definition.budget === undefined)
    return {
      safe: Number.POSITIVE_INFINITY,
      legalLatest: Number.POSITIVE_INFINITY,
    }
  let instants = countBudget(definition.budget, definition.regime, clock, world)
  for (const event of clock.ledger) {
    if (event.kind !== 'extend') continue
    // An extension adds to the budget; in another unit it runs on from the end of the first.
    instants =
      event.by.unit === definition.budget.unit
        ? countBudget(
            {
              n: definition.budget.n + extensionsIn(clock, definition.budget),
              unit: definition.budget.unit,
            },
            definition.regime,
            clock,
            world,
          )
        : countBudget(event.by, definition.regime, { ...clock, startedAt: instants.safe - 1 }, world)
  }
  return instants
}

function extensionsIn(clock: RunningClock, budget: Budget): number {
  return clock.ledger.reduce((sum, event) => (event.kind === 'extend' && event.by.unit === budget.unit ? sum + event.by.n : sum), 0)
}

// oxlint-disable-next-line max-params -- budget, regime, clock and world are one sentence
function countBudget(budget: Budget, regime: ClockDef['regime'], clock: RunningClock, world: ClockWorld): Instants {
  const { zone, startedAt } = clock
  const { rules, calendar } = world
  const first = localDay(startedAt, zone, rules)
  if (budget.unit === 'hour') {
    const safe = startedAt + budget.n * HOUR
    if (regime !== 'EU-1182-71') return { safe, legalLatest: safe }
    const shift = rules.offsetAt(startedAt, zone) * 60_000
    const nextHour = (Math.floor((startedAt + shift) / HOUR) + 1) * HOUR - shift
    return { safe, legalLatest: nextHour + budget.n * HOUR }
  }
  const last = lastDay(budget, first, calendar)
  const end = startOfDay(last + 1, zone, rules)
  if (budget.unit === 'workingDay' || regime !== 'EU-1182-71') return { safe: end, legalLatest: end }
  return {
    safe: end,
    legalLatest: startOfDay(
      rollDay(last, {
        first,
        calendar,
        isLong: budget.n >= 2 || budget.unit !== 'calendarDay',
      }) + 1,
      zone,
      rules,
    ),
  }
}

function lastDay(budget: Budget, first: number, calendar: WorkingCalendar): number {
  switch (budget.unit) {
    case 'week':
      return first + budget.n * 7
    case 'month':
      return addMonths(first, budget.n)
    case 'workingDay': {
      let day = first
      for (let counted = 0; counted < budget.n; ) {
        day += 1
        if (calendar.isWorkingDay(day)) counted += 1
      }
      return day
    }
    case 'calendarDay':
    case 'hour':
      return first + budget.n
  }
}

/** Art 3(4) and (5): to the next working day, and until two working days lie inside a period of two days or more. */
function rollDay(
  last: number,
  period: {
    readonly first: number
    readonly calendar: WorkingCalendar
    readonly isLong: boolean
  },
): number {
  const { calendar, first } = period
  let day = last
  while (!calendar.isWorkingDay(day)) day += 1
  if (!period.isLong) return day
  let working = 0
  for (let each = first + 1; each <= day; each++) if (calendar.isWorkingDay(each)) working += 1
  while (working < 2) {
    day += 1
    if (calendar.isWorkingDay(day)) working += 1
  }
  return day
}

/** After a suspension the moved legal end may fall on a day off: it goes to the end of the next working day. */
function roll(
  definition: ClockDef,
  legalLatest: number,
  context: {
    readonly clock: RunningClock
    readonly world: ClockWorld
    readonly suspendedMs: number
  },
): number {
  const { clock, world, suspendedMs } = context
  if (suspendedMs === 0 || definition.regime !== 'EU-1182-71' || definition.budget === undefined || definition.budget.unit === 'hour')
    return legalLatest
  // The instant just before the end tells the last day: an end at 00:00 belongs to the day before.
  const last = localDay(legalLatest - 1, clock.zone, world.rules)
  if (world.calendar.isWorkingDay(last)) return legalLatest
  let day = last
  while (!world.calendar.isWorkingDay(day)) day += 1
  return startOfDay(day + 1, clock.zone, world.rules)
}

function cap(definition: ClockDef, clock: RunningClock, instants: Instants): Instants {
  if (definition.atMost === undefined || clock.anchor === undefined) return instants
  // An anchor already too near leaves no time: due at once, never before the start.
  const latest = Math.max(clock.startedAt, clock.anchor + definition.atMost.hours * HOUR)
  return {
    safe: Math.min(instants.safe, latest),
    legalLatest: Math.min(instants.legalLatest, latest),
  }
}

function suspensionOf(ledger: readonly LedgerEvent[], until: number): { readonly suspendedMs: number; readonly isSuspended: boolean } {
  let suspendedMs = 0
  let since: number | undefined
  for (const event of ledger) {
    if (event.kind === 'suspend' && since === undefined) since = event.at
    if (event.kind === 'resume' && since !== undefined) {
      suspendedMs += event.at - since
      since = undefined
    }
  }
  if (since !== undefined) suspendedMs += Math.max(0, until - since)
  return { suspendedMs, isSuspended: since !== undefined }
}

const UNIT = {
  hour: 'h',
  calendarDay: 'calendar days',
  workingDay: 'working days',
  week: 'weeks',
  month: 'months',
} as const

function explain(
  definition: ClockDef,
  clock: RunningClock,
  due: Instants & { readonly suspendedMs: number; readonly rules: ZoneRules },
): string {
  const at = (instant: number) => writeInstant(instant, clock.zone, due.rules)
  const parts = [
    definition.budget === undefined
      ? `runs to a fixed instant`
      : `${definition.budget.n} ${UNIT[definition.budget.unit]} from ${at(clock.startedAt)}`,
  ]
  if (definition.atMost !== undefined && clock.anchor !== undefined)
    parts.push(
      `at most ${at(clock.anchor)}${definition.atMost.hours === 0 ? '' : ` ${definition.atMost.hours < 0 ? '−' : '+'} ${Math.abs(definition.atMost.hours)} h`}`,
    )
  if (due.suspendedMs > 0) parts.push(`suspended ${Math.round(due.suspendedMs / 60_000)} min`)
  const end = due.safe === due.legalLatest ? `due ${at(due.safe)}` : `safe ${at(due.safe)}, legal latest ${at(due.legalLatest)}`
  return `${parts.join(', ')} → ${end}; ${definition.kind}: ${definition.basis.act} ${definition.basis.art}`.trimEnd()
}
