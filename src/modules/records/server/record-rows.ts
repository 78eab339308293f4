/**
 * Records as lines of a list: name, values that tell records of one name apart, where they come from, how many are merged. Computed from what the reader sees and
 * from nothing else; any number of records costs the same few statements. A record that is not visible has no line, and none whose processing is restricted but on its own page.
 */
import { sql } from 'kysely'
import { captionOf, commonSchema, propertyOf, schemaOf } from '#kernel/record/model.ts'
import type { PropertyType } from '#kernel/record/schema.ts'
import type { Tx } from '#platform/store/database.ts'
import type { RecordRow } from '../contract.ts'
import { firstBriefs } from './brief-values.ts'
import { clustersOf, type DeskFacts } from './clusters.ts'
import type { ReadableFragment } from './read-fragments-readable.ts'
import { captionsOf, isUnrestricted, type Recorded } from './record-rows-captions.ts'
import { propertiesOf } from './search-doc.ts'
import type { StoredValue } from './tables.ts'
import { textArray } from './write-fragments-arrays.ts'

const TELLING: ReadonlySet<PropertyType> = new Set(['date', 'country', 'identifier', 'iban', 'phone', 'email'])
const MOST_DETAILS = 6
const MOST_OF_PROPERTY = 2
const MOST_COLLECTIONS = 20

interface ListedFragment {
  readonly entity: string
  readonly schema: string
  readonly collection: string
  readonly title: string | null
  readonly vals: readonly StoredValue[] | null
  readonly caption: string | null
}

/** Each line stands for all records merged with the one asked for; its own name and values come first. */
export async function recordRows(tx: Tx, facts: DeskFacts, entities: readonly string[]): Promise<Map<string, RecordRow>> {
  return await clusterRows(tx, facts, await clustersOf(tx, facts, [...new Set(entities)]))
}

/** The same where it is known what each of them is merged with. */
export async function clusterRows(
  tx: Tx,
  facts: DeskFacts,
  clusters: ReadonlyMap<string, readonly string[]>,
): Promise<Map<string, RecordRow>> {
  const members = [...new Set([...clusters.values()].flat())]
  const { rows } =
    await sql<ListedFragment>`select f.entity, f.schema, f.collection, c.title, ${firstBriefs} as vals, d.caption from records.fragments f
    left join records.search_docs d on d.org = f.org and d.fragment = f.fragment
    left join records.collections c on c.org = f.org and c.collection = f.collection
    where f.org = ${facts.authority} and f.entity = any(${textArray(members)}::text[]) and f.recorded_to is null and ${isUnrestricted} and f.vals is not null order by f.recorded_from, f.fragment`.execute(
      tx,
    )
  const byEntity = new Map<string, ListedFragment[]>()
  for (const row of rows) {
    const fragments = byEntity.get(row.entity)
    if (fragments === undefined) byEntity.set(row.entity, [row])
    else fragments.push(row)
  }
  const lines = new Map<string, RecordRow>()
  for (const [entity, cluster] of clusters) {
    const visible = cluster.filter((each) => byEntity.has(each))
    if (visible.length === 0) continue
    const ordered = [...visible].sort((a, b) => (a === entity ? -1 : b === entity ? 1 : a < b ? -1 : 1))
    lines.set(
      entity,
      lineOf(
        entity,
        ordered.flatMap((each) => byEntity.get(each) ?? []),
        visible.length,
      ),
    )
  }
  await nameRelations(tx, facts, lines)
  return lines
}

/**
 * Each record by itself, as if nothing were merged, by what was read of it for its own page: restricted or not, of now or of a day. One of which nothing stands any more is named by
 * what has ended.
 */
// oxlint-disable-next-line max-params -- what was read for whom, and of when
export async function memberRows(
  tx: Tx,
  facts: DeskFacts,
  fragments: readonly ReadableFragment[],
  { knownAt }: Pick<Recorded, 'knownAt'>,
): Promise<ReadonlyMap<string, RecordRow>> {
  const lines = new Map<string, RecordRow>()
  for (const [entity, all] of Map.groupBy(fragments, (each) => each.entity)) {
    const standing = knownAt === undefined ? all.filter((each) => each.recordedTo === undefined) : all
    const named = (standing.length > 0 ? standing : all).map(({ values, ...each }) => ({ ...each, vals: values, caption: null }))
    lines.set(entity, lineOf(entity, named, 1))
  }
  await nameRelations(tx, facts, lines, { knownAt })
  return lines
}

function lineOf(entity: string, fragments: readonly ListedFragment[], merged: number): RecordRow {
  const schema = fragments.map((each) => each.schema).reduce((a, b) => commonSchema(a, b) ?? a)
  const caption =
    fragments.map((each) => each.caption ?? captionOf(each.schema, propertiesOf(each.vals ?? []))).find((each) => each !== '') ?? ''
  const titles = new Map(fragments.map(({ collection, title }) => [collection, title ?? '']))
  return {
    entity,
    schema,
    caption,
    details: detailsOf(
      schema,
      fragments.flatMap((each) => each.vals ?? []),
    ),
    collections: [...titles].slice(0, MOST_COLLECTIONS).map(([collection, title]) => ({ collection, title })),
    merged,
  }
}

/** What the model holds to be telling of the schema first, then in the order in which it was stated. */
function detailsOf(schema: string, values: readonly StoredValue[]): RecordRow['details'] {
  const featured = schemaOf(schema)?.featured ?? []
  const details = new Map<string, Set<string>>()
  for (const [prop, value] of values) {
    const type = propertyOf(schema, prop)?.type
    if (type === undefined || !TELLING.has(type) || value.length > 100) continue
    const stated = details.get(prop) ?? new Set<string>()
    if (stated.size < MOST_OF_PROPERTY) details.set(prop, stated.add(value))
  }
  const rank = (prop: string) => (featured.includes(prop) ? featured.indexOf(prop) : featured.length)
  return [...details]
    .sort(([a], [b]) => rank(a) - rank(b))
    .flatMap(([prop, stated]) => [...stated].map((value) => ({ prop, value })))
    .slice(0, MOST_DETAILS)
}

/** A relation without a name of its own is called by its ends. */
// oxlint-disable-next-line max-params -- what was read for whom, and of when
async function nameRelations(tx: Tx, { authority }: DeskFacts, lines: Map<string, RecordRow>, recorded: Recorded = {}): Promise<void> {
  const unnamed = [...lines.values()].filter(({ caption, schema }) => caption === '' && schemaOf(schema)?.edge !== undefined)
  if (unnamed.length === 0) return
  const captions = await captionsOf(tx, authority, { ...recorded, entities: unnamed.map(({ entity }) => entity) })
  for (const line of unnamed) lines.set(line.entity, { ...line, caption: captions.get(line.entity) ?? '' })
}
