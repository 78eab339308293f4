/**
 * Containers to be judged again because an older fact came late. Invariant: what a verdict hangs on is written with the verdict, under the lock that learning
 * takes, too, so no late fact falls between; a container waits once, however many facts woke it, and until it was judged.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { ContainerDossier } from '../detectors/dossier.ts'
import type { Grown } from '../detectors/learned.ts'
import { openVerdicts } from '../detectors/open-verdicts.ts'
import type { DetectorSettings } from '../detectors/settings.ts'
import type { DeskScope } from './dossiers.ts'

type OfDocument = DeskScope & { readonly document: string }

const CHUNK = 5000

export async function markWoken(tx: Tx, { authority, desk, document }: OfDocument, grown: readonly Grown[]): Promise<void> {
  const own = sql<boolean>`o.authority = ${authority} and o.desk = ${desk}`
  for (let at = 0; at < grown.length; at += CHUNK) {
    const part = grown.slice(at, at + CHUNK)
    await sql`
      with grown as (select * from unnest(${part.map(({ kind }) => kind)}::text[], ${part.map(({ key }) => key)}::text[], ${part.map(({ day }) => day)}::text[]) as t(kind, key, day)),
      near as (select distinct o.kind, o.key, o.day, o.wake, o.inclusive from grown g cross join lateral (select * from cargo.open_verdicts o
        where ${own} and o.kind = g.kind and o.key = g.key and o.day >= g.day and (o.day > g.day or o.inclusive) offset 0) o),
      reached as (select n.* from near n where n.wake is null or n.wake <= (select coalesce(sum(h.n), 0) from cargo.history h where h.authority = ${authority}
        and h.desk = ${desk} and h.kind = n.kind and h.key = n.key and (h.sub < n.day or (n.inclusive and h.sub = n.day))))
      insert into cargo.waiting_containers (authority, desk, container, document, audience)
      select distinct ${authority}, ${desk}, o.container, ${document}, ${[desk]}::text[] from reached r
      join cargo.open_verdicts o on ${own} and o.kind = r.kind and o.key = r.key and o.day = r.day and o.wake is not distinct from r.wake and o.inclusive = r.inclusive
      on conflict do nothing`.execute(tx)
  }
}

/** Bills and boxes that are known from an earlier day on now see another history. */
export async function markMoved(
  tx: Tx,
  { authority, desk, document }: OfDocument,
  moved: { readonly bills: readonly string[]; readonly containers: readonly string[] },
): Promise<void> {
  if (moved.bills.length + moved.containers.length === 0) return
  await sql`insert into cargo.waiting_containers (authority, desk, container, document, audience)
    select distinct ${authority}, ${desk}, t.container, ${document}, ${[desk]}::text[] from (
      select unnest(c.containers) as container from cargo.consignments c
      where c.authority = ${authority} and c.desk = ${desk} and c.bill = any(${moved.bills}::text[])
      union select unnest(${moved.containers}::text[])) as t
    on conflict do nothing`.execute(tx)
}

export async function waitingContainers(
  tx: Tx,
  { authority, desk }: DeskScope,
  limit: number,
): Promise<readonly { readonly container: string; readonly document: string }[]> {
  const { rows } = await sql<{ container: string; document: string }>`
    select container, document from cargo.waiting_containers where authority = ${authority} and desk = ${desk} order by container limit ${limit}`.execute(
    tx,
  )
  return rows
}

/** Writes down what the verdicts of these hang on now; they wait no more. */
export async function keepOpenVerdicts(
  tx: Tx,
  { authority, desk }: DeskScope,
  { dossiers, settings }: { readonly dossiers: readonly ContainerDossier[]; readonly settings: DetectorSettings },
): Promise<void> {
  const containers = dossiers.map(({ container }) => container)
  const open = dossiers.flatMap((dossier) => openVerdicts(dossier, settings).map((each) => ({ ...each, container: dossier.container })))
  const own = sql<boolean>`authority = ${authority} and desk = ${desk} and container = any(${containers}::text[])`
  await sql`delete from cargo.waiting_containers where ${own}`.execute(tx)
  await sql`delete from cargo.open_verdicts where ${own}`.execute(tx)
  for (let at = 0; at < open.length; at += CHUNK) {
    const part = open.slice(at, at + CHUNK)
    await sql`insert into cargo.open_verdicts (authority, desk, kind, key, day, container, wake, inclusive, audience)
      select ${authority}, ${desk}, t.kind, t.key, t.day, t.container, t.wake, t.inclusive, ${[desk]}::text[]
      from unnest(${part.map(({ kind }) => kind)}::text[], ${part.map(({ key }) => key)}::text[], ${part.map(({ day }) => day)}::text[],
        ${part.map(({ container }) => container)}::text[], ${part.map(({ wake }) => wake ?? null)}::bigint[], ${part.map(({ inclusive }) => inclusive)}::boolean[])
        as t(kind, key, day, container, wake, inclusive)`.execute(tx)
  }
}
