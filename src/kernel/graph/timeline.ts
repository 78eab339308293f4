/**
 * What a graph holds in each of a row of windows: edges that hold in it, that begin or end in it, and the nodes they join, with who came and who left since
 * the window before. Edges without known times hold in every window and are counted once, apart, so that no curve rests on them unsaid.
 * A sweep: O(edges × log windows) and the edges that hold, summed over windows; that sum is bounded, and a bounded answer says so.
 */
import { type EdgeFilter, edgeTest, type Window } from './edge-filter.ts'
import { checkLimits, type Graph } from './graph.ts'

export interface Activity {
  readonly window: Window
  /** Dated edges that hold at some instant of it. */
  readonly edges: number
  readonly beginning: number
  readonly ending: number
  /** Distinct nodes at the ends of those edges. */
  readonly nodes: number
  /** Nodes that had no such edge in the window before; in the first window all. */
  readonly joined: number
  /** Nodes that had one in the window before and have none now. */
  readonly left: number
}

export interface TimelineQuery {
  /** Ascending in both their ends; they may overlap (sliding) or leave gaps. */
  readonly windows: readonly Window[]
  readonly filter?: EdgeFilter
  /** Edges looked at, summed over windows. */
  readonly maxSteps?: number
}

export interface Timeline {
  /** In the order asked for; fewer where the steps ran out. */
  readonly windows: readonly Activity[]
  readonly isTruncated: boolean
  /** Edges of which neither the first nor the last instant is known: in no window's count. */
  readonly undated: number
  /** Dated edges that hold in none of the windows. */
  readonly outside: number
}

/** First and last known instant of any edge that passes; undefined when none has one. */
export function extentOf(graph: Graph, filter: EdgeFilter = {}): { readonly first: number; readonly last: number } | undefined {
  const { validFrom, validTo } = graph
  if (validFrom === undefined || validTo === undefined) return undefined
  const passes = edgeTest(graph, filter)
  let first = Infinity
  let last = -Infinity
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (passes !== undefined && !passes(edge)) continue
    for (const instant of [validFrom[edge] as number, validTo[edge] as number]) {
      if (!Number.isFinite(instant)) continue
      first = Math.min(first, instant)
      last = Math.max(last, instant)
    }
  }
  return first <= last ? { first, last } : undefined
}

const MOST_STEPS = 200_000_000

/** Throws unless windows ascend in both their ends. */
export function timelineOf(graph: Graph, { windows, filter, maxSteps = MOST_STEPS }: TimelineQuery): Timeline {
  checkLimits({ maxSteps })
  windows.forEach((window, index) => {
    const before = windows[index - 1]
    const ascends = before === undefined || (before.from <= window.from && before.until <= window.until)
    if (!(window.from < window.until) || !ascends)
      throw new RangeError(`Window ${index} does not end after it begins, or not after the one before.`)
  })
  const { validFrom, validTo } = graph
  const passes = edgeTest(graph, filter)
  // Edges by the first window they can hold in: the first that ends after they begin.
  const entering: number[][] = windows.map(() => [])
  let undated = 0
  let outside = 0
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (passes !== undefined && !passes(edge)) continue
    const from = validFrom === undefined ? -Infinity : (validFrom[edge] as number)
    const to = validTo === undefined ? Infinity : (validTo[edge] as number)
    if (from === -Infinity && to === Infinity) {
      undated += 1
      continue
    }
    const window = firstHolding(windows, from, to)
    if (window === undefined) outside += 1
    else entering[window]?.push(edge)
  }
  const activities = sweep(graph, { windows, entering, maxSteps })
  return { windows: activities, isTruncated: activities.length < windows.length, undated, outside }
}

/** By halving: the first window that ends after the edge begins; undefined when the edge has ended before that window. */
function firstHolding(windows: readonly Window[], from: number, to: number): number | undefined {
  let low = 0
  let high = windows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((windows[middle] as Window).until > from) high = middle
    else low = middle + 1
  }
  const window = windows[low]
  return window !== undefined && to >= window.from ? low : undefined
}

interface Sweep {
  readonly windows: readonly Window[]
  /** Edges by the window in which they first hold. */
  readonly entering: readonly (readonly number[])[]
  readonly maxSteps: number
}

function sweep(graph: Graph, { windows, entering, maxSteps }: Sweep): Activity[] {
  const { sources, targets, validFrom, validTo } = graph
  // The window, counted from 1, in which each node was last seen.
  const seenIn = new Int32Array(graph.nodeCount)
  let holding: number[] = []
  let nodesBefore = 0
  let steps = 0
  const activities: Activity[] = []
  for (const [index, window] of windows.entries()) {
    steps += holding.length + (entering[index]?.length ?? 0)
    if (steps > maxSteps) break
    holding = [...holding.filter((edge) => (validTo?.[edge] as number) >= window.from), ...(entering[index] ?? [])]
    let [beginning, ending, nodes, stayed] = [0, 0, 0, 0]
    for (const edge of holding) {
      const from = validFrom?.[edge] as number
      const to = validTo?.[edge] as number
      if (Number.isFinite(from) && from >= window.from && from < window.until) beginning += 1
      if (Number.isFinite(to) && to >= window.from && to < window.until) ending += 1
      for (const node of [sources[edge] as number, targets[edge] as number]) {
        if (seenIn[node] === index + 1) continue
        nodes += 1
        if (index > 0 && seenIn[node] === index) stayed += 1
        seenIn[node] = index + 1
      }
    }
    activities.push({ window, edges: holding.length, beginning, ending, nodes, joined: nodes - stayed, left: nodesBefore - stayed })
    nodesBefore = nodes
  }
  return activities
}
