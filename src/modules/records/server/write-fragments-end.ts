/**
 * Ends fragments: they stay for what was known on a day, and what was derived from them goes in the same transaction. Ending what has ended does nothing.
 * Invariant: who ended it, why and when stand on the fragment; erasing takes its values, the id its source gave it, what the source said beside, and what officers wrote of it.
 * Of what a person had let go of, a digest stays.
 */
import { type RawBuilder, sql } from 'kysely'
import type { EndReason } from '#kernel/record/statement.ts'
import type { Tx } from '#platform/store/database.ts'
import { arrayOf } from './write-fragments-arrays.ts'
import { keepDigests } from './write-fragments-digest.ts'

export interface Ending {
  readonly reason: EndReason
  /** Officer or job. */
  readonly by: string
  readonly note?: string | undefined
  readonly at: Date
}

const ROWS = 5000

/**
 * Those of the fragments that are current, locked: nobody else ends them until the transaction ends. In the order of their ids, so that two who lock the same ones
 * wait for each other instead of blocking each other.
 */
export async function lockCurrent(tx: Tx, org: string, ids: readonly string[]): Promise<readonly string[]> {
  const current: string[] = []
  for (const some of partsOf(ids))
    for (const row of await lockSome(tx, org, some)) {
      if (row.is_current) current.push(row.fragment)
    }
  return current
}

/** Ids of those that were current until now. */
// oxlint-disable-next-line max-params -- where, whose, which and why, always said together
export async function endFragments(tx: Tx, org: string, ids: readonly string[], ending: Ending): Promise<readonly string[]> {
  const ended = await lockCurrent(tx, org, ids)
  if (ending.reason === 'erased') for (const some of partsOf(ids)) await eraseValues(tx, org, sql`${arrayOf(some)}::uuid[]`)
  await endLocked(tx, org, ended, ending)
  return ended
}

/** Of fragments that are current and locked by this transaction. */
// oxlint-disable-next-line max-params -- as above
export async function endLocked(tx: Tx, org: string, ids: readonly string[], ending: Ending): Promise<void> {
  // Each part for itself would lock views that come before those of the parts before.
  if (ids.length > ROWS) await lockViewsOf(tx, org, ids)
  for (const some of partsOf(ids)) await endSome(tx, org, { those: sql`${arrayOf(some)}::uuid[]`, ending })
}

/** Those in which these fragments are. */
export async function lockViewsOf(tx: Tx, org: string, ids: readonly string[]): Promise<void> {
  await lockViews(tx, org, viewsOf(org, sql`${arrayOf(ids)}::uuid[]`))
}

/** Those of the views that are known already, in the order in which everybody locks them. `views`: what gives their ids. */
export async function lockViews(tx: Tx, org: string, views: RawBuilder<unknown>): Promise<void> {
  await sql`select 1 from records.view_states v where v.org = ${org} and v.view in (${views}) order by v.view collate "C" for update`.execute(
    tx,
  )
}

const viewsOf = (org: string, those: RawBuilder<unknown>) =>
  sql`select m.view from records.markings m join records.fragments f on f.org = m.org and f.marking = m.marking where f.org = ${org} and f.fragment = any(${those})`

function partsOf(ids: readonly string[]): readonly (readonly string[])[] {
  if (ids.length <= ROWS) return ids.length === 0 ? [] : [ids]
  const sorted = [...ids].sort()
  return Array.from({ length: Math.ceil(sorted.length / ROWS) }, (_, part) => sorted.slice(part * ROWS, (part + 1) * ROWS))
}

async function lockSome(
  tx: Tx,
  org: string,
  ids: readonly string[],
): Promise<readonly { readonly fragment: string; readonly is_current: boolean }[]> {
  const { rows } = await sql<{
    fragment: string
    is_current: boolean
  }>`select fragment, recorded_to is null as is_current from records.fragments
    where org = ${org} and fragment = any(${arrayOf(ids)}::uuid[]) order by fragment for update`.execute(tx)
  return rows
}

async function endSome(
  tx: Tx,
  org: string,
  { those, ending }: { readonly those: RawBuilder<unknown>; readonly ending: Ending },
): Promise<void> {
  await sql`update records.fragments set recorded_to = greatest(${ending.at}::timestamptz, recorded_from), end_reason = ${ending.reason}, end_by = ${ending.by}, end_note = ${ending.note ?? null}
    where org = ${org} and fragment = any(${those})`.execute(tx)
  // First: whoever writes into the view waits here, and not half way through its keys. In the order of the views, as they are written.
  await sql`with touched as (select v.org, v.view from records.view_states v where v.org = ${org} and v.view in (${viewsOf(org, those)})
      order by v.view collate "C" for update)
    update records.view_states v set version = v.version + 1 from touched t where v.org = t.org and v.view = t.view`.execute(tx)
  await sql`with gone as (delete from records.search_docs where org = ${org} and fragment = any(${those}) returning view, keys)
    delete from records.large_keys l using (select distinct g.view, k.hash from gone g cross join lateral unnest(g.keys) as k(hash)) g
    where l.org = ${org} and l.hash = g.hash and l.view = g.view`.execute(tx)
  await endRelations(tx, org, { those, isErased: ending.reason === 'erased' })
  await countGoneRecords(tx, org, those)
}

/** As long as its values stand, an ended fragment is found by the records that it names. */
async function endRelations(
  tx: Tx,
  org: string,
  { those, isErased }: { readonly those: RawBuilder<unknown>; readonly isErased: boolean },
): Promise<void> {
  const gone = sql`delete from records.edges where org = ${org} and fragment = any(${those})`
  if (isErased) await gone.execute(tx)
  else
    await sql`with gone as (${gone} returning fragment, entity, src, dst, view, purpose, audience)
      insert into records.named_in (org, entity, fragment, view, purpose, audience)
      select ${org}, g.src, g.fragment, g.view, g.purpose, g.audience from gone g where g.entity is not null
      union select ${org}, g.dst, g.fragment, g.view, g.purpose, g.audience from gone g
      on conflict do nothing`.execute(tx)
}

/** Also of fragments that ended before: their history goes with them. */
async function eraseValues(tx: Tx, org: string, those: RawBuilder<unknown>): Promise<void> {
  await keepDigests(tx, org, sql<boolean>`f.fragment = any(${those}) and f.end_reason in ('corrected', 'withdrawn')`)
  await sql`update records.fragments set vals = null, brief = null, context = null, external_id = '', line = null, end_note = null, review_note = null where org = ${org} and fragment = any(${those})`.execute(
    tx,
  )
  await sql`delete from records.named_in where org = ${org} and fragment = any(${those})`.execute(tx)
}

/** Records of which nothing current is left in their collection and view; nobody else writes into the view until this transaction ends. */
async function countGoneRecords(tx: Tx, org: string, those: RawBuilder<unknown>): Promise<void> {
  await sql`update records.collection_sizes s set records = s.records - gone.records from
    (select e.collection, m.view, count(distinct e.entity) as records from records.fragments e join records.markings m on m.org = e.org and m.marking = e.marking
      where e.org = ${org} and e.fragment = any(${those}) and not exists (select 1 from records.fragments f where f.org = e.org and f.entity = e.entity and f.collection = e.collection
        and f.recorded_to is null and f.purpose = e.purpose and f.audience = e.audience) group by e.collection, m.view) gone
    where s.org = ${org} and s.collection = gone.collection and s.view = gone.view`.execute(tx)
}
