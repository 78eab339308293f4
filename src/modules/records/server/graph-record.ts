/** A graph with what its numbers stand for: canonical ids for nodes, relations with the record that states them for edges. */
import type { Graph } from '#kernel/graph/graph.ts'
import { openSnapshot } from '#kernel/graph/snapshot.ts'
import { MOST_LAYERS } from './graph-build.ts'
import { type Relation, type RelationStore, readKey, readRelation } from './graph-columns.ts'
import { collapseAside } from './graph-thread.ts'

export interface RecordGraph {
  readonly graph: Graph
  readonly byteLength: number
  /** Undefined for a record without relations. */
  nodeOf(canonical: string): number | undefined
  idOf(node: number): string
  relationOf(edge: number): Relation
  /** Layers of these kinds that the graph has; undefined when a layer stands for several kinds, so that layers cannot tell them apart. */
  layersOf(kinds: readonly string[]): readonly number[] | undefined
}

/** `canonical`: the id that stands for each record that another one stands for. */
export async function recordGraphOf(store: RelationStore, canonical: ReadonlyMap<string, string>): Promise<RecordGraph> {
  const standsFor = standIns(store, canonical)
  const columns = store.columns()
  const { buffer, nodeOf, endOf } = await collapseAside(columns, standsFor)
  const opened = openSnapshot(buffer)
  if (!opened.ok) throw new RangeError(opened.problems.map((each) => each.message).join(' '))
  const graph = opened.value
  return {
    graph,
    byteLength: store.byteLength + buffer.byteLength + nodeOf.byteLength + endOf.byteLength,
    nodeOf: (id) => {
      const end = store.find(id)
      const node = end === undefined ? undefined : nodeOf[end]
      return node === undefined || node < 0 ? undefined : node
    },
    idOf: (node) => readKey(columns.nodeKeys, endOf[node] as number),
    relationOf: (edge) => readRelation(columns, edge),
    layersOf: (kinds) => {
      if (columns.kindNames.length > MOST_LAYERS) return undefined
      return kinds.map((kind) => columns.kindNames.indexOf(kind)).filter((layer) => layer >= 0)
    },
  }
}

function standIns(store: RelationStore, canonical: ReadonlyMap<string, string>): Int32Array {
  const merged: (readonly [number, number])[] = []
  for (const [entity, stands] of canonical) {
    const end = store.find(entity)
    if (end !== undefined) merged.push([end, store.number(stands)])
  }
  const { nodeCount } = store.columns()
  const standsFor = new Int32Array(new SharedArrayBuffer(4 * nodeCount))
  for (let end = 0; end < nodeCount; end++) standsFor[end] = end
  for (const [end, stands] of merged) standsFor[end] = stands
  return standsFor
}
