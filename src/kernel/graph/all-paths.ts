/**
 * All paths of at most so many hops that visit no node twice, on request only those that time allows: each edge holds at or after an instant at which the one
 * before it held, so that something can have passed along. Depth first with a stack of its own; a node from which the end is out of reach in the hops
 * that remain is never entered. Bounded by paths and steps (slots looked at); a bounded answer says so.
 * Source: P. Holme, J. Saramäki, "Temporal networks", Physics Reports 519 (2012), section 3 (time-respecting paths).
 */
import { type EdgeFilter, type EdgeTest, edgeTest } from './edge-filter.ts'
import { checkLimits, checkNode, type Direction, type Graph, reverseOf, rowsOf } from './graph.ts'
import { mergedRow } from './merged-row.ts'
import type { GraphPath } from './path-search.ts'
import { comparePaths, type PathsFound } from './paths.ts'

export interface AllPathsQuery {
  readonly from: number
  readonly to: number
  readonly direction?: Direction
  readonly filter?: EdgeFilter
  /** 1 to 32. */
  readonly maxHops: number
  /** `in-time`: only paths that time allows, each shown with the edges that arrive first. */
  readonly order?: 'any' | 'in-time'
  readonly maxPaths: number
  readonly maxSteps: number
}

const MOST_HOPS = 32
const FAR = 255

/** Where the search stands at one depth: the hops still to be tried from a node, and the earliest instant of being there. */
interface Level {
  readonly node: number
  readonly instant: number
  readonly hops: readonly { readonly node: number; readonly edge: number; readonly instant: number }[]
  next: number
}

export function allPaths(graph: Graph, query: AllPathsQuery): PathsFound {
  const { from, to, direction = 'both', maxHops, maxPaths, maxSteps } = query
  checkNode(graph, from)
  checkNode(graph, to)
  if (!Number.isInteger(maxHops) || maxHops < 1 || maxHops > MOST_HOPS) throw new RangeError(`Hops are 1 to ${MOST_HOPS}, not ${maxHops}.`)
  checkLimits({ maxPaths, maxSteps })
  if (from === to) return { paths: [], isTruncated: false, steps: 0 }
  const passes = edgeTest(graph, query.filter)
  const reach = distancesTo(graph, to, { direction, passes, maxHops, maxSteps })
  let { steps } = reach
  if (reach.isCut) return { paths: [], isTruncated: true, steps }
  const open = createOpening(graph, { direction, passes, inTime: query.order === 'in-time' })
  const paths: GraphPath[] = []
  const onPath = new Set<number>([from])
  const levelAt = (node: number, instant: number, depth: number): Level | undefined => {
    const opened = open(node, instant, (neighbour) => !onPath.has(neighbour) && (reach.distances[neighbour] as number) < maxHops - depth)
    steps += opened.steps
    return steps > maxSteps ? undefined : { node, instant, hops: opened.hops, next: 0 }
  }
  const isReachable = (reach.distances[from] as number) <= maxHops
  const first = isReachable ? levelAt(from, -Infinity, 0) : { node: from, instant: 0, hops: [], next: 0 }
  if (first === undefined) return { paths, isTruncated: true, steps }
  const levels: Level[] = [first]
  for (;;) {
    const level = levels.at(-1)
    if (level === undefined) return { paths: paths.sort(comparePaths), isTruncated: false, steps }
    const hop = level.hops[level.next++]
    if (hop === undefined) {
      levels.pop()
      onPath.delete(level.node)
      continue
    }
    if (hop.node === to) {
      if (paths.length === maxPaths) return { paths: paths.sort(comparePaths), isTruncated: true, steps }
      const trodden = levels.map((each) => each.hops[each.next - 1]?.edge as number)
      paths.push({ nodes: Int32Array.from([...levels.map((each) => each.node), to]), edges: Int32Array.from(trodden) })
      continue
    }
    onPath.add(hop.node)
    const deeper = levelAt(hop.node, hop.instant, levels.length)
    if (deeper === undefined) return { paths: paths.sort(comparePaths), isTruncated: true, steps }
    levels.push(deeper)
  }
}

interface Reach {
  readonly direction: Direction
  readonly passes: EdgeTest | undefined
  readonly maxHops: number
  readonly maxSteps: number
}

/** Hops from each node to the end, 255 where it is farther than asked. */
function distancesTo(graph: Graph, to: number, { direction, passes, maxHops, maxSteps }: Reach) {
  const { begins, ends } = rowsOf(graph, reverseOf(direction))
  const distances = new Uint8Array(graph.nodeCount).fill(FAR)
  distances[to] = 0
  let front = [to]
  let steps = 0
  for (let hops = 1; hops <= maxHops && front.length > 0; hops++) {
    const next: number[] = []
    for (const node of front) {
      for (let slot = begins[node] as number; slot < (ends[node] as number); slot++) {
        steps += 1
        if (steps > maxSteps) return { distances, steps: maxSteps, isCut: true }
        const neighbour = graph.neighbours[slot] as number
        if (distances[neighbour] !== FAR || (passes !== undefined && !passes(graph.edges[slot] as number))) continue
        distances[neighbour] = hops
        next.push(neighbour)
      }
    }
    front = next
  }
  return { distances, steps, isCut: false }
}

interface Opening {
  readonly direction: Direction
  readonly passes: EdgeTest | undefined
  readonly inTime: boolean
}

/** The hops that lead on from a node, each neighbour once: by the edge that arrives first, or by the first in the row where time plays no part. */
function createOpening(graph: Graph, { direction, passes, inTime }: Opening) {
  const { neighbours, edges } = graph
  const row = mergedRow(graph, direction)
  const validFrom = inTime ? graph.validFrom : undefined
  const validTo = inTime ? graph.validTo : undefined
  return (from: number, instant: number, leadsOn: (neighbour: number) => boolean) => {
    const count = row.read(from)
    const slots = row.slots()
    const hops: { node: number; edge: number; instant: number }[] = []
    for (let index = 0; index < count; index++) {
      const slot = slots[index] as number
      const node = neighbours[slot] as number
      const edge = edges[slot] as number
      if (!leadsOn(node) || (passes !== undefined && !passes(edge))) continue
      const arrival = validFrom === undefined ? instant : Math.max(instant, validFrom[edge] as number)
      if (validTo !== undefined && arrival > (validTo[edge] as number)) continue
      const last = hops.at(-1)
      if (last?.node !== node) hops.push({ node, edge, instant: arrival })
      else if (arrival < last.instant) hops[hops.length - 1] = { node, edge, instant: arrival }
    }
    return { hops, steps: count }
  }
}
