/**
 * What expanding a node would bring, before it is expanded: distinct neighbours and edges by layer and direction ("37 more"). O(row of the node).
 * Edges from a node to itself are counted apart: they bring no neighbour.
 */
import { type EdgeFilter, edgeTest } from './edge-filter.ts'
import { checkNode, type Graph } from './graph.ts'
import { mergedRow } from './merged-row.ts'

export interface CountGroup {
  readonly layer: number
  /** `both` in an undirected graph. */
  readonly direction: 'out' | 'in' | 'both'
  readonly edges: number
  /** Distinct nodes; one that is joined on two layers or in both directions counts in each of those groups. */
  readonly neighbours: number
}

export interface NeighbourCounts {
  /** Distinct nodes over all groups. */
  readonly neighbours: number
  readonly edges: number
  readonly loops: number
  /** Ascending in layer, outgoing before incoming; groups without edges are left out. */
  readonly groups: readonly CountGroup[]
}

export function neighbourCounts(graph: Graph, node: number, filter: EdgeFilter = {}): NeighbourCounts {
  checkNode(graph, node)
  const { neighbours, edges, layers, splits } = graph
  const passes = edgeTest(graph, filter)
  const row = mergedRow(graph, 'both')
  const count = row.read(node)
  const slots = row.slots()
  const incoming = splits === undefined ? graph.edges.length : (splits[node] as number)
  // Two tallies for each layer: outgoing (or undirected) at 2 × layer, incoming at 2 × layer + 1.
  const edgeTally = new Int32Array(512)
  const nodeTally = new Int32Array(512)
  const lastIn = new Int32Array(512).fill(-1)
  let distinct = 0
  let last = -1
  let loopEnds = 0
  for (let index = 0; index < count; index++) {
    const slot = slots[index] as number
    const edge = edges[slot] as number
    if (passes !== undefined && !passes(edge)) continue
    const neighbour = neighbours[slot] as number
    if (neighbour === node) {
      loopEnds += 1
      continue
    }
    const key = 2 * (layers === undefined ? 0 : (layers[edge] as number)) + (slot >= incoming ? 1 : 0)
    ;(edgeTally[key] as number)++
    if (lastIn[key] !== neighbour) (nodeTally[key] as number)++
    lastIn[key] = neighbour
    if (last !== neighbour) distinct += 1
    last = neighbour
  }
  const groups: CountGroup[] = []
  let total = loopEnds / 2
  for (let key = 0; key < 512; key++) {
    const found = edgeTally[key] as number
    if (found === 0) continue
    total += found
    const direction = splits === undefined ? 'both' : key % 2 === 0 ? 'out' : 'in'
    groups.push({ layer: key >> 1, direction, edges: found, neighbours: nodeTally[key] as number })
  }
  return { neighbours: distinct, edges: total, loops: loopEnds / 2, groups }
}
