/**
 * Writes fragments with all that is derived from them, search documents and relations, in the caller's transaction: few statements, each for many rows.
 * Invariants: a fragment and what is found by it are there together or not at all; the view grows by a version, so that what was cached of it is known to be old;
 * the number of records of a collection is kept by view, so that a count tells nothing of what its reader may not see.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { StoredValue } from './tables.ts'
import { arrayOf, textArray } from './write-fragments-arrays.ts'
import type { FoundRows } from './write-fragments-found.ts'
import type { InternedMarking } from './write-fragments-marking.ts'
import { type FragmentRows, insertRows, type SharedPart } from './write-fragments-rows.ts'

export { endFragments, endLocked, lockCurrent, lockViews } from './write-fragments-end.ts'
export { type InternedMarking, type MarkingBody, markingOf } from './write-fragments-marking.ts'

export interface NewFragment {
  /** UUID, time-ordered. */
  readonly fragment: string
  readonly entity: string
  readonly schema: string
  readonly collection: string
  readonly externalId: string
  readonly import?: string | undefined
  /** Over the file of its import. */
  readonly run?: number | undefined
  readonly line?: number | undefined
  readonly values: readonly StoredValue[]
  /** What the source said beside its values; JSON that the store can hold. */
  readonly context?: Readonly<Record<string, unknown>> | undefined
  readonly marking: InternedMarking
  readonly recordedFrom: Date
  readonly reviewAt: Date
  readonly eraseAt: Date
  readonly supersedes?: string | undefined
  readonly restricted?: boolean | undefined
}

/** Rows of one statement: a larger one is no faster and holds its memory longer. */
const ROWS = 5000

export interface WriteOptions {
  /** Whether a record is new in its collection and view, where the caller has looked already. */
  readonly isNew?: (entity: string) => boolean
  /** Waited for when the rows are written, before those are locked that every writer of the collection or view needs. */
  readonly inTurn?: () => Promise<void>
}

// oxlint-disable-next-line max-params -- where, whose and what, with what is known already
export async function writeFragments(
  tx: Tx,
  org: string,
  fragments: readonly NewFragment[],
  { isNew, inTurn }: WriteOptions = {},
): Promise<void> {
  const written = new Map<string, { readonly shared: SharedPart; readonly entities: string[] }>()
  for (const group of groupsOf(fragments)) {
    const [first] = group
    if (first === undefined) continue
    const of = `${first.collection} ${first.marking.view}`
    const grown = written.get(of) ?? { shared: first, entities: [] }
    written.set(of, grown)
    for (const { entity } of group) grown.entities.push(entity)
    for (let at = 0; at < group.length; at += ROWS) await insertRows(tx, org, group.slice(at, at + ROWS))
  }
  const growths = [...written.values()].map(({ shared, entities }): Growth => {
    return { shared, records: isNew === undefined ? entities : [...new Set(entities)].filter(isNew).length }
  })
  await finish(tx, org, { growths, inTurn })
}

/** Rows that were gathered beforehand. */
export interface GatheredRows {
  readonly shared: SharedPart
  readonly fragments: FragmentRows
  readonly found: FoundRows
  /** How many records they are; the collection has none of them. */
  readonly records: number
}

// oxlint-disable-next-line max-params -- where, whose and what, with what is known already
export async function writeGathered(
  tx: Tx,
  org: string,
  { shared, fragments, found, records }: GatheredRows,
  inTurn: WriteOptions['inTurn'],
): Promise<void> {
  await fragments.insert(org, shared).execute(tx)
  await found.insert(org, shared).execute(tx)
  await finish(tx, org, { growths: [{ shared, records }], inTurn })
}

interface Growth {
  readonly shared: SharedPart
  /** How many the collection did not have in this view, or the record of each fragment where nobody has looked. */
  readonly records: number | readonly string[]
}

interface Finished {
  readonly growths: Growth[]
  readonly inTurn: WriteOptions['inTurn']
}

async function finish(tx: Tx, org: string, { growths, inTurn }: Finished): Promise<void> {
  if (growths.length > 0) await fileInIndexes(tx)
  await inTurn?.()
  // In one order, so that two writers wait for each other instead of blocking each other.
  growths.sort((a, b) => (a.shared.marking.view < b.shared.marking.view ? -1 : 1))
  for (const { shared } of growths) await growView(tx, org, shared.marking)
  // Only now: nobody else ends or adds what is counted, and what they did before is seen.
  for (const growth of growths) await growCollection(tx, org, { ...growth, records: await newRecords(tx, org, growth) })
}

/** What was written so far in this transaction goes into the trees, all of it at once. */
async function fileInIndexes(tx: Tx): Promise<void> {
  await sql`select records.file_search_docs()`.execute(tx)
}

/** Fragments that share all that is not the record's own, so that it travels once. */
function groupsOf(fragments: readonly NewFragment[]): readonly (readonly NewFragment[])[] {
  const groups = new Map<string, NewFragment[]>()
  let last: { readonly of: NewFragment; readonly group: NewFragment[] } | undefined
  for (const each of fragments) {
    if (last !== undefined && isAlike(last.of, each)) {
      last.group.push(each)
      continue
    }
    const { marking, collection, recordedFrom, reviewAt, eraseAt, restricted = false } = each
    const key = [
      marking.marking,
      collection,
      each.import,
      each.run,
      recordedFrom.getTime(),
      reviewAt.getTime(),
      eraseAt.getTime(),
      restricted,
    ].join(' ')
    const group = groups.get(key) ?? []
    group.push(each)
    groups.set(key, group)
    last = { of: each, group }
  }
  return [...groups.values()]
}

function isAlike(a: NewFragment, b: NewFragment): boolean {
  return (
    a.marking === b.marking &&
    a.collection === b.collection &&
    a.import === b.import &&
    a.run === b.run &&
    a.recordedFrom === b.recordedFrom &&
    a.reviewAt === b.reviewAt &&
    a.eraseAt === b.eraseAt &&
    (a.restricted ?? false) === (b.restricted ?? false)
  )
}

/** How many records the collection has in this view by what was written now alone. */
async function newRecords(tx: Tx, org: string, { shared, records }: Growth): Promise<number> {
  if (typeof records === 'number') return records
  const { marking, collection } = shared
  // One pass over what stands: a look-up for each record would be planned for a table without these rows.
  const { rows } = await sql<{ count: number }>`select count(*)::int as count
    from (select entity, count(*) as n from unnest(${arrayOf(records)}::text[]) as t(entity) group by entity) written
    join (select f.entity, count(*) as n from records.fragments f where f.org = ${org} and f.entity = any(${arrayOf(records)}::text[]) and f.collection = ${collection}::uuid
      and f.recorded_to is null and f.purpose = ${marking.purpose} and f.audience = ${textArray(marking.audience)}::text[] group by f.entity) standing
    on standing.entity = written.entity and standing.n = written.n`.execute(tx)
  return rows[0]?.count ?? 0
}

async function growCollection(
  tx: Tx,
  org: string,
  { shared, records }: { readonly shared: SharedPart; readonly records: number },
): Promise<void> {
  const { marking, collection } = shared
  await sql`insert into records.collection_sizes (org, collection, view, records, purpose, audience)
    values (${org}, ${collection}::uuid, ${marking.view}, ${records}::bigint, ${marking.purpose}, ${textArray(marking.audience)}::text[])
    on conflict (org, collection, view) do update set records = collection_sizes.records + excluded.records`.execute(tx)
}

async function growView(tx: Tx, org: string, { view, purpose, audience }: InternedMarking): Promise<void> {
  await sql`insert into records.view_states (org, view, version, purpose, audience) values (${org}, ${view}, 1, ${purpose}, ${textArray(audience)}::text[])
    on conflict (org, view) do update set version = view_states.version + 1`.execute(tx)
}
