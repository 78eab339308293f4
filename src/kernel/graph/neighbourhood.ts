/**
 * The nodes within so many hops of some nodes, and the edges among them, under limits that are never silent: each node says how many of its neighbours
 * are not shown, and the answer says which limits cut it. The same question gives the same answer: nodes in order of discovery, breadth first, each
 * node's neighbours in ascending order. Expanding costs the rows of the nodes expanded, counting what is left out those of all nodes shown, together at
 * most `maxSteps` slots and, for rows too long for what remains of that, a search for each node shown.
 */
import { type EdgeFilter, type EdgeTest, edgeTest } from './edge-filter.ts'
import { checkLimits, checkNode, type Direction, type Graph, rowsOf } from './graph.ts'
import { edgesAmong } from './induced-edges.ts'

export interface NeighbourhoodLimits {
  /** Nodes shown, the starting nodes included. */
  readonly maxNodes: number
  readonly maxEdges: number
  /** New nodes that one node may bring, so that a hub does not use up all of `maxNodes`. */
  readonly maxPerNode: number
  /** Slots looked at. */
  readonly maxSteps: number
}

export interface NeighbourhoodQuery {
  readonly seeds: readonly number[]
  readonly hops: number
  readonly direction?: Direction
  readonly filter?: EdgeFilter
  readonly limits: NeighbourhoodLimits
}

export type NeighbourhoodLimit = 'nodes' | 'edges' | 'per-node' | 'steps'

export interface Neighbourhood {
  /** In order of discovery, the starting nodes first. */
  readonly nodes: Int32Array
  /** Hops of each from the nearest starting node; where a limit kept it from its place and another node brought it, by that one. */
  readonly hops: Int32Array
  /** Edges among the nodes, in whichever direction, that pass the filter. */
  readonly edges: Int32Array
  /** Edges among the nodes that are not shown because of `maxEdges`. */
  readonly edgesLeftOut: number
  /** For each node its distinct neighbours, in the direction asked for, that are not shown: beyond the last hop, or cut by a limit. */
  readonly leftOut: Int32Array
  /** From this place on, `leftOut` and `edgesLeftOut` are estimates: the steps ran out, and the slots of a row are its most possible neighbours. */
  readonly exactUpTo: number
  /** Limits that were reached: they may keep something within the hops from being shown. None: it is whole. */
  readonly cutBy: readonly NeighbourhoodLimit[]
}

export const DEFAULT_LIMITS: NeighbourhoodLimits = { maxNodes: 2000, maxEdges: 20_000, maxPerNode: 200, maxSteps: 20_000_000 }

/** Throws on nodes that are not of this graph, and on limits that do not even hold the starting nodes. */
export function neighbourhood(graph: Graph, query: NeighbourhoodQuery): Neighbourhood {
  const { limits, direction = 'both' } = query
  checkLimits({ hops: query.hops, ...limits })
  const passes = edgeTest(graph, query.filter)
  const cut = new Set<NeighbourhoodLimit>()
  const isShown = new Uint8Array((graph.nodeCount >> 3) + 1)
  const found = discover(graph, { ...query, direction, passes, isShown, cut })
  const work = { graph, nodes: found.nodes, isShown, passes, steps: limits.maxSteps - found.steps }
  const among = edgesAmong(work, limits.maxEdges)
  if (among.leftOut > 0) cut.add('edges')
  const counted = countLeftOut({ ...work, steps: work.steps - among.steps }, direction)
  const exactUpTo = Math.min(counted.exactUpTo, among.exactUpTo)
  if (among.exactUpTo < found.nodes.length) cut.add('steps')
  return {
    nodes: found.nodes,
    hops: found.hops,
    edges: among.edges,
    edgesLeftOut: among.leftOut,
    leftOut: counted.leftOut,
    exactUpTo,
    cutBy: [...cut].sort(),
  }
}

interface Discovery extends NeighbourhoodQuery {
  readonly direction: Direction
  readonly passes: EdgeTest | undefined
  readonly isShown: Uint8Array
  readonly cut: Set<NeighbourhoodLimit>
}

function discover(graph: Graph, { seeds, hops, direction, limits, passes, isShown, cut }: Discovery) {
  const { neighbours, edges } = graph
  const { begins, ends } = rowsOf(graph, direction)
  const nodes: number[] = []
  const distance: number[] = []
  const show = (node: number, hop: number): void => {
    isShown[node >> 3] = (isShown[node >> 3] as number) | (1 << (node & 7))
    nodes.push(node)
    distance.push(hop)
  }
  const isNew = (node: number): boolean => (((isShown[node >> 3] as number) >> (node & 7)) & 1) === 0
  for (const seed of seeds) {
    checkNode(graph, seed)
    if (isNew(seed)) show(seed, 0)
  }
  if (nodes.length > limits.maxNodes)
    throw new RangeError(`${nodes.length} starting nodes, but at most ${limits.maxNodes} nodes may be shown.`)
  let steps = 0
  for (let place = 0; place < nodes.length && (distance[place] as number) < hops; place++) {
    const node = nodes[place] as number
    const hop = (distance[place] as number) + 1
    const end = ends[node] as number
    let brought = 0
    for (let slot = begins[node] as number; slot < end; slot++) {
      if (steps >= limits.maxSteps) {
        cut.add('steps')
        break
      }
      steps += 1
      const neighbour = neighbours[slot] as number
      if (!isNew(neighbour) || (passes !== undefined && !passes(edges[slot] as number))) continue
      if (nodes.length >= limits.maxNodes || brought >= limits.maxPerNode) {
        // One node too many is known now; how many, the second pass counts.
        cut.add(nodes.length >= limits.maxNodes ? 'nodes' : 'per-node')
        break
      }
      show(neighbour, hop)
      brought += 1
    }
  }
  return { nodes: Int32Array.from(nodes), hops: Int32Array.from(distance), steps }
}

interface Work {
  readonly graph: Graph
  readonly nodes: Int32Array
  readonly isShown: Uint8Array
  readonly passes: EdgeTest | undefined
  readonly steps: number
}

/** Distinct neighbours that are not shown, by one look at each row; the two parts of a directed row are walked side by side. */
function countLeftOut({ graph, nodes, isShown, passes, steps }: Work, direction: Direction) {
  const { neighbours, edges, splits } = graph
  const { begins, ends } = rowsOf(graph, direction)
  const leftOut = new Int32Array(nodes.length)
  let exactUpTo = nodes.length
  let spent = 0
  for (let place = 0; place < nodes.length; place++) {
    const node = nodes[place] as number
    const begin = begins[node] as number
    const end = ends[node] as number
    if (spent + end - begin > steps) exactUpTo = Math.min(exactUpTo, place)
    if (place >= exactUpTo) {
      leftOut[place] = end - begin
      continue
    }
    spent += end - begin
    const split = direction === 'both' && splits !== undefined ? (splits[node] as number) : end
    let left = begin
    let right = split
    let last = -1
    let count = 0
    while (left < split || right < end) {
      const isLeft = right >= end || (left < split && (neighbours[left] as number) <= (neighbours[right] as number))
      const slot = isLeft ? left++ : right++
      const neighbour = neighbours[slot] as number
      if (neighbour === last || (((isShown[neighbour >> 3] as number) >> (neighbour & 7)) & 1) === 1) continue
      if (passes !== undefined && !passes(edges[slot] as number)) continue
      last = neighbour
      count += 1
    }
    leftOut[place] = count
  }
  return { leftOut, exactUpTo }
}
