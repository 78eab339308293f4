/**
 * Breadth-first search from both ends at once, with nodes and first hops barred: what shortest and further paths are made of. The side with fewer slots ahead
 * goes on; the first meeting ends a shortest path, because a node met within the other side would have been met a level earlier. Memory grows with
 * what is touched and is kept between searches.
 * Source: I. Pohl, "Bi-directional search", Machine Intelligence 6 (1971).
 */
import type { EdgeTest } from './edge-filter.ts'
import { type Direction, type Graph, reverseOf, rowsOf } from './graph.ts'
import { createNodeMarks } from './node-marks.ts'

export interface GraphPath {
  /** From the first to the last, both included. */
  readonly nodes: Int32Array
  /** One edge for each hop: the first in the row that passes the filter. */
  readonly edges: Int32Array
}

export interface Search {
  readonly from: number
  readonly to: number
  /** Most hops. */
  readonly maxHops: number
  /** Slots that may be looked at. */
  readonly maxSteps: number
  /** Nodes that the path may not touch. */
  readonly barredNodes?: Iterable<number>
  /** Nodes that the path may not go to from `from`. */
  readonly barredHops?: ReadonlySet<number>
}

export type SearchAnswer =
  | { readonly kind: 'found'; readonly path: GraphPath; readonly steps: number }
  | { readonly kind: 'none'; readonly steps: number }
  /** The steps ran out before it was known. */
  | { readonly kind: 'undecided'; readonly steps: number }

export interface PathTerms {
  readonly graph: Graph
  readonly direction: Direction
  readonly passes: EdgeTest | undefined
}

// Marks: 0 not reached, −1 barred, 1 the end itself, otherwise the edge by which the node was reached plus 2.
const BARRED = -1
const END = 1
const FIRST_EDGE = 2

export function createPathSearch({ graph, direction, passes }: PathTerms): (search: Search) => SearchAnswer {
  const { neighbours, edges, sources, targets, nodeCount } = graph
  const rows = [rowsOf(graph, direction), rowsOf(graph, reverseOf(direction))] as const
  const marks = [createNodeMarks(nodeCount), createNodeMarks(nodeCount)] as const

  const trace = (side: 0 | 1, meeting: number): { nodes: number[]; edges: number[] } => {
    const path = { nodes: [meeting], edges: [] as number[] }
    let node = meeting
    for (let mark = marks[side].get(node); mark !== END; mark = marks[side].get(node)) {
      const edge = mark - FIRST_EDGE
      node = sources[edge] === node ? (targets[edge] as number) : (sources[edge] as number)
      path.edges.push(edge)
      path.nodes.push(node)
    }
    return path
  }
  const joined = (meeting: number): GraphPath => {
    const head = trace(0, meeting)
    const tail = trace(1, meeting)
    return {
      nodes: Int32Array.from([...head.nodes.reverse(), ...tail.nodes.slice(1)]),
      edges: Int32Array.from([...head.edges.reverse(), ...tail.edges]),
    }
  }

  const run = ({ from, to, maxHops, maxSteps, barredHops }: Search): SearchAnswer => {
    if (from === to) return { kind: 'found', path: { nodes: Int32Array.of(from), edges: new Int32Array() }, steps: 0 }
    const fronts: [number[], number[]] = [[from], [to]]
    let steps = 0
    const ahead = (side: 0 | 1): number =>
      fronts[side].reduce((sum, node) => sum + (rows[side].ends[node] as number) - (rows[side].begins[node] as number), 0)
    const aheads: [number, number] = [ahead(0), ahead(1)]
    for (let hops = 0; hops < maxHops && fronts[0].length > 0 && fronts[1].length > 0; hops++) {
      const side = aheads[0] <= aheads[1] ? 0 : 1
      const own = marks[side]
      const other = marks[side === 0 ? 1 : 0]
      const { begins, ends } = rows[side]
      const next: number[] = []
      for (const node of fronts[side]) {
        const end = ends[node] as number
        for (let slot = begins[node] as number; slot < end; slot++) {
          steps += 1
          if (steps > maxSteps) return { kind: 'undecided', steps: maxSteps }
          const neighbour = neighbours[slot] as number
          if (own.get(neighbour) !== 0) continue
          const edge = edges[slot] as number
          if (passes !== undefined && !passes(edge)) continue
          if (
            barredHops !== undefined &&
            (side === 0 ? node === from && barredHops.has(neighbour) : neighbour === from && barredHops.has(node))
          )
            continue
          own.set(neighbour, edge + FIRST_EDGE)
          if (other.get(neighbour) !== 0) return { kind: 'found', path: joined(neighbour), steps }
          next.push(neighbour)
        }
      }
      fronts[side] = next
      aheads[side] = ahead(side)
    }
    return { kind: 'none', steps }
  }

  return (search) => {
    for (const node of search.barredNodes ?? []) {
      marks[0].set(node, BARRED)
      marks[1].set(node, BARRED)
    }
    marks[0].set(search.from, END)
    marks[1].set(search.to, END)
    const answer = run(search)
    marks[0].clear()
    marks[1].clear()
    return answer
  }
}
