/**
 * Places for records that come to a board: on a sunflower around the record they belong to, clear of what lies there. The same board gives the same places.
 * Source of the spiral: Vogel, A better way to construct the sunflower head, Mathematical Biosciences 44 (1979).
 */
import type { Spot } from './board-state.ts'

/** Distance at which two records of usual size do not touch. */
export const GAP = 40
const NEAREST = GAP * 0.8
const GOLDEN = Math.PI * (3 - Math.sqrt(5))

export function placesAround(
  taken: readonly Spot[],
  { anchor, count }: { readonly anchor?: Spot | undefined; readonly count: number },
): readonly Spot[] {
  const centre = anchor ?? { x: 0, y: 0 }
  const cells = new Map<string, Spot[]>()
  for (const spot of taken) keep(cells, spot)
  const spots: Spot[] = []
  for (let step = anchor === undefined ? 0 : 1; spots.length < count; step++) {
    const radius = GAP * Math.sqrt(step)
    const spot = { x: centre.x + radius * Math.cos(step * GOLDEN), y: centre.y + radius * Math.sin(step * GOLDEN) }
    // A board that is full everywhere gets the place all the same.
    if (isTaken(cells, spot) && step < 8 * (taken.length + count)) continue
    keep(cells, spot)
    spots.push(spot)
  }
  return spots
}

function keep(cells: Map<string, Spot[]>, spot: Spot): void {
  const cell = `${Math.floor(spot.x / GAP)} ${Math.floor(spot.y / GAP)}`
  const held = cells.get(cell)
  if (held === undefined) cells.set(cell, [spot])
  else held.push(spot)
}

function isTaken(cells: ReadonlyMap<string, readonly Spot[]>, { x, y }: Spot): boolean {
  const [column, row] = [Math.floor(x / GAP), Math.floor(y / GAP)]
  for (let near = 0; near < 9; near++)
    for (const other of cells.get(`${column + (near % 3) - 1} ${row + Math.floor(near / 3) - 1}`) ?? [])
      if (Math.hypot(other.x - x, other.y - y) < NEAREST) return true
  return false
}
