/**
 * The doors to PostgreSQL. A slice never opens a connection: it gets a `Tx`, bound either to an officer's session facts
 * (role `breakwater_officer`, row-level security by audience) or to a named piece of background work (role `breakwater_worker`).
 * Each slice types its own tables: `tx.withTables<CargoTables>()`, or plain statements with Kysely's `sql` template.
 */
import type { Transaction } from 'kysely'
import type { SessionFacts } from '#platform/access/session-facts.ts'

/** Tables are named by each slice with `withTables`; the platform itself promises none. */
// oxlint-disable-next-line typescript/no-empty-object-type -- Kysely wants an object type
export type NoTables = {}
export type Tx = Transaction<NoTables>

export interface Database {
  /** One transaction as an officer. `SET LOCAL` carries desk, authority, realm, purpose and case; everything else is invisible. */
  asOfficer<T>(facts: SessionFacts, work: (tx: Tx) => Promise<T>): Promise<T>
  /** One transaction of background work; the name stands in the log and in `app.worker`. */
  asWorker<T>(name: string, work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A migration: ordered within its slice, forward only, safe to run again. Runs as the owner of the schema. */
export interface Migration {
  /** `0001-alerts`: four digits, then what it makes. */
  readonly id: string
  /** Statements in order. PostgreSQL 16 syntax, nothing newer. */
  readonly statements: readonly string[]
}
