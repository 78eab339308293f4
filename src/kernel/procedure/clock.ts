/**
 * One clock for every deadline: a budget, a start, a ledger of suspensions and extensions; the due instants are derived, never stored as truth.
 * Two instants: *safe* (elapsed time, last counted day, not rolled) drives screens and escalation; *legal latest* is the end the law allows.
 * The start is whatever instant the caller says (receipt, sending, decision): nothing here takes it for the present. How a budget is counted stands in
 * `clock-count.ts`, what a ledger does in `clock-ledger.ts`, how an end is explained in `clock-explain.ts`.
 */
import { localDay } from './civil-time.ts'
import {
  anchorAfter,
  type ClockTerms,
  type ClockWorld,
  capInstants,
  countInstants,
  type Instants,
  moveInstants,
  needsCalendar,
} from './clock-count.ts'
import { type Explanation, writeExplanation } from './clock-explain.ts'
import { type LedgerEvent, type LedgerReading, type Moves, readLedger } from './clock-ledger.ts'
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
  /** `stopped`: ended by a step that neither does the duty nor fails it, for example a withdrawal. */
  readonly state: 'running' | 'suspended' | 'met' | 'missed' | 'stopped'
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
    state: verdictOn(definition, clock, stateOf(reading, legalLatest, world.now)),
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
  const endWith = ends(definition, clock, world)
  const reading = readLedger(clock.ledger, { startedAt: clock.startedAt, now: world.now }, (moves) => endWith(moves).legalLatest)
  const { safe, legalLatest } = endWith(reading)
  const gap = gapOf(definition, clock, { world, extensions: reading.extensions, last: legalLatest })
  return gap === undefined ? { safe, legalLatest, reading } : { safe, legalLatest, reading, gap }
}

/** The instants of a clock by what moved them; what is the same from one question to the next is counted once. */
function ends(definition: ClockTerms, clock: Omit<RunningClock, 'ledger'>, world: ClockWorld): (moves: Moves) => Instants {
  const { startedAt, zone, anchor } = clock
  let counted: Instants | undefined
  let countedFor = 0
  return ({ extensions, suspendedMs, resumedAt }) => {
    if (counted === undefined || countedFor !== extensions.length) {
      counted = countInstants(definition, { startedAt, zone, extensions }, world)
      countedFor = extensions.length
    }
    const moved =
      resumedAt === undefined ? counted : moveInstants(counted, { suspendedMs, resumedAt }, { terms: definition, zone, world, extensions })
    const latest = anchor === undefined ? {} : { anchor: anchorAfter(definition, { anchor, extensions }, { zone, world }) }
    return capInstants(definition, { startedAt, ...latest }, moved)
  }
}

/** The instants that follow from what an explanation says, counted anew: the same as it states, in any process that has the same zones and calendars. */
export function recount(explanation: Explanation, world: ClockWorld): Instants {
  const { startedAt, zone, budget, atMost, roll, regime } = explanation
  const terms: ClockTerms = {
    ...(budget === undefined ? {} : { budget }),
    ...(atMost === undefined ? {} : { atMost: { anchor: '', hours: atMost.hours } }),
    ...(roll === undefined ? {} : { roll }),
    regime,
    kind: explanation.standing === 'policy' ? 'policy' : 'law',
    basis: { act: explanation.basis, art: '', mark: explanation.standing === 'law' ? 'V' : explanation.standing === 'policy' ? 'D' : 'M' },
  }
  return ends(terms, { startedAt, zone, ...(atMost === undefined ? {} : { anchor: atMost.anchor }) }, world)(explanation)
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

function stateOf(reading: LedgerReading, legalLatest: number, now: number): Due['state'] {
  if (reading.stoppedAt !== undefined) return reading.stoppedAt <= legalLatest ? 'met' : 'missed'
  if (reading.isSuspended) return 'suspended'
  return now > legalLatest ? 'missed' : 'running'
}

function verdictOn(definition: ClockTerms, { ledger }: RunningClock, state: Due['state']): Due['state'] {
  const stop = ledger.find((event) => event.kind === 'stop')
  // Its own end is no step by which the duty is done, whenever the node came to take it.
  if (stop !== undefined && stop.reason === definition.onExpiry) return definition.isWaiting === true ? 'met' : 'missed'
  if (stop !== undefined && definition.voidedBy?.includes(stop.reason) === true) return 'stopped'
  // A withdrawal after the end hides no omission.
  if (stop !== undefined && definition.metBy?.includes(stop.reason) === false && (state !== 'missed' || definition.isWaiting === true))
    return 'stopped'
  return definition.isWaiting === true && state === 'missed' ? 'met' : state
}

function explained(
  definition: ClockTerms,
  clock: RunningClock,
  context: { readonly world: ClockWorldAt; readonly derived: Derived },
): string {
  const { world, derived } = context
  const { safe, legalLatest, reading, gap } = derived
  const { atMost } = definition
  const { anchor, zone } = clock
  // As it is after the extensions: what is counted anew from the line must not move it once more.
  const cap =
    atMost === undefined || anchor === undefined
      ? undefined
      : { anchor: anchorAfter(definition, { anchor, extensions: reading.extensions }, { zone, world }), hours: atMost.hours }
  return writeExplanation(
    {
      ...(definition.budget === undefined ? {} : { budget: definition.budget }),
      extensions: reading.extensions,
      startedAt: clock.startedAt,
      zone: clock.zone,
      regime: definition.regime,
      ...(definition.roll === undefined ? {} : { roll: definition.roll }),
      ...(needsCalendar(definition, reading.extensions) ? { calendar: world.calendar.code ?? '' } : {}),
      ...(cap === undefined ? {} : { atMost: cap }),
      suspendedMs: reading.suspendedMs,
      ...(reading.resumedAt === undefined ? {} : { resumedAt: reading.resumedAt }),
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
