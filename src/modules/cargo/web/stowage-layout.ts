/** Where things of a stowage plan lie in the picture: bays side by side, as many in a line as fit. Everything in pixels of the page. */
import { type Bay, type Stowage, splitPosition } from './stowage-model.ts'

export interface Layout {
  readonly cell: number
  readonly perLine: number
  /** Of one bay with its margin. */
  readonly bayWidth: number
  readonly bayHeight: number
  readonly width: number
  readonly height: number
}

export interface Corner {
  readonly x: number
  readonly y: number
}

export const CELLS = [5, 7, 10, 14, 20, 28] as const
export const TITLE = 16
const MARGIN = 10

export function layoutOf(stowage: Stowage, cell: number, width: number): Layout {
  const bayWidth = stowage.columnOf.size * cell + 2 * MARGIN
  const bayHeight = stowage.lines * cell + TITLE + 2 * MARGIN
  const perLine = Math.max(1, Math.floor(width / bayWidth))
  const lines = Math.ceil(stowage.bays.length / perLine)
  return { cell, perLine, bayWidth, bayHeight, width: Math.min(perLine, stowage.bays.length) * bayWidth, height: lines * bayHeight }
}

/** Upper left corner of the cells of a bay. */
export function bayCorner(layout: Layout, index: number): Corner {
  return {
    x: (index % layout.perLine) * layout.bayWidth + MARGIN,
    y: Math.floor(index / layout.perLine) * layout.bayHeight + MARGIN + TITLE,
  }
}

/** Of the cell of a box drawn in a bay: its own, or one that it takes beside. */
export function cellCorner(stowage: Stowage, layout: Layout, of: { readonly box: number; readonly bay: number }): Corner | undefined {
  const { row, tier } = splitPosition(stowage.answer.positions[of.box] ?? -1)
  const [column, line] = [stowage.columnOf.get(row), stowage.lineOf.get(tier)]
  if (column === undefined || line === undefined) return undefined
  const { x, y } = bayCorner(layout, of.bay)
  return { x: x + column * layout.cell, y: y + line * layout.cell }
}

/** The box under a point of the picture: that which is drawn on top. */
export function boxAt(stowage: Stowage, layout: Layout, point: Corner): number | undefined {
  const column = Math.floor(point.x / layout.bayWidth)
  if (column < 0 || column >= layout.perLine) return undefined
  const index = Math.floor(point.y / layout.bayHeight) * layout.perLine + column
  const bay = stowage.bays[index]
  if (bay === undefined) return undefined
  const isUnder = (box: number): boolean => {
    const corner = cellCorner(stowage, layout, { box, bay: index })
    if (corner === undefined) return false
    const [dx, dy] = [point.x - corner.x, point.y - corner.y]
    return dx >= 0 && dy >= 0 && dx < layout.cell && dy < layout.cell
  }
  return bay.boxes.findLast(isUnder) ?? bay.over.findLast(isUnder)
}

export function bayIndexOf(stowage: Stowage, box: number): number {
  const position = stowage.answer.positions[box] ?? -1
  return position < 0 ? -1 : stowage.bays.findIndex(({ number }: Bay) => number === splitPosition(position).bay)
}

/** Place in `CELLS` of the largest size at which the whole plan is in sight; the smallest where none is. */
export function fittingSize(stowage: Stowage, box: { readonly width: number; readonly height: number }): number {
  const fits = (cell: number): boolean => {
    const layout = layoutOf(stowage, cell, box.width)
    return layout.height <= box.height && layout.width <= Math.max(box.width, 1)
  }
  return Math.max(0, CELLS.findLastIndex(fits))
}
