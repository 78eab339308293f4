/**
 * Ends fragments: they stay for what was known on a day, and what was derived from them goes in the same transaction. Ending what has ended does nothing.
 * Invariant: who ended it, why and when stand on the fragment; erasing takes its values, the id its source gave it, what the source said beside, and what officers wrote of it.
 */
import { type RawBuilder, sql } from 'kysely'
import type { EndReason } from '#kernel/record/statement.ts'
import type { Tx } from '#platform/store/database.ts'
import { arrayOf } from './write-fragments-arrays.ts'

export interface Ending {
  readonly reason: EndReason
  /** Officer or job. */
  readonly by: string
  readonly note?: string | undefined
  readonly at: Date
}

const ROWS = 5000

/** Ids of those that were current until now. */
// oxlint-disable-next-line max-params -- where, whose, which and why, always said together
export async function endFragments(tx: Tx, org: string, ids: readonly string[], ending: Ending): Promise<readonly string[]> {
  const ended: string[] = []
  for (let at = 0; at < ids.length; at += ROWS) ended.push(...(await endSome(tx, org, { ids: ids.slice(at, at + ROWS), ending })))
  return ended
}

async function endSome(
  tx: Tx,
  org: string,
  { ids, ending }: { readonly ids: readonly string[]; readonly ending: Ending },
): Promise<readonly string[]> {
  const asked = sql`${arrayOf(ids)}::uuid[]`
  // In the order of their ids, so that two who end the same ones wait for each other instead of blocking each other.
  const { rows } = await sql<{
    fragment: string
    is_current: boolean
  }>`select fragment, recorded_to is null as is_current from records.fragments
    where org = ${org} and fragment = any(${asked}) order by fragment for update`.execute(tx)
  const ended = rows.filter((row) => row.is_current).map(({ fragment }) => fragment)
  if (ending.reason === 'erased') await eraseValues(tx, org, asked)
  if (ended.length === 0) return []
  const those = sql`${arrayOf(ended)}::uuid[]`
  await sql`update records.fragments set recorded_to = greatest(${ending.at}::timestamptz, recorded_from), end_reason = ${ending.reason}, end_by = ${ending.by}, end_note = ${ending.note ?? null}
    where org = ${org} and fragment = any(${those})`.execute(tx)
  // First: whoever writes into the view waits here, and not half way through its keys.
  await sql`update records.view_states set version = version + 1 where org = ${org} and view in
    (select m.view from records.markings m join records.fragments f on f.org = m.org and f.marking = m.marking where f.org = ${org} and f.fragment = any(${those}))`.execute(
    tx,
  )
  await sql`with gone as (delete from records.search_docs where org = ${org} and fragment = any(${those}) returning view, keys)
    delete from records.large_keys l using (select distinct g.view, k.hash from gone g cross join lateral unnest(g.keys) as k(hash)) g
    where l.org = ${org} and l.hash = g.hash and l.view = g.view`.execute(tx)
  await sql`delete from records.edges where org = ${org} and fragment = any(${those})`.execute(tx)
  await countGoneRecords(tx, org, those)
  return ended
}

/** Also of fragments that ended before: their history goes with them. */
async function eraseValues(tx: Tx, org: string, those: RawBuilder<unknown>): Promise<void> {
  await sql`update records.fragments set vals = null, context = null, external_id = '', line = null, end_note = null, review_note = null where org = ${org} and fragment = any(${those})`.execute(
    tx,
  )
}

/** Records of which nothing current is left in their collection and view. */
async function countGoneRecords(tx: Tx, org: string, those: RawBuilder<unknown>): Promise<void> {
  await sql`update records.collection_sizes s set records = s.records - gone.records from
    (select e.collection, m.view, count(distinct e.entity) as records from records.fragments e join records.markings m on m.org = e.org and m.marking = e.marking
      where e.org = ${org} and e.fragment = any(${those}) and not exists (select 1 from records.fragments f where f.org = e.org and f.entity = e.entity and f.collection = e.collection
        and f.recorded_to is null and f.purpose = e.purpose and f.audience = e.audience) group by e.collection, m.view) gone
    where s.org = ${org} and s.collection = gone.collection and s.view = gone.view`.execute(tx)
}
