/**
 * Core number of each node: the largest k such that the node lies in a part of the graph where everybody has k distinct neighbours. Direction, edges from a
 * node to itself and repeated edges play no part. Nodes are taken off in order of what remains of their degree, by buckets: O(nodes + edges).
 * Source: V. Batagelj, M. Zaveršnik, "An O(m) algorithm for cores decomposition of networks" (2003), arXiv cs/0310049.
 */
import { type EdgeFilter, edgeTest } from './edge-filter.ts'
import type { Graph } from './graph.ts'
import { mergedRow } from './merged-row.ts'

export function coreNumbers(graph: Graph, filter: EdgeFilter = {}): Int32Array {
  const { nodeCount } = graph
  const distinct = distinctNeighbours(graph, filter)
  const cores = new Int32Array(nodeCount)
  let most = 0
  for (let node = 0; node < nodeCount; node++) {
    const degree = distinct.read(node)
    cores[node] = degree
    if (degree > most) most = degree
  }
  // Nodes in order of degree; `starts` says where each degree begins, `places` where each node stands.
  const starts = new Int32Array(most + 2)
  for (let node = 0; node < nodeCount; node++) (starts[(cores[node] as number) + 1] as number)++
  for (let degree = 0; degree <= most; degree++) starts[degree + 1] = (starts[degree + 1] as number) + (starts[degree] as number)
  const order = new Int32Array(nodeCount)
  const places = new Int32Array(nodeCount)
  const fill = starts.slice()
  for (let node = 0; node < nodeCount; node++) {
    const place = (fill[cores[node] as number] as number)++
    order[place] = node
    places[node] = place
  }
  for (let index = 0; index < nodeCount; index++) {
    const node = order[index] as number
    const core = cores[node] as number
    const count = distinct.read(node)
    const found = distinct.found()
    for (let at = 0; at < count; at++) {
      const neighbour = found[at] as number
      const degree = cores[neighbour] as number
      if (degree <= core) continue
      // The neighbour changes places with the first of its degree and so joins the degree below.
      const place = places[neighbour] as number
      const firstPlace = starts[degree] as number
      const first = order[firstPlace] as number
      order[place] = first
      places[first] = place
      order[firstPlace] = neighbour
      places[neighbour] = firstPlace
      starts[degree] = firstPlace + 1
      cores[neighbour] = degree - 1
    }
  }
  return cores
}

/** Distinct neighbours of a node, without itself, ascending. */
function distinctNeighbours(graph: Graph, filter: EdgeFilter) {
  const { neighbours, edges } = graph
  const passes = edgeTest(graph, filter)
  const row = mergedRow(graph, 'both')
  let found = new Int32Array(64)
  return {
    found: () => found,
    read(node: number): number {
      const length = row.read(node)
      const slots = row.slots()
      if (length > found.length) found = new Int32Array(slots.length)
      let count = 0
      let last = node
      for (let index = 0; index < length; index++) {
        const slot = slots[index] as number
        const neighbour = neighbours[slot] as number
        if (neighbour === node || neighbour === last || (passes !== undefined && !passes(edges[slot] as number))) continue
        found[count++] = neighbour
        last = neighbour
      }
      return count
    },
  }
}
