/**
 * The state of a release right, folded from its events in order. Discharge, customs state and the right itself run beside each other, because real
 * messages do: a release often comes before the ship. Only the gate needs all three.
 * Invariant: the fold believes the ledger; whether an act was allowed was decided before it was chained (`decide.ts`).
 */
import type { EventBody, LedgerEvent } from './event.ts'
import { timeOf } from './instant.ts'

export interface Passing {
  readonly from: string
  readonly to: string
  readonly at: string
}

export interface Hold {
  readonly since: string
  readonly until?: string
  readonly portAction?: string
}

export interface RightState {
  readonly terminal?: string
  readonly dischargedAt?: string
  /** The line that the discharge names, else the first that released. */
  readonly line?: string
  /** Release and transfers since the last release, in order. */
  readonly passings: readonly Passing[]
  readonly order?: { readonly haulier: string; readonly by: string; readonly at: string }
  readonly preNotification?: { readonly vehicle: string; readonly driver?: string; readonly plannedAt: string; readonly at: string }
  readonly matchedAt?: string
  readonly collected?: { readonly at: string; readonly by: string }
  readonly revoked?: {
    readonly power: 'line' | 'customs' | 'court'
    readonly by: string
    readonly at: string
    readonly mayReleaseAnew: boolean
  }
  readonly clearedAt?: string
  /** Set since the last clearance; each ends by itself at its end. */
  readonly holds: readonly Hold[]
  readonly selectedSince?: string
  readonly events: number
}

export type Stage = 'announced' | 'released' | 'ordered' | 'pre-notified' | 'gate-matched' | 'gated-out' | 'revoked'

export const EMPTY_RIGHT: RightState = { passings: [], holds: [], events: 0 }

export function foldRight(events: Iterable<LedgerEvent>): RightState {
  let state = EMPTY_RIGHT
  for (const event of events) state = foldEvent(state, event)
  return state
}

export function foldEvent(before: RightState, event: LedgerEvent): RightState {
  return { ...apply(before, event, event.body), events: before.events + 1 }
}

function apply(state: RightState, { by, at }: LedgerEvent, body: EventBody): RightState {
  switch (body.kind) {
    case 'discharged':
      return {
        ...state,
        terminal: state.terminal ?? by.desk,
        dischargedAt: state.dischargedAt ?? body.occurredAt,
        ...(state.line === undefined && body.line !== undefined ? { line: body.line } : {}),
      }
    case 'customs':
      return customs(state, body, at)
    case 'released': {
      // A release after a revocation begins the right anew; what came before stays in the events.
      const { order: _order, preNotification: _notified, matchedAt: _matched, revoked: _revoked, ...rest } = state
      return { ...rest, line: by.desk, passings: [{ from: by.desk, to: body.to, at }] }
    }
    case 'transferred':
      return { ...state, passings: [...state.passings, { from: by.desk, to: body.to, at }] }
    case 'transport-ordered': {
      const { preNotification: _notified, matchedAt: _matched, ...rest } = state
      return { ...rest, order: { haulier: body.haulier, by: by.desk, at } }
    }
    case 'pre-notified': {
      const { matchedAt: _matched, ...rest } = state
      const { vehicle, driver, plannedAt } = body
      return { ...rest, preNotification: { vehicle, ...(driver === undefined ? {} : { driver }), plannedAt, at } }
    }
    case 'gate-matched':
      return { ...state, matchedAt: at }
    case 'gated-out':
      return { ...state, collected: { at: body.occurredAt, by: by.desk } }
    case 'revoked': {
      // The first revocation counts: a later one of the line does not open what customs closed.
      if (state.revoked !== undefined) return state
      const { matchedAt: _matched, ...rest } = state
      return { ...rest, revoked: { power: body.power, by: by.desk, at, mayReleaseAnew: body.power === 'line' } }
    }
    case 'moved':
    case 'read':
    case 'foreign-code':
    case 'refused':
      return state
  }
}

function customs(state: RightState, body: Extract<EventBody, { kind: 'customs' }>, at: string): RightState {
  switch (body.state) {
    case 'selected':
      return { ...state, selectedSince: state.selectedSince ?? at }
    case 'hold': {
      const { until, portAction } = body
      const hold = { since: at, ...(until === undefined ? {} : { until }), ...(portAction === undefined ? {} : { portAction }) }
      return { ...state, holds: [...state.holds, hold] }
    }
    case 'clear': {
      const { selectedSince: _selected, revoked, ...rest } = state
      // What customs or a court revoked can be released anew by the line once customs has cleared the box after it.
      const clearedAt = rest.holds.length === 0 ? (rest.clearedAt ?? at) : at
      return { ...rest, clearedAt, holds: [], ...(revoked === undefined ? {} : { revoked: { ...revoked, mayReleaseAnew: true } }) }
    }
  }
}

/** Who may pass the right on: the receiver of the last passing, until a revocation. */
export function holderOf(state: RightState): string | undefined {
  return state.revoked === undefined ? state.passings.at(-1)?.to : undefined
}

/** A hold ends by itself at its end; what customs said before it holds again then. */
export function customsAt(state: RightState, now: string): { readonly state: 'none' | 'hold' | 'clear'; readonly hold?: Hold } {
  const time = timeOf(now)
  const hold = state.holds.find(({ until }) => until === undefined || timeOf(until) > time)
  if (hold !== undefined) return { state: 'hold', hold }
  return { state: state.clearedAt === undefined ? 'none' : 'clear' }
}

export function stageOf(state: RightState): Stage {
  if (state.collected !== undefined) return 'gated-out'
  if (state.revoked !== undefined) return 'revoked'
  if (state.matchedAt !== undefined) return 'gate-matched'
  if (state.preNotification !== undefined) return 'pre-notified'
  if (state.order !== undefined) return 'ordered'
  return state.passings.length > 0 ? 'released' : 'announced'
}

/** Whether a truck that is known may leave with the box. */
export function isReady(state: RightState, now: string): boolean {
  return (
    state.dischargedAt !== undefined &&
    state.revoked === undefined &&
    state.collected === undefined &&
    state.passings.length > 0 &&
    customsAt(state, now).state === 'clear'
  )
}

/** Desks with a part in the right: terminal, line, everybody it was passed to, the haulier ordered last. */
export function partiesOf(state: RightState): ReadonlySet<string> {
  const desks = [state.terminal, state.line, state.order?.haulier, ...state.passings.flatMap(({ from, to }) => [from, to])]
  return new Set(desks.filter((desk) => desk !== undefined))
}
