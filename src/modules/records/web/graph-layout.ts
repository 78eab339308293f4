/**
 * Where the records of a board are put: plain numbers in, places out, and the same board gives the same places. Pinned records stay.
 * Records are numbered in the order of their ids, so that the order in which they came to the board does not count.
 */
import type { Board, Spot } from './board-state.ts'
import { shownEdges } from './graph-visible.ts'

export const LAYOUTS = ['force', 'circle', 'rings', 'layers', 'apart'] as const
export type LayoutName = (typeof LAYOUTS)[number]

export interface LayoutInput {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly pinned: Uint8Array
  /** Ends of the relations that are shown, by number. */
  readonly sources: Uint32Array
  readonly targets: Uint32Array
  /** Where rings begin and layers are counted from; the best connected when empty. */
  readonly roots: Uint32Array
}

export interface Places {
  readonly x: Float64Array
  readonly y: Float64Array
}

export interface LayoutAsked extends LayoutInput {
  readonly ids: readonly string[]
}

export function layoutInput(board: Board, roots: readonly string[]): LayoutAsked {
  const ids = [...board.nodes.keys()].sort()
  const numbers = new Map(ids.map((id, index) => [id, index]))
  const edges = shownEdges(board).filter(({ source, target }) => source !== target)
  const numberOf = (id: string): number => numbers.get(id) ?? 0
  return {
    ids,
    x: Float64Array.from(ids, (id) => board.nodes.get(id)?.x ?? 0),
    y: Float64Array.from(ids, (id) => board.nodes.get(id)?.y ?? 0),
    pinned: Uint8Array.from(ids, (id) => (board.nodes.get(id)?.pinned === true ? 1 : 0)),
    sources: Uint32Array.from(edges, ({ source }) => numberOf(source)),
    targets: Uint32Array.from(edges, ({ target }) => numberOf(target)),
    roots: Uint32Array.from(
      roots.filter((id) => numbers.has(id)),
      numberOf,
    ),
  }
}

export function spotsOf(ids: readonly string[], { x, y }: Places): ReadonlyMap<string, Spot> {
  return new Map(ids.map((id, index) => [id, { x: x[index] ?? 0, y: y[index] ?? 0 }]))
}

export interface Rows {
  /** Where the neighbours of each record begin in `others`; one more than there are records. */
  readonly starts: Uint32Array
  readonly others: Uint32Array
}

export function rowsOf({ x, sources, targets }: LayoutInput, ways: 'both' | 'out' = 'both'): Rows {
  const starts = new Uint32Array(x.length + 1)
  for (const source of sources) starts[source + 1] = (starts[source + 1] ?? 0) + 1
  if (ways === 'both') for (const target of targets) starts[target + 1] = (starts[target + 1] ?? 0) + 1
  for (let node = 0; node < x.length; node++) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0)
  const others = new Uint32Array(starts[x.length] ?? 0)
  const next = starts.slice()
  const put = (from: number, to: number): void => {
    const at = next[from] ?? 0
    others[at] = to
    next[from] = at + 1
  }
  for (const [edge, source] of sources.entries()) {
    const target = targets[edge] ?? 0
    put(source, target)
    if (ways === 'both') put(target, source)
  }
  return { starts, others }
}

export function* neighboursOf({ starts, others }: Rows, node: number): Generator<number> {
  for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) yield others[at] ?? 0
}

/** The one with most relations, the first of several. */
export function bestConnected({ starts }: Rows): number {
  let best = 0
  for (let node = 1; node + 1 < starts.length; node++)
    if ((starts[node + 1] ?? 0) - (starts[node] ?? 0) > (starts[best + 1] ?? 0) - (starts[best] ?? 0)) best = node
  return best
}

/** New places, with the pinned where they were. */
export function placesOf({ x, y, pinned }: LayoutInput, place: (node: number) => Spot): Places {
  const places = { x: x.slice(), y: y.slice() }
  for (let node = 0; node < x.length; node++) {
    if (pinned[node] === 1) continue
    const spot = place(node)
    places.x[node] = spot.x
    places.y[node] = spot.y
  }
  return places
}
