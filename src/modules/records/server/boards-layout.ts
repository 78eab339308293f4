/**
 * A board as one reader may see it. Records that were merged since share the first of their places; relations that were taken off the board are named only
 * when the reader sees them, because the name of a relation holds the id of a record.
 */
import type { BoardLayout } from '../contract.ts'
import { edgeName } from './graph-answer.ts'
import { createRelationStore, readRelation } from './graph-columns.ts'
import { seedsOf } from './graph-expand.ts'
import { readStatedBy } from './graph-read.ts'
import type { GraphReader } from './graph-scope.ts'

export async function readableLayout(reader: GraphReader, layout: BoardLayout): Promise<BoardLayout> {
  const visible = new Set(
    await seedsOf(
      reader,
      layout.nodes.map((node) => node.entity),
    ),
  )
  const placed = new Map<string, BoardLayout['nodes'][number]>()
  for (const node of layout.nodes) {
    const entity = reader.canonical.get(node.entity) ?? node.entity
    if (visible.has(entity) && !placed.has(entity)) placed.set(entity, { ...node, entity })
  }
  return { ...layout, nodes: [...placed.values()], hidden: await readableEdges(reader, layout.hidden) }
}

const RECORD = /^r[0-9a-f]{32}(?=[.:])/

async function readableEdges(reader: GraphReader, hidden: readonly string[]): Promise<string[]> {
  const records = new Set(hidden.flatMap((edge) => RECORD.exec(edge)?.[0] ?? []))
  const asked = [...records].flatMap((record) => reader.members.get(record) ?? [record])
  const store = createRelationStore()
  const lines = await readStatedBy(reader.context.tx, reader.scope, asked)
  store.add(lines.map((line) => line.split('\t')))
  const columns = store.columns()
  const known = new Set<string>()
  for (let edge = 0; edge < columns.edgeCount; edge++) {
    const relation = readRelation(columns, edge)
    const record = reader.canonical.get(relation.record) ?? relation.record
    known.add(`${edgeName(record, relation.kind)}:${relation.ends}`)
  }
  return hidden.filter((edge) => known.has(edge))
}
