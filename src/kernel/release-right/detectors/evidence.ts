/**
 * What the detectors of the ledger look at: the event that was just chained, the right before it, and what the keeper of the ledger knows from other
 * rights. Each event is looked at once, when it comes, so that the same chain gives the same signals however often it is read.
 * Invariant: facts speak of rights, places and organisations. An account is counted and never named; vehicle and driver are compared and never shown.
 */
import type { Detector, Evaluation, Fact } from '#kernel/signal/signal.ts'
import type { LedgerEvent } from '../event.ts'
import type { RightState } from '../fold.ts'
import { timeOf } from '../instant.ts'

export interface ReleaseEvidence {
  readonly right: { readonly container: string; readonly voyage: string; readonly port: string }
  readonly before: RightState
  readonly history: readonly LedgerEvent[]
  readonly event: LedgerEvent
  readonly known: KeeperKnowledge
}

/** From other rights of the same keeper, as far as it holds any; absent where it was not asked for. */
export interface KeeperKnowledge {
  /** How many boxes the haulier of the event has collected before. */
  readonly haulierCollections?: number
  /** Minutes from release to gate-out of the earlier boxes of the first receiver. */
  readonly receiverMinutes?: readonly number[]
  /** Rights without a part in them that accounts of the same role read in the last seven days: this account, and each of the others. */
  readonly accountReads?: {
    readonly own: number
    readonly others: readonly number[] /** A signal about it was raised in these days. */
    readonly wasRaised: boolean
  }
}

export type ReleaseDetector = Detector<ReleaseEvidence, Readonly<Record<string, number>>>

export const COMMON = {
  version: '2026-11-26',
  legalBasis: 'Regulation (EU) 952/2013 Art 46 and Art 188 [M]; arrangement of the authority with the partner',
  owner: 'Coalition policy',
  reviewUntil: '2027-05-26',
} as const

export const CLEAR: Evaluation = { kind: 'clear' }
export const missing = (...what: readonly string[]): Evaluation => ({ kind: 'not-computable', missing: what })
export const raise = (explanation: string, ...facts: readonly Fact[]): Evaluation => ({ kind: 'signal', facts, explanation })

/** A fact with the event it stands in: `document` is its hash, `segment` its place in the chain. */
export function factOf(
  name: string,
  value: Fact['value'],
  { event, index }: { readonly event: LedgerEvent; readonly index: number },
): Fact {
  return { name, value, at: { document: event.hash, segment: index, element: 0, component: 0, start: 0, end: 0 } }
}

/** The event just chained, as the source of a fact. */
export const thisEvent = ({ event, history }: ReleaseEvidence) => ({ event, index: history.length })

export const minutesBetween = (from: string, until: string): number => Math.round((timeOf(until) - timeOf(from)) / 60_000)
export const hoursBetween = (from: string, until: string): number => Math.round((timeOf(until) - timeOf(from)) / 360_000) / 10
