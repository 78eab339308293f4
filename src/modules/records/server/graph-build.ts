/**
 * From relations to a graph: merged records become one node, nodes are numbered in the order of their ids, so that whichever part of the relations a graph
 * is made from, the same question is answered in the same order. O(nodes + relations); runs in a thread of its own when there are many.
 * Source of the ordering: D. E. Knuth, "The Art of Computer Programming" volume 3, section 5.2.5 (sorting by distribution).
 */
import { allocateShared, buildGraph } from '#kernel/graph/csr.ts'
import type { RelationColumns } from './graph-columns.ts'

/** More kinds than layers: the last layer stands for all the others. */
export const MOST_LAYERS = 256

export interface Collapsed {
  /** A graph snapshot (`#kernel/graph/snapshot.ts`). */
  readonly buffer: ArrayBufferLike
  /** Node of each numbered end; −1 for one that another stands for or that has no relation. */
  readonly nodeOf: Int32Array
  /** Number of the end that each node is. */
  readonly endOf: Int32Array
}

/** `standsFor`: for each numbered end the number of the one that stands for it. */
export function collapse(columns: RelationColumns, standsFor: Int32Array): Collapsed {
  const { nodeCount, nodeKeys, edgeCount, sources, targets, kinds, from, to } = columns
  const isNode = new Uint8Array(nodeCount)
  for (let edge = 0; edge < edgeCount; edge++) {
    isNode[standsFor[sources[edge] as number] as number] = 1
    isNode[standsFor[targets[edge] as number] as number] = 1
  }
  const endOf = inOrderOfKeys(nodeKeys, isNode)
  const rank = new Int32Array(new SharedArrayBuffer(4 * nodeCount)).fill(-1)
  for (let node = 0; node < endOf.length; node++) rank[endOf[node] as number] = node
  const nodeSources = new Int32Array(edgeCount)
  const nodeTargets = new Int32Array(edgeCount)
  const layers = new Uint8Array(edgeCount)
  for (let edge = 0; edge < edgeCount; edge++) {
    nodeSources[edge] = rank[standsFor[sources[edge] as number] as number] as number
    nodeTargets[edge] = rank[standsFor[targets[edge] as number] as number] as number
    layers[edge] = Math.min(kinds[edge] as number, MOST_LAYERS - 1)
  }
  const built = buildGraph(
    { nodeCount: endOf.length, sources: nodeSources, targets: nodeTargets, layers, validity: { from, to } },
    { isDirected: false, allocate: allocateShared },
  )
  if (!built.ok) throw new RangeError(built.problems.map((each) => `${each.at}: ${each.message}`).join(' '))
  for (let end = 0; end < nodeCount; end++) rank[end] = rank[standsFor[end] as number] as number
  return { buffer: built.value.buffer, nodeOf: rank, endOf }
}

/** Marked places, ascending in their four words: one stable pass for every 16 bits, the last first. */
function inOrderOfKeys(keys: Uint32Array, isMarked: Uint8Array): Int32Array {
  let order: Int32Array = placesOf(isMarked)
  let next: Int32Array = new Int32Array(new SharedArrayBuffer(4 * order.length))
  const counts = new Int32Array(65_537)
  for (let pass = 7; pass >= 0; pass--) {
    const digit = (place: number): number => ((keys[4 * place + (pass >> 1)] as number) >>> (pass % 2 === 0 ? 16 : 0)) & 0xffff
    counts.fill(0)
    for (const place of order) (counts[digit(place) + 1] as number)++
    for (let value = 0; value < 65_536; value++) counts[value + 1] = (counts[value + 1] as number) + (counts[value] as number)
    for (const place of order) next[(counts[digit(place)] as number)++] = place
    const sorted = next
    next = order
    order = sorted
  }
  return order
}

function placesOf(isMarked: Uint8Array): Int32Array {
  let count = 0
  for (const mark of isMarked) count += mark
  const places = new Int32Array(new SharedArrayBuffer(4 * count))
  let at = 0
  for (let place = 0; place < isMarked.length; place++) if (isMarked[place] === 1) places[at++] = place
  return places
}
