/** What a graph answers on the wire: records with their captions, and one edge for each relation, however many statements say it. */
import { sql } from 'kysely'
import { commonSchema } from '#kernel/record/model.ts'
import type { GraphEdge, GraphNode } from '../contract.ts'
import { isDirectedKind } from './graph-layers.ts'
import { idArray } from './graph-read.ts'
import type { RecordGraph } from './graph-record.ts'
import type { GraphReader } from './graph-scope.ts'
import { stretchOf } from './graph-time.ts'
import { recordRows } from './record-rows.ts'

/** In the order given; a record that went while it was looked for is left out, as it would have been a moment later. */
export async function nodesOf(
  reader: GraphReader,
  entities: readonly string[],
  degrees: ReadonlyMap<string, number>,
): Promise<GraphNode[]> {
  const { tx, facts } = reader.context
  const rows = await namesOf(reader, entities)
  const others = await recordRows(
    tx,
    facts,
    entities.filter((entity) => !rows.has(entity)),
  )
  return entities.flatMap((entity) => {
    const row = rows.get(entity) ?? others.get(entity)
    if (row === undefined) return []
    return [{ entity, schema: row.schema, caption: row.caption, merged: row.merged, degree: degrees.get(entity) ?? 0 }]
  })
}

/**
 * What lists show of records that are not merged, read where searches read it: a board has many thousands, and none of their values is shown. A record of which
 * nothing is found there is left to be read whole.
 */
async function namesOf({ context, members }: GraphReader, entities: readonly string[]) {
  const single = entities.filter((entity) => !members.has(entity))
  const { rows } = await sql<{
    entity: string
    schema: string
    caption: string
  }>`select d.entity, d.schema, d.caption from records.fragments f join records.search_docs d on d.org = f.org and d.fragment = f.fragment
    where f.org = ${context.facts.authority} and f.entity = any(${idArray(single)}) and f.recorded_to is null order by d.at, d.fragment`.execute(
    context.tx,
  )
  const named = new Map<string, Pick<GraphNode, 'schema' | 'caption' | 'merged'>>()
  for (const { entity, schema, caption } of rows) {
    const before = named.get(entity)
    if (before === undefined) named.set(entity, { schema, caption, merged: 1 })
    else named.set(entity, { schema: commonSchema(before.schema, schema) ?? before.schema, caption: before.caption || caption, merged: 1 })
  }
  return named
}

interface Gathered {
  readonly record: string
  readonly kind: string
  readonly source: number
  readonly target: number
  readonly isOwnSource: boolean
  statements: number
  from: string | undefined
  to: string | undefined
}

/** Statements of one relation make one edge: the longest time that any of them says, and how many there are. In the order in which they first occur. */
export function edgesOf(reader: GraphReader, graph: RecordGraph, edges: Iterable<number>): GraphEdge[] {
  const { sources, targets } = graph.graph
  const gathered = new Map<string, Gathered>()
  for (const edge of edges) {
    const { record: stated, kind, isOwnSource, from, to } = graph.relationOf(edge)
    const record = reader.canonical.get(stated) ?? stated
    const [source, target] = [sources[edge] as number, targets[edge] as number]
    const key = `${record}${kind} ${source} ${target}`
    const found = gathered.get(key)
    if (found === undefined) {
      gathered.set(key, { record, kind, source, target, isOwnSource, statements: 1, from, to })
      continue
    }
    found.statements += 1
    found.from = earlier(found.from, from)
    found.to = later(found.to, to)
  }
  const ids = new Map<number, string>()
  const idOf = (node: number): string => {
    const known = ids.get(node)
    if (known !== undefined) return known
    const id = graph.idOf(node)
    ids.set(node, id)
    return id
  }
  return Array.from(gathered.values(), ({ record, kind, source, target, isOwnSource, statements, from, to }) => {
    const ends = { source: idOf(source), target: idOf(target) }
    return {
      edge: edgeId({ record, kind, ...ends }),
      // A link that starts at the record itself is no record of its own.
      ...(isOwnSource ? {} : { entity: record }),
      ...ends,
      kind,
      directed: isDirectedKind(kind) ?? true,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      statements,
    }
  })
}

export interface NamedEdge {
  /** The one that states it. */
  readonly record: string
  readonly kind: string
  readonly source: string
  readonly target: string
}

/** The record that states it, for a link the property, and 64 bits of each end: the same through whatever window it is looked at. */
export function edgeId({ record, kind, source, target }: NamedEdge): string {
  const property = kind.split('.')[1]
  return `${property === undefined ? record : `${record}.${property}`}:${source.slice(1, 17)}${target.slice(1, 17)}`
}

function earlier(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const [first, second] = [stretchOf(a, '').from, stretchOf(b, '').from]
  return first < second || (first === second && a <= b) ? a : b
}

function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const [first, second] = [stretchOf('', a).to, stretchOf('', b).to]
  return first > second || (first === second && a <= b) ? a : b
}
