/**
 * Writes fragments with all that is derived from them, search documents and relations, in the caller's transaction: few statements, each for many rows.
 * Invariants: a fragment and what is found by it are there together or not at all; the view grows by a version, so that what was cached of it is known to be old;
 * the number of records of a collection is kept by view, so that a count tells nothing of what its reader may not see.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { type EdgeRow, edgesOf } from './edge-rows.ts'
import { searchDocOf } from './search-doc.ts'
import type { StoredValue } from './tables.ts'
import { arrayOf, nestedArray, orNull, quoted, textArray } from './write-fragments-arrays.ts'
import type { InternedMarking } from './write-fragments-marking.ts'

export { endFragments } from './write-fragments-end.ts'
export { type InternedMarking, type MarkingBody, markingOf } from './write-fragments-marking.ts'

export interface NewFragment {
  /** UUID, time-ordered. */
  readonly fragment: string
  readonly entity: string
  readonly schema: string
  readonly collection: string
  readonly externalId: string
  readonly import?: string | undefined
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
}

// oxlint-disable-next-line max-params -- where, whose and what, with what is known already
export async function writeFragments(tx: Tx, org: string, fragments: readonly NewFragment[], { isNew }: WriteOptions = {}): Promise<void> {
  for (const group of groupsOf(fragments))
    for (let at = 0; at < group.length; at += ROWS) {
      const part = group.slice(at, at + ROWS)
      const [first] = part
      if (first !== undefined) await writeGroup(tx, { org, first, isNew }, part)
    }
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
    const key = [marking.marking, collection, each.import, recordedFrom.getTime(), reviewAt.getTime(), eraseAt.getTime(), restricted].join(
      ' ',
    )
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
    a.recordedFrom === b.recordedFrom &&
    a.reviewAt === b.reviewAt &&
    a.eraseAt === b.eraseAt &&
    (a.restricted ?? false) === (b.restricted ?? false)
  )
}

interface Shared {
  readonly org: string
  readonly first: NewFragment
  readonly isNew?: ((entity: string) => boolean) | undefined
}

async function writeGroup(tx: Tx, shared: Shared, fragments: readonly NewFragment[]): Promise<void> {
  await countNewRecords(tx, shared, fragments)
  const inserted = insertFragments(tx, shared, fragments)
  // What is restricted is kept and shown on its page, and is neither found nor drawn.
  const found = shared.first.restricted === true ? [] : fragments
  // While the store writes the fragments, what they are found by is made.
  const [, docs] = await Promise.all([inserted, docsOf(found, shared.first.marking.view)])
  await insertDocs(tx, shared, docs)
  await insertEdges(tx, shared, found)
  await growView(tx, shared.org, shared.first.marking)
}

const audienceOf = ({ marking }: NewFragment): RawBuilder<unknown> => sql`${textArray(marking.audience)}::text[]`

/** Records that the collection did not have in this view. */
async function countNewRecords(tx: Tx, { org, first, isNew }: Shared, fragments: readonly NewFragment[]): Promise<void> {
  const { marking, collection } = first
  const entities = [...new Set(fragments.map((each) => each.entity))]
  const records =
    isNew === undefined
      ? sql`(select count(*) from unnest(${arrayOf(entities)}::text[]) as t(entity) where not exists (select 1 from records.fragments f where f.org = ${org} and f.entity = t.entity
          and f.collection = ${collection}::uuid and f.recorded_to is null and f.purpose = ${marking.purpose} and f.audience = ${audienceOf(first)}))`
      : sql`${entities.filter((entity) => isNew(entity)).length}::bigint`
  await sql`insert into records.collection_sizes (org, collection, view, records, purpose, audience)
    values (${org}, ${collection}::uuid, ${marking.view}, ${records}, ${marking.purpose}, ${audienceOf(first)})
    on conflict (org, collection, view) do update set records = collection_sizes.records + excluded.records`.execute(tx)
}

async function insertFragments(tx: Tx, { org, first }: Shared, fragments: readonly NewFragment[]): Promise<void> {
  const columns = {
    ids: [] as string[],
    entities: [] as string[],
    schemata: [] as string[],
    external: [] as string[],
    lines: [] as string[],
  }
  const more = { vals: [] as string[], contexts: [] as string[], supersedes: [] as string[] }
  for (const each of fragments) {
    columns.ids.push(each.fragment)
    columns.entities.push(each.entity)
    columns.schemata.push(each.schema)
    columns.external.push(quoted(each.externalId))
    columns.lines.push(each.line === undefined ? 'NULL' : String(each.line))
    more.vals.push(quoted(JSON.stringify(each.values)))
    more.contexts.push(each.context === undefined ? 'NULL' : quoted(JSON.stringify(each.context)))
    more.supersedes.push(orNull(each.supersedes))
  }
  const { collection, marking, recordedFrom, reviewAt, eraseAt, restricted = false } = first
  await sql`insert into records.fragments (org, fragment, entity, schema, collection, external_id, import, line, vals, context, marking, recorded_from, supersedes, review_at, erase_at,
      restricted, purpose, audience)
    select ${org}, t.fragment, t.entity, t.schema, ${collection}::uuid, t.external_id, ${first.import ?? null}::uuid, t.line, t.vals::jsonb, t.context::jsonb, ${marking.marking},
      ${recordedFrom}::timestamptz, t.supersedes, ${reviewAt}::timestamptz, ${eraseAt}::timestamptz, ${restricted}::boolean, ${marking.purpose}, ${audienceOf(first)}
    from unnest(${arrayOf(columns.ids)}::uuid[], ${arrayOf(columns.entities)}::text[], ${arrayOf(columns.schemata)}::text[], ${arrayOf(columns.external)}::text[],
      ${arrayOf(columns.lines)}::int[], ${arrayOf(more.vals)}::text[], ${arrayOf(more.contexts)}::text[], ${arrayOf(more.supersedes)}::uuid[])
      as t(fragment, entity, schema, external_id, line, vals, context, supersedes)`.execute(tx)
}

interface DocColumns {
  readonly ids: string[]
  readonly entities: string[]
  readonly schemata: string[]
  readonly captions: string[]
  readonly names: string[]
  readonly countries: string[]
  readonly topics: string[]
  readonly identifiers: string[]
  readonly keys: string[]
  readonly words: string[]
}

/** Fragments of one turn: others of this process wait no longer than they take. */
const TURN = 100

async function docsOf(fragments: readonly NewFragment[], view: string): Promise<DocColumns> {
  const docs: DocColumns = {
    ids: [],
    entities: [],
    schemata: [],
    captions: [],
    names: [],
    countries: [],
    topics: [],
    identifiers: [],
    keys: [],
    words: [],
  }
  for (const [index, { fragment, entity, schema, values }] of fragments.entries()) {
    if (index % TURN === TURN - 1) await nextTurn()
    const doc = searchDocOf({ schema, vals: values }, view)
    if (doc === undefined) continue
    docs.ids.push(fragment)
    docs.entities.push(entity)
    docs.schemata.push(schema)
    docs.captions.push(quoted(doc.caption))
    docs.names.push(nestedArray(doc.names))
    docs.countries.push(nestedArray(doc.countries))
    docs.topics.push(nestedArray(doc.topics))
    docs.identifiers.push(nestedArray(doc.identifiers))
    docs.keys.push(`"${arrayOf(doc.keys)}"`)
    docs.words.push(quoted(doc.words))
  }
  return docs
}

async function insertDocs(tx: Tx, { org, first }: Shared, docs: DocColumns): Promise<void> {
  if (docs.ids.length === 0) return
  const { marking, collection, recordedFrom } = first
  await sql`insert into records.search_docs (org, fragment, entity, schema, collection, view, caption, names, countries, topics, identifiers, keys, words, at, purpose, audience)
    select ${org}, t.fragment, t.entity, t.schema, ${collection}::uuid, ${marking.view}, t.caption, t.names::text[], t.countries::text[], t.topics::text[], t.identifiers::text[],
      t.keys::int[], t.words::tsvector, ${recordedFrom}::timestamptz, ${marking.purpose}, ${audienceOf(first)}
    from unnest(${arrayOf(docs.ids)}::uuid[], ${arrayOf(docs.entities)}::text[], ${arrayOf(docs.schemata)}::text[], ${arrayOf(docs.captions)}::text[], ${arrayOf(docs.names)}::text[],
      ${arrayOf(docs.countries)}::text[], ${arrayOf(docs.topics)}::text[], ${arrayOf(docs.identifiers)}::text[], ${arrayOf(docs.keys)}::text[], ${arrayOf(docs.words)}::text[])
      as t(fragment, entity, schema, caption, names, countries, topics, identifiers, keys, words)`.execute(tx)
}

async function insertEdges(tx: Tx, { org, first }: Shared, fragments: readonly NewFragment[]): Promise<void> {
  const ids: string[] = []
  const rows: EdgeRow[] = []
  for (const each of fragments)
    for (const row of edgesOf(each)) {
      ids.push(each.fragment)
      rows.push(row)
    }
  if (rows.length === 0) return
  const column = (valueOf: (row: EdgeRow) => string | number): string => arrayOf(rows.map(valueOf))
  const { marking, collection } = first
  await sql`insert into records.edges (org, fragment, ordinal, entity, kind, src, dst, valid_from, valid_to, collection, view, purpose, audience)
    select ${org}, t.fragment, t.ordinal, t.entity, t.kind, t.src, t.dst, t.valid_from, t.valid_to, ${collection}::uuid, ${marking.view}, ${marking.purpose}, ${audienceOf(first)}
    from unnest(${arrayOf(ids)}::uuid[], ${column((row) => row.ordinal)}::int[], ${column((row) => row.entity ?? 'NULL')}::text[], ${column((row) => row.kind)}::text[],
      ${column((row) => quoted(row.src))}::text[], ${column((row) => quoted(row.dst))}::text[], ${column((row) => orNull(row.validFrom))}::text[],
      ${column((row) => orNull(row.validTo))}::text[]) as t(fragment, ordinal, entity, kind, src, dst, valid_from, valid_to)`.execute(tx)
}

async function growView(tx: Tx, org: string, { view, purpose, audience }: InternedMarking): Promise<void> {
  await sql`insert into records.view_states (org, view, version, purpose, audience) values (${org}, ${view}, 1, ${purpose}, ${textArray(audience)}::text[])
    on conflict (org, view) do update set version = view_states.version + 1`.execute(tx)
}
