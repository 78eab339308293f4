/**
 * Containers to be judged again because an older fact came late, or because a round of judging again has come to them. Invariant: what a verdict hangs on is written with the verdict, under the lock that learning
 * takes, too, so no late fact falls between; a container waits once, however many facts woke it, and until it was judged. A document that gave the reason is kept.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { ContainerDossier } from '../detectors/dossier.ts'
import type { DatedAsk } from '../detectors/history-keys.ts'
import type { Grown } from '../detectors/learned.ts'
import { openVerdicts } from '../detectors/open-verdicts.ts'
import type { DetectorSettings } from '../detectors/settings.ts'
import type { DeskScope } from './dossiers.ts'

type OfDocument = DeskScope & { readonly document: string }

const CHUNK = 5000
const FIRST_DOCUMENT = sql`on conflict (authority, desk, container) do update set document = excluded.document where cargo.waiting_containers.document is null`

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
      ${FIRST_DOCUMENT}`.execute(tx)
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
    ${FIRST_DOCUMENT}`.execute(tx)
}

export async function waitingContainers(
  tx: Tx,
  { authority, desk }: DeskScope,
  limit: number,
): Promise<readonly { readonly container: string; readonly document: string | null }[]> {
  const { rows } = await sql<{ container: string; document: string | null }>`
    select container, document from cargo.waiting_containers where authority = ${authority} and desk = ${desk} order by container limit ${limit}`.execute(
    tx,
  )
  return rows
}

/** Writes down what the verdicts of these hang on now, where that is something else than before; they wait no more. */
export async function keepOpenVerdicts(
  tx: Tx,
  { authority, desk }: DeskScope,
  { dossiers, settings }: { readonly dossiers: readonly ContainerDossier[]; readonly settings: DetectorSettings },
): Promise<void> {
  const containers = dossiers.map(({ container }) => container)
  const own = sql<boolean>`authority = ${authority} and desk = ${desk} and container = any(${containers}::text[])`
  await sql`delete from cargo.waiting_containers where ${own}`.execute(tx)
  const { rows } = await sql<Omit<Hanging, 'wake'> & { wake: string | null }>`
    select container, kind, key, day, wake, inclusive from cargo.open_verdicts where ${own}`.execute(tx)
  const before = new Map(
    rows
      .map((each) => ({ ...each, wake: each.wake === null ? null : Number(each.wake) }))
      .map((each) => [hangingName(each), each] as const),
  )
  const after = new Map(
    dossiers.flatMap((dossier) =>
      openVerdicts(dossier, settings).map(({ kind, key, day, wake, inclusive }) => {
        const each = { container: dossier.container, kind, key, day, wake: wake ?? null, inclusive }
        return [hangingName(each), each] as const
      }),
    ),
  )
  const gone = [...before].filter(([name]) => !after.has(name)).map(([, each]) => each)
  const come = [...after].filter(([name]) => !before.has(name)).map(([, each]) => each)
  const columns = (of: readonly Hanging[]) =>
    sql`${of.map(({ kind }) => kind)}::text[], ${of.map(({ key }) => key)}::text[], ${of.map(({ day }) => day)}::text[], ${of.map(({ container }) => container)}::text[]`
  for (let at = 0; at < gone.length; at += CHUNK)
    await sql`delete from cargo.open_verdicts o using unnest(${columns(gone.slice(at, at + CHUNK))}) as t(kind, key, day, container)
      where o.authority = ${authority} and o.desk = ${desk} and o.kind = t.kind and o.key = t.key and o.day = t.day and o.container = t.container`.execute(
      tx,
    )
  for (let at = 0; at < come.length; at += CHUNK) {
    const part = come.slice(at, at + CHUNK)
    await sql`insert into cargo.open_verdicts (authority, desk, kind, key, day, container, wake, inclusive, audience)
      select ${authority}, ${desk}, t.kind, t.key, t.day, t.container, t.wake, t.inclusive, ${[desk]}::text[]
      from unnest(${columns(part)}, ${part.map(({ wake }) => wake)}::bigint[], ${part.map(({ inclusive }) => inclusive)}::boolean[])
        as t(kind, key, day, container, wake, inclusive)`.execute(tx)
  }
}

interface Hanging extends DatedAsk {
  readonly container: string
  readonly wake: number | null
  readonly inclusive: boolean
}

function hangingName({ container, kind, key, day, wake, inclusive }: Hanging): string {
  return [container, kind, key, day, wake, inclusive].join('\n')
}
