/** Records in a circle, or on rings by how many steps they are away from where one begins. Both keep neighbours near each other. */
import type { Spot } from './board-state.ts'
import { bestConnected, type LayoutInput, neighboursOf, type Places, placesOf, type Rows, rowsOf } from './graph-layout.ts'
import { GAP } from './graph-place.ts'

export function inCircle(input: LayoutInput): Places {
  const { order } = hopsFrom(rowsOf(input), input.roots)
  const radius = Math.max(GAP, (order.length * GAP) / (2 * Math.PI))
  const spots: Spot[] = []
  for (const [place, node] of order.entries()) spots[node] = onRing(radius, place / order.length)
  return placesOf(input, (node) => spots[node] ?? { x: 0, y: 0 })
}

export function onRings(input: LayoutInput): Places {
  const { order, hops } = hopsFrom(rowsOf(input), input.roots)
  const rings: number[][] = []
  for (const node of order) (rings[hops[node] ?? 0] ??= []).push(node)
  const spots: Spot[] = []
  let radius = 0
  for (const [hop, ring] of rings.entries()) {
    // No nearer to the ring before than two records, and wide enough for its own.
    radius = hop === 0 && ring.length === 1 ? 0 : Math.max(radius + GAP * 2, (ring.length * GAP) / (2 * Math.PI))
    for (const [place, node] of ring.entries()) spots[node] = onRing(radius, place / ring.length)
  }
  return placesOf(input, (node) => spots[node] ?? { x: 0, y: 0 })
}

const onRing = (radius: number, share: number): Spot => ({
  x: radius * Math.sin(2 * Math.PI * share),
  y: radius * Math.cos(2 * Math.PI * share),
})

export interface Hops {
  /** Breadth first; what cannot be reached comes after, part by part. */
  readonly order: readonly number[]
  readonly hops: Int32Array
}

/** Parts that cannot be reached from the roots lie one ring further out than all that can. */
export function hopsFrom(rows: Rows, roots: Uint32Array): Hops {
  const count = rows.starts.length - 1
  const hops = new Int32Array(count).fill(-1)
  const order: number[] = []
  if (count === 0) return { order, hops }
  const spread = (from: Iterable<number>, first: number): void => {
    let at = order.length
    for (const node of from) {
      if (hops[node] !== -1) continue
      hops[node] = first
      order.push(node)
    }
    for (; at < order.length; at++) {
      const node = order[at] ?? 0
      for (const other of neighboursOf(rows, node)) {
        if (hops[other] !== -1) continue
        hops[other] = (hops[node] ?? 0) + 1
        order.push(other)
      }
    }
  }
  spread(roots.length === 0 ? [bestConnected(rows)] : roots, 0)
  const outer = Math.max(...new Set(hops)) + 1
  for (let node = 0; node < count; node++) if (hops[node] === -1) spread([node], outer)
  return { order, hops }
}
