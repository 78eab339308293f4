/** What cargo holds under the keys of a case, in a real store: found by container, vessel and bill, by whoever may see it and nobody else. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CaseKey } from '#kernel/match-key/case-keys.ts'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { connect } from '#platform/store/connect.ts'
import type { Database } from '#platform/store/database.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { migrations } from '../migrations.ts'
import { cargoCrossCheck } from './cross-check.ts'

const AUTHORITY = 'be.customs'
const facts = (desk: string): SessionFacts => ({
  officer: 'o1',
  officerName: 'Officer One',
  roles: ['officer'],
  desk,
  authority: AUTHORITY,
  authorityKind: 'customs',
  country: 'BE',
  realm: 'customs',
  purpose: 'customs-control',
  caseId: null,
})
let fresh: FreshDatabase
let database: Database

beforeAll(async () => {
  fresh = await freshDatabase()
  const store = connect({ url: fresh.url })
  database = store
  await migrate(store.pool, [{ slice: 'cargo', migrations }])
  await database.asWorker('test', async (tx) => {
    const alert = async (id: string, part: { container: string; vessel: string; desk: string; notice?: string }) =>
      await sql`insert into cargo.alerts (authority, alert, desk, side, subject, originator_desk, originator_authority, content, handling, reasons, issued_at, notice, audience)
        values (${AUTHORITY}, ${id}, ${part.desk}, 'received', ${part.container}, 'ec.pcu.guayaquil', 'ec.pcu', ${JSON.stringify({ vesselImo: part.vessel })}, '{}', '{}', now(),
          ${part.notice ?? null}, ${[part.desk]}::text[])`.execute(tx)
    await alert('by-box', { container: 'MSCU6639870', vessel: '9000000', desk: 'be.customs.antwerp' })
    await alert('by-ship', { container: 'CSQU3054383', vessel: '9074729', desk: 'be.customs.antwerp' })
    await alert('of-another', { container: 'MSCU6639870', vessel: '9074729', desk: 'be.customs.zeebrugge' })
    await alert('recalled', { container: 'MSCU6639870', vessel: '9074729', desk: 'be.customs.antwerp', notice: 'recalled' })
    const consignment = async (desk: string, part: { bill: string; containers: string[] }) =>
      await sql`insert into cargo.consignments (authority, desk, document, ordinal, message, declaration, bill, containers, received_at, statement, audience)
        values (${AUTHORITY}, ${desk}, ${'d'.repeat(64)}, ${part.bill.length}, 1, true, ${part.bill}, ${part.containers}::text[], now(), '{}', ${[desk]}::text[])`.execute(
        tx,
      )
    await consignment('be.customs.antwerp', { bill: 'BILL0001', containers: ['MSCU6639870'] })
    await consignment('be.customs.zeebrugge', { bill: 'BILL00002', containers: ['MSCU6639870'] })
  })
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

const found = async (desk: string, keys: readonly CaseKey[]): Promise<readonly string[]> =>
  await database.asOfficer(facts(desk), async (tx) => {
    const links = await cargoCrossCheck(keys, { tx, facts: facts(desk) })
    return links
      .map(({ kind, link, label, keys: on }) => `${kind} ${kind === 'alert' ? link : label}: ${on.map((key) => key.kind).join(', ')}`)
      .sort()
  })
const container: CaseKey = { kind: 'container', text: 'MSCU6639870' }
const vessel: CaseKey = { kind: 'vessel', text: '9074729' }

it('finds alerts by container and by vessel and consignments by container and by bill, each with what it shares', async () => {
  expect(await found('be.customs.antwerp', [container, vessel, { kind: 'reference', text: 'BILL0001' }])).toEqual([
    'alert /alerts/by-box: container',
    'alert /alerts/by-ship: vessel',
    'consignment BILL0001: container, reference',
  ])
})

it('tells each desk of what it holds alone, and nothing of what was recalled', async () => {
  expect(await found('be.customs.zeebrugge', [container, vessel])).toEqual([
    'alert /alerts/of-another: container, vessel',
    'consignment BILL00002: container',
  ])
  expect(await found('be.customs.national', [container, vessel])).toEqual([])
})

it('finds nothing for keys that no cargo has', async () => {
  expect(await found('be.customs.antwerp', [{ kind: 'phone', text: '+32470123456' }])).toEqual([])
})
