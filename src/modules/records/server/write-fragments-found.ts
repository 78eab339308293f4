/**
 * The rows by which fragments are found, search documents and relations, gathered as columns and written by one statement; and the records that a fragment names beside its relations,
 * by which it is found for the list of all that is held on one of them.
 * Invariants: every one of them is of one view, which stands in its keys, its words and its row; what is restricted has neither search document nor relation.
 */
import { type RawBuilder, sql } from 'kysely'
import { type EdgeRow, edgesOf, namedBeside } from './edge-rows.ts'
import { searchDocOf } from './search-doc.ts'
import { Column } from './write-columns.ts'
import { textArray } from './write-fragments-arrays.ts'
import type { OwnPart, SharedPart } from './write-fragments-rows.ts'

export class FoundRows {
  readonly #view: string
  readonly #isRestricted: boolean
  readonly #docs = {
    ids: new Column('uuid'),
    entities: new Column('text'),
    schemata: new Column('text'),
    captions: new Column('text'),
    names: new Column('text'),
    countries: new Column('text'),
    topics: new Column('text'),
    identifiers: new Column('text'),
    words: new Column('tsvector'),
    // Keys of all travel as one row of numbers, of which each document takes its part.
    keys: new Column('int4'),
    from: new Column('int4'),
    to: new Column('int4'),
  }
  readonly #edges = {
    ids: new Column('uuid'),
    ordinals: new Column('int4'),
    entities: new Column('text'),
    kinds: new Column('text'),
    sources: new Column('text'),
    targets: new Column('text'),
    since: new Column('text'),
    until: new Column('text'),
  }
  readonly #named = { ids: new Column('uuid', 0), entities: new Column('text', 0) }

  constructor(view: string, isRestricted = false) {
    this.#view = view
    this.#isRestricted = isRestricted
  }

  add(part: OwnPart): void {
    if (!this.#isRestricted) this.#addDoc(part)
    const edges = this.#isRestricted ? [] : edgesOf(part)
    this.#addEdges(part, edges)
    for (const named of namedBeside(part, edges)) {
      this.#named.ids.uuid(part.fragment)
      this.#named.entities.text(named)
    }
  }

  /** For others of the view, once these are written. */
  clear(): void {
    for (const columns of [this.#docs, this.#edges, this.#named]) for (const column of Object.values(columns)) column.clear()
  }

  #addEdges(part: OwnPart, rows: readonly EdgeRow[]): void {
    for (const row of rows) {
      this.#edges.ids.uuid(part.fragment)
      this.#edges.ordinals.int(row.ordinal)
      this.#edges.entities.text(row.entity)
      this.#edges.kinds.text(row.kind)
      this.#edges.sources.text(row.src)
      this.#edges.targets.text(row.dst)
      this.#edges.since.text(row.validFrom)
      this.#edges.until.text(row.validTo)
    }
  }

  #addDoc({ fragment, entity, schema, values }: OwnPart): void {
    const doc = searchDocOf({ schema, vals: values }, this.#view)
    if (doc === undefined) return
    const { keys } = this.#docs
    this.#docs.ids.uuid(fragment)
    this.#docs.entities.text(entity)
    this.#docs.schemata.text(schema)
    this.#docs.captions.text(doc.caption)
    this.#docs.names.text(textArray(doc.names))
    this.#docs.countries.text(textArray(doc.countries))
    this.#docs.topics.text(textArray(doc.topics))
    this.#docs.identifiers.text(textArray(doc.identifiers))
    this.#docs.words.words(doc.within, doc.words)
    this.#docs.from.int(keys.count + 1)
    for (const key of doc.keys) keys.int(key)
    this.#docs.to.int(keys.count)
  }

  insert(org: string, shared: SharedPart): RawBuilder<unknown> {
    if (this.#isRestricted) return this.#insertNamed(org, shared)
    // Hardly any fragment names a record otherwise than by a relation.
    const named = this.#named.ids.count === 0 ? sql`` : sql`, named as (${this.#insertNamed(org, shared)})`
    return sql`with docs as (${this.#insertDocs(org, shared)})${named} ${this.#insertEdges(org, shared)}`
  }

  #insertNamed(org: string, { marking }: SharedPart): RawBuilder<unknown> {
    const { ids, entities } = this.#named
    return sql`insert into records.named_in (org, entity, fragment, view, purpose, audience)
    select ${org}, t.entity, t.fragment, ${marking.view}, ${marking.purpose}, ${textArray(marking.audience)}::text[]
    from unnest(${ids.parameter()}::uuid[], ${entities.parameter()}::text[]) as t(fragment, entity)`
  }

  #insertDocs(org: string, { marking, collection, recordedFrom }: SharedPart): RawBuilder<unknown> {
    const { ids, entities, schemata, captions, names, countries, topics, identifiers, words, keys, from, to } = this.#docs
    return sql`insert into records.search_docs (org, fragment, entity, schema, collection, view, caption, names, countries, topics, identifiers, keys, words, at, purpose, audience)
    select ${org}, t.fragment, t.entity, t.schema, ${collection}::uuid, ${marking.view}, t.caption, t.names::text[], t.countries::text[], t.topics::text[], t.identifiers::text[],
      (${keys.parameter()}::int[])[t.key_from:t.key_to], t.words, ${recordedFrom}::timestamptz, ${marking.purpose}, ${textArray(marking.audience)}::text[]
    from unnest(${ids.parameter()}::uuid[], ${entities.parameter()}::text[], ${schemata.parameter()}::text[], ${captions.parameter()}::text[], ${names.parameter()}::text[],
      ${countries.parameter()}::text[], ${topics.parameter()}::text[], ${identifiers.parameter()}::text[], ${from.parameter()}::int[], ${to.parameter()}::int[], ${words.parameter()}::tsvector[])
      as t(fragment, entity, schema, caption, names, countries, topics, identifiers, key_from, key_to, words)`
  }

  #insertEdges(org: string, { marking, collection }: SharedPart): RawBuilder<unknown> {
    const { ids, ordinals, entities, kinds, sources, targets, since, until } = this.#edges
    return sql`insert into records.edges (org, fragment, ordinal, entity, kind, src, dst, valid_from, valid_to, collection, view, purpose, audience)
    select ${org}, t.fragment, t.ordinal, t.entity, t.kind, t.src, t.dst, t.valid_from, t.valid_to, ${collection}::uuid, ${marking.view}, ${marking.purpose}, ${textArray(marking.audience)}::text[]
    from unnest(${ids.parameter()}::uuid[], ${ordinals.parameter()}::int[], ${entities.parameter()}::text[], ${kinds.parameter()}::text[], ${sources.parameter()}::text[],
      ${targets.parameter()}::text[], ${since.parameter()}::text[], ${until.parameter()}::text[]) as t(fragment, ordinal, entity, kind, src, dst, valid_from, valid_to)`
  }
}
