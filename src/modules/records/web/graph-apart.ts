/** Moves records apart that lie on each other, and leaves the rest of the drawing as it is. Without chance: two on one place part by their numbers. */
import type { LayoutInput, Places } from './graph-layout.ts'
import { GAP } from './graph-place.ts'

const ROUNDS = 60

export function movedApart({ x: x0, y: y0, pinned }: LayoutInput): Places {
  const [x, y] = [x0.slice(), y0.slice()]
  for (let round = 0; round < ROUNDS; round++) if (!partOnce({ x, y, pinned })) break
  return { x, y }
}

/** Whether anything moved. Only records of neighbouring cells can touch. */
function partOnce({ x, y, pinned }: Places & Pick<LayoutInput, 'pinned'>): boolean {
  const cells = new Map<string, number[]>()
  const cellOf = (value: number): number => Math.floor(value / GAP)
  for (let node = 0; node < x.length; node++) {
    const cell = `${cellOf(x[node] ?? 0)} ${cellOf(y[node] ?? 0)}`
    const held = cells.get(cell)
    if (held === undefined) cells.set(cell, [node])
    else held.push(node)
  }
  let moved = false
  for (let node = 0; node < x.length; node++) {
    const [column, row] = [cellOf(x[node] ?? 0), cellOf(y[node] ?? 0)]
    for (let near = 0; near < 9; near++)
      for (const other of cells.get(`${column + (near % 3) - 1} ${row + Math.floor(near / 3) - 1}`) ?? [])
        if (other > node && part({ x, y, pinned }, node, other)) moved = true
  }
  return moved
}

function part({ x, y, pinned }: Places & Pick<LayoutInput, 'pinned'>, one: number, other: number): boolean {
  const [dx, dy] = [(x[other] ?? 0) - (x[one] ?? 0), (y[other] ?? 0) - (y[one] ?? 0)]
  const distance = Math.hypot(dx, dy)
  // A hair less than the gap is enough: it ends.
  if (distance >= GAP * 0.99 || (pinned[one] === 1 && pinned[other] === 1)) return false
  const angle = distance < 1e-6 ? (one * 31 + other * 17) % 7 : Math.atan2(dy, dx)
  const missing = GAP - distance
  const share = pinned[one] === 1 || pinned[other] === 1 ? missing : missing / 2
  const step = { x: Math.cos(angle) * share, y: Math.sin(angle) * share }
  if (pinned[one] !== 1) {
    x[one] = (x[one] ?? 0) - step.x
    y[one] = (y[one] ?? 0) - step.y
  }
  if (pinned[other] !== 1) {
    x[other] = (x[other] ?? 0) + step.x
    y[other] = (y[other] ?? 0) + step.y
  }
  return true
}
