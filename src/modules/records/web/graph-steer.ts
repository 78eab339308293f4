/** Going along relations by arrow: of the neighbours of a record, the one that lies most in that direction. */
import type { Board } from './board-state.ts'
import { shownEdges } from './graph-visible.ts'

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'

/** As the screen shows it: up is towards greater y. */
const WAYS: Readonly<Record<Arrow, readonly [number, number]>> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}

export function isArrow(key: string): key is Arrow {
  return Object.hasOwn(WAYS, key)
}

/** Undefined when no neighbour lies in that half of the board. */
export function alongArrow(board: Board, from: string, arrow: Arrow): string | undefined {
  const here = board.nodes.get(from)
  if (here === undefined) return undefined
  const [wx, wy] = WAYS[arrow]
  let best: { readonly id: string; readonly score: number } | undefined
  for (const { source, target } of shownEdges(board)) {
    const id = source === from ? target : target === from ? source : from
    const there = board.nodes.get(id)
    if (id === from || there === undefined) continue
    const [dx, dy] = [there.x - here.x, there.y - here.y]
    const distance = Math.hypot(dx, dy)
    const straight = distance === 0 ? 0 : (dx * wx + dy * wy) / distance
    if (straight <= 0.1) continue
    // Straight on counts most, near counts next; ids decide what is left.
    const score = straight * straight - distance / 1e6
    if (best === undefined || score > best.score || (score === best.score && id < best.id)) best = { id, score }
  }
  return best?.id
}

/** The record at which one begins who has chosen none: the best connected, the first of several. */
export function firstOf(board: Board): string | undefined {
  const degrees = new Map<string, number>()
  for (const { source, target } of shownEdges(board)) for (const id of [source, target]) degrees.set(id, (degrees.get(id) ?? 0) + 1)
  let best: string | undefined
  for (const id of [...board.nodes.keys()].sort()) if (best === undefined || (degrees.get(id) ?? 0) > (degrees.get(best) ?? 0)) best = id
  return best
}
