/** What a received alert meets among the consignments of each desk, in a real store: by box, air waybill and unit load device, and never by a member that nobody may compare. */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { NodeServices } from '#platform/module/services.ts'
import { connect } from '#platform/store/connect.ts'
import type { Database } from '#platform/store/database.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { type AlertDraftInput, alertDraft } from '../contract.ts'
import { migrations } from '../migrations.ts'
import type { ConsignmentStatement } from '../model.ts'
import { matchAlert } from './match-alert.ts'

const AUTHORITY = 'be.customs'
const [ANTWERP, ZEEBRUGGE] = ['be.customs.antwerp', 'be.customs.zeebrugge']
const NOW = new Date('2026-11-26T12:00:00Z')
const HANDLING: AlertDraftInput['handling'] = { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] }
let fresh: FreshDatabase
let database: Database
let services: NodeServices

beforeAll(async () => {
  fresh = await freshDatabase()
  const store = connect({ url: fresh.url })
  database = store
  await migrate(store.pool, [{ slice: 'cargo', migrations }])
  const done = async () => await Promise.resolve()
  services = { database, clock: { now: () => NOW }, record: done, enqueue: done, announce: done } as unknown as NodeServices
  const at = { document: 'd'.repeat(64), segment: 1, element: 1, component: 1, start: 0, end: 9 }
  const stated = (value: string) => ({ value, at })
  let ordinal = 0
  const consignment = async (
    desk: string,
    part: {
      bill: string
      declaration?: boolean
      kind?: 'air-waybill' | 'house-waybill'
      containers?: string[]
      references?: [string, string][]
    },
  ) => {
    const { bill, declaration = false, kind, containers = [], references = [] } = part
    const statement: ConsignmentStatement = {
      ...(kind === undefined ? {} : { kind }),
      document: stated(bill),
      parties: [],
      places: [],
      goods: [],
      hsCodes: [],
      weights: [],
      containers: containers.map((number) => ({ number: stated(number), seals: [] })),
      references: references.map(([code, number]) => ({ code, number: stated(number) })),
    }
    ordinal++
    await database.asWorker('test', async (tx) => {
      await sql`insert into cargo.consignments (authority, desk, document, ordinal, message, declaration, bill, containers, received_at, statement, audience)
        values (${AUTHORITY}, ${desk}, ${'d'.repeat(64)}, ${ordinal}, 1, ${declaration}, ${bill}, ${containers}::text[], ${NOW}, ${JSON.stringify(statement)}, ${[desk]}::text[])`.execute(
        tx,
      )
    })
  }
  await consignment(ANTWERP, {
    bill: '020-12345675',
    kind: 'air-waybill',
    references: [
      ['AWB', '020-12345675'],
      ['ULD', 'AKE12345LH'],
    ],
  })
  await consignment(ANTWERP, {
    bill: 'HOUSE1',
    kind: 'house-waybill',
    references: [
      ['HWB', 'HOUSE1'],
      ['MWB', '020 1234 5675'],
    ],
  })
  await consignment(ANTWERP, { bill: '02012345675', declaration: true, containers: ['AKE12345LH'] })
  await consignment(ANTWERP, { bill: 'BILL1', declaration: true, containers: ['MSCU6639870'] })
  // What only reports is not compared: neither the box nor the number of a waybill in it.
  await consignment(ANTWERP, { bill: 'BILL1', containers: ['MSCU6639870'], references: [['AWB', '020-12345675']] })
  await consignment(ZEEBRUGGE, { bill: '020-12345675', kind: 'air-waybill' })
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})
beforeEach(async () => {
  await database.asWorker('test', async (tx) => {
    await sql`delete from cargo.matches`.execute(tx)
    await sql`delete from cargo.alerts`.execute(tx)
  })
})

async function hits(part: Partial<AlertDraftInput>, desks: readonly string[] = [ANTWERP]) {
  const content = alertDraft.parse({
    subject: { kind: 'container', number: 'CSQU3054383' },
    legs: [{ role: 'discharge', place: 'BEANR' }],
    reasons: ['route-anomaly'],
    requested: 'scan',
    evaluation: { source: 'B', info: 2 },
    handling: HANDLING,
    source: { origin: 'own-control' },
    ...part,
  })
  await database.asWorker('test', async (tx) => {
    for (const desk of desks)
      await sql`insert into cargo.alerts (authority, alert, desk, side, subject_kind, subject, originator_desk, originator_authority, content, handling, reasons, issued_at, audience)
        values (${AUTHORITY}, 'a', ${desk}, 'received', ${content.subject.kind}, ${content.subject.number}, 'ec', 'ec', ${JSON.stringify(content)}, '{}', '{}', ${NOW}, ${[desk]})`.execute(
        tx,
      )
  })
  await matchAlert({ authority: AUTHORITY, alert: 'a' }, services)
  const { rows } = await database.asWorker(
    'test',
    async (tx) =>
      await sql<{ desk: string; compared: string; hits: { on: string; value: string; bill: string }[] }>`
        select desk, compared, hits from cargo.matches order by desk`.execute(tx),
  )
  return rows.map((row) => ({
    desk: row.desk,
    compared: Number(row.compared),
    hits: row.hits.map(({ on, value, bill }) => `${on} ${value} (${bill})`).toSorted(),
  }))
}

it('meets an air waybill in every way it is written: as document, as master of a house, in a declaration', async () => {
  expect(await hits({ subject: { kind: 'air-waybill', number: '02012345675' } })).toEqual([
    {
      desk: ANTWERP,
      compared: 4,
      hits: ['air-waybill 020 1234 5675 (HOUSE1)', 'air-waybill 020-12345675 (020-12345675)', 'air-waybill 02012345675 (02012345675)'],
    },
  ])
})

it('meets a unit load device in a waybill and in a declaration', async () => {
  expect((await hits({ subject: { kind: 'unit-load-device', number: 'AKE12345LH' } }))[0]?.hits).toEqual([
    'unit-load-device AKE12345LH (020-12345675)',
    'unit-load-device AKE12345LH (02012345675)',
  ])
})

it('meets a box in declarations alone', async () => {
  expect((await hits({ subject: { kind: 'container', number: 'MSCU6639870' } }))[0]?.hits).toEqual(['container MSCU6639870 (BILL1)'])
})

it('compares each desk with what it holds itself', async () => {
  const found = await hits({ subject: { kind: 'air-waybill', number: '02012345675' } }, [ANTWERP, ZEEBRUGGE])
  expect(found.map(({ desk, compared, hits: { length } }) => [desk, compared, length])).toEqual([
    [ANTWERP, 4, 3],
    [ZEEBRUGGE, 1, 1],
  ])
})

it('leaves out a member that its originator lets nobody compare, and compares the others', async () => {
  const part = { subject: { kind: 'container' as const, number: 'MSCU6639870' }, bill: 'BILL1' }
  expect((await hits(part))[0]?.hits).toEqual(['bill BILL1 (BILL1)', 'container MSCU6639870 (BILL1)'])
  for (const strict of [
    { ...HANDLING, tlp: 'RED' as const },
    { ...HANDLING, H: ['H2', 'H3'] as const, conditions: ['no-cross-match'] },
  ]) {
    await database.asWorker('test', async (tx) => void (await sql`delete from cargo.alerts`.execute(tx)))
    expect((await hits({ ...part, fieldHandling: { bill: { ...strict, H: [...strict.H] } } }))[0]?.hits).toEqual([
      'container MSCU6639870 (BILL1)',
    ])
  }
})
