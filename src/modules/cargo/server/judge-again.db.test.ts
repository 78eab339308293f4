/** Rounds of judging again in a real store: afterwards the signals of a desk follow from its documents alone; killed, run twice, and out of its window it adds nothing. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { connect } from '#platform/store/connect.ts'
import type { Database } from '#platform/store/database.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { cut, LOW, renamed } from '../detectors/cut-documents.fixture.ts'
import { generateWorld, type WorldDocument } from '../generator/world.ts'
import { migrations } from '../migrations.ts'
import { recordFinding } from './history-findings.ts'
import { writeSetting } from './history-settings.ts'
import { markMoved } from './history-waiting.ts'
import { keepWorldDocument } from './history-world.fixture.ts'
import { judgeAgain } from './judge-again.ts'
import { raiseSignals } from './signals.ts'

const AUTHORITY = 'be.customs'
const HOUR = 3_600_000
const world = generateWorld({ seed: 12, voyages: 4, boxesPerVoyage: 10, begins: new Date('2026-01-05T00:00:00Z'), each: 1 })
/** All received in one night, prepared when they were. */
const documents = world.documents.map((document) => ({ ...document, preparedAt: document.receivedAt }))
const boxes = new Set(documents.flatMap(({ equipment }) => equipment.map(({ container }) => container.value)))
const COMPARING = ['weight-mismatch', 'description', 'short-lead-time', 'dwell', 'light-fruit', 'shared-address'].map(
  (name) => `cargo.${name}`,
)

let fresh: FreshDatabase
let database: Database
beforeAll(async () => {
  fresh = await freshDatabase()
  const store = connect({ url: fresh.url })
  database = store
  await migrate(store.pool, [{ slice: 'cargo', migrations }])
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

/** A desk with low thresholds, whose jobs run one after the other when it is told to. */
async function openDesk(name: string) {
  const desk = `be.customs.${name}`
  let now = new Date('2026-03-10T20:00:00Z').getTime()
  const jobs: { name: string; data: Record<string, unknown>; key?: string }[] = []
  const log: AuditEntry[] = []
  const told: string[] = []
  const services = {
    database,
    clock: { now: () => new Date(now) },
    authorities: [AUTHORITY],
    directory: () => ({ orgs: [{ id: AUTHORITY, units: [{ id: desk, zone: 'Europe/Brussels' }] }] }),
    announce: async (_tx: unknown, topic: string) => await Promise.resolve(void told.push(topic)),
    record: async (_tx: unknown, entry: AuditEntry) => await Promise.resolve(void log.push(entry)),
    enqueue: async (_tx: unknown, job: (typeof jobs)[number]) =>
      await Promise.resolve(void (jobs.some(({ key }) => key === job.key) ? 0 : jobs.push(job))),
  } as unknown as NodeServices
  const rows = async <T>(query: ReturnType<typeof sql<T>>) => await database.asWorker('test', async (tx) => (await query.execute(tx)).rows)
  await database.asWorker('test', async (tx) => {
    const approval = { proposedBy: 'o1', approvedBy: 'o2', at: new Date(now) }
    for (const [detector, setting] of LOW) await writeSetting(tx, { authority: AUTHORITY, desk }, { detector, ...setting, ...approval })
    for (const container of [...boxes].slice(0, 14))
      await recordFinding(tx, { authority: AUTHORITY, desk, source: container, container, foundAt: new Date('2026-02-01T00:00:00Z') })
  })
  const run = async () => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) await raiseSignals(job.data, services)
  }
  const keep = async (document: WorldDocument) =>
    await database.asWorker('test', async (tx) => {
      await keepWorldDocument(tx, { authority: AUTHORITY, desk }, { ...document, receivedAt: new Date(now) })
    })
  return {
    desk,
    services,
    jobs,
    log,
    told,
    rows,
    run,
    keep,
    pass: (hours: number) => void (now += hours * HOUR),
    take: async (came: readonly WorldDocument[]) => {
      for (const document of came) {
        now += 1000
        await keep(document)
        await raiseSignals({ authority: AUTHORITY, desk, document: document.id }, services)
      }
      await run()
    },
    /** The next night, and what it sets going. */
    night: async () => {
      now += 24 * HOUR
      await judgeAgain(services)
      await run()
    },
    /** What stands of each box, without the pointers, which are of other files. */
    standing: async () => {
      const signals = await rows(sql<{ line: string }>`select subject || ' ' || detector || ' ' || (body ->> 'explanation') || ' '
        || (select string_agg((f ->> 'name') || ' ' || (f ->> 'value'), '; ' order by place) from jsonb_array_elements(body -> 'facts') with ordinality as t(f, place)) as line
        from cargo.signals where desk = ${desk}`)
      const missing = await rows(
        sql<{ line: string }>`select subject || ' ' || not_computable::text as line from cargo.evaluations where desk = ${desk}`,
      )
      return [...signals, ...missing].map(({ line }) => line).sort()
    },
    waiting: async () => (await rows(sql`select container from cargo.waiting_containers where desk = ${desk}`)).length,
    withdrawn: async () =>
      await rows(sql<{ subject: string; detector: string; reason: string; document: string | null }>`
        select subject, detector, reason, document from cargo.withdrawn_signals where desk = ${desk} order by withdrawn_at, subject, signal`),
  }
}

it('after a night the signals of a desk are the same whatever the order, the cutting and the repetition of its documents', async () => {
  const inOrder = await openDesk('in-order')
  await inOrder.take(documents)
  await inOrder.night()
  const expected = await inOrder.standing()
  expect(new Set(expected.map((line) => line.split(' ')[1])).size).toBeGreaterThan(15)
  let [number, moved] = [0, 0]
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(20), { minLength: documents.length, maxLength: documents.length }),
      fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
      fc.array(fc.nat(), { maxLength: 4 }),
      async (cuts, order, again) => {
        const files = documents.flatMap((document, index) => (index % 3 === 0 ? cut(document, cuts[index] ?? 0) : [document]))
        const copies = again
          .flatMap((index) => files[index % files.length] ?? [])
          .map((file, index) => renamed(file, `${file.id} copy ${index}`))
        const came = [...files, ...copies]
          .map((file, index) => ({ file, place: order[index % order.length] ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ file }) => file)
        const anyhow = await openDesk(`order-${number++}`)
        await anyhow.take(came)
        if ((await anyhow.standing()).join('\n') !== expected.join('\n')) moved += 1
        await anyhow.night()
        expect(await anyhow.standing()).toEqual(expected)
        expect(await anyhow.waiting()).toBe(0)
      },
    ),
    { numRuns: 2, seed: 3, endOnFailure: true },
  )
  // Otherwise the test would hold without any night.
  expect(moved).toBeGreaterThan(0)
}, 240_000)

it('a signal goes when what the box is compared with has moved, with its reason and an entry in the log, and the queue is told', async () => {
  const desk = await openDesk('moved')
  await desk.take(documents.filter(({ message }) => message !== 'CSV').slice(0, 18))
  await desk.night()
  const before = (await desk.withdrawn()).length
  const [logged, told] = [desk.log.length, desk.told.length]
  // Documents about other boxes: none of them names a box that is looked at below.
  await desk.take(documents.filter(({ message }) => message !== 'CSV').slice(18))
  const named = (await desk.withdrawn()).length
  await desk.night()
  const gone = (await desk.withdrawn()).slice(named)
  expect(named).toBeGreaterThanOrEqual(before)
  const moved = gone.filter(({ reason }) => reason === 'compared-anew')
  expect(moved.length).toBeGreaterThan(0)
  expect(moved.every(({ detector, document }) => COMPARING.includes(detector) && document === null)).toBe(true)
  for (const { subject, detector } of moved)
    expect(desk.log.slice(logged)).toContainEqual(
      expect.objectContaining({
        event: 'cargo.signals-withdrawn',
        facts: null,
        subjects: [
          { kind: 'container', id: subject },
          { kind: 'desk', id: desk.desk },
        ],
        detail: expect.objectContaining({ [detector]: 'compared-anew' }) as unknown,
      }),
    )
  expect(desk.told.slice(told)).toContain('signals')
})

it('adds nothing when it runs again, goes on where it was killed, and leaves old boxes alone', async () => {
  const desk = await openDesk('twice')
  await desk.take(documents.slice(0, 20))
  const marked = async () => {
    await judgeAgain(desk.services)
    return await desk.waiting()
  }
  desk.pass(24)
  const dies = { ...desk.services, enqueue: async () => await Promise.reject(new Error('killed')) }
  await expect(judgeAgain(dies)).rejects.toThrow('killed')
  expect(await desk.waiting()).toBe(0)
  const all = await marked()
  expect(all).toBeGreaterThan(5)
  expect(desk.jobs).toHaveLength(1)
  expect(await marked()).toBe(all)
  await desk.run()
  expect(await marked()).toBe(0)
  const [standing, withdrawn] = [await desk.standing(), await desk.withdrawn()]
  await desk.night()
  expect([await desk.standing(), await desk.withdrawn()]).toEqual([standing, withdrawn])
  desk.pass(100 * 24)
  expect(await marked()).toBe(0)
})

it('keeps the document that gives a reason, also where a round had come to the box before', async () => {
  const desk = await openDesk('reasons')
  await desk.take(documents.slice(0, 6))
  desk.pass(24)
  await judgeAgain(desk.services)
  const reasons = async () =>
    await desk.rows(sql<{ container: string; document: string | null }>`
      select container, document from cargo.waiting_containers where desk = ${desk.desk} order by container`)
  const [first, ...others] = await reasons()
  if (first === undefined) throw new Error('No box waits.')
  for (const document of ['late', 'later'])
    await database.asWorker(
      'test',
      async (tx) => await markMoved(tx, { authority: AUTHORITY, desk: desk.desk, document }, { bills: [], containers: [first.container] }),
    )
  expect(await reasons()).toEqual([{ ...first, document: 'late' }, ...others.map((each) => ({ ...each, document: null }))])
})

it('runs by day, too, once the desk knows a good part more than at the last round', async () => {
  const desk = await openDesk('grown')
  await desk.take(documents.slice(0, 6))
  await desk.night()
  desk.pass(1)
  await judgeAgain(desk.services)
  expect(await desk.waiting()).toBe(0)
  const [first] = documents.flatMap(({ consignments }) => consignments)
  const manifest = documents.find(({ consignments }) => consignments.length > 0)
  if (first === undefined || manifest === undefined) throw new Error('The world states no bill.')
  const many = Array.from({ length: 600 }, (_, index) => ({ ...first, document: { ...first.document, value: `MANY${index}` } }))
  await desk.take([{ ...manifest, id: 'e'.repeat(64), equipment: [], consignments: many }])
  await judgeAgain(desk.services)
  expect(await desk.waiting()).toBeGreaterThan(0)
})

it('begins a document again whose judging was given up, and not one that may still be on its way', async () => {
  const desk = await openDesk('lost')
  const [lost, young] = documents
  if (lost === undefined || young === undefined) throw new Error('The world has no documents.')
  await desk.keep(lost)
  desk.pass(2)
  await desk.keep(young)
  await judgeAgain(desk.services)
  expect(desk.jobs.map(({ data }) => data['document'])).toEqual([lost.id])
  await desk.run()
  desk.pass(24)
  await judgeAgain(desk.services)
  expect(desk.jobs.map(({ data }) => data['document'])).toEqual([young.id, undefined])
})

it('judges again what recent alerts show of their boxes, and leaves old ones as they are', async () => {
  const desk = await openDesk('alerted')
  const others = documents.filter(({ message }) => message !== 'CSV')
  await desk.take(others.slice(0, 18))
  const issue = async (alert: string, container: string, issuedAt: Date) => {
    const content = { subject: { kind: 'container', number: container, asStated: false } }
    await database.asWorker('test', async (tx) => {
      await sql`insert into cargo.alerts (authority, alert, desk, side, subject, originator_desk, originator_authority, content, handling, reasons, issued_at, audience)
        values (${AUTHORITY}, ${alert}, ${desk.desk}, 'received', ${container}, ${desk.desk}, ${AUTHORITY}, ${JSON.stringify(content)}, '{}', '{}', ${issuedAt},
          ${[desk.desk]}::text[])`.execute(tx)
    })
    await raiseSignals({ authority: AUTHORITY, alert }, desk.services)
  }
  for (const container of boxes) {
    await issue(`recent ${container}`, container, new Date('2026-03-01T00:00:00Z'))
    await issue(`old ${container}`, container, new Date('2025-11-01T00:00:00Z'))
  }
  await desk.run()
  const said = async (kind: 'container' | 'recent' | 'old') =>
    (
      await desk.rows(sql<{
        line: string
      }>`select replace(subject, ${`${kind} `}, '') || ' ' || detector || ' ' || (body ->> 'explanation') as line from cargo.signals
        where desk = ${desk.desk} and ${kind === 'container' ? sql`subject_kind = 'container'` : sql`subject_kind = 'alert' and subject like ${`${kind} %`}`} order by 1`)
    ).map(({ line }) => line)
  const before = await said('recent')
  expect(before.length).toBeGreaterThan(10)
  expect(await said('old')).toEqual(before)
  await desk.take(others.slice(18))
  await desk.night()
  expect(await said('recent')).toEqual(await said('container'))
  expect(await said('recent')).not.toEqual(before)
  expect(await said('old')).toEqual(before)
  expect(desk.log.some(({ event, subjects }) => event === 'cargo.signals-withdrawn' && subjects[0]?.kind === 'alert')).toBe(true)
})
