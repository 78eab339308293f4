/**
 * Fragments as lines of FollowTheMoney: entities under the ids of their source, so that the file that comes out reads like the one that went in; or statements,
 * each with its marking, times and place. Reading what was printed into an empty collection gives the same statements.
 * A reference to a record that the reader may not see is left out, unless the own desk made the statement.
 */
import { sql } from 'kysely'
import type { RecordEntity } from '#kernel/record/entity.ts'
import { printEntityLine } from '#kernel/record/ftm-lines.ts'
import { isReference } from '#kernel/record/model.ts'
import { toPlain } from '#kernel/record/plain-ftm.ts'
import { printStatementLine, type StatementLine } from '#kernel/record/statement-line.ts'
import type { Json } from '#kernel/seal/canonical-json.ts'
import type { Tx } from '#platform/store/database.ts'
import type { DeskFacts } from './clusters.ts'
import type { ReadableFragment } from './read-fragments-readable.ts'
import { numbered } from './read-fragments-view.ts'
import type { StoredValue } from './tables.ts'
import { textArray } from './write-fragments-arrays.ts'

/**
 * Fragments of one collection whose references name records of it by the ids that their lines have: those that were typed in or corrected had only our own.
 * A record of another collection keeps the id that it has here.
 */
export async function withOutsideNames(
  tx: Tx,
  { authority }: DeskFacts,
  fragments: readonly ReadableFragment[],
): Promise<readonly ReadableFragment[]> {
  const [first] = fragments
  const nameless = ({ schema, values }: ReadableFragment): readonly StoredValue[] =>
    values.filter(([prop, , , , , , said]) => (said ?? undefined) === undefined && isReference(schema, prop))
  const named = new Set(fragments.flatMap(nameless).map(([, entity]) => entity))
  if (first === undefined || named.size === 0) return fragments
  const { rows } = await sql<{ entity: string; external_id: string }>`select distinct on (entity) entity, external_id from records.fragments
    where org = ${authority} and collection = ${first.collection}::uuid and entity = any(${textArray([...named])}::text[]) and recorded_to is null and external_id <> ''
    order by entity, fragment`.execute(tx)
  const names = new Map(rows.map((row) => [row.entity, row.external_id]))
  return fragments.map((fragment) => {
    const own = new Set(nameless(fragment))
    if (own.size === 0) return fragment
    const values = fragment.values.map((stated): StoredValue => {
      const [prop, value, pointer = null, from = null, to = null, lang = null] = stated
      const name = own.has(stated) ? names.get(value) : undefined
      return name === undefined ? stated : [prop, value, pointer, from, to, lang, name]
    })
    return { ...fragment, values }
  })
}

export function entityLine(fragment: ReadableFragment): string {
  return printEntityLine(toPlain(entityOf(fragment)))
}

/** Under the ids of the source; a record typed in has none but its own. */
function entityOf({ entity, schema, externalId, values, context = {} }: ReadableFragment): RecordEntity {
  const properties: Record<string, string[]> = {}
  for (const stated of values) {
    const [prop] = stated
    const list = properties[prop]
    if (list === undefined) properties[prop] = [outsideValue(stated)]
    else list.push(outsideValue(stated))
  }
  const { datasets, ...beside } = context
  return {
    id: externalId === '' ? entity : externalId,
    schema,
    properties,
    ...(Array.isArray(datasets) ? { datasets: datasets.map(String) } : {}),
    context: beside as Readonly<Record<string, Json>>,
  }
}

function outsideValue([, value, , , , , said]: StoredValue): string {
  return said ?? value
}

/** One line for each statement; `canonical` is the id that stands for the record to this reader. */
export function statementLines(fragment: ReadableFragment, canonical: string): readonly string[] {
  const { body, externalId, entity, schema, collection, recordedFrom, import: source, line, reviewAt, eraseAt, supersedes } = fragment
  const entityId = externalId === '' ? entity : externalId
  // The same in each line of the fragment, and most of it: written once.
  const shared = JSON.stringify({
    record: entity,
    source: { import: source ?? null, line: line ?? null, title: fragment.title },
    marking: { ...body, reviewAt: reviewAt.toISOString(), eraseAt: eraseAt.toISOString() },
    restricted: fragment.restricted,
    supersedes: supersedes ?? null,
  }).slice(0, -1)
  const print = (statement: StatementLine) => `${shared},${printStatementLine(statement).slice(1)}`
  const exists = print({
    id: fragment.fragment,
    entityId,
    canonicalId: canonical,
    schema,
    property: 'id',
    value: entityId,
    dataset: collection,
    firstSeen: recordedFrom.toISOString(),
    context: { context: (fragment.context ?? null) as Json },
  })
  const values = Array.from(numbered(schema, fragment.values), ([ordinal, stated]) => {
    const [prop, value, pointer, from, to, lang] = stated
    return print({
      id: `${fragment.fragment}/${ordinal}`,
      entityId,
      canonicalId: canonical,
      schema,
      property: prop,
      value: outsideValue(stated),
      dataset: collection,
      ...(lang === undefined || lang === null ? {} : { lang }),
      firstSeen: recordedFrom.toISOString(),
      context: {
        ...(value === outsideValue(stated) ? {} : { value_record: value }),
        ...(pointer === undefined || pointer === null ? {} : { pointer }),
        ...(from === undefined || from === null ? {} : { valid_from: from }),
        ...(to === undefined || to === null ? {} : { valid_to: to }),
      },
    })
  })
  return [exists, ...values]
}
