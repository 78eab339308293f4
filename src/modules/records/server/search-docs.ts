/**
 * Search documents by fragment, as far as the policies show them to the session, and lists of them by filters alone. The latest come first; a list ends where it
 * is cut, and says so.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { filterArguments, type SearchFilters } from './search-filters.ts'
import { keyHash, wordIn } from './views.ts'
import { arrayOf } from './write-fragments-arrays.ts'

/** Policy: matches beyond are counted as "at least", and neither listed nor in the facets. */
export const MOST_FOUND = 10_000

export interface FoundDoc {
  readonly fragment: string
  readonly entity: string
  readonly schema: string
  readonly collection: string
  readonly countries: readonly string[]
  readonly topics: readonly string[]
  readonly at: Date
}

const COLUMNS = sql`d.fragment, d.entity, d.schema, d.collection, d.countries, d.topics, d.at`

export async function docsOf(tx: Tx, org: string, fragments: readonly string[]): Promise<readonly FoundDoc[]> {
  if (fragments.length === 0) return []
  const { rows } =
    await sql<FoundDoc>`select ${COLUMNS} from records.search_docs d where d.org = ${org} and d.fragment = any(${arrayOf(fragments)}::uuid[])`.execute(
      tx,
    )
  return rows
}

export async function identifiersOf(
  tx: Tx,
  org: string,
  fragments: readonly string[],
): Promise<readonly { readonly fragment: string; readonly identifiers: readonly string[] }[]> {
  if (fragments.length === 0) return []
  const { rows } = await sql<{ fragment: string; identifiers: string[] }>`select d.fragment, d.identifiers from records.search_docs d
    where d.org = ${org} and d.fragment = any(${arrayOf(fragments)}::uuid[])`.execute(tx)
  return rows
}

export interface NamedDoc {
  readonly fragment: string
  readonly schema: string
  readonly names: readonly string[]
}

export async function namesOf(tx: Tx, org: string, fragments: readonly string[]): Promise<readonly NamedDoc[]> {
  if (fragments.length === 0) return []
  const { rows } = await sql<NamedDoc>`select d.fragment, d.schema, d.names from records.search_docs d
    where d.org = ${org} and d.fragment = any(${arrayOf(fragments)}::uuid[])`.execute(tx)
  return rows
}

/** Whether a record can be found: the session sees a search document of it. Scalar, not `exists`: for many records that would be answered from a table of all there are. */
export function isFound(org: RawBuilder<unknown>, entity: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(select true from records.fragments stated join records.search_docs doc on doc.org = stated.org and doc.fragment = stated.fragment
    where stated.org = ${org} and stated.entity = ${entity} and stated.recorded_to is null limit 1) is not null`
}

export interface IndexAsked {
  readonly org: string
  readonly views: readonly string[]
  readonly filters: SearchFilters
}

/** Fragments with one of these hashed keys. */
export async function fragmentsWithKeys(
  tx: Tx,
  { org, views, filters }: IndexAsked,
  hashes: readonly number[],
): Promise<readonly string[]> {
  if (hashes.length === 0) return []
  const { rows } = await sql<{ fragment: string }>`select f as fragment from
    records.fragments_by_words(${org}, ${arrayOf(views)}::text[], ${arrayOf(hashes)}::int[], null, ${filterArguments(filters)}, ${MOST_FOUND + 1}) f`.execute(
    tx,
  )
  return rows.map(({ fragment }) => fragment)
}

interface WordsAsked {
  readonly words: readonly string[]
  readonly isLastWhole: boolean
}

/** Fragments with all the words; the last may be the beginning of one. */
export async function fragmentsWithWords(tx: Tx, index: IndexAsked, { words, isLastWhole }: WordsAsked): Promise<readonly string[]> {
  if (words.length === 0 || index.views.length === 0) return []
  // Whatever begins like the last word is read before the others are looked at: not for nothing where one of them is misspelt.
  const leading = words.slice(0, -1)
  if (!isLastWhole && leading.length > 0 && (await withWords(tx, index, { words: leading, isLastWhole: true, most: 1 })).length === 0)
    return []
  return await withWords(tx, index, { words, isLastWhole, most: MOST_FOUND + 1 })
}

async function withWords(
  tx: Tx,
  { org, views, filters }: IndexAsked,
  { words, isLastWhole, most }: WordsAsked & { readonly most: number },
): Promise<readonly string[]> {
  const beginning = (at: number) => (at === words.length - 1 && !isLastWhole ? ':*' : '')
  const query = views.map((view) => `(${words.map((word, at) => wordIn(view)(word) + beginning(at)).join(' & ')})`).join(' | ')
  const { rows } = await sql<{ fragment: string }>`select f as fragment from
    records.fragments_by_words(${org}, ${arrayOf(views)}::text[], '{}', ${query}::tsquery, ${filterArguments(filters)}, ${most}) f`.execute(
    tx,
  )
  return rows.map(({ fragment }) => fragment)
}

/** By filters alone. */
export async function listDocs(tx: Tx, asked: IndexAsked): Promise<readonly FoundDoc[]> {
  const { org, views, filters } = asked
  const { schema, country, topic, collection, since } = filters
  if (country !== undefined || topic !== undefined) {
    const hashes = views.map((view) =>
      country === undefined ? keyHash(view, 'topic', topic ?? '') : keyHash(view, 'country', country.toLowerCase()),
    )
    return await docsOf(tx, org, await fragmentsWithKeys(tx, asked, hashes))
  }
  // Ids of fragments are ordered by time: each condition has an index that ends with them.
  const most = MOST_FOUND + 1
  const { rows } =
    collection === undefined
      ? await sql<FoundDoc>`select d.* from unnest(${arrayOf(views)}::text[]) as v(view) cross join lateral (select ${COLUMNS} from records.search_docs d
          where d.org = ${org} and d.view = v.view and (${since ?? null}::timestamptz is null or d.at >= ${since ?? null}::timestamptz)
            ${schema === undefined ? sql`order by d.at desc, d.fragment desc` : sql`and d.schema = ${schema} order by d.fragment desc`} limit ${most}) d
          order by d.at desc, d.fragment desc limit ${most}`.execute(tx)
      : await sql<FoundDoc>`select ${COLUMNS} from records.fragments f join records.search_docs d on d.org = f.org and d.fragment = f.fragment
          where f.org = ${org} and f.collection = ${collection}::uuid and f.recorded_to is null and (${since ?? null}::timestamptz is null or d.at >= ${since ?? null}::timestamptz) and (${schema ?? null}::text is null or d.schema = ${schema ?? null})
          order by f.fragment desc limit ${most}`.execute(tx)
  return rows
}
