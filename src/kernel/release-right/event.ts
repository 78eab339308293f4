/**
 * One event of the ledger of a release right: who did what to the right of one container on one voyage, chained to the event before it.
 * Invariants: an event never changes; its hash covers all it says and its predecessor's hash; no event holds a code that opens a gate, and vehicle
 * and driver are tokens that mean something for this voyage only. Parties are desks of organisations, never persons.
 */
import { canonicalJson, type Json } from '#kernel/seal/canonical-json.ts'

export type PartnerRole = 'terminal' | 'line' | 'forwarder' | 'haulier'
/** `outside`: a vetted partner without a part in this right. `system`: the ledger itself. */
export type EventRole = PartnerRole | 'customs' | 'system'

export interface EventParty {
  readonly desk: string
  readonly role: EventRole
}

/** Why an act is refused. */
export type Refusal =
  | 'not-holder'
  | 'already-passed'
  | 'already-ordered'
  | 'already-collected'
  | 'not-released'
  | 'already-released'
  | 'revoked'
  | 'not-ordered'
  | 'not-pre-notified'
  | 'wrong-vehicle-or-driver'
  | 'not-ready'
  | 'party-not-vetted'
  | 'same-party'
  | 'not-your-role'

/** What a party does with the right; the ledger may refuse it. */
export type Act =
  | { readonly kind: 'released'; readonly to: string }
  | { readonly kind: 'transferred'; readonly to: string }
  | { readonly kind: 'transport-ordered'; readonly haulier: string }
  /** Messages between systems name no driver: without one the gate stays shut until the haulier has named it. */
  | { readonly kind: 'pre-notified'; readonly vehicle: string; readonly driver?: string; readonly plannedAt: string }
  | { readonly kind: 'gate-matched'; readonly vehicle: string; readonly driver: string }
  | { readonly kind: 'gated-out'; readonly occurredAt: string }
  | { readonly kind: 'revoked'; readonly power: 'line' | 'customs' | 'court' }

/** What happened whether or not it should have: recorded always. */
export type Occurrence =
  | { readonly kind: 'discharged'; readonly occurredAt: string; readonly line?: string }
  | { readonly kind: 'moved'; readonly occurredAt: string }
  | { readonly kind: 'customs'; readonly state: 'hold' | 'clear' | 'selected'; readonly until?: string; readonly portAction?: string }
  /** `account` is a token of the account that read. */
  | { readonly kind: 'read'; readonly account: string }
  /** A foreign system holds a collection number: that it exists or was read, never the number. */
  | { readonly kind: 'foreign-code'; readonly system: string; readonly event: 'exists' | 'read'; readonly readBy?: string }

export type EventBody =
  | Act
  | Occurrence
  /** An act the ledger refused. A box that left although its gate-out is refused has left: `act` says so. */
  | { readonly kind: 'refused'; readonly act: Act; readonly because: Refusal }

export interface LedgerEvent {
  /** Hash of the event before, or the id of the right for the first. */
  readonly previous: string
  /** When the ledger took it in, ISO 8601 in UTC with milliseconds. */
  readonly at: string
  readonly by: EventParty
  readonly body: EventBody
  readonly hash: string
}

export type HashText = (text: string) => string

export function hashOfEvent(event: Omit<LedgerEvent, 'hash'>, hash: HashText): string {
  const { previous, at, by, body } = event
  return hash(canonicalJson({ v: 1, previous, at, by, body } as unknown as Json))
}

export function chainEvent(event: Omit<LedgerEvent, 'hash'>, hash: HashText): LedgerEvent {
  return { ...event, hash: hashOfEvent(event, hash) }
}
