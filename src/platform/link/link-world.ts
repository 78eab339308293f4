/** What the parts of the link share: who we are, whom we trust, where things are stored, how envelopes travel. */
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import type { Greeting } from '#platform/audit/witness.ts'
import type { Clock } from '#platform/clock/clock.ts'
import type { Guard } from '#platform/guard/guard.ts'
import type { Logger } from '#platform/log/logger.ts'
import type { MessageType } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Database, Tx } from '#platform/store/database.ts'
import type { Directory } from './directory.ts'
import type { Envelope } from './envelope.ts'
import type { NodeKeys } from './node-keys.ts'

/** What a node answers for one envelope. A refusal says nothing of its reason. */
export type Answer = { readonly state: 'taken'; readonly evidence: readonly string[] } | { readonly state: 'refused' }

/** Brings envelopes to an organisation's node and its answers back, in order; throws when the node cannot be reached. */
export interface Carrier {
  /** False for whom nothing is brought to by itself: what waits for them waits for a file. Absent: everybody. */
  reaches?(org: string): boolean
  deliver(org: string, envelopes: readonly Envelope[]): Promise<readonly Answer[]>
  stop(): Promise<void>
}

export interface GivenEvidence {
  readonly org: string
  readonly token: string
  readonly context: string
  readonly audience: readonly string[]
  /** What it must speak of: our message, in the envelope that this peer got, and the peer's own desks in it. */
  readonly about: { readonly id: string; readonly digest: string; readonly peer: string; readonly units: readonly string[] }
}

/** A greeting with the instant of what it came with. */
export interface ToldHead {
  readonly greeting: Greeting
  readonly stated: Date
}

export interface LinkWorld {
  readonly keys: NodeKeys
  readonly processId: string
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly carrier: Carrier
  /** How much one delivery may hold, where it is not a request. */
  readonly batch?: { readonly count: number; readonly bytes: number }
  readonly messages: ReadonlyMap<string, MessageType>
  directory(): Directory
  services(): NodeServices
  record(tx: Tx, entries: readonly AuditEntry[]): Promise<void>
  /** Looks at everything that leaves and enters, by its own rules. Throws when it cannot: then nothing moves. */
  readonly guard: Guard
  /** Heads of logs between peers: what to tell one, and what to make of what one told. */
  readonly witness: {
    greet(tx: Tx, peer: string): Promise<Greeting | undefined>
    meet(tx: Tx, peer: string, told: ToldHead): Promise<void>
  }
  /** Takes a newer directory in, when the stewards signed it. */
  acceptDirectory(token: string): Promise<void>
  /** The directory in force as the stewards signed it. */
  directoryToken(): string
  takeEvidence(tx: Tx, given: readonly GivenEvidence[]): Promise<void>
  /** A number from 0 up to 1, for jitter only. */
  random(): number
}
