/**
 * Findings of the last twelve months by place of stuffing and by route, as this desk may know them: outcomes of its alerts, and findings its officers recorded. The
 * year begins with a whole day (UTC), so that what is said of a box does not hang on the hour at which it was looked at.
 * Few beside what is searched: read once for a run.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { codeOf, placeOf, routeOf } from '../detectors/statement-parts.ts'
import type { ConsignmentStatement } from '../model.ts'
import type { DeskScope } from './dossiers.ts'

const MOST = 5000

/** Something was found in a box. `source` makes it count once: the id of the outcome that says so. */
export async function recordFinding(
  tx: Tx,
  {
    authority,
    desk,
    source,
    container,
    foundAt,
  }: DeskScope & { readonly source: string; readonly container: string; readonly foundAt: Date },
): Promise<void> {
  await sql`insert into cargo.findings (authority, desk, source, container, found_at, audience)
    values (${authority}, ${desk}, ${source}, ${container.toUpperCase()}, ${foundAt}, ${[desk]}) on conflict do nothing`.execute(tx)
}

/** What these sources told was corrected: nothing was found. */
export async function takeBackFindings(
  tx: Tx,
  { authority, desk, sources }: DeskScope & { readonly sources: readonly string[] },
): Promise<void> {
  await sql`delete from cargo.findings where authority = ${authority} and desk = ${desk} and source = any(${[...sources]}::text[])`.execute(
    tx,
  )
}

/** By `place ECDUR` and `route ECGYE-BEANR`. */
export async function findingCounts(
  tx: Tx,
  { authority, desk, until }: DeskScope & { readonly until: Date },
): Promise<Readonly<Record<string, number>>> {
  const from = new Date(`${until.toISOString().slice(0, 10)}T00:00:00Z`)
  from.setUTCFullYear(from.getUTCFullYear() - 1)
  const { rows } = await sql<{ container: string; statement: ConsignmentStatement }>`
    with found as (
      select distinct container from (
        select container from cargo.findings where authority = ${authority} and desk = ${desk} and found_at >= ${from} and found_at <= ${until}
        union all
        select a.container from cargo.outcomes o join cargo.alerts a on a.authority = o.authority and a.alert = o.alert
        where o.authority = ${authority} and o.kind = 'positive' and o.at >= ${from} and o.at <= ${until} and o.audience @> array[${desk}]::text[]
          and a.audience @> array[${desk}]::text[]) as told order by container limit ${MOST})
    select f.container, c.statement from found f
    join cargo.consignment_keys k on k.authority = ${authority} and k.desk = ${desk} and k.kind = 'container' and k.key = f.container
    join cargo.consignments c on c.authority = k.authority and c.desk = k.desk and c.document = k.document and c.ordinal = k.ordinal order by c.received_at desc, c.document, c.ordinal limit ${MOST * 4}`.execute(
    tx,
  )
  const counts: Record<string, number> = {}
  const counted = new Set<string>()
  const add = (name: string, container: string) => {
    if (counted.has(`${container} ${name}`)) return
    counted.add(`${container} ${name}`)
    counts[name] = (counts[name] ?? 0) + 1
  }
  for (const { container, statement } of rows) {
    const [place, route] = [codeOf(placeOf(statement.places, 'receipt')), routeOf(statement)]
    if (place !== undefined) add(`place ${place}`, container)
    if (route !== undefined) add(`route ${route.name}`, container)
  }
  return counts
}
