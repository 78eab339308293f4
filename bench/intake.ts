/**
 * Intake with every indicator, on embedded PostgreSQL: cargo reports of 300 consignments read, kept with pointers, learned by the history of the desk, each of
 * their boxes judged and placed in the queue of its port and day. Rate: one document after the other, as fast as it goes. Latency: a document each second, from its
 * coming to its boxes in the queue with their signals. Night: every box ahead judged again.
 * The peer counts the history of the desk anew for each document, as a design without incremental history must; it is otherwise the same work.
 */
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { ORGS } from '../src/app/demo/world.ts'
import { voyageTimes } from '../src/modules/cargo/generator/demonstration.ts'
import { printCuscar } from '../src/modules/cargo/generator/print-consignments.ts'
import { printInterchange } from '../src/modules/cargo/generator/print-interchange.ts'
import { generateVoyage } from '../src/modules/cargo/generator/voyage.ts'
import { historyMigration } from '../src/modules/cargo/history-migration.ts'
import { migrations } from '../src/modules/cargo/migrations.ts'
import { judgeAgain } from '../src/modules/cargo/server/judge-again.ts'
import { readDocument } from '../src/modules/cargo/server/read-document.ts'
import { raiseSignals } from '../src/modules/cargo/server/signals.ts'
import { migrations as targetingMigrations } from '../src/modules/targeting/migrations.ts'
import { takeArrivals } from '../src/modules/targeting/server/take-arrivals.ts'
import { makeCalendars } from '../src/platform/clock/holiday-calendar.ts'
import { openContentStore } from '../src/platform/content/content-store.ts'
import { makeLogger } from '../src/platform/log/logger.ts'
import type { NodeServices } from '../src/platform/module/services.ts'
import { type Connection, connect } from '../src/platform/store/connect.ts'
import { startEmbeddedServer } from '../src/platform/store/embedded-server.ts'
import { migrate } from '../src/platform/store/migrate.ts'
import { percentile } from './bench-coalition.ts'
import type { BenchRow } from './bench-row.ts'

const AUTHORITY = 'be.customs'
const DESK = 'be.customs.antwerp'
const PORT = 'BEANR'
const CONSIGNMENTS = 300
/** Documents that the desk holds before anything is measured. */
const HELD = 60
const MEASURED = 20
const EVERY_MS = 1000
/** Boxes on their way to the port of a large desk. */
const AHEAD = 10_000
const DIRECTORY = { orgs: ORGS.map((org) => ({ ...org, nodes: [] })) }

export async function benchIntake(): Promise<BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'breakwater-bench-'))
  chmodSync(folder, 0o711)
  const server = await startEmbeddedServer(path.join(folder, 'server'))
  const database = connect({ url: server.url })
  try {
    const listed = migrations.some(({ id }) => id === historyMigration.id) ? migrations : [...migrations, historyMigration]
    await migrate(database.pool, [
      { slice: 'cargo', migrations: listed },
      { slice: 'targeting', migrations: targetingMigrations },
    ])
    const services = servicesOf(database, path.join(folder, 'content'))
    let number = 0
    for (; number < HELD; number++) {
      await take(services, number)
      // As the server does by itself within a minute: without statistics the planner does not know which index finds a box.
      if (number === 2 || number === HELD - 1) await database.pool.query('analyze')
    }
    const begun = performance.now()
    for (const end = number + MEASURED; number < end; number++) await take(services, number)
    const rate = (MEASURED * CONSIGNMENTS * 1000) / (performance.now() - begun)
    const again = performance.now()
    for (const end = number + MEASURED; number < end; number++) {
      await countAnew(database)
      await take(services, number)
    }
    const peer = (MEASURED * CONSIGNMENTS * 1000) / (performance.now() - again)
    const took: number[] = []
    const first = performance.now()
    for (let count = 0; count < MEASURED; count++) {
      const due = first + count * EVERY_MS
      if (performance.now() < due) await sleep(due - performance.now())
      await take(services, number++)
      took.push(performance.now() - due)
    }
    const judgedAgain = await judgeAgainRate(database, services)
    return [
      {
        name: `intake with every indicator, ${CONSIGNMENTS} consignments a document; peer: history counted anew for each`,
        ours: rate,
        peer,
        unit: 'consignments/s',
        ratio: rate / peer,
        target: '≥ 300 consignments/s',
      },
      {
        name: `message → judged in the queue at ${CONSIGNMENTS} consignments/s, p95`,
        ours: percentile(took, 0.95),
        unit: 'ms',
        target: '≤ 1,000 ms',
      },
      {
        name: `night of a desk: ${AHEAD.toLocaleString('en-GB')} boxes ahead judged again by every indicator, of ${(number * CONSIGNMENTS).toLocaleString('en-GB')} held`,
        ours: AHEAD / judgedAgain,
        unit: 's',
        target: '≤ 60 s',
      },
    ]
  } finally {
    await database.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Boxes in a second, from the beginning of the round until none waits. */
async function judgeAgainRate(database: Connection, services: NodeServices): Promise<number> {
  const today = new Date().toISOString().slice(0, 10)
  await database.asWorker('bench', async (tx) => {
    await sql`update cargo.evaluations set last_day = case when subject in (select subject from cargo.evaluations where desk = ${DESK} order by evaluated_at desc, subject limit ${AHEAD})
      then ${today} end where desk = ${DESK}`.execute(tx)
  })
  const waiting = async (): Promise<number> =>
    await database.asWorker('bench', async (tx) => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from cargo.waiting_containers`.execute(tx)
      return rows[0]?.n ?? 0
    })
  const begun = performance.now()
  await judgeAgain(services)
  const boxes = await waiting()
  while ((await waiting()) > 0) await raiseSignals({ authority: AUTHORITY, desk: DESK }, services)
  return (boxes * 1000) / (performance.now() - begun)
}

/** As much of a node as reading and judging ask for. */
function servicesOf(database: Connection, folder: string): NodeServices {
  const nothing = async (): Promise<void> => await Promise.resolve()
  return {
    database,
    content: openContentStore(folder, randomBytes(32)),
    clock: { now: () => new Date() },
    authorities: [AUTHORITY],
    directory: () => DIRECTORY,
    oversightDesks: [],
    calendars: makeCalendars([]),
    log: makeLogger({ node: 'bench', level: 'warn' }),
    announce: nothing,
    record: nothing,
    enqueue: nothing,
  } as unknown as NodeServices
}

async function take(services: NodeServices, number: number): Promise<void> {
  const bytes = reportOf(number)
  const { sha256: document, size } = await services.content.put(once(bytes), 2 ** 30)
  await services.database.asWorker('bench', async (tx) => {
    await sql`insert into cargo.documents (authority, desk, document, name, size, received_at, purpose, audience)
      values (${AUTHORITY}, ${DESK}, ${document}, ${`report-${number}`}, ${size}, ${dayOf(number)}, 'customs-control', ${[DESK]}::text[])`.execute(
      tx,
    )
  })
  const data = { authority: AUTHORITY, desk: DESK, document }
  await readDocument(data, services)
  await raiseSignals(data, services)
  await takeArrivals(services)
}

/** A report a day: history looks back by days. */
function dayOf(number: number): Date {
  return new Date(Date.parse('2026-06-01T12:00:00Z') + number * 86_400_000)
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes)
}

/** Each report has boxes, bills and bookings of its own; companies, goods and routes repeat. */
function reportOf(number: number): Uint8Array {
  const voyage = generateVoyage({
    seed: 1000 + number,
    containers: Math.ceil(CONSIGNMENTS / 0.9),
    times: voyageTimes(dayOf(number)),
  })
  const boxes = voyage.boxes
    .filter(({ isFull }) => isFull)
    .slice(0, CONSIGNMENTS)
    .map((box) => ({
      ...box,
      bill: `${box.bill}V${number}`,
      booking: `${box.booking}V${number}`,
      sealAtLoading: sealOf(`${box.bill}${number}`),
      discharge: PORT,
      reportedDischarge: PORT,
    }))
  // The leg that calls at the port of the desk, with the time of arrival.
  const leg = {
    ...voyage,
    number: `${voyage.number}${number}`,
    departure: 'ESALG',
    nextPort: PORT,
    times: { ...voyage.times, transhipped: voyage.times.arrives },
    boxes,
  }
  return printInterchange({ sender: 'GENERATED', recipient: 'BENCH', prepared: voyage.times.prepared, reference: `B${number}` }, [
    printCuscar(leg, 'D95B', { reference: 'C1' }),
  ])
}

function sealOf(text: string): string {
  return `GS${createHash('sha256').update(text).digest('hex').slice(0, 10).toUpperCase()}`
}

async function countAnew(database: Connection): Promise<void> {
  await database.asWorker('bench', async (tx) => {
    const own = sql<boolean>`authority = ${AUTHORITY} and desk = ${DESK}`
    await sql`select upper(name) as name, count(*)::int as n from cargo.consignments, unnest(array[consignor, consignee]) as name where ${own} and name is not null group by 1`.execute(
      tx,
    )
    await sql`select loading || '-' || discharge as route, count(*)::int as n from cargo.consignments where ${own} and loading is not null and discharge is not null group by 1`.execute(
      tx,
    )
  })
}
