/** What became of the alerts that each sender gave this desk in a month: for the sender, who otherwise never learns it. Counts and shares, nothing of the consignments. */
import { sql } from 'kysely'
import { wilsonInterval } from '#kernel/stats/wilson.ts'
import { alertsOfMonth } from '#modules/cargo'
import { handle } from '#platform/http/route.ts'
import { showSenderReport } from '../contract.ts'
import { scopeOf } from './desk.ts'
import { isControlled, isFound } from './samples.ts'

interface Became {
  readonly alert: string
  readonly port: string
  readonly decision: string | null
  readonly outcome: string | null
  readonly owed: boolean
  readonly kilograms: number
}

export const showSenderReportRoute = handle(showSenderReport, async ({ month, authority }, { tx, facts }) => {
  const scope = scopeOf(facts)
  const from = `${month}-01`
  const [year = 0, number = 1] = month.split('-').map(Number)
  const until = number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`
  const alerts = await alertsOfMonth(tx, scope, { from, until, sender: authority })
  const { rows } =
    await sql<Became>`select alert.id as alert, a.port, a.decision, a.outcome, a.due_at is not null and a.outcome is null as owed,
      coalesce((select sum((f ->> 'kilograms')::double precision) from (select o.found from targeting.outcomes o where o.authority = a.authority and o.arrival = a.arrival order by o.at desc, o.outcome desc limit 1) as last
        cross join lateral jsonb_array_elements(last.found) as f), 0) as kilograms
    from targeting.arrivals a cross join lateral (select m ->> 'ref' as id from jsonb_array_elements(a.mandatory) as m where m ->> 'kind' = 'alert') as alert
    where a.authority = ${scope.authority} and a.desk = ${scope.desk} and a.is_mandatory and alert.id = any(${alerts.map(({ alert }) => alert)}::text[])`.execute(
      tx,
    )
  const became = new Map(rows.map((row) => [row.alert, row]))
  const groups = Map.groupBy(
    alerts,
    (each) => `${each.originator_authority} ${each.originator_desk} ${became.get(each.alert)?.port ?? each.port ?? ''}`,
  )
  return {
    month,
    rows: [...groups.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, list]) => {
        const [sender = '', desk = '', port = ''] = key.split(' ')
        const arrived = list.flatMap(({ alert }) => became.get(alert) ?? [])
        const told = arrived.flatMap((row) => (row.outcome === null ? [] : [{ ...row, outcome: row.outcome }]))
        const controlled = told.filter(isControlled).length
        const found = told.filter(isFound)
        return {
          authority: sender,
          desk,
          port,
          alerts: list.length,
          arrived: arrived.length,
          taken: arrived.filter(({ decision }) => decision === 'take' || decision === 'reroute').length,
          controlled,
          found: found.length,
          kilograms: found.reduce((sum, { kilograms }) => sum + kilograms, 0),
          nothing: told.filter(({ outcome }) => outcome === 'nothing').length,
          notChecked: told.filter(({ outcome }) => outcome === 'not-checked').length,
          notFoundInTime: told.filter(({ outcome }) => outcome === 'not-found-in-time').length,
          owed: arrived.filter(({ owed }) => owed).length,
          ...(controlled === 0
            ? {}
            : { rate: { value: found.length / controlled, n: controlled, ...wilsonInterval(found.length, controlled) } }),
        }
      }),
  }
})
