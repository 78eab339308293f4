/**
 * The questions of this slice to the slice `cargo` that compare what a desk holds with what this slice keeps: documents not yet taken, containers with news. The
 * tables of `cargo` stay behind its door; here are only the relations that it hands out.
 */
import { sql } from 'kysely'
import { alertsReceived, containersEvaluated, documentsRead } from '#modules/cargo'
import type { Tx } from '#platform/store/database.ts'
import { isAboutCallSql } from './alert-of-call.ts'
import type { DeskScope } from './desk.ts'
import { isSettled, ON_THE_QUAY } from './settled.ts'

/** The next documents of a desk that were read and not yet taken, the oldest first; of those that failed, the ones whose time to be tried again has come. */
export async function untakenDocuments(
  tx: Tx,
  authority: string,
  page: { readonly now: Date; readonly limit: number },
): Promise<readonly (DeskScope & { readonly document: string })[]> {
  const { rows } = await sql<DeskScope & { document: string }>`
    select d.authority, d.desk, d.document from ${documentsRead(authority)} d
    where not exists (select 1 from targeting.taken t where t.authority = d.authority and t.desk = d.desk and t.document = d.document)
      and not exists (select 1 from targeting.not_taken n where n.authority = d.authority and n.desk = d.desk and n.document = d.document and n.again_at > ${page.now})
    order by d.received_at, d.document limit ${page.limit}`.execute(tx)
  return rows
}

/**
 * Containers of arrivals that are not settled and about which signals were raised since they were assessed or an alert came, and of any arrival that still tells of an
 * alert that is gone, in pages.
 */
export async function containersWithNews(
  tx: Tx,
  scope: DeskScope,
  page: { readonly from: string; readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const { rows } = await sql<{ container: string }>`
    select a.container from targeting.arrivals a
    left join ${containersEvaluated(scope)} v on v.container = a.container
    left join ${alertsReceived(scope)} l on l.container = a.container and l.is_standing and ${isAboutCallSql('l', 'a')}
    where a.authority = ${scope.authority} and a.desk = ${scope.desk} and a.container > ${page.after}
      and a.day >= ${page.from}::date - ${ON_THE_QUAY}::int and not ${isSettled('a', page.from)} and (v.evaluated_at >= a.assessed_at
      or l.alert is not null and not a.facts -> 'alerts' @> jsonb_build_array(jsonb_build_object('alert', l.alert)))
    union select a.container from targeting.arrivals a
    where a.authority = ${scope.authority} and a.desk = ${scope.desk} and a.container > ${page.after} and exists (select from jsonb_array_elements(a.facts -> 'alerts') as told
      where not exists (select from ${alertsReceived(scope)} l where l.alert = told ->> 'alert' and l.is_standing))
    order by 1 limit ${page.limit}`.execute(tx)
  return rows.map(({ container }) => container)
}

/** Containers that an alert announces to a port of the desk for a call that no document has brought yet, in pages. */
export async function announcedContainers(
  tx: Tx,
  scope: DeskScope,
  page: { readonly ports: readonly string[]; readonly from: Date; readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const { rows } = await sql<{ container: string }>`
    select distinct l.container from ${alertsReceived(scope)} l
    where l.is_standing and l.eta >= ${page.from} and l.next_port = any(${[...page.ports]}::text[]) and l.container > ${page.after}
      and not exists (select 1 from targeting.arrivals a where a.authority = ${scope.authority} and a.desk = ${scope.desk} and a.container = l.container and ${isAboutCallSql('l', 'a')})
    order by l.container limit ${page.limit}`.execute(tx)
  return rows.map(({ container }) => container)
}

/** Which containers these arrivals are of, for findings that other indicators know. */
export async function containersOfArrivals(
  tx: Tx,
  { authority, desk }: DeskScope,
  arrivals: readonly string[],
): Promise<readonly { readonly arrival: string; readonly container: string }[]> {
  const { rows } = await sql<{ arrival: string; container: string }>`
    select a.arrival::text as arrival, a.container from targeting.arrivals a
    where a.authority = ${authority} and a.desk = ${desk} and a.arrival = any(${[...arrivals]}::uuid[])`.execute(tx)
  return rows
}
