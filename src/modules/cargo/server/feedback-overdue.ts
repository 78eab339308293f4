/**
 * Alerts that wait too long, by port: not acknowledged when the clock rang, without a decision a day before the box arrives, or without an outcome after it came. One query for
 * both sides; a desk that declined has answered.
 */
import { sql } from 'kysely'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { listOverdue, type OverdueRow } from '../contract/feedback.ts'
import { findPlace } from '../reference/places.ts'
import { CASE_OF_ALERT } from './alert-case.ts'

/** As the latest moment of the acknowledgement in PR-01. Policy. */
const LEAD_HOURS = 24
const LISTED = 500

interface Row {
  readonly alert: string
  readonly subject_kind: OverdueRow['subject']['kind']
  readonly subject: string
  readonly side: 'issued' | 'received'
  readonly desk: string
  readonly place: string
  readonly state: string
  readonly missing: OverdueRow['missing']
  readonly since: Date
  readonly eta: Date | null
}

interface PortCount {
  readonly place: string
  readonly acknowledgement: number
  readonly action: number
  readonly outcome: number
}

export const listOverdueRoute = handle(listOverdue, async (input, context) => {
  const overdue = overdueOf(context)
  const counted = await sql<PortCount>`
    select place, count(*) filter (where missing = 'acknowledgement')::int as acknowledgement, count(*) filter (where missing = 'action')::int as action,
      count(*) filter (where missing = 'outcome')::int as outcome
    from (${overdue}) as o group by place order by place`.execute(context.tx)
  const place = input.place?.toUpperCase() ?? null
  const { rows } = await sql<Row>`
    select * from (${overdue}) as o where ${place}::text is null or place = ${place} order by since, alert, desk limit ${LISTED}`.execute(
    context.tx,
  )
  const ports = counted.rows.map((row) => ({ ...row, name: findPlace(row.place)?.name ?? row.place }))
  const inView = ports.filter((port) => place === null || port.place === place)
  const all = inView.reduce((sum, { acknowledgement, action, outcome }) => sum + acknowledgement + action + outcome, 0)
  const directory = context.services.directory()
  return {
    ports,
    items: rows.map(({ since, eta, subject_kind: kind, subject: number, ...row }) => ({
      ...row,
      subject: { kind, number },
      deskName: findUnit(directory, row.desk)?.unit.name ?? row.desk,
      placeName: findPlace(row.place)?.name ?? row.place,
      since: since.toISOString(),
      ...(eta === null ? {} : { eta: eta.toISOString() }),
    })),
    leftOut: all - rows.length,
  }
})

function overdueOf({ facts, clock }: CaseContext) {
  const now = clock.now()
  const lead = new Date(now.getTime() + LEAD_HOURS * 3_600_000)
  return sql`
    select k.*, case k.missing when 'acknowledgement' then k.rang when 'action' then k.eta - make_interval(hours => ${LEAD_HOURS}) else k.eta end as since from (
      select a.alert, a.subject_kind, a.subject, a.side, c.party as desk, coalesce(c.anchors ->> 'place', '') as place, c.state, t.eta, r.rang,
        case when c.state = 'issued' and r.rang is not null then 'acknowledgement'
          when c.state in ('acknowledged', 'targeted', 'controlled') and t.eta < ${now} then 'outcome'
          when c.state = 'acknowledged' and t.eta < ${lead} then 'action' end as missing
      from cargo.alerts a
      join procedures.cases c on ${CASE_OF_ALERT}
      cross join lateral (select (c.anchors ->> 'eta')::timestamptz as eta) t
      cross join lateral (select coalesce((select min(at) from procedures.moves m where m.authority = c.authority and m.case_id = c.case_id and m.transition = 'escalate'),
        case when c.due_at < ${now} then c.due_at end) as rang) r
      where a.authority = ${facts.authority} and c.is_open and a.notice is null) k
    where k.missing is not null`
}
