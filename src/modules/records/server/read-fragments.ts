/**
 * Reads what is stated of records: now, as it was known on a day (recorded time), or with all that ended. Row-level security decides which fragments there are.
 * A statement that names a record the reader may not see is not shown, as if that record were none; only the desk that made the statement sees it, for it knows.
 */
import { sql } from 'kysely'
import type { EndReason } from '#kernel/record/statement.ts'
import type { Tx } from '#platform/store/database.ts'
import { isRecorded, type Recorded } from './record-rows-captions.ts'
import type { StoredValue } from './tables.ts'
import { arrayOf, textArray } from './write-fragments-arrays.ts'
import type { MarkingBody } from './write-fragments-marking.ts'

export { statementViews } from './read-fragments-view.ts'

export interface StoredFragment {
  readonly fragment: string
  readonly entity: string
  readonly schema: string
  readonly collection: string
  readonly title: string
  readonly externalId: string
  readonly import: string | undefined
  readonly run: number | undefined
  readonly line: number | undefined
  readonly values: readonly StoredValue[]
  readonly context: Readonly<Record<string, unknown>> | undefined
  readonly marking: string
  readonly body: MarkingBody
  readonly purpose: string
  readonly audience: readonly string[]
  readonly recordedFrom: Date
  readonly recordedTo: Date | undefined
  readonly ended: { readonly reason: EndReason; readonly by: string; readonly note?: string } | undefined
  readonly supersedes: string | undefined
  readonly reviewAt: Date
  readonly eraseAt: Date
  readonly restricted: boolean
}

export interface FragmentsAsked extends Recorded {
  /** At most so many, the oldest first. */
  readonly limit?: number
}

interface Row {
  readonly fragment: string
  readonly entity: string
  readonly schema: string
  readonly collection: string
  readonly title: string | null
  readonly external_id: string
  readonly import: string | null
  readonly run: number | null
  readonly line: number | null
  readonly vals: readonly StoredValue[]
  readonly context: Readonly<Record<string, unknown>> | null
  readonly marking: string
  readonly body: MarkingBody
  readonly purpose: string
  readonly audience: readonly string[]
  readonly recorded_from: Date
  readonly recorded_to: Date | null
  readonly end_reason: string | null
  readonly end_by: string | null
  readonly end_note: string | null
  readonly supersedes: string | null
  readonly review_at: Date
  readonly erase_at: Date
  readonly restricted: boolean
}

const columns =
  sql.raw(`f.fragment, f.entity, f.schema, f.collection, c.title, f.external_id, f.import, f.run, f.line, f.vals, f.context, f.marking, m.body, f.purpose, f.audience, f.recorded_from,
  f.recorded_to, f.end_reason, f.end_by, f.end_note, f.supersedes, f.review_at, f.erase_at, f.restricted`)
const tables = sql.raw(`records.fragments f join records.markings m on m.org = f.org and m.marking = f.marking
  left join records.collections c on c.org = f.org and c.collection = f.collection`)
const MOST = 20_000

// oxlint-disable-next-line max-params -- where, whose and what, with how it is asked
export async function fragmentsOf(
  tx: Tx,
  org: string,
  entities: readonly string[],
  asked: FragmentsAsked = {},
): Promise<readonly StoredFragment[]> {
  if (entities.length === 0) return []
  const { rows } =
    await sql<Row>`select ${columns} from ${tables} where f.org = ${org} and f.entity = any(${textArray(entities)}::text[]) and ${isRecorded(asked)}
    order by f.recorded_from, f.fragment limit ${asked.limit ?? MOST}`.execute(tx)
  return rows.map(storedOf)
}

/** What is current and may serve for more than its own page. */
// oxlint-disable-next-line max-params -- as above
export async function unrestrictedOf(
  tx: Tx,
  org: string,
  entities: readonly string[],
  asked: Pick<FragmentsAsked, 'limit'> = {},
): Promise<readonly StoredFragment[]> {
  return (await fragmentsOf(tx, org, entities, asked)).filter(({ restricted }) => !restricted)
}

/** One, whether it ended or not. */
export async function fragmentWith(tx: Tx, org: string, fragment: string): Promise<StoredFragment | undefined> {
  return (await fragmentsWith(tx, org, [fragment]))[0]
}

/** These, whether they ended or not, but none that was taken back or erased, the oldest first. */
export async function fragmentsWith(tx: Tx, org: string, fragments: readonly string[]): Promise<readonly StoredFragment[]> {
  if (fragments.length === 0) return []
  const { rows } =
    await sql<Row>`select ${columns} from ${tables} where f.org = ${org} and f.fragment = any(${arrayOf(fragments)}::uuid[]) and ${isRecorded({ history: true })}
    order by f.recorded_from, f.fragment`.execute(tx)
  return rows.map(storedOf)
}

export interface CollectionPage {
  readonly collection: string
  readonly after: string | undefined
  readonly schema: string | undefined
  /** At most so many. */
  readonly limit: number
  /** The page ends with the fragment whose values go beyond. */
  readonly mostSigns: number
}

/** Fragments that are read at once: few at first and behind large ones, for each may have some MiB; twice as many each time while they are small. */
const SOME = { first: 50, most: 400 }
/** Signs of the values of a large one. */
const LARGE = 20_000

/** Of a collection, in the order of their ids, after one of them; `more` when others follow. */
export async function fragmentsAfter(
  tx: Tx,
  org: string,
  { limit, mostSigns, ...page }: CollectionPage,
): Promise<{ readonly fragments: readonly StoredFragment[]; readonly more: boolean }> {
  const fragments: StoredFragment[] = []
  for (let [signs, asked] = [0, SOME.first]; ; ) {
    const some = await someAfter(tx, org, { ...page, after: fragments.at(-1)?.fragment ?? page.after, limit: asked })
    let largest = 0
    for (const fragment of some) {
      if (fragments.length === limit || signs > mostSigns) return { fragments, more: true }
      fragments.push(fragment)
      const own = fragment.values.reduce((sum, [, value]) => sum + value.length, 0)
      signs += own
      largest = Math.max(largest, own)
    }
    if (some.length < asked) return { fragments, more: false }
    asked = largest > LARGE ? SOME.first : Math.min(2 * asked, SOME.most)
  }
}

async function someAfter(
  tx: Tx,
  org: string,
  { collection, after, schema, limit }: Omit<CollectionPage, 'mostSigns'>,
): Promise<readonly StoredFragment[]> {
  const isAfter = after === undefined ? sql<boolean>`true` : sql<boolean>`f.fragment > ${after}::uuid`
  const isOf = schema === undefined ? sql<boolean>`true` : sql<boolean>`f.schema = ${schema}`
  const { rows } =
    await sql<Row>`select ${columns} from ${tables} where f.org = ${org} and f.collection = ${collection}::uuid and f.recorded_to is null and f.vals is not null
    and ${isAfter} and ${isOf} order by f.fragment limit ${limit}`.execute(tx)
  return rows.map(storedOf)
}

function storedOf(row: Row): StoredFragment {
  return {
    fragment: row.fragment,
    entity: row.entity,
    schema: row.schema,
    collection: row.collection,
    title: row.title ?? '',
    externalId: row.external_id,
    import: row.import ?? undefined,
    run: row.run ?? undefined,
    line: row.line ?? undefined,
    values: row.vals,
    context: row.context ?? undefined,
    marking: row.marking,
    body: row.body,
    purpose: row.purpose,
    audience: row.audience,
    recordedFrom: row.recorded_from,
    recordedTo: row.recorded_to ?? undefined,
    ended: row.end_reason === null ? undefined : endedOf(row, row.end_reason as EndReason),
    supersedes: row.supersedes ?? undefined,
    reviewAt: row.review_at,
    eraseAt: row.erase_at,
    restricted: row.restricted,
  }
}

function endedOf({ end_by: by, end_note: note }: Row, reason: EndReason): NonNullable<StoredFragment['ended']> {
  return { reason, by: by ?? '', ...(note === null ? {} : { note }) }
}
