/** The end of an alert's retention in a real store: the content on its day, what counts for the statistics on a later one, and nothing of what is younger. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { procedures } from '#modules/procedures'
import type { NodeServices } from '#platform/module/services.ts'
import { connect } from '#platform/store/connect.ts'
import type { Database } from '#platform/store/database.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { migrations } from '../migrations.ts'
import { eraseAlerts } from './alert-erase.ts'

const DAY = 86_400_000
const AUTHORITY = 'be.customs'
const ISSUED = new Date('2026-01-10T08:00:00Z')
let fresh: FreshDatabase
let database: Database
let now = ISSUED
const recorded: string[] = []
let services: NodeServices

beforeAll(async () => {
  fresh = await freshDatabase()
  database = connect({ url: fresh.url })
  await migrate((database as ReturnType<typeof connect>).pool, [
    { slice: 'procedures', migrations: procedures.migrations },
    { slice: 'cargo', migrations },
  ])
  services = {
    database,
    clock: { now: () => now },
    record: async (_tx: unknown, entry: { event: string; subjects: { id: string }[]; detail: { whole: boolean } }) => {
      recorded.push(`${entry.event} ${entry.subjects.map(({ id }) => id).join(' ')} ${entry.detail.whole}`)
      return await Promise.resolve()
    },
  } as unknown as NodeServices
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

const rows = async <T>(text: string): Promise<readonly T[]> =>
  await database.asWorker('test', async (tx) => (await sql.raw<T>(text).execute(tx)).rows)

/** An alert of one desk with everything that is kept around it. */
async function keep(
  alert: string,
  part: { readonly desk?: string; readonly issued?: Date; readonly eta?: Date | null; readonly notice?: string },
) {
  const { desk = 'be.customs.antwerp', issued = ISSUED, eta = null, notice = null } = part
  const who = [desk]
  await database.asWorker('test', async (tx) => {
    await sql`insert into cargo.alerts (authority, alert, desk, side, subject, bill, originator_desk, originator_authority, content, handling, reasons, next_port, eta, issued_at, notice, audience)
      values (${AUTHORITY}, ${alert}, ${desk}, 'received', 'MSCU6639870', 'BILL1', 'ec.pcu.guayaquil', 'ec.pcu', '{"narrative": "Seal looks glued."}', '{}', '{seal-anomaly}', 'BEANR', ${eta}, ${issued}, ${notice}, ${who})`.execute(
      tx,
    )
    await sql`insert into cargo.alert_views (authority, desk, alert, recipient, ordinal, view, digest, because, sent_at, audience)
      values (${AUTHORITY}, ${desk}, ${alert}, 'x', 1, '{"narrative": "Seal looks glued."}', 'd', 'issued', ${issued}, ${who})`.execute(tx)
    await sql`insert into cargo.matches (authority, alert, desk, checked_at, compared, hits, audience) values (${AUTHORITY}, ${alert}, ${desk}, ${issued}, 1, '[]', ${who})`.execute(
      tx,
    )
    await sql`insert into cargo.outcomes (authority, alert, desk, kind, at, fields, reasons, audience) values (${AUTHORITY}, ${alert}, ${desk}, 'positive', ${issued}, '{}', '{seal-anomaly}', ${who})`.execute(
      tx,
    )
    await sql`insert into cargo.reroutes (authority, desk, alert, reroute, side, rule, legs, facts, message_type, eta_basis, noticed_at, audience)
      values (${AUTHORITY}, ${desk}, ${alert}, 'r', 'received', 'discharge', '[]', '[]', 'COARRI', 'stated', ${issued}, ${who})`.execute(tx)
  })
}
const left = async (alert: string) =>
  (
    await rows<{ alert: string; text: string }>(`select text from (
      select content::text || subject || coalesce(bill, '') || coalesce(next_port, '') as text from cargo.alerts where alert = '${alert}'
      union all select view::text from cargo.alert_views where alert = '${alert}' union all select 'match' from cargo.matches where alert = '${alert}'
      union all select 'reroute' from cargo.reroutes where alert = '${alert}' union all select 'outcome' from cargo.outcomes where alert = '${alert}') t`)
  ).map(({ text }) => text)

it('takes the content on the last day and not before, with all that was kept around it; indicators and outcome stay', async () => {
  await keep('old', {})
  await keep('young', { issued: new Date(ISSUED.getTime() + 5 * DAY) })
  await keep('sailing', { eta: new Date(ISSUED.getTime() + 100 * DAY) })
  await keep('recalled', { notice: 'recalled' })
  now = new Date(ISSUED.getTime() + 90 * DAY - 1000)
  await eraseAlerts({}, services)
  expect(await left('old')).toHaveLength(5)
  now = new Date(ISSUED.getTime() + 90 * DAY)
  await eraseAlerts({}, services)
  for (const erased of ['old', 'recalled']) expect(await left(erased)).toEqual(['{}', 'outcome'])
  for (const kept of ['young', 'sailing']) expect(await left(kept)).toHaveLength(5)
  expect(await rows("select alert, notice, reasons from cargo.alerts where content = '{}' order by alert")).toEqual([
    { alert: 'old', notice: 'retention', reasons: ['seal-anomaly'] },
    { alert: 'recalled', notice: 'recalled', reasons: ['seal-anomaly'] },
  ])
  expect(recorded).toEqual(['cargo.alert-erased old be.customs.antwerp false', 'cargo.alert-erased recalled be.customs.antwerp false'])
  now = new Date(ISSUED.getTime() + 100 * DAY)
  await eraseAlerts({}, services)
  expect(await left('sailing')).toEqual(['{}', 'outcome'])
})

it('takes the rest when the time of the statistics is over, once', async () => {
  now = new Date('2031-01-10T08:00:00Z')
  recorded.length = 0
  await eraseAlerts({}, services)
  await eraseAlerts({}, services)
  for (const gone of ['old', 'recalled', 'sailing']) expect(await left(gone)).toEqual([])
  expect(await left('young')).toEqual(['{}', 'outcome'])
  expect(recorded.filter((line) => line.endsWith('true'))).toHaveLength(3)
})

it('goes through more than it takes in one transaction', async () => {
  for (let at = 0; at < 3; at++)
    await database.asWorker('test', async (tx) => {
      await sql`insert into cargo.alerts (authority, alert, desk, side, subject, originator_desk, originator_authority, content, handling, reasons, issued_at, audience)
        select ${AUTHORITY}, 'many-' || ${at}::text || '-' || n, 'be.customs.antwerp', 'issued', 'AKE12345LH', 'be.customs.antwerp', ${AUTHORITY}, '{"a": 1}', '{}', '{}', ${ISSUED}, '{be.customs.antwerp}'
        from generate_series(1, 150) n`.execute(tx)
    })
  await eraseAlerts({}, services)
  expect(await rows("select count(*)::int as n from cargo.alerts where alert like 'many-%'")).toEqual([{ n: 0 }])
})
