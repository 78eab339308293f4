/**
 * Relations of one fragment, by the model's declarations and no others: an edge record joins its two ends; a record that stands between others links them.
 * Made from the fragment alone, so that they can be thrown away and made again. A relation whose two ends were stated in different fragments is none.
 */
import { ENTITY_ID } from '#kernel/record/identity.ts'
import { edgeOf, isReference, linksOf, propertyOf, schemaOf } from '#kernel/record/model.ts'
import type { StoredValue } from './tables.ts'

export interface EdgeRow {
  readonly ordinal: number
  /** The record that is the relation, or stands between; null where a record itself is an end of a link. */
  readonly entity: string | null
  /** Schema of an edge record, or `Schema.property` of a link, by the schema that declares the property. */
  readonly kind: string
  readonly src: string
  readonly dst: string
  readonly validFrom: string | null
  readonly validTo: string | null
}

export interface RelatingFragment {
  readonly entity: string
  readonly schema: string
  readonly values: readonly StoredValue[]
}

/** Of one fragment: many senders and many receivers make a relation for each pair. Beyond, the writer says how many were left out. */
export const MOST_EDGES = 20_000

const NONE: readonly EdgeRow[] = []

export function edgesOf(fragment: RelatingFragment): readonly EdgeRow[] {
  return joinsOf(fragment.schema).length === 0 ? NONE : rowsOf(fragment)
}

/** How many relations the fragment has beyond those that are kept. */
export function edgesLeftOut({ schema, values }: RelatingFragment): number {
  let count = 0
  for (const { from, to } of joinsOf(schema)) count += (from === undefined ? 1 : countOf(values, from)) * countOf(values, to)
  return Math.max(0, count - MOST_EDGES)
}

const NOBODY: readonly string[] = []

/**
 * Records that the fragment names and none of these relations of it does: by a property that makes none, with the other end missing, or beyond what is kept. With the
 * relations they are all that it names.
 */
export function namedBeside({ entity, schema, values }: RelatingFragment, edges: readonly EdgeRow[]): readonly string[] {
  let named: Set<string> | undefined
  for (const [prop, value] of values)
    if (isReference(schema, prop) && value !== entity && ENTITY_ID.test(value)) {
      named ??= new Set()
      named.add(value)
    }
  if (named === undefined) return NOBODY
  for (const { src, dst } of edges) {
    named.delete(src)
    named.delete(dst)
  }
  return named.size === 0 ? NOBODY : [...named]
}

interface Join {
  readonly from: string | undefined
  readonly to: string
  readonly kind: string
}

const joins = new Map<string, readonly Join[]>()

/** What joins two records in this schema; none in most. */
function joinsOf(schema: string): readonly Join[] {
  const known = joins.get(schema)
  if (known !== undefined) return known
  const edge = edgeOf(schema)
  const made: Join[] = [
    ...(edge === undefined ? [] : [{ from: edge.source, to: edge.target, kind: schema }]),
    ...linksOf(schema).map(({ from, to }) => ({ from, to, kind: `${propertyOf(schema, to)?.owner ?? schema}.${to}` })),
  ]
  if (schemaOf(schema) !== undefined) joins.set(schema, made)
  return made
}

function rowsOf({ entity, schema, values }: RelatingFragment): readonly EdgeRow[] {
  const rows: EdgeRow[] = []
  let extent: Pick<EdgeRow, 'validFrom' | 'validTo'> | undefined
  for (const { from, to, kind } of joinsOf(schema)) {
    if (countOf(values, to) === 0) continue
    const targets = valuesOf(values, to)
    const sources = from === undefined ? [entity] : valuesOf(values, from)
    for (const src of sources)
      for (const dst of targets) {
        if (rows.length >= MOST_EDGES) return rows
        extent ??= extentOf(schema, values)
        const { validFrom, validTo } = extent
        rows.push({ ordinal: rows.length, entity: from === undefined ? null : entity, kind, src, dst, validFrom, validTo })
      }
  }
  return rows
}

function valuesOf(values: readonly StoredValue[], prop: string): readonly string[] {
  const found: string[] = []
  for (const each of values) if (each[0] === prop) found.push(each[1])
  return found
}

function countOf(values: readonly StoredValue[], prop: string): number {
  let count = 0
  for (const each of values) if (each[0] === prop) count += 1
  return count
}

/** The earliest start and the latest end that are stated; dates of unequal length compare as texts, a year before its months. */
function extentOf(schema: string, values: readonly StoredValue[]): Pick<EdgeRow, 'validFrom' | 'validTo'> {
  const extent = schemaOf(schema)?.extent
  let validFrom: string | null = null
  let validTo: string | null = null
  for (const [prop, value] of values) {
    if (extent?.start.includes(prop) === true && (validFrom === null || value < validFrom)) validFrom = value
    if (extent?.end.includes(prop) === true && (validTo === null || value > validTo)) validTo = value
  }
  return { validFrom, validTo }
}
