/**
 * Memory that a desk's history of containers asks for: fifty million states of twelve and a half million boxes in the store, and boxes
 * drawn from all of them judged again by every indicator, as a round does. Memory is that of this process and of every process of the store, what they share counted once.
 * The states are the sightings of a generated world with other boxes and seals, written without a log and without the indexes that only lists are sorted by: they are read the same.
 * The peer keeps the states of each box in a `Map`, measured on a fiftieth of them.
 * Needs Linux, 65 GB of disk and most of an hour: runs only when it is named.
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import pg from 'pg'
import { containerCheckDigit } from '../src/kernel/identifiers/container-number.ts'
import { generateWorld } from '../src/modules/cargo/generator/world.ts'
import { migrations } from '../src/modules/cargo/migrations.ts'
import { equipmentRow } from '../src/modules/cargo/server/read-rows.ts'
import { raiseSignals } from '../src/modules/cargo/server/signals.ts'
import { makeLogger } from '../src/platform/log/logger.ts'
import type { NodeServices } from '../src/platform/module/services.ts'
import { type Connection, connect } from '../src/platform/store/connect.ts'
import { startEmbeddedServer } from '../src/platform/store/embedded-server.ts'
import { migrate } from '../src/platform/store/migrate.ts'
import { percentile } from './bench-coalition.ts'
import type { BenchRow } from './bench-row.ts'

const AUTHORITY = 'be.customs'
const DESK = 'be.customs.antwerp'
/** States of one box, each in a document of its own. */
const VISITS = 4
const OF_DOCUMENT = 5000
const STATES = 50_000_000
const BLOCKS = STATES / VISITS / OF_DOCUMENT
const BLOCKS_AT_ONCE = 25
const OWNERS = ['QAXU', 'QBXU', 'QCXU', 'QDXU', 'QEXU', 'QFXU', 'QGXU', 'QHXU', 'QJXU', 'QKXU', 'QLXU', 'QMXU', 'QNXU']
const DRAWN = 300
const DRAWS = 30
/** Part of the states that the peer keeps. */
const PART = 1 / 50
const MB = 1_000_000

export async function benchContainerStates(): Promise<BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'breakwater-bench-'))
  chmodSync(folder, 0o711)
  const server = await startEmbeddedServer(path.join(folder, 'server'))
  const database = connect({ url: server.url })
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  try {
    await migrate(database.pool, [{ slice: 'cargo', migrations }])
    const sightings = await writeTemplates(client)
    await fill(client)
    const { rows } = await client.query<{ bytes: string; pid: number }>(
      `select pg_total_relation_size('cargo.equipment') + pg_total_relation_size('cargo.history_subjects') as bytes,
        split_part(pg_read_file('postmaster.pid'), chr(10), 1)::int as pid`,
    )
    const [store] = rows
    const services = servicesOf(database)
    const [took, memory]: [number[], number[]] = [[], []]
    for (let draw = 0; draw < DRAWS; draw++) {
      await drawBoxes(client)
      const begun = performance.now()
      await raiseSignals({ authority: AUTHORITY, desk: DESK }, services)
      took.push(performance.now() - begun)
      memory.push((process.memoryUsage.rss() + memoryOf(store?.pid ?? 0)) / MB)
    }
    const { rows: judged } = await client.query<{ n: number }>('select count(*)::int as n from cargo.evaluations')
    if ((judged[0]?.n ?? 0) < (DRAWS * DRAWN) / 2) throw new Error(`${String(judged[0]?.n)} boxes were judged.`)
    const [ours, peer] = [Math.max(...memory), inMap(sightings) / PART / MB]
    const states = `${STATES.toLocaleString('en-GB')} container states`
    return [
      {
        name: `memory of node and store while boxes of ${states} are judged; peer: the states in a Map, from a fiftieth of them`,
        ours,
        peer,
        unit: 'MB',
        ratio: peer / ours,
        target: '≤ 2,000 MB',
      },
      { name: `${DRAWN} boxes drawn from ${states}, judged by every indicator, p95`, ours: percentile(took, 0.95), unit: 'ms' },
      { name: `disk of ${states}, with the indexes that judging reads`, ours: Number(store?.bytes) / 1000 / MB, unit: 'GB' },
    ]
  } finally {
    await client.end()
    await database.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As much of a node as judging asks for. */
function servicesOf(database: Connection): NodeServices {
  const nothing = async (): Promise<void> => await Promise.resolve()
  return {
    database,
    clock: { now: () => new Date('2026-06-01T00:00:00Z') },
    log: makeLogger({ node: 'bench', level: 'warn' }),
    announce: nothing,
    record: nothing,
    enqueue: nothing,
  } as unknown as NodeServices
}

/** Sightings of boxes of a generated world, as many of each as a box has here; also as the text that the store keeps of each box. */
async function writeTemplates(client: pg.Client): Promise<readonly (readonly string[])[]> {
  const world = generateWorld({ seed: 5, voyages: 20, boxesPerVoyage: 60, begins: new Date('2025-01-06T00:00:00Z'), each: 0 })
  const boxes = new Map<string, { readonly row: ReturnType<typeof equipmentRow>; readonly voyage: string }[]>()
  for (const { id, equipment, message, voyage, preparedAt, receivedAt } of world.documents)
    for (const sighting of equipment) {
      const key = { authority: AUTHORITY, desk: DESK, document: id, audience: [DESK], ordinal: 0, message: 0, type: message }
      const row = equipmentRow(sighting, key, { voyage, preparedAt, receivedAt })
      boxes.set(row.container, [...(boxes.get(row.container) ?? []), { row, voyage: JSON.stringify(voyage) }])
    }
  // Those that state most of each box.
  const whole = [...boxes.values()]
    .filter((states) => states.length >= VISITS)
    .map((states) => states.toSorted((a, b) => b.row.sighting.length - a.row.sighting.length).slice(0, VISITS))
  await client.query('create table public.templates (like cargo.equipment, n int, visit int, voyage jsonb, primary key (n, visit))')
  for (const [n, states] of whole.entries())
    for (const [visit, { row, voyage }] of states.entries())
      await client.query('insert into public.templates select r.*, $2, $3, $4 from jsonb_populate_record(null::cargo.equipment, $1) r', [
        { ...row, verified_weight: row.verified_weight ?? false, sighting: JSON.parse(row.sighting) as object },
        n,
        visit,
        voyage,
      ])
  await client.query('analyze public.templates')
  return whole.map((states) => states.map(({ row }) => row.sighting))
}

/** Writes all states, and makes the indexes that judging reads when they are there; then what the server does by itself in time. */
async function fill(client: pg.Client): Promise<void> {
  const { rows: indexes } = await client.query<{ name: string; text: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as text from pg_index where indrelid = 'cargo.equipment'::regclass and not indisprimary`,
  )
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  await client.query("set work_mem = '64MB'; set maintenance_work_mem = '1GB'; set max_parallel_maintenance_workers = 2")
  await client.query('alter table cargo.equipment drop constraint equipment_pkey')
  for (const table of ['equipment', 'documents', 'messages', 'history_subjects'])
    await client.query(`alter table cargo.${table} set unlogged; alter table cargo.${table} set (autovacuum_enabled = off)`)
  await client.query(boxFunction())
  const { rows: columns } = await client.query<{ name: string }>(
    "select attname as name from pg_attribute where attrelid = 'cargo.equipment'::regclass and attnum > 0 and not attisdropped order by attnum",
  )
  for (let visit = 0; visit < VISITS; visit++)
    for (let block = 0; block < BLOCKS; block += BLOCKS_AT_ONCE) {
      await client.query(documentsOf(visit, block))
      await client.query(
        statesOf(
          columns.map(({ name }) => name),
          visit,
          block,
        ),
      )
      if (block % (BLOCKS_AT_ONCE * 20) === 0)
        process.stderr.write(`${((visit * BLOCKS + block) * OF_DOCUMENT).toLocaleString('en-GB')} states\n`)
    }
  await client.query(`insert into cargo.history_subjects (authority, desk, subject, day, audience)
    select '${AUTHORITY}', '${DESK}', 'box ' || public.box_of(c), '2025-02-01', array['${DESK}'] from generate_series(0, ${BLOCKS * OF_DOCUMENT - 1}) as c on conflict do nothing`)
  for (const { name, text } of indexes) if (/equipment_(container|seals)$/.test(name)) await client.query(text)
  await client.query('vacuum (analyze) cargo.equipment')
  await client.query('vacuum (analyze) cargo.history_subjects')
  await client.query('analyze')
}

/** Container numbers with check digits, a million for each owner. */
function boxFunction(): string {
  // What the letters and the digits add up to, by ISO 6346: the digit of a number that ends in zeros tells the part of its letters.
  const letters = OWNERS.map((owner) => containerCheckDigit(`${owner}000000`))
  const digits = Array.from({ length: 6 }, (_, at) => `(c % 1000000 / ${10 ** (5 - at)} % 10) * ${2 ** (4 + at)}`)
  return `create function public.box_of(c bigint) returns text language sql immutable parallel safe as $$
    select (array['${OWNERS.join("', '")}'])[c / 1000000 + 1] || lpad((c % 1000000)::text, 6, '0')
      || (((array[${letters.join(', ')}])[c / 1000000 + 1] + ${digits.join(' + ')}) % 11 % 10)::text $$`
}

const DOCUMENT = "encode(sha256((b || '/' || t.visit)::bytea), 'hex')"
/** All boxes of a block are like one box of the generated world. */
const blocks = (first: number) => `generate_series(${first}, ${first + BLOCKS_AT_ONCE - 1}) as b`

function documentsOf(visit: number, first: number): string {
  const like = `from ${blocks(first)} join public.templates t on t.visit = ${visit} and t.n = b % (select max(n) + 1 from public.templates)`
  return `insert into cargo.documents (authority, desk, document, name, size, received_at, purpose, audience)
      select t.authority, t.desk, ${DOCUMENT}, 'states', 1, t.observed_at, 'customs-control', t.audience ${like};
    insert into cargo.messages (authority, desk, document, ordinal, type, directory, reference, segments, outcome, voyage, audience)
      select t.authority, t.desk, ${DOCUMENT}, 0, t.message_type, 'D95B', '1', 1, 'accepted', t.voyage, t.audience ${like}`
}

function statesOf(columns: readonly string[], visit: number, first: number): string {
  const instead: Readonly<Record<string, string>> = {
    document: DOCUMENT,
    ordinal: 'g',
    message: '0',
    container: 'x.box',
    seals: "case when t.seals = '{}' then t.seals else array[x.seal] end",
    sighting: "replace(replace(t.sighting::text, t.container, x.box), coalesce(t.seals[1], 'none'), x.seal)::jsonb",
  }
  return `insert into cargo.equipment (${columns.join(', ')}) select ${columns.map((column) => instead[column] ?? `t.${column}`).join(', ')}
    from ${blocks(first)} cross join generate_series(0, ${OF_DOCUMENT - 1}) as g
    join public.templates t on t.visit = ${visit} and t.n = b % (select max(n) + 1 from public.templates)
    cross join lateral (select public.box_of(b::bigint * ${OF_DOCUMENT} + g) as box, coalesce(t.seals[1], '') || 'B' || (b * ${OF_DOCUMENT} + g) as seal) as x`
}

/** Of all boxes, each as likely as another. */
async function drawBoxes(client: pg.Client): Promise<void> {
  await client.query(`insert into cargo.waiting_containers (authority, desk, container, audience)
    select distinct '${AUTHORITY}', '${DESK}', public.box_of(floor(random() * ${BLOCKS * OF_DOCUMENT})::bigint), array['${DESK}'] from generate_series(1, ${DRAWN})`)
}

/** Bytes of a process and its children, what they share counted once. */
function memoryOf(parent: number): number {
  const own = readdirSync('/proc').filter(
    (pid) => /^[0-9]+$/.test(pid) && (Number(pid) === parent || statusOf(pid, 'status', 'PPid') === parent),
  )
  return own.reduce((sum, pid) => sum + statusOf(pid, 'smaps_rollup', 'Pss') * 1024, 0)
}

/** A process may end while it is looked at. */
function statusOf(pid: string, file: string, field: string): number {
  try {
    return Number(new RegExp(`^${field}:\\s+([0-9]+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** Bytes of a part of the states as objects, by box. */
function inMap(sightings: readonly (readonly string[])[]): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const before = process.memoryUsage().heapUsed
  const states = new Map<string, unknown[]>()
  for (let box = 0; box < (STATES / VISITS) * PART; box++)
    states.set(
      `QZZU${String(box).padStart(7, '0')}`,
      (sightings[box % sightings.length] ?? []).map((text) => JSON.parse(text) as unknown),
    )
  collect()
  const bytes = process.memoryUsage().heapUsed - before
  return states.size > 0 ? bytes : 0
}
