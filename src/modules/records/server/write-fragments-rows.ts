/**
 * The rows of fragments that share all that is not the record's own: fragments, what they are found by and their relations. They are gathered as columns, one for each value
 * of a row, and travel in two statements, so that the store has work while the rows of the second are made.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { briefOf } from './brief-values.ts'
import type { StoredValue } from './tables.ts'
import { Column } from './write-columns.ts'
import type { NewFragment } from './write-fragments.ts'
import { textArray } from './write-fragments-arrays.ts'
import { FoundRows } from './write-fragments-found.ts'

/** Fragments of one turn: others of this process wait no longer than they take. */
const TURN = 100

/** What a fragment has of its own. */
export interface OwnPart extends Pick<NewFragment, 'entity' | 'schema' | 'externalId' | 'line' | 'values' | 'context' | 'supersedes'> {
  /** As text or as bytes. */
  readonly fragment: string | Readonly<Uint8Array>
}

/** What all that are written together have alike. */
export type SharedPart = Pick<
  NewFragment,
  'collection' | 'import' | 'run' | 'marking' | 'recordedFrom' | 'reviewAt' | 'eraseAt' | 'restricted'
>

export async function insertRows(tx: Tx, org: string, fragments: readonly NewFragment[]): Promise<void> {
  const [first] = fragments
  if (first === undefined) return
  const rows = new FragmentRows()
  for (const each of fragments) rows.add(each)
  const inserted = rows.insert(org, first).execute(tx)
  inserted.catch(() => undefined)
  const found = new FoundRows(first.marking.view, first.restricted)
  for (const [index, each] of fragments.entries()) {
    if (index % TURN === TURN - 1) await nextTurn()
    found.add(each)
  }
  await inserted
  await found.insert(org, first).execute(tx)
}

export class FragmentRows {
  readonly #columns = {
    ids: new Column('uuid'),
    entities: new Column('text'),
    schemata: new Column('text'),
    external: new Column('text'),
    lines: new Column('int4'),
    vals: new Column('text'),
    briefs: new Column('text', 0),
    contexts: new Column('text'),
    supersedes: new Column('uuid'),
  }

  add(part: OwnPart): void {
    const { ids, entities, schemata, external, lines, vals, briefs, contexts, supersedes } = this.#columns
    const said = JSON.stringify(part.values)
    ids.uuid(part.fragment)
    entities.text(part.entity)
    schemata.text(part.schema)
    external.text(part.externalId)
    lines.int(part.line)
    vals.text(said)
    briefs.text(briefOf(part, said))
    contexts.text(part.context === undefined ? undefined : JSON.stringify(part.context))
    supersedes.uuid(part.supersedes)
  }

  /** For others, once these are written. */
  clear(): void {
    for (const column of Object.values(this.#columns)) column.clear()
  }

  /** What the sources of the fragments said, read from the rows again. */
  said(): readonly Pick<OwnPart, 'entity' | 'schema' | 'externalId' | 'values' | 'context'>[] {
    const columns = this.#columns
    const [entities, schemata, external] = [columns.entities.texts(), columns.schemata.texts(), columns.external.texts()]
    const [vals, contexts] = [columns.vals.texts(), columns.contexts.texts()]
    return entities.map((entity, at) => ({
      entity: entity ?? '',
      schema: schemata[at] ?? '',
      externalId: external[at] ?? '',
      values: JSON.parse(vals[at] ?? '[]') as StoredValue[],
      context: JSON.parse(contexts[at] ?? 'null') ?? undefined,
    }))
  }

  insert(org: string, shared: SharedPart): RawBuilder<unknown> {
    const { collection, marking, recordedFrom, reviewAt, eraseAt, restricted = false } = shared
    const { ids, entities, schemata, external, lines, vals, briefs, contexts, supersedes } = this.#columns
    return sql`insert into records.fragments (org, fragment, entity, schema, collection, external_id, import, run, line, vals, brief, context, marking, recorded_from, supersedes, review_at, erase_at,
      restricted, purpose, audience)
    select ${org}, t.fragment, t.entity, t.schema, ${collection}::uuid, t.external_id, ${shared.import ?? null}::uuid, ${shared.run ?? null}::int, t.line, t.vals::jsonb, t.brief::jsonb, t.context::jsonb, ${marking.marking},
      ${recordedFrom}::timestamptz, t.supersedes, ${reviewAt}::timestamptz, ${eraseAt}::timestamptz, ${restricted}::boolean, ${marking.purpose}, ${textArray(marking.audience)}::text[]
    from unnest(${ids.parameter()}::uuid[], ${entities.parameter()}::text[], ${schemata.parameter()}::text[], ${external.parameter()}::text[],
      ${lines.parameter()}::int[], ${vals.parameter()}::text[], ${briefs.parameter()}::text[], ${contexts.parameter()}::text[], ${supersedes.parameter()}::uuid[])
      as t(fragment, entity, schema, external_id, line, vals, brief, context, supersedes)`
  }
}
