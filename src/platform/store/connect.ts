/**
 * Opens the pools and builds the two doors of `database.ts`. The only file that knows the driver and the role switch.
 * Invariant: officers and background work never wait for each other's connections. A request that needs the worker's door beside its own transaction would otherwise
 * hold one connection and wait for a second, and enough of them for ever.
 */
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { isSafeId, type SessionFacts } from '#platform/access/session-facts.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { Database, NoTables, Tx } from './database.ts'
import { OFFICER_ROLE, WORKER_ROLE } from './row-security.ts'

export interface ConnectOptions {
  readonly url: string
  /** Connections of this process for each of the two. */
  readonly poolSize?: number
  readonly statementTimeoutMs?: number
}

export interface Connection extends Database {
  /** That of background work; also for what belongs to neither, such as migrations. */
  readonly pool: pg.Pool
}

export function connect(options: ConnectOptions): Connection {
  const [officers, workers] = [openPool(options), openPool(options)]
  const [asked, background] = [officers, workers].map((pool) => new Kysely<NoTables>({ dialect: new PostgresDialect({ pool }) })) as [
    Kysely<NoTables>,
    Kysely<NoTables>,
  ]
  return {
    pool: workers,
    asOfficer: async (facts, work) => await bound(asked, officerSettings(facts), work),
    asWorker: async (name, work) => await bound(background, workerSettings(name), work),
    close: async () => {
      await asked.destroy()
      await background.destroy()
      // The query builder ends only a pool that it has used.
      for (const pool of [officers, workers]) if (!pool.ending) await pool.end()
    },
  }
}

function openPool({ url, poolSize = 10, statementTimeoutMs = 30_000 }: ConnectOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: 10_000,
    application_name: 'breakwater',
  })
  // A connection that breaks (server restart) is replaced at the next use, and the call that uses it fails. Without a listener it would end the process, and
  // the pool listens only while a connection is idle.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

async function bound<T>(kysely: Kysely<NoTables>, settings: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return await kysely.transaction().execute(async (tx) => {
    await sql.raw(settings).execute(tx)
    return await work(tx)
  })
}

/** One round trip. `SET LOCAL` and not `set_config()`: a sharded cluster carries only the former to its workers. */
function officerSettings(facts: SessionFacts): string {
  return [
    `set local role ${OFFICER_ROLE}`,
    setLocal('app.officer', facts.officer),
    setLocal('app.desks', facts.desk),
    setLocal('app.authority', facts.authority),
    setLocal('app.realm', facts.realm),
    setLocal('app.purpose', facts.purpose ?? ''),
    setLocal('app.case_id', facts.caseId ?? ''),
  ].join(';')
}

function workerSettings(name: string): string {
  return [`set local role ${WORKER_ROLE}`, setLocal('app.worker', name)].join(';')
}

function setLocal(key: string, value: string): string {
  return `set local ${key} = '${value === '' ? '' : checked(value)}'`
}

/** The one place where a value enters a statement as text: only ids of a fixed alphabet, which has no quote, pass. */
function checked(value: string): string {
  if (!isSafeId(value)) throw new AppError(400, 'session.id', 'An id of the session has a sign outside its alphabet.')
  return value
}
