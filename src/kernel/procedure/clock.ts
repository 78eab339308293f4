/**
 * One clock for every deadline: a budget, a start, a ledger of suspensions and extensions; the due instants are derived, never stored as truth.
 * Two instants: *safe* (elapsed time, last counted day, not rolled) drives screens and escalation; *legal latest* is the end the law allows.
 * The start is whatever instant the caller says (receipt, sending, decision): nothing here takes it for the present. How a budget is counted stands in
 * `clock-count.ts`, what a ledger does in `clock-ledger.ts`, how an end is explained in `clock-explain.ts`.
 */
import { localDay } from './civil-time.ts'
import { type ClockTerms, type ClockWorld, countInstants, HOUR, type Instants, moveLegalLatest, needsCalendar } from './clock-count.ts'
import { writeExplanation } from './clock-explain.ts'
import { type LedgerEvent, type LedgerReading, readLedger } from './clock-ledger.ts'
import type { Budget } from './definition.ts'

export type { ClockTerms, ClockWorld } from './clock-count.ts'
export { extensionLeft, type LedgerEvent } from './clock-ledger.ts'

export interface RunningClock {
  readonly startedAt: number
  readonly zone: string
  /** In order of time. */
  readonly ledger: readonly LedgerEvent[]
  /** The anchored instant of `atMost` before its margin, for example the ETA. */
  readonly anchor?: number
}

export interface ClockWorldAt extends ClockWorld {
  readonly now: number
}

/** A year in the reach of the clock whose holidays the calendar does not list. */
export interface CalendarGap {
  readonly calendar: string
  readonly year: number
}

export interface Due {
  readonly safe: number
  readonly legalLatest: number
  readonly state: 'running' | 'suspended' | 'met' | 'missed'
  readonly suspendedMs: number
  readonly suspensions: number
  /** Events of the ledger that changed nothing: too late, or a suspension of what was suspended. */
  readonly voidEvents: number
  /** Present when holidays are missing: both instants are then the earliest that any list could give, and nobody may be told that they have longer. */
  readonly gap?: CalendarGap
  /** How the instants came about, on one line. Written when it is read. */
  readonly explain: string
}

export function dueOf(definition: ClockTerms, clock: RunningClock, world: ClockWorldAt): Due {
  const derived = derive(definition, clock, world)
  const { safe, legalLatest, reading, gap } = derived
  return {
    safe,
    legalLatest,
    state: stateOf(reading, legalLatest, world.now),
    suspendedMs: reading.suspendedMs,
    suspensions: reading.suspensions,
    voidEvents: reading.voidEvents,
    ...(gap === undefined ? {} : { gap }),
    get explain() {
      return explained(definition, clock, { world, derived })
    },
  }
}

/** How the instants came about, on one line that `parseExplain` reads back. */
export function explainDue(definition: ClockTerms, clock: RunningClock, world: ClockWorldAt): string {
  return explained(definition, clock, { world, derived: derive(definition, clock, world) })
}

/** The clock as it would stand if these events were added to its ledger: a clarification asked now and answered in 31 hours. Nothing is recorded. */
export function whatIf(
  definition: ClockTerms,
  clock: RunningClock,
  world: ClockWorldAt & { readonly assumed: readonly LedgerEvent[] },
): Due {
  const ledger = [...clock.ledger, ...world.assumed].toSorted((a, b) => a.at - b.at)
  return dueOf(definition, { ...clock, ledger }, world)
}

/** The clock as it would stand if it started now. */
export function whatIfStarted(definition: ClockTerms, at: { readonly zone: string; readonly anchor?: number }, world: ClockWorldAt): Due {
  return dueOf(definition, { ...at, startedAt: world.now, ledger: [] }, world)
}

/** A suspension as two assumed events, for `whatIf`. */
export function assumedSuspension(from: number, ms: number): readonly LedgerEvent[] {
  return [
    { kind: 'suspend', at: from, reason: 'assumed' },
    { kind: 'resume', at: from + ms, reason: 'assumed' },
  ]
}

interface Derived extends Instants {
  readonly reading: LedgerReading
  readonly gap?: CalendarGap
}

function derive(definition: ClockTerms, clock: RunningClock, world: ClockWorldAt): Derived {
  const { startedAt, zone } = clock
  let counted: Instants | undefined
  let countedFor = 0
  const endWith = (extensions: readonly Budget[], suspendedMs: number): Instants => {
    if (counted === undefined || countedFor !== extensions.length) {
      counted = countInstants(definition, { startedAt, zone, extensions }, world)
      countedFor = extensions.length
    }
    if (suspendedMs === 0) return cap(definition, clock, counted)
    return cap(definition, clock, {
      safe: counted.safe + suspendedMs,
      legalLatest: moveLegalLatest(definition, counted.legalLatest + suspendedMs, { world, zone }),
    })
  }
  const reading = readLedger(clock.ledger, { startedAt, now: world.now }, (...given) => endWith(...given).legalLatest)
  const { safe, legalLatest } = endWith(reading.extensions, reading.suspendedMs)
  const gap = gapOf(definition, clock, { world, extensions: reading.extensions, last: legalLatest })
  return gap === undefined ? { safe, legalLatest, reading } : { safe, legalLatest, reading, gap }
}

function gapOf(
  definition: ClockTerms,
  clock: RunningClock,
  reach: { readonly world: ClockWorld; readonly extensions: readonly Budget[]; readonly last: number },
): CalendarGap | undefined {
  const { rules, calendar } = reach.world
  if (calendar.unlistedYear === undefined || !needsCalendar(definition, reach.extensions)) return undefined
  const year = calendar.unlistedYear(localDay(clock.startedAt, clock.zone, rules) + 1, localDay(reach.last - 1, clock.zone, rules))
  return year === undefined ? undefined : { calendar: calendar.code ?? '', year }
}

/** A limit counted back from an event stands: it is neither rolled (Art 3(4), second subparagraph) nor moved by a suspension. */
function cap(definition: ClockTerms, clock: RunningClock, instants: Instants): Instants {
  if (definition.atMost === undefined || clock.anchor === undefined) return instants
  // An anchor already too near leaves no time: due at once, never before the start.
  const latest = Math.max(clock.startedAt, clock.anchor + definition.atMost.hours * HOUR)
  return {
    safe: Math.min(instants.safe, latest),
    legalLatest: Math.min(instants.legalLatest, latest),
  }
}

function stateOf(reading: LedgerReading, legalLatest: number, now: number): Due['state'] {
  if (reading.stoppedAt !== undefined) return reading.stoppedAt <= legalLatest ? 'met' : 'missed'
  if (reading.isSuspended) return 'suspended'
  return now > legalLatest ? 'missed' : 'running'
}

function explained(
  definition: ClockTerms,
  clock: RunningClock,
  context: { readonly world: ClockWorldAt; readonly derived: Derived },
): string {
  const { world, derived } = context
  const { safe, legalLatest, reading, gap } = derived
  const isCapped = definition.atMost !== undefined && clock.anchor !== undefined
  return writeExplanation(
    {
      ...(definition.budget === undefined ? {} : { budget: definition.budget }),
      extensions: reading.extensions,
      startedAt: clock.startedAt,
      zone: clock.zone,
      regime: definition.regime,
      ...(definition.roll === undefined ? {} : { roll: definition.roll }),
      ...(needsCalendar(definition, reading.extensions) ? { calendar: world.calendar.code ?? '' } : {}),
      ...(isCapped ? { atMost: { anchor: clock.anchor, hours: definition.atMost.hours } } : {}),
      suspendedMs: reading.suspendedMs,
      suspensions: reading.suspensions,
      isSuspended: reading.isSuspended,
      voidEvents: reading.voidEvents,
      ...(Number.isFinite(safe) ? { safe, legalLatest } : {}),
      ...(gap === undefined ? {} : { unlistedYear: gap.year }),
      standing:
        definition.kind === 'policy' || definition.basis.mark === 'D' ? 'policy' : definition.basis.mark === 'V' ? 'law' : 'not verified',
      basis: `${definition.basis.act} ${definition.basis.art}`,
    },
    world.rules,
  )
}
