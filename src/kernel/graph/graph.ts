/**
 * A graph as compressed sparse rows over typed arrays: nodes and edges are dense numbers from 0, an edge keeps the number of its row in the columns it
 * was built from. Each edge stands in two rows, one for each end, so a row's length is its degree and all rows together hold 2 × edges slots; an edge
 * from a node to itself stands twice in that node's row. In a directed graph a row is first its outgoing and then its incoming slots, parted by
 * `splits`; each part is ascending in neighbour, then in edge. Nothing in a graph is changed after it is built, so that threads may share it.
 * Source: Y. Saad, "Iterative Methods for Sparse Linear Systems" (2003), section 3.4 (compressed sparse row format).
 */
export interface Graph {
  readonly isDirected: boolean
  readonly nodeCount: number
  readonly edgeCount: number
  /** First end of each edge; edges long. */
  readonly sources: Int32Array
  /** Second end of each edge; edges long. */
  readonly targets: Int32Array
  /** Kind of each edge, 0 to 255. Absent: every edge is of layer 0. */
  readonly layers: Uint8Array | undefined
  /** Finite numbers in the caller's unit. Absent: every edge weighs 1. */
  readonly weights: Float64Array | undefined
  /** First and last instant of each edge in milliseconds since 1970, both included; ∓Infinity where unknown. Absent together: always valid. */
  readonly validFrom: Float64Array | undefined
  readonly validTo: Float64Array | undefined
  /** Row of node v: slots `offsets[v]` up to, not including, `offsets[v + 1]`; nodes + 1 long. */
  readonly offsets: Int32Array
  /** Where the incoming slots of each row begin; nodes long, absent when undirected. */
  readonly splits: Int32Array | undefined
  /** The other end, for each slot; 2 × edges long. */
  readonly neighbours: Int32Array
  /** The edge, for each slot; 2 × edges long. */
  readonly edges: Int32Array
  /** All of the above in one buffer: what is cached and handed to other threads. */
  readonly buffer: ArrayBufferLike
}

/** Which slots of a row count. In an undirected graph all three are the whole row. */
export type Direction = 'out' | 'in' | 'both'

/** Slots of node v: `begins[v]` up to, not including, `ends[v]`. */
export interface Rows {
  readonly begins: Int32Array
  readonly ends: Int32Array
}

export function rowsOf(graph: Graph, direction: Direction): Rows {
  const { offsets, splits } = graph
  const next = offsets.subarray(1)
  if (splits === undefined || direction === 'both') return { begins: offsets, ends: next }
  return direction === 'out' ? { begins: offsets, ends: splits } : { begins: splits, ends: next }
}

export function reverseOf(direction: Direction): Direction {
  if (direction === 'both') return 'both'
  return direction === 'out' ? 'in' : 'out'
}

/** Throws on a number that is no node of this graph: the caller mixed up two graphs. */
export function checkNode(graph: Graph, node: number): void {
  if (!Number.isInteger(node) || node < 0 || node >= graph.nodeCount) {
    throw new RangeError(`There is no node ${node} in a graph of ${graph.nodeCount} nodes.`)
  }
}

/** Throws on a limit that limits nothing: one that is no number, or is below zero. */
export function checkLimits(limits: Readonly<Record<string, number>>): void {
  for (const [name, limit] of Object.entries(limits)) {
    if (!(limit >= 0)) throw new RangeError(`A limit is a number from 0 on; ${name} is ${limit}.`)
  }
}
