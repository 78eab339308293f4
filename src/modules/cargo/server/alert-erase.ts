/**
 * The end of an alert's retention, by the periods of PR-01. When its time as a lead is over the content goes, with the views of it, what it was compared with and what was raised
 * about it; that there was an alert, its indicators and its outcome stay for the statistics, and go at the end of theirs. A lead whose box is still on its way is no old one.
 */
import { sql } from 'kysely'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { pr01 } from '../procedures/pr-01-cargo-alert.ts'
import { eraseContent } from './receive-alert.ts'

const JOB = 'cargo.erase-alerts'
const BATCH = 200

export async function eraseAlerts(_data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  for (let erased = BATCH; erased === BATCH; ) erased = await eraseLeads(services)
  for (let erased = BATCH; erased === BATCH; ) erased = await eraseStatistics(services)
}

function periodOf(category: 'lead' | 'outcome statistics'): string {
  const rule = pr01.retention.find((each) => each.category === category)
  if (rule === undefined) throw new Error(`PR-01 has no retention of the category ${category}.`)
  return rule.erase
}

interface Erased {
  readonly authority: string
  readonly alert: string
  readonly desk: string
}

async function eraseLeads(services: NodeServices): Promise<number> {
  const [now, period] = [services.clock.now(), periodOf('lead')]
  return await services.database.asWorker(JOB, async (tx) => {
    const { rows } = await sql<Erased>`select authority, alert, desk from cargo.alerts
      where content <> '{}' and issued_at + ${period}::interval <= ${now} and (eta is null or eta <= ${now})
      order by issued_at, alert limit ${BATCH} for update skip locked`.execute(tx)
    for (const row of rows) {
      await eraseContent({ tx }, { ...row, notice: 'retention' })
      await sql`delete from cargo.alert_views where authority = ${row.authority} and desk = ${row.desk} and alert = ${row.alert}`.execute(
        tx,
      )
      await record(tx, services, { ...row, whole: false })
    }
    // What a document said against an itinerary has a day of its own.
    await sql`delete from cargo.reroutes where noticed_at + ${period}::interval <= ${now} and state <> 'open'`.execute(tx)
    return rows.length
  })
}

async function eraseStatistics(services: NodeServices): Promise<number> {
  const [now, period] = [services.clock.now(), periodOf('outcome statistics')]
  return await services.database.asWorker(JOB, async (tx) => {
    const { rows } = await sql<Erased>`delete from cargo.alerts where (authority, alert, desk) in
      (select authority, alert, desk from cargo.alerts where content = '{}' and issued_at + ${period}::interval <= ${now} order by issued_at, alert limit ${BATCH} for update skip locked)
      returning authority, alert, desk`.execute(tx)
    for (const row of rows) await record(tx, services, { ...row, whole: true })
    await sql`delete from cargo.outcomes where at + ${period}::interval <= ${now}`.execute(tx)
    await sql`delete from cargo.alert_reports where made_at + ${period}::interval <= ${now}`.execute(tx)
    return rows.length
  })
}

async function record(tx: Tx, services: NodeServices, { alert, desk, whole }: Erased & { readonly whole: boolean }): Promise<void> {
  await services.record(tx, {
    event: 'cargo.alert-erased',
    outcome: 'done',
    facts: null,
    by: `job:${JOB}`,
    subjects: [
      { kind: 'alert', id: alert },
      { kind: 'desk', id: desk },
    ],
    detail: { whole },
  })
}
