/** How what was found divides: by kind, country, topic and collection. A record counts once for each value, whichever of its fragments says it. */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { SearchAnswer } from '../contract.ts'
import type { FoundDoc } from './search-docs.ts'
import type { FoundRecord } from './search-found.ts'
import { arrayOf } from './write-fragments-arrays.ts'

type Facets = SearchAnswer['facets']
type Facet = Facets['schema']

/** Policy: the most frequent are listed, of the rest how many there are is said. */
const MOST_VALUES = 30

export async function facetsOf(tx: Tx, org: string, records: readonly FoundRecord[]): Promise<Facets> {
  const collections = facetOf(records, (doc) => [doc.collection])
  const titles = await titlesOf(tx, org, collections)
  return {
    schema: facetOf(records, (doc) => [doc.schema]),
    country: facetOf(records, (doc) => doc.countries),
    topic: facetOf(records, (doc) => doc.topics),
    collection: { ...collections, values: collections.values.map((each) => ({ ...each, label: titles.get(each.value) ?? '' })) },
  }
}

function facetOf(records: readonly FoundRecord[], valuesOf: (doc: FoundDoc) => readonly string[]): Facet {
  const counts = new Map<string, number>()
  for (const { docs } of records) {
    const [only] = docs
    const values = docs.length === 1 && only !== undefined ? valuesOf(only) : new Set(docs.flatMap(valuesOf))
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const values = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return { values: values.slice(0, MOST_VALUES), others: Math.max(0, values.length - MOST_VALUES) }
}

async function titlesOf(tx: Tx, org: string, { values }: Facet): Promise<ReadonlyMap<string, string>> {
  if (values.length === 0) return new Map()
  const { rows } = await sql<{ collection: string; title: string }>`select collection, title from records.collections
    where org = ${org} and collection = any(${arrayOf(values.map(({ value }) => value))}::uuid[])`.execute(tx)
  return new Map(rows.map(({ collection, title }) => [collection, title]))
}
