/**
 * Names of records, as far as the reader may see them: a record that is not visible, or restricted, has no entry, one without a name an empty text. A relation is named by its two ends.
 * Any number of records costs the same few statements.
 */
import { type RawBuilder, sql } from 'kysely'
import { captionOf, edgeOf } from '#kernel/record/model.ts'
import type { Tx } from '#platform/store/database.ts'
import { firstBriefs } from './brief-values.ts'
import { propertiesOf } from './search-doc.ts'
import type { StoredValue } from './tables.ts'
import { textArray } from './write-fragments-arrays.ts'

/** When something was recorded: now, on a day, or ever. */
export interface Recorded {
  readonly knownAt?: Date | undefined
  /** Statements that ended too. */
  readonly history?: boolean | undefined
}

/**
 * Condition on rows `f` of fragments. What was taken back, and what has lost its values, is known at no instant any more; what was corrected was known until then
 * (`#kernel/record/as-of.ts`).
 */
export const isRecorded = ({ knownAt, history }: Recorded) => {
  const stands = sql<boolean>`(f.vals is not null and (f.end_reason is null or f.end_reason not in ('recalled', 'erased')))`
  if (knownAt !== undefined)
    return sql<boolean>`${stands} and f.recorded_from <= ${knownAt}::timestamptz and (f.recorded_to is null or f.recorded_to > ${knownAt}::timestamptz)`
  return history === true ? stands : sql<boolean>`f.recorded_to is null`
}

/**
 * Condition on current rows `f` of fragments: their processing is not restricted. What a desk has restricted stands on its own page and in the lists of what is held, and serves for nothing else.
 * Directive (EU) 2016/680 Art 16(3).
 */
export const isUnrestricted = sql<boolean>`not f.restricted`

/** The same of statements of any time about these records: as long as a restriction lasts, what the same source stated before serves for nothing either. Looked up once, however many there are. */
function wasUnrestricted(org: string, { knownAt, history, entities }: AskedRecords): RawBuilder<boolean> {
  if (knownAt === undefined && history !== true) return isUnrestricted
  return sql<boolean>`(f.entity, f.collection) not in (${restrictedSources(org, entities)})`
}

const restrictedSources = (org: string, entities: readonly string[]) =>
  sql<{ entity: string; collection: string }>`select now.entity, now.collection from records.fragments now
    where now.org = ${org} and now.entity = any(${textArray([...new Set(entities)])}::text[]) and now.recorded_to is null and now.restricted`

/** Whether a restriction lasts on what this source states, or stated, of one of these records. */
export async function restrictedAmong(
  tx: Tx,
  org: string,
  entities: readonly string[],
): Promise<(stated: { readonly entity: string; readonly collection: string }) => boolean> {
  const { rows } = await restrictedSources(org, entities).execute(tx)
  const sources = new Set(rows.map(({ entity, collection }) => `${entity} ${collection}`))
  return ({ entity, collection }) => sources.has(`${entity} ${collection}`)
}

type AskedRecords = Recorded & { readonly entities: readonly string[] }

interface NamedRow {
  readonly entity: string
  readonly schema: string
  readonly vals: readonly StoredValue[] | null
  readonly caption: string | null
}

export async function captionsOf(tx: Tx, org: string, asked: AskedRecords): Promise<ReadonlyMap<string, string>> {
  const captions = new Map<string, string>()
  const rows = await namedRows(tx, org, asked)
  const relations: NamedRow[] = []
  for (const row of rows) {
    const known = captions.get(row.entity)
    if (known !== undefined && known !== '') continue
    captions.set(row.entity, nameOf(row))
    if (captions.get(row.entity) === '' && edgeOf(row.schema) !== undefined) relations.push(row)
  }
  if (relations.length > 0) await nameRelations(tx, org, { ...asked, relations, captions })
  return captions
}

/** The oldest first, so that a name does not change with what is added. What has the name that lists show is not read. */
async function namedRows(tx: Tx, org: string, asked: AskedRecords): Promise<readonly NamedRow[]> {
  if (asked.entities.length === 0) return []
  const entities = sql`${textArray([...new Set(asked.entities)])}::text[]`
  const { rows } =
    await sql<NamedRow>`select f.entity, f.schema, case when d.caption is null then ${firstBriefs} end as vals, d.caption from records.fragments f
    left join records.search_docs d on d.org = f.org and d.fragment = f.fragment where f.org = ${org} and f.entity = any(${entities}) and ${isRecorded(asked)} and ${wasUnrestricted(org, asked)} order by f.recorded_from, f.fragment`.execute(
      tx,
    )
  return rows
}

function nameOf({ schema, vals, caption }: NamedRow): string {
  return caption ?? (vals === null ? '' : captionOf(schema, propertiesOf(vals)))
}

interface Relations extends Recorded {
  readonly relations: readonly NamedRow[]
  readonly captions: Map<string, string>
}

async function nameRelations(tx: Tx, org: string, { relations, captions, ...recorded }: Relations): Promise<void> {
  const ends = relations.map(({ entity, schema, vals }) => {
    const edge = edgeOf(schema)
    const valueOf = (prop: string | undefined) => vals?.find(([name]) => name === prop)?.[1]
    return { entity, source: valueOf(edge?.source), target: valueOf(edge?.target) }
  })
  const entities = [...new Set(ends.flatMap(({ source, target }) => [source, target].filter((each) => each !== undefined)))]
  const named = new Map<string, string>()
  for (const row of await namedRows(tx, org, { ...recorded, entities }))
    if ((named.get(row.entity) ?? '') === '') named.set(row.entity, nameOf(row))
  for (const { entity, source, target } of ends) {
    const from = source === undefined ? undefined : named.get(source)
    const to = target === undefined ? undefined : named.get(target)
    // With an end that the reader may not see, the relation has no name, as if the end were none.
    if (from !== undefined && to !== undefined) captions.set(entity, `${from} → ${to}`)
  }
}

/** Those of the records of which the reader sees something that is not restricted. */
export async function visibleAmong(tx: Tx, org: string, asked: AskedRecords): Promise<ReadonlySet<string>> {
  if (asked.entities.length === 0) return new Set()
  const { rows } = await sql<{
    entity: string
  }>`select t.entity from unnest(${textArray([...new Set(asked.entities)])}::text[]) as t(entity)
    where exists (select 1 from records.fragments f where f.org = ${org} and f.entity = t.entity and ${isRecorded(asked)} and ${wasUnrestricted(org, asked)})`.execute(
    tx,
  )
  return new Set(rows.map(({ entity }) => entity))
}
