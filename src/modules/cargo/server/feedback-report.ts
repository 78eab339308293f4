/**
 * The monthly report to each desk that sends alerts: what became of those of the last month, as its own node knows it from the answers. Made on the first of the month, kept
 * as made, in counts and alert numbers only. Each desk has its own: no sender learns of another.
 */
import { sql } from 'kysely'
import { dayOf, startOfDay } from '#kernel/procedure/civil-time.ts'
import { zoneRules } from '#platform/clock/zone-rules.ts'
import { notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { type AlertReport, alertReport, listAlertReports, showAlertReport } from '../contract/feedback.ts'
import { type Feedback, FeedbackTally, feedbackRows } from './feedback-rows.ts'
import { named } from './feedback-statistics.ts'

/** Alerts listed in a report; more are counted. */
const LISTED = 2000
const MONTHS = 120

/** Without a month in the request: the one before. */
export async function reportAlerts(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const month = typeof data['month'] === 'string' ? data['month'] : monthBefore(services.clock.now())
  for (const authority of services.authorities) {
    const desks = await services.database.asWorker('cargo.report-alerts', async (tx) => {
      const { rows } = await sql<{ desk: string }>`
        select distinct originator_desk as desk from cargo.alerts where authority = ${authority} and side = 'issued' order by desk`.execute(
        tx,
      )
      return rows
    })
    for (const { desk } of desks) await reportDesk(services, { authority, desk, month })
  }
}

async function reportDesk(
  services: NodeServices,
  { authority, desk, month }: { readonly authority: string; readonly desk: string; readonly month: string },
): Promise<void> {
  const span = spanOf(month, findUnit(services.directory(), desk)?.unit.zone ?? 'UTC')
  // An unfinished month has no report: it would be kept, and read as the whole.
  if (services.clock.now() < span.until) return
  await services.database.asWorker('cargo.report-alerts', async (tx) => {
    const tally = new FeedbackTally()
    const alerts: AlertReport['alerts'] = []
    for await (const row of feedbackRows(tx, { authority, ...span, sender: desk })) {
      tally.add(row)
      if (alerts.length < LISTED) alerts.push(lineOf(row))
    }
    const { total } = tally
    if (total.sent === 0) return
    const body: AlertReport = {
      month,
      from: span.from.toISOString(),
      until: span.until.toISOString(),
      total,
      ...named(services, tally),
      alerts,
      leftOut: total.sent - alerts.length,
    }
    const { rows } = await sql<{ month: string }>`
      insert into cargo.alert_reports (authority, desk, month, body, made_at, audience)
      values (${authority}, ${desk}, ${month}, ${JSON.stringify(body)}, ${services.clock.now()}, ${[desk]}::text[]) on conflict do nothing returning month`.execute(
      tx,
    )
    if (rows.length === 0) return
    await services.record(tx, {
      event: 'cargo.alert-report-made',
      outcome: 'done',
      facts: null,
      by: 'job:cargo.report-alerts',
      subjects: [{ kind: 'desk', id: desk }],
      detail: { month, sent: total.sent },
    })
    await services.announce(tx, 'alerts', [desk])
  })
}

function lineOf({ alert, receiver, state, outcome }: Feedback): AlertReport['alerts'][number] {
  return { alert, receiver, state, ...(outcome === null ? {} : { outcome }) }
}

function monthBefore(now: Date): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7)
}

/** From the first of the month to the first of the next, where the desk is. */
export function spanOf(month: string, zone: string): { readonly from: Date; readonly until: Date } {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const first = (y: number, m: number) => new Date(startOfDay(dayOf({ year: y, month: m, day: 1 }), zone, zoneRules))
  return { from: first(year, number), until: number === 12 ? first(year + 1, 1) : first(year, number + 1) }
}

export const listAlertReportsRoute = handle(listAlertReports, async (_input, context) => {
  const { rows } = await sql<{ month: string; made_at: Date; sent: number }>`
    select month, made_at, (body #>> '{total,sent}')::int as sent from cargo.alert_reports
    where authority = ${context.facts.authority} and desk = ${context.facts.desk} order by month desc limit ${MONTHS}`.execute(context.tx)
  return { items: rows.map((row) => ({ month: row.month, madeAt: row.made_at.toISOString(), sent: row.sent })) }
})

export const showAlertReportRoute = handle(showAlertReport, async ({ month }, context) => {
  const { facts, tx, services } = context
  const { rows } = await sql<{ body: unknown; made_at: Date }>`
    select body, made_at from cargo.alert_reports where authority = ${facts.authority} and desk = ${facts.desk} and month = ${month}`.execute(
    tx,
  )
  const [row] = rows
  if (row === undefined) throw notFound()
  context.about({ kind: 'alert-report', id: month })
  return {
    report: alertReport.parse(row.body),
    deskName: findUnit(services.directory(), facts.desk)?.unit.name ?? facts.desk,
    madeAt: row.made_at.toISOString(),
    demonstration: services.demonstration,
  }
})
