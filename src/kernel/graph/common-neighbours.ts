/**
 * Nodes that are joined to every one of some nodes, as "who do these two have in common?". The shortest row is read through and each of its neighbours
 * is searched in the others: O(shortest row × nodes × log longest row).
 */
import { type EdgeFilter, type EdgeTest, edgeTest } from './edge-filter.ts'
import { checkLimits, checkNode, type Direction, type Graph, rowsOf } from './graph.ts'
import { mergedRow } from './merged-row.ts'
import { firstAtLeast } from './row-search.ts'

export interface CommonQuery {
  readonly direction?: Direction
  readonly filter?: EdgeFilter
  readonly maxNodes: number
}

export interface CommonNeighbours {
  /** Ascending; none of the nodes asked about. */
  readonly nodes: Int32Array
  /** How many there are, shown or not. */
  readonly total: number
}

/** Throws on fewer than two distinct nodes: everything is common to one. */
export function commonNeighbours(graph: Graph, of: readonly number[], query: CommonQuery): CommonNeighbours {
  const { direction = 'both', filter, maxNodes } = query
  checkLimits({ maxNodes })
  const asked = new Set(of)
  if (asked.size < 2) throw new RangeError('Common neighbours need two distinct nodes.')
  for (const node of asked) checkNode(graph, node)
  const { begins, ends } = rowsOf(graph, direction)
  const passes = edgeTest(graph, filter)
  const rowLength = (node: number): number => (ends[node] as number) - (begins[node] as number)
  const [shortest = 0, ...others] = [...asked].sort((a, b) => rowLength(a) - rowLength(b) || a - b)
  const isJoined = others.map((node) => searchIn(graph, passes, runsOf(graph, node, direction)))
  const row = mergedRow(graph, direction)
  const count = row.read(shortest)
  const slots = row.slots()
  const nodes: number[] = []
  let total = 0
  let last = -1
  for (let index = 0; index < count; index++) {
    const slot = slots[index] as number
    const neighbour = graph.neighbours[slot] as number
    if (neighbour === last || asked.has(neighbour) || (passes !== undefined && !passes(graph.edges[slot] as number))) continue
    last = neighbour
    if (!isJoined.every((joins) => joins(neighbour))) continue
    total += 1
    if (nodes.length < maxNodes) nodes.push(neighbour)
  }
  return { nodes: Int32Array.from(nodes), total }
}

interface Run {
  begin: number
  readonly end: number
}

/** The ascending parts of a row. */
function runsOf({ offsets, splits }: Graph, node: number, direction: Direction): Run[] {
  const begin = offsets[node] as number
  const end = offsets[node + 1] as number
  if (splits === undefined) return [{ begin, end }]
  const split = splits[node] as number
  const runs = { out: [{ begin, end: split }], in: [{ begin: split, end }] }
  return direction === 'both' ? [...runs.out, ...runs.in] : runs[direction]
}

/** Asked in ascending order, so each search goes on where the last one ended. */
function searchIn({ neighbours, edges }: Graph, passes: EdgeTest | undefined, runs: Run[]): (wanted: number) => boolean {
  return (wanted) =>
    runs.some((run) => {
      run.begin = firstAtLeast(neighbours, wanted, run)
      for (let slot = run.begin; slot < run.end && neighbours[slot] === wanted; slot++) {
        if (passes === undefined || passes(edges[slot] as number)) return true
      }
      return false
    })
}
