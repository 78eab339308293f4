/** Going through a stowage plan by keyboard: from box to box in a bay, on to the next bay at its side, from bay to bay, from mark to mark. */
import { bayIndexOf } from './stowage-layout.ts'
import { type Stowage, splitPosition } from './stowage-model.ts'

export type Step = 'left' | 'right' | 'up' | 'down' | 'next-bay' | 'last-bay' | 'next-mark' | 'last-mark'

export function stepFrom(stowage: Stowage, from: number | undefined, step: Step): number | undefined {
  if (step === 'next-mark' || step === 'last-mark') return markFrom(stowage, from, step === 'next-mark' ? 1 : -1)
  const index = from === undefined ? -1 : bayIndexOf(stowage, from)
  if (from === undefined || index < 0) return stowage.bays[0]?.boxes[0]
  if (step === 'next-bay' || step === 'last-bay') return nearest(stowage, index + (step === 'next-bay' ? 1 : -1), from) ?? from
  const here = spotOf(stowage, from)
  const ahead = (stowage.bays[index]?.boxes ?? []).filter((box) => {
    const { x, y } = spotOf(stowage, box)
    if (step === 'left') return x < here.x
    if (step === 'right') return x > here.x
    return step === 'up' ? y < here.y : y > here.y
  })
  const isSideways = step === 'left' || step === 'right'
  const found = least(ahead, (box) => {
    const { x, y } = spotOf(stowage, box)
    // Straight on before anything else; a gap in the line is stepped over.
    return isSideways ? Math.abs(y - here.y) * 1000 + Math.abs(x - here.x) : Math.abs(x - here.x) * 1000 + Math.abs(y - here.y)
  })
  if (found !== undefined || !isSideways) return found ?? from
  return entering(stowage, index + (step === 'right' ? 1 : -1), { here, isRight: step === 'right' }) ?? from
}

function markFrom({ marked }: Stowage, from: number | undefined, by: 1 | -1): number | undefined {
  if (from === undefined) return by === 1 ? marked[0] : marked.at(-1)
  return (by === 1 ? marked.find((box) => box > from) : marked.findLast((box) => box < from)) ?? (by === 1 ? marked[0] : marked.at(-1))
}

/** The box of another bay that stands most like this one. */
function nearest(stowage: Stowage, index: number, to: number): number | undefined {
  const here = spotOf(stowage, to)
  return least(stowage.bays[index]?.boxes ?? [], (box) => {
    const { x, y } = spotOf(stowage, box)
    return Math.abs(x - here.x) + Math.abs(y - here.y)
  })
}

interface Spot {
  readonly x: number
  readonly y: number
}

/** Over the side of a bay into the next: at the side one comes from, as level as may be. */
function entering(stowage: Stowage, index: number, { here, isRight }: { readonly here: Spot; readonly isRight: boolean }) {
  return least(stowage.bays[index]?.boxes ?? [], (box) => {
    const { x, y } = spotOf(stowage, box)
    return Math.abs(y - here.y) * 1000 + (isRight ? x : -x)
  })
}

function spotOf({ answer, columnOf, lineOf }: Stowage, box: number): Spot {
  const { row, tier } = splitPosition(answer.positions[box] ?? -1)
  return { x: columnOf.get(row) ?? 0, y: lineOf.get(tier) ?? 0 }
}

function least(boxes: readonly number[], cost: (box: number) => number): number | undefined {
  let best: number | undefined
  let lowest = Number.POSITIVE_INFINITY
  for (const box of boxes) {
    const here = cost(box)
    if (here < lowest) [best, lowest] = [box, here]
  }
  return best
}
