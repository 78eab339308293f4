/**
 * The sealer: one for all processes, behind the writers. It takes events into the tree in the order of their ids and signs a checkpoint over it.
 * What goes into the tree is a salted digest: an entry can be erased later without breaking any proof. When it falls too far behind, releases
 * stop (`isSealingHealthy`).
 */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { printCheckpoint } from '#kernel/merkle/note.ts'
import { grow } from '#kernel/merkle/tree.ts'
import { canonicalJson } from '#kernel/seal/canonical-json.ts'
import type { Clock } from '#platform/clock/clock.ts'
import type { Database, Tx } from '#platform/store/database.ts'
import { type AuditRow, sealedForm } from './audit-log.ts'
import { base64, type LogKey, sha256, signNote } from './log-key.ts'
import { edgeAt, rootAt, treeSize } from './log-tree.ts'

const LOCK = 4_217_002
const BATCH = 2000
const SALT_BYTES = 32
/** Ids looked at again in each pass, and once a minute for what a very long transaction wrote. */
const NEAR = 2000
const FAR = 100_000
const FAR_EVERY_MS = 60_000
const CHECKPOINT_EVERY_MS = 1000

/** What an event is in the tree: the digest of its salt and its canonical form. */
export function entryOf(salt: Uint8Array, row: AuditRow): Uint8Array {
  return sha256(Buffer.concat([salt, Buffer.from(canonicalJson(sealedForm(row)))]))
}

/**
 * Seals one batch; answers how many events were sealed. Two sealers never run at once: the second finds the lock taken and seals nothing.
 * A transaction may commit an id smaller than the last sealed one; `lookBack` says how many ids below it are looked at again.
 */
export async function sealBatch(database: Database, lookBack: number = FAR): Promise<number> {
  return await database.asWorker('audit.seal', async (tx) => {
    const lock = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as got`.execute(tx)
    if (lock.rows[0]?.got !== true) return 0
    const top = await sql<{ top: string | null }>`select max(event_id) as top from audit.leaves`.execute(tx)
    const floor = Math.max(0, Number(top.rows[0]?.top ?? 0) - lookBack)
    const { rows } = await sql<AuditRow>`
      select e.* from audit.events e where e.id > ${floor} and not exists (select from audit.leaves l where l.event_id = e.id and l.event_id > ${floor}) order by e.id limit ${BATCH}`.execute(
      tx,
    )
    if (rows.length === 0) return 0
    const size = await treeSize(tx)
    // Drawn at once: asking for each costs more than hashing it.
    const salts = randomBytes(SALT_BYTES * rows.length)
    const sealed = rows.map((row, at) => {
      const salt = salts.subarray(at * SALT_BYTES, (at + 1) * SALT_BYTES)
      return { idx: size + at, event: row.id, salt, entry: entryOf(salt, row) }
    })
    const { added } = grow(
      { size, edge: await edgeAt(tx, size) },
      sealed.map((each) => each.entry),
      sha256,
    )
    await sql`insert into audit.leaves (idx, event_id, entry) select * from unnest(${sealed.map((each) => each.idx)}::bigint[], ${sealed.map((each) => each.event)}::bigint[], ${sealed.map((each) => each.entry)}::bytea[])`.execute(
      tx,
    )
    await sql`insert into audit.salts (event_id, salt) select * from unnest(${sealed.map((each) => each.event)}::bigint[], ${sealed.map((each) => each.salt)}::bytea[])`.execute(
      tx,
    )
    await sql`insert into audit.nodes (level, idx, hash) select * from unnest(${added.map((node) => node.level)}::int[], ${added.map((node) => node.index)}::bigint[], ${added.map((node) => node.hash)}::bytea[])`.execute(
      tx,
    )
    return rows.length
  })
}

/** Signs the head of the log, once for each size. */
export async function signHead(database: Database, key: LogKey, clock: Clock): Promise<void> {
  await database.asWorker('audit.checkpoint', async (tx) => await signHeadIn(tx, key, clock))
}

async function signHeadIn(tx: Tx, key: LogKey, clock: Clock): Promise<void> {
  const size = await treeSize(tx)
  if (size === 0) return
  const known = await sql`select from audit.checkpoints where size = ${size}`.execute(tx)
  if (known.rows.length > 0) return
  const root = await rootAt(tx, size)
  const note = signNote(printCheckpoint({ origin: key.name, size, root }, base64), key)
  await sql`insert into audit.checkpoints (size, root, note, at) values (${size}, ${root}, ${note}, ${clock.now()}) on conflict do nothing`.execute(
    tx,
  )
}

export interface Sealer {
  /** Seals everything there is now, and signs it. */
  flush(): Promise<void>
  stop(): Promise<void>
}

export interface SealerOptions {
  readonly key: LogKey
  readonly clock: Clock
  readonly everyMs: number
  readonly onError: (error: unknown) => void
}

/** Seals behind the writers: at most `everyMs` after an event, sooner when it is busy. */
export function startSealer(database: Database, options: SealerOptions): Sealer {
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  let waiting = false
  let ticks = 0
  let signedAt = 0
  const farEvery = Math.max(1, Math.round(FAR_EVERY_MS / options.everyMs))
  const pass = async (lookBack: number, isLast: boolean): Promise<void> => {
    while ((await sealBatch(database, lookBack)) === BATCH && !stopped);
    if (!isLast && Date.now() - signedAt < CHECKPOINT_EVERY_MS) return
    signedAt = Date.now()
    await signHead(database, options.key, options.clock)
  }
  const timer = setInterval(() => {
    // A slow store must not gather a queue of passes.
    if (waiting) return
    waiting = true
    const lookBack = ticks % farEvery === 0 ? FAR : NEAR
    ticks += 1
    running = running
      .then(async () => await pass(lookBack, false))
      .catch(options.onError)
      .then(() => {
        waiting = false
      })
  }, options.everyMs)
  timer.unref()
  return {
    flush: async () => {
      const pending = running.then(async () => await pass(FAR, true))
      running = pending.catch(() => undefined)
      await pending
    },
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
