/**
 * Keys that so many fragments of a view have that they lead nowhere: known beforehand, nothing of them is read to find it out. They are found in a sample of the view, and a
 * key is listed with what the sample shows for certain, whatever ends while it is read: four standard deviations below what it suggests. Whoever ends a fragment takes its keys out of the list.
 * Invariant: what is listed for a view comes from that view alone, and is dropped from a search just as it would be if it were counted.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { InternedMarking } from './write-fragments.ts'
import { arrayOf, textArray } from './write-fragments-arrays.ts'

/** The least size that a search drops. */
const SMALLEST = 150
/** Records of a view that are read for certain, before it is sampled; and at most. */
const FEW = 16_384
const MOST = 262_144
/** One in so many, as a power of two, while the view is of common size. */
const USUAL = 3
/** So many new records ask for another look, or an eighth of the view where that is more. */
const MANY = 2000
const PART = 8

/** Whether the list is to be made anew after so many records of the view were written, of `size` that it has. */
export function isDue(written: number, size: number): boolean {
  const step = 2 ** Math.floor(Math.log2(Math.max(MANY, size / PART)))
  return written >= step || Math.floor(size / step) > Math.floor((size - written) / step)
}

/** One in 2 to the power of this is read. */
export function sampleOf(size: number): number {
  const usual = Math.min(USUAL, Math.floor(Math.log2(Math.max(1, size / FEW))))
  return Math.max(usual, Math.ceil(Math.log2(Math.max(1, size / MOST))))
}

/** `written`: how many records came since it may have been called last. */
export async function surveyKeys(
  tx: Tx,
  org: string,
  { marking: { view, purpose, audience }, written }: { readonly marking: InternedMarking; readonly written: number },
): Promise<void> {
  const sizes = await sql<{ size: number }>`select coalesce(sum(records), 0)::float8 as size from records.collection_sizes
    where org = ${org} and view = ${view}`.execute(tx)
  const size = sizes.rows[0]?.size ?? 0
  if (!isDue(written, size)) return
  const part = 2 ** sampleOf(size)
  await sql`set local work_mem = '64MB'`.execute(tx)
  await sql`set local statement_timeout = '5min'`.execute(tx)
  const { rows } = await sql<{ hash: number; at_least: number }>`select s.hash, s.at_least from (
      select k.hash, floor((count(*) - 4 * sqrt(count(*))) * ${part}::int)::int as at_least
      from records.search_docs d cross join lateral unnest(d.keys) as k(hash)
      where d.view = ${view} and d.org = ${org} and uuid_hash(d.fragment) & (${part}::int - 1) = 0 group by k.hash having count(*) > ${SMALLEST / part}::float8) as s
    where s.at_least > ${SMALLEST}`.execute(tx)
  // Others who write into the view wait for this, and for no more than this.
  await sql`select 1 from records.view_states where org = ${org} and view = ${view} for update`.execute(tx)
  await sql`insert into records.large_keys (org, view, hash, at_least, purpose, audience)
    select ${org}, ${view}, t.hash, t.at_least, ${purpose}, ${textArray(audience)}::text[]
    from unnest(${arrayOf(rows.map(({ hash }) => hash))}::int[], ${arrayOf(rows.map((each) => each.at_least))}::int[]) as t(hash, at_least)
    on conflict (hash, view, org) do update set at_least = excluded.at_least`.execute(tx)
}
