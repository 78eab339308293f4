/**
 * The edges among given nodes. Each is found once, in the row of its source (in an undirected graph: of its lower end). A row much longer than the list
 * of nodes is not read through: each node of the list is searched in it, O(nodes × log row).
 */
import type { EdgeTest } from './edge-filter.ts'
import { type Graph, rowsOf } from './graph.ts'
import { firstAtLeast } from './row-search.ts'

export interface InducedWork {
  readonly graph: Graph
  readonly nodes: Int32Array
  /** One bit for each node of the graph: those of `nodes` are set. */
  readonly isShown: Uint8Array
  readonly passes: EdgeTest | undefined
  /** Slots that may be looked at. */
  readonly steps: number
}

export interface InducedEdges {
  readonly edges: Int32Array
  /** Found but beyond `maxEdges`. */
  readonly leftOut: number
  readonly steps: number
  /** Rows of nodes from this place on were not searched, because the steps ran out. */
  readonly exactUpTo: number
}

export function edgesAmong({ graph, nodes, isShown, passes, steps }: InducedWork, maxEdges: number): InducedEdges {
  const { neighbours, edges, isDirected } = graph
  const { begins, ends } = rowsOf(graph, 'out')
  const ascending = nodes.slice().sort()
  const perSearch = 8
  const found: number[] = []
  let leftOut = 0
  let spent = 0
  const take = (slot: number, node: number): void => {
    const edge = edges[slot] as number
    const neighbour = neighbours[slot] as number
    if (!isDirected && (neighbour < node || (neighbour === node && edges[slot - 1] === edge && slot > (begins[node] as number)))) return
    if (passes !== undefined && !passes(edge)) return
    if (found.length < maxEdges) found.push(edge)
    else leftOut += 1
  }
  for (let place = 0; place < nodes.length; place++) {
    const node = nodes[place] as number
    const begin = begins[node] as number
    const end = ends[node] as number
    const isSearched = end - begin > perSearch * nodes.length
    const cost = isSearched ? perSearch * nodes.length : end - begin
    if (spent + cost > steps) return { edges: Int32Array.from(found), leftOut, steps: spent, exactUpTo: place }
    spent += cost
    if (!isSearched) {
      for (let slot = begin; slot < end; slot++) {
        const neighbour = neighbours[slot] as number
        if ((((isShown[neighbour >> 3] as number) >> (neighbour & 7)) & 1) === 1) take(slot, node)
      }
      continue
    }
    let slot = begin
    for (const wanted of ascending) {
      slot = firstAtLeast(neighbours, wanted, { begin: slot, end })
      for (; slot < end && neighbours[slot] === wanted; slot++) take(slot, node)
    }
  }
  return { edges: Int32Array.from(found), leftOut, steps: spent, exactUpTo: nodes.length }
}
