/**
 * The rows of fragments that share all that is not the record's own: fragments, what they are found by and their relations. They travel as columns, in two statements,
 * so that the store has work while the rows of the second are made. Invariant: what is not found has neither search document nor relation.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { edgesOf } from './edge-rows.ts'
import { searchDocOf } from './search-doc.ts'
import { Column } from './write-columns.ts'
import type { NewFragment } from './write-fragments.ts'
import { textArray } from './write-fragments-arrays.ts'

/** Fragments of one turn: others of this process wait no longer than they take. */
const TURN = 100

export async function insertRows(tx: Tx, org: string, fragments: readonly NewFragment[]): Promise<void> {
  const [first] = fragments
  if (first === undefined) return
  // What is restricted is kept and shown on its page, and is neither found nor drawn.
  const found = first.restricted === true ? [] : fragments
  const inserted = insertFragments(org, first, fragments).execute(tx)
  inserted.catch(() => undefined)
  const docs = await insertDocs(org, first, found)
  const edges = insertEdges(org, first, found)
  await inserted
  await sql`with docs as (${docs}) ${edges}`.execute(tx)
}

function insertFragments(org: string, first: NewFragment, fragments: readonly NewFragment[]): RawBuilder<unknown> {
  const [ids, entities, schemata] = [new Column('uuid'), new Column('text'), new Column('text')]
  const [external, lines, vals] = [new Column('text'), new Column('int4'), new Column('text')]
  const [contexts, supersedes] = [new Column('text'), new Column('uuid')]
  for (const each of fragments) {
    ids.uuid(each.fragment)
    entities.text(each.entity)
    schemata.text(each.schema)
    external.text(each.externalId)
    lines.int(each.line)
    vals.text(JSON.stringify(each.values))
    contexts.text(each.context === undefined ? undefined : JSON.stringify(each.context))
    supersedes.uuid(each.supersedes)
  }
  const { collection, marking, recordedFrom, reviewAt, eraseAt, restricted = false } = first
  return sql`insert into records.fragments (org, fragment, entity, schema, collection, external_id, import, line, vals, context, marking, recorded_from, supersedes, review_at, erase_at,
      restricted, purpose, audience)
    select ${org}, t.fragment, t.entity, t.schema, ${collection}::uuid, t.external_id, ${first.import ?? null}::uuid, t.line, t.vals::jsonb, t.context::jsonb, ${marking.marking},
      ${recordedFrom}::timestamptz, t.supersedes, ${reviewAt}::timestamptz, ${eraseAt}::timestamptz, ${restricted}::boolean, ${marking.purpose}, ${audienceOf(first)}
    from unnest(${ids.parameter()}::uuid[], ${entities.parameter()}::text[], ${schemata.parameter()}::text[], ${external.parameter()}::text[],
      ${lines.parameter()}::int[], ${vals.parameter()}::text[], ${contexts.parameter()}::text[], ${supersedes.parameter()}::uuid[])
      as t(fragment, entity, schema, external_id, line, vals, context, supersedes)`
}

/** Keys of all travel as one row of numbers, of which each document takes its part. */
async function insertDocs(org: string, first: NewFragment, fragments: readonly NewFragment[]): Promise<RawBuilder<unknown>> {
  const [ids, entities, schemata] = [new Column('uuid'), new Column('text'), new Column('text')]
  const [captions, names, identifiers] = [new Column('text'), new Column('text'), new Column('text')]
  const [countries, topics, words] = [new Column('text'), new Column('text'), new Column('text')]
  const [keys, from, to] = [new Column('int4'), new Column('int4'), new Column('int4')]
  const { marking, collection, recordedFrom } = first
  for (const [index, each] of fragments.entries()) {
    if (index % TURN === TURN - 1) await nextTurn()
    const doc = each.doc ?? searchDocOf({ schema: each.schema, vals: each.values }, marking.view)
    if (doc === undefined) continue
    ids.uuid(each.fragment)
    entities.text(each.entity)
    schemata.text(each.schema)
    captions.text(doc.caption)
    names.text(textArray(doc.names))
    countries.text(textArray(doc.countries))
    topics.text(textArray(doc.topics))
    identifiers.text(textArray(doc.identifiers))
    words.text(doc.words)
    from.int(keys.count + 1)
    for (const key of doc.keys) keys.int(key)
    to.int(keys.count)
  }
  return sql`insert into records.search_docs (org, fragment, entity, schema, collection, view, caption, names, countries, topics, identifiers, keys, words, at, purpose, audience)
    select ${org}, t.fragment, t.entity, t.schema, ${collection}::uuid, ${marking.view}, t.caption, t.names::text[], t.countries::text[], t.topics::text[], t.identifiers::text[],
      (${keys.parameter()}::int[])[t.key_from:t.key_to], t.words::tsvector, ${recordedFrom}::timestamptz, ${marking.purpose}, ${audienceOf(first)}
    from unnest(${ids.parameter()}::uuid[], ${entities.parameter()}::text[], ${schemata.parameter()}::text[], ${captions.parameter()}::text[], ${names.parameter()}::text[],
      ${countries.parameter()}::text[], ${topics.parameter()}::text[], ${identifiers.parameter()}::text[], ${from.parameter()}::int[], ${to.parameter()}::int[], ${words.parameter()}::text[])
      as t(fragment, entity, schema, caption, names, countries, topics, identifiers, key_from, key_to, words)`
}

function insertEdges(org: string, first: NewFragment, fragments: readonly NewFragment[]): RawBuilder<unknown> {
  const [ids, ordinals, entities] = [new Column('uuid'), new Column('int4'), new Column('text')]
  const [kinds, sources, targets] = [new Column('text'), new Column('text'), new Column('text')]
  const [since, until] = [new Column('text'), new Column('text')]
  for (const each of fragments)
    for (const row of edgesOf(each)) {
      ids.uuid(each.fragment)
      ordinals.int(row.ordinal)
      entities.text(row.entity)
      kinds.text(row.kind)
      sources.text(row.src)
      targets.text(row.dst)
      since.text(row.validFrom)
      until.text(row.validTo)
    }
  const { marking, collection } = first
  return sql`insert into records.edges (org, fragment, ordinal, entity, kind, src, dst, valid_from, valid_to, collection, view, purpose, audience)
    select ${org}, t.fragment, t.ordinal, t.entity, t.kind, t.src, t.dst, t.valid_from, t.valid_to, ${collection}::uuid, ${marking.view}, ${marking.purpose}, ${audienceOf(first)}
    from unnest(${ids.parameter()}::uuid[], ${ordinals.parameter()}::int[], ${entities.parameter()}::text[], ${kinds.parameter()}::text[], ${sources.parameter()}::text[],
      ${targets.parameter()}::text[], ${since.parameter()}::text[], ${until.parameter()}::text[]) as t(fragment, ordinal, entity, kind, src, dst, valid_from, valid_to)`
}

export function audienceOf({ marking }: NewFragment): RawBuilder<unknown> {
  return sql`${textArray(marking.audience)}::text[]`
}
