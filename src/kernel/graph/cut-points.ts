/**
 * Bridges and articulation points, whichever way edges point: the edges and nodes whose loss parts a component. Two edges between the same nodes are no
 * bridge; an edge from a node to itself plays no part. Depth-first search with a stack of its own, O(nodes + edges): long paths do no harm.
 * Source: J. Hopcroft, R. Tarjan, "Algorithm 447: efficient algorithms for graph manipulation", Communications of the ACM 16 (1973).
 */
import { type EdgeFilter, edgeTest } from './edge-filter.ts'
import type { Graph } from './graph.ts'

export interface CutPoints {
  /** Edges, ascending. */
  readonly bridges: Int32Array
  /** Nodes, ascending. */
  readonly articulationPoints: Int32Array
}

export function cutPointsOf(graph: Graph, filter: EdgeFilter = {}): CutPoints {
  const { nodeCount, edgeCount, offsets, neighbours, edges } = graph
  const passes = edgeTest(graph, filter)
  const entered = new Int32Array(nodeCount)
  const lowest = new Int32Array(nodeCount)
  const enteredBy = new Int32Array(nodeCount).fill(-1)
  const cursors = offsets.slice(0, nodeCount)
  const stack = new Int32Array(nodeCount)
  const isCut = new Uint8Array(nodeCount)
  const isBridge = new Uint8Array(edgeCount)
  let clock = 0
  for (let root = 0; root < nodeCount; root++) {
    if (entered[root] !== 0) continue
    let depth = 0
    let branches = 0
    stack[0] = root
    entered[root] = lowest[root] = ++clock
    while (depth >= 0) {
      const node = stack[depth] as number
      const slot = cursors[node] as number
      if (slot < (offsets[node + 1] as number)) {
        cursors[node] = slot + 1
        const edge = edges[slot] as number
        const neighbour = neighbours[slot] as number
        if (edge === enteredBy[node] || neighbour === node || (passes !== undefined && !passes(edge))) continue
        const seen = entered[neighbour] as number
        if (seen === 0) {
          entered[neighbour] = lowest[neighbour] = ++clock
          enteredBy[neighbour] = edge
          stack[++depth] = neighbour
        } else if (seen < (lowest[node] as number)) {
          lowest[node] = seen
        }
        continue
      }
      depth -= 1
      if (depth < 0) break
      const above = stack[depth] as number
      const reach = lowest[node] as number
      if (reach < (lowest[above] as number)) lowest[above] = reach
      if (reach > (entered[above] as number)) isBridge[enteredBy[node] as number] = 1
      if (above === root) branches += 1
      else if (reach >= (entered[above] as number)) isCut[above] = 1
    }
    if (branches > 1) isCut[root] = 1
  }
  return { bridges: placesOf(isBridge), articulationPoints: placesOf(isCut) }
}

function placesOf(marks: Uint8Array): Int32Array {
  const places: number[] = []
  for (let place = 0; place < marks.length; place++) if (marks[place] === 1) places.push(place)
  return Int32Array.from(places)
}
