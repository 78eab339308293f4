/**
 * The log: events appended with sealing and a signed head behind them, and the proof of one entry among ten million. The peers are the plain INSERT of
 * the same rows in batches of the same size, and a tree of a hundred thousand leaves in memory.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import type pg from 'pg'
import { leafHash, nodeHash } from '../src/kernel/merkle/hashing.ts'
import { grow } from '../src/kernel/merkle/tree.ts'
import type { AuditEntry } from '../src/platform/audit/audit-event.ts'
import { type AuditRow, appendEvents } from '../src/platform/audit/audit-log.ts'
import { checkProof, proveEntry } from '../src/platform/audit/entry-proof.ts'
import { logKey, sha256 } from '../src/platform/audit/log-key.ts'
import { auditMigrations } from '../src/platform/audit/migrations.ts'
import { entryOf, signHead, startSealer } from '../src/platform/audit/sealer.ts'
import { systemClock as clock } from '../src/platform/clock/clock.ts'
import { makeSigningKey } from '../src/platform/link/node-keys.ts'
import { type Connection, connect } from '../src/platform/store/connect.ts'
import { startEmbeddedServer } from '../src/platform/store/embedded-server.ts'
import { migrate } from '../src/platform/store/migrate.ts'
import { percentile } from './bench-coalition.ts'
import type { BenchRow } from './bench-row.ts'

const EVENTS = 20_000
const BATCH = 64
const WRITERS = 4
const SEAL_EVERY_MS = 250
const LEAVES = 10_000_000
/** Logarithm of the leaves of a block that is hashed once. */
const BLOCK = 16
const PROVED = 200
const PEER_LEAVES = 100_000

const key = logKey('breakwater.log/bench', makeSigningKey('bench').jwk)
const context = { clock, oversight: ['bench.oversight'] }

export async function benchAudit(): Promise<BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'breakwater-bench-'))
  chmodSync(folder, 0o711)
  const server = await startEmbeddedServer(folder)
  const opened: Connection[] = []
  const store = async (name: string): Promise<Connection> => {
    const database = connect({ url: await server.database(name), statementTimeoutMs: 300_000 })
    opened.push(database)
    await migrate(database.pool, [{ slice: 'audit', migrations: auditMigrations }])
    return database
  }
  try {
    const [appended, plain] = await appendRates(await store('append'))
    const ours = await proofTime(await store('proof'))
    const peer = memoryProofTime()
    return [
      {
        name: 'log: events appended, sealed, under a signed head; peer: plain INSERT',
        ours: appended,
        peer: plain,
        unit: 'events/s',
        ratio: appended / plain,
        target: '≥ 5,000 events/s',
      },
      {
        name: `log: proof of one entry among ${LEAVES.toLocaleString('en-GB')}, p95; peer: a tree of 100,000 in memory`,
        ours,
        peer,
        unit: 'ms',
        ratio: peer / ours,
        target: '≤ 5 ms',
      },
    ]
  } finally {
    for (const each of opened) await each.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const entryAt = (index: number): AuditEntry => ({
  event: 'exchange.message-received',
  outcome: 'done',
  facts: null,
  by: 'message:bench',
  subjects: [
    { kind: 'message', id: `01a00000-0000-7000-8000-${String(index).padStart(12, '0')}` },
    { kind: 'desk', id: 'be.customs.antwerp' },
  ],
  detail: { from: 'ec.pcu', kind: 'push' },
})

async function inBatches(write: (entries: readonly AuditEntry[]) => Promise<void>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      while (next < EVENTS) {
        const from = next
        next += BATCH
        await write(Array.from({ length: Math.min(BATCH, EVENTS - from) }, (_, each) => entryAt(from + each)))
      }
    }),
  )
}

/** Ours with the sealer at work behind the writers, until every event is in the tree and its head is signed; then the plain table. */
async function appendRates(database: Connection): Promise<readonly [ours: number, plain: number]> {
  const sealer = startSealer(database, { key, clock, everyMs: SEAL_EVERY_MS, onError: (error) => process.emitWarning(String(error)) })
  const begun = performance.now()
  await inBatches(async (entries) => await database.asWorker('bench', async (tx) => await appendEvents(tx, entries, context)))
  await sealer.flush()
  const ours = EVENTS / ((performance.now() - begun) / 1000)
  await sealer.stop()
  await database.pool.query(
    'create table plain (id bigint generated always as identity primary key, at timestamptz, event text, outcome text, by text, subjects jsonb, detail jsonb)',
  )
  const plainBegun = performance.now()
  await inBatches(async (entries) => {
    await database.pool.query(
      'insert into plain (at, event, outcome, by, subjects, detail) select now(), event, outcome, by, subjects, detail from jsonb_to_recordset($1::jsonb) as r(event text, outcome text, by text, subjects jsonb, detail jsonb)',
      [JSON.stringify(entries)],
    )
  })
  return [ours, EVENTS / ((performance.now() - plainBegun) / 1000)]
}

/** A tree of ten million in the tables of the log, with real entries strewn among the others; each proof is checked. */
async function proofTime(database: Connection): Promise<number> {
  const events = await database.asWorker('bench', async (tx) => {
    await appendEvents(
      tx,
      Array.from({ length: PROVED }, (_, each) => entryAt(each)),
      context,
    )
    return (await sql<AuditRow>`select * from audit.events order by id`.execute(tx)).rows
  })
  const sample = events.map((row, each): Sample => {
    const salt = Buffer.alloc(32, each)
    // The last one closes the tree: its place says how large it is.
    return { event: row.id, idx: LEAVES - 1 - each * Math.floor(LEAVES / PROVED), salt, entry: Buffer.from(entryOf(salt, row)) }
  })
  const client = await database.pool.connect()
  try {
    await plantTree(client, sample)
  } finally {
    client.release(true)
  }
  await signHead(database, key, clock)
  const took: number[] = []
  for (const { event, idx } of sample) {
    const begun = performance.now()
    const proof = await database.asWorker('bench', async (tx) => await proveEntry(tx, event))
    took.push(performance.now() - begun)
    const checked = checkProof(proof ?? '', key, [])
    if (checked.index !== idx || checked.size !== LEAVES) throw new Error('The proof speaks of another entry.')
  }
  return percentile(took, 0.95)
}

interface Sample {
  readonly event: string
  readonly idx: number
  readonly salt: Buffer
  readonly entry: Buffer
}

/** One block of leaves is hashed and repeated; then the real entries take their places, and what lies above them is hashed anew. */
async function plantTree(client: pg.PoolClient, sample: readonly Sample[]): Promise<void> {
  const size = 2 ** BLOCK
  const leaves = Array.from({ length: size }, (_, index) => Uint8Array.of(index & 255, index >> 8))
  const { added } = grow({ size: 0, edge: [] }, leaves, sha256)
  const column = <T>(rows: readonly Sample[], pick: (each: Sample) => T): T[] => rows.map(pick)
  await client.query("set maintenance_work_mem = '512MB'; set statement_timeout = 0")
  await client.query('alter table audit.nodes drop constraint nodes_pkey; alter table audit.nodes set unlogged')
  await client.query('create temp table block (level int, idx bigint, hash bytea)')
  for (let at = 0; at < added.length; at += 10_000) {
    const part = added.slice(at, at + 10_000)
    await client.query('insert into block select * from unnest($1::int[], $2::bigint[], $3::bytea[])', [
      part.map((node) => node.level),
      part.map((node) => node.index),
      part.map((node) => node.hash),
    ])
  }
  // Of the last block, which is not full, only what the tree holds whole.
  await client.query(`insert into audit.nodes (level, idx, hash) select level, idx + number * (${size} >> level), hash from generate_series(0, ${LEAVES >> BLOCK}) number, block
    where ((idx + number * (${size} >> level) + 1) << level) <= ${LEAVES}`)
  await client.query('alter table audit.nodes add primary key (level, idx)')
  await client.query('alter table audit.nodes disable trigger append_only')
  await client.query(
    "update audit.nodes n set hash = sha256('\\x00'::bytea || s.entry) from unnest($1::bigint[], $2::bytea[]) s(idx, entry) where level = 0 and n.idx = s.idx",
    [column(sample, (each) => each.idx), column(sample, (each) => each.entry)],
  )
  for (let level = 0; LEAVES >> (level + 1) > 0; level++) {
    const above = `select p.idx, sha256('\\x01'::bytea || l.hash || r.hash) as hash from (select distinct unnest($1::bigint[]) >> ${level + 1} as idx) p
      join audit.nodes l on l.level = ${level} and l.idx = p.idx * 2 join audit.nodes r on r.level = ${level} and r.idx = p.idx * 2 + 1`
    const change =
      level < BLOCK
        ? `update audit.nodes n set hash = a.hash from (${above}) a where n.level = ${level + 1} and n.idx = a.idx`
        : `insert into audit.nodes (level, idx, hash) select ${level + 1}, a.idx, a.hash from (${above}) a`
    // Above the blocks every node is new.
    const touched =
      level < BLOCK ? column(sample, (each) => each.idx) : Array.from({ length: (LEAVES >> BLOCK) + 1 }, (_, each) => each * size)
    await client.query(change, [touched])
  }
  await client.query('insert into audit.leaves (idx, event_id, entry) select * from unnest($1::bigint[], $2::bigint[], $3::bytea[])', [
    column(sample, (each) => each.idx),
    column(sample, (each) => each.event),
    column(sample, (each) => each.entry),
  ])
  await client.query('insert into audit.salts (event_id, salt) select * from unnest($1::bigint[], $2::bytea[])', [
    column(sample, (each) => each.event),
    column(sample, (each) => each.salt),
  ])
  await client.query('analyze audit.nodes')
}

function memoryProofTime(): number {
  const levels: Uint8Array[][] = [
    Array.from({ length: PEER_LEAVES }, (_, index) => leafHash(Uint8Array.of(index & 255, index >> 8, index >> 16), sha256)),
  ]
  for (let below = levels[0] ?? []; below.length > 1; ) {
    const above: Uint8Array[] = []
    for (let at = 0; at + 1 < below.length; at += 2) above.push(nodeHash(below[at] as Uint8Array, below[at + 1] as Uint8Array, sha256))
    levels.push(above)
    below = above
  }
  const took: number[] = []
  for (let each = 0; each < PROVED; each++) {
    const begun = performance.now()
    const index = (each * 7919) % PEER_LEAVES
    levels.map((level, depth) => level[(index >> depth) ^ 1])
    took.push(performance.now() - begun)
  }
  return percentile(took, 0.95)
}
