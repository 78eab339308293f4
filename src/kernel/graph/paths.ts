/**
 * A shortest path between two nodes, and the k shortest that visit no node twice, counted in hops. Paths are sequences of nodes: parallel edges make one
 * path, not several. The same question gives the same answer, ties included. Bounded by hops and steps; an answer that the steps cut says so.
 * Sources: J. Y. Yen, "Finding the k shortest loopless paths in a network", Management Science 17 (1971); E. L. Lawler, Management Science 18 (1972), by
 * whose rule no path is made twice.
 */
import { type EdgeFilter, edgeTest } from './edge-filter.ts'
import { checkLimits, checkNode, type Direction, type Graph } from './graph.ts'
import { createPathSearch, type GraphPath, type SearchAnswer } from './path-search.ts'

export interface PathQuery {
  readonly from: number
  readonly to: number
  /** `out`: along the edges; `both`: whichever way they point. */
  readonly direction?: Direction
  readonly filter?: EdgeFilter
  /** Most hops of a path. */
  readonly maxHops?: number
  /** Slots that may be looked at, over the whole question. */
  readonly maxSteps: number
}

export interface PathsFound {
  /** Ascending in length. */
  readonly paths: readonly GraphPath[]
  /** The steps ran out, or `maxPaths` was reached with more to be found: there may be others. */
  readonly isTruncated: boolean
  readonly steps: number
}

/** Paths that can be asked for: choosing the next costs as many comparisons as there are paths already. */
const MOST_PATHS = 1000

export function shortestPath(graph: Graph, query: PathQuery): SearchAnswer {
  checkQuery(graph, query)
  const search = createPathSearch({ graph, direction: query.direction ?? 'both', passes: edgeTest(graph, query.filter) })
  return search({ ...query, maxHops: query.maxHops ?? Infinity })
}

interface Candidate {
  readonly path: GraphPath
  /** Place at which it leaves the path it was made from; only places from here on are varied again. */
  readonly leavesAt: number
}

/** The answer is exact as far as it goes: each path shown is the next shortest, also where the steps ran out. O(k × hops) searches. */
export function kShortestPaths(graph: Graph, query: PathQuery & { readonly maxPaths: number }): PathsFound {
  checkQuery(graph, query)
  const { from, to, maxHops = Infinity, maxSteps, maxPaths } = query
  if (!(maxPaths >= 1 && maxPaths <= MOST_PATHS)) throw new RangeError(`Paths asked for are 1 to ${MOST_PATHS}, not ${maxPaths}.`)
  const search = createPathSearch({ graph, direction: query.direction ?? 'both', passes: edgeTest(graph, query.filter) })
  const first = search({ from, to, maxHops, maxSteps })
  if (first.kind !== 'found') return { paths: [], isTruncated: first.kind === 'undecided', steps: first.steps }
  let { steps } = first
  const candidates: Candidate[] = [{ path: first.path, leavesAt: 0 }]
  const paths: GraphPath[] = []
  while (candidates.length > 0 && paths.length < maxPaths) {
    const chosen = takeLeast(candidates)
    paths.push(chosen.path)
    const { nodes, edges } = chosen.path
    for (let place = chosen.leavesAt; place < edges.length; place++) {
      const barredHops = new Set(
        paths.filter((path) => isSameStart(path.nodes, nodes, place)).map((path) => path.nodes[place + 1] as number),
      )
      const answer = search({
        from: nodes[place] as number,
        to,
        maxHops: maxHops - place,
        maxSteps: maxSteps - steps,
        barredNodes: nodes.subarray(0, place),
        barredHops,
      })
      steps += answer.steps
      if (answer.kind === 'undecided') return { paths, isTruncated: true, steps }
      if (answer.kind === 'found') candidates.push({ path: joinAt(chosen.path, place, answer.path), leavesAt: place })
    }
  }
  return { paths, isTruncated: candidates.length > 0, steps }
}

function checkQuery(graph: Graph, { from, to, maxHops = Infinity, maxSteps }: PathQuery): void {
  checkNode(graph, from)
  checkNode(graph, to)
  checkLimits({ maxHops, maxSteps })
}

function isSameStart(a: Int32Array, b: Int32Array, upTo: number): boolean {
  if (a.length <= upTo + 1) return false
  for (let place = 0; place <= upTo; place++) if (a[place] !== b[place]) return false
  return true
}

function joinAt(path: GraphPath, place: number, rest: GraphPath): GraphPath {
  return {
    nodes: Int32Array.from([...path.nodes.subarray(0, place), ...rest.nodes]),
    edges: Int32Array.from([...path.edges.subarray(0, place), ...rest.edges]),
  }
}

function takeLeast(candidates: Candidate[]): Candidate {
  let least = 0
  for (let index = 1; index < candidates.length; index++) {
    if (comparePaths((candidates[index] as Candidate).path, (candidates[least] as Candidate).path) < 0) least = index
  }
  return candidates.splice(least, 1)[0] as Candidate
}

/** Shorter first, then lower nodes first. */
export function comparePaths(a: GraphPath, b: GraphPath): number {
  if (a.nodes.length !== b.nodes.length) return a.nodes.length - b.nodes.length
  const place = a.nodes.findIndex((node, index) => node !== b.nodes[index])
  return place < 0 ? 0 : (a.nodes[place] as number) - (b.nodes[place] as number)
}
