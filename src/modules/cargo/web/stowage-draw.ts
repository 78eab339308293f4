/** Draws the part of a stowage plan that is in sight. Marks are shapes as well as colours; what is not for the chosen port is pale. */
import { boxBit } from '../contract/vessel.ts'
import { bayCorner, cellCorner, type Layout, TITLE } from './stowage-layout.ts'
import { type Bay, isOnDeck, type Stowage } from './stowage-model.ts'
import { t } from './vessel-text.ts'

export interface Look {
  readonly ink: string
  readonly soft: string
  readonly ground: string
  readonly line: string
  /** Around a box: `soft`, half as strong. */
  readonly frame: string
  readonly full: string
  readonly alert: string
  readonly signal: string
  readonly identity: string
  readonly chosen: string
}

export function readLook(): Look {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    ink: token('ink'),
    soft: token('ink-soft'),
    ground: token('surface'),
    line: token('line'),
    frame: `color-mix(in srgb, ${token('ink-soft')} 50%, ${token('surface')})`,
    full: token('info-back'),
    alert: token('bad'),
    signal: token('warn'),
    identity: token('info'),
    chosen: token('focus'),
  }
}

interface Drawing {
  readonly stowage: Stowage
  readonly layout: Layout
  readonly look: Look
  readonly chosen: number | undefined
  /** Place in `places`; boxes for other ports are pale. */
  readonly discharge: number | undefined
  readonly sight: { readonly top: number; readonly left: number; readonly width: number; readonly height: number }
}

const PALE = 0.22

export function drawStowage(pen: CanvasRenderingContext2D, drawing: Drawing): void {
  const { stowage, layout, look, sight } = drawing
  pen.fillStyle = look.ground
  pen.fillRect(0, 0, sight.width, sight.height)
  pen.save()
  pen.translate(-sight.left, -sight.top)
  const shapes: Shape[] = []
  for (const [index, bay] of stowage.bays.entries()) {
    const { x, y } = bayCorner(layout, index)
    if (y - TITLE > sight.top + sight.height || y + layout.bayHeight < sight.top) continue
    if (x > sight.left + sight.width || x + layout.bayWidth < sight.left) continue
    drawBay(pen, drawing, { bay, index })
    for (const box of bay.boxes) {
      const shape = shapeOf(drawing, { box, bay: index })
      if (shape !== undefined) shapes.push(shape)
    }
  }
  drawBoxes(pen, drawing, shapes)
  drawChosen(pen, drawing)
  pen.restore()
}

function drawBay(pen: CanvasRenderingContext2D, drawing: Drawing, of: { readonly bay: Bay; readonly index: number }): void {
  const { stowage, layout, look } = drawing
  const { x, y } = bayCorner(layout, of.index)
  pen.fillStyle = look.ink
  pen.font = '600 11px system-ui, sans-serif'
  pen.textBaseline = 'alphabetic'
  pen.fillText(t('stowage.bay', { bay: String(of.bay.number).padStart(3, '0') }), x, y - 5)
  drawHatch(pen, drawing, { x, y })
  const inset = layout.cell - 1
  pen.strokeStyle = look.line
  pen.lineWidth = 1
  pen.setLineDash([2, 2])
  for (const box of of.bay.over) {
    const corner = cellCorner(stowage, layout, { box, bay: of.index })
    if (corner !== undefined) pen.strokeRect(corner.x + 0.5, corner.y + 0.5, inset, inset)
  }
  pen.setLineDash([])
}

/** The line between deck and hold. */
function drawHatch(
  pen: CanvasRenderingContext2D,
  { stowage, layout, look }: Drawing,
  { x, y }: { readonly x: number; readonly y: number },
) {
  const deck = [...stowage.lineOf.keys()].filter(isOnDeck).length
  if (deck === 0 || !stowage.hasHold) return
  pen.fillStyle = look.soft
  pen.fillRect(x, y + (deck + 0.5) * layout.cell - 1, stowage.columnOf.size * layout.cell, 2)
}

/** A box on the screen: where, and how it looks. */
interface Shape {
  readonly x: number
  readonly y: number
  readonly marks: number
  readonly isPale: boolean
  readonly fill: string
  /** Of a mark; undefined for what has none. */
  readonly colour: string | undefined
}

function shapeOf(drawing: Drawing, of: { readonly box: number; readonly bay: number }): Shape | undefined {
  const { stowage, layout, look, discharge } = drawing
  const corner = cellCorner(stowage, layout, of)
  if (corner === undefined) return undefined
  const { answer } = stowage
  const marks = answer.marks[of.box] ?? 0
  const isIdentity = (marks & (boxBit.badCheckDigit | boxBit.notIso)) !== 0
  const colour =
    (marks & boxBit.alert) !== 0 ? look.alert : (marks & boxBit.signal) !== 0 ? look.signal : isIdentity ? look.identity : undefined
  const fill = colour ?? ((marks & boxBit.empty) !== 0 ? look.ground : look.full)
  return { ...corner, marks, colour, fill, isPale: discharge !== undefined && answer.discharge[of.box] !== discharge }
}

/**
 * Boxes of one look after the other: thousands of whole rectangles with the pen set once are a tenth of the work of as many strokes. What has no mark is a frame
 * with its filling on top; marked boxes come last and lie on top.
 */
function drawBoxes(pen: CanvasRenderingContext2D, { layout, look }: Drawing, shapes: readonly Shape[]): void {
  const size = layout.cell - 1
  const plain = shapes.filter(({ colour }) => colour === undefined)
  for (const isPale of [true, false]) {
    const frames = plain.filter((each) => each.isPale === isPale)
    if (frames.length === 0) continue
    pen.globalAlpha = isPale ? PALE : 1
    pen.fillStyle = look.frame
    for (const { x, y } of frames) pen.fillRect(x, y, size, size)
    for (const fill of new Set(frames.map((each) => each.fill))) {
      const filled = frames.filter((each) => each.fill === fill)
      if (isPale) {
        pen.globalAlpha = 1
        pen.fillStyle = look.ground
        for (const { x, y } of filled) pen.fillRect(x + 1, y + 1, size - 2, size - 2)
        pen.globalAlpha = PALE
      }
      pen.fillStyle = fill
      for (const { x, y } of filled) pen.fillRect(x + 1, y + 1, size - 2, size - 2)
    }
  }
  for (const { x, y, marks, colour, isPale } of shapes) {
    if (colour === undefined) continue
    pen.globalAlpha = isPale ? PALE : 1
    pen.fillStyle = colour
    pen.fillRect(x, y, size, size)
    drawSign(pen, { x, y, size, marks, colour: look.ground })
  }
  pen.globalAlpha = 1
}

interface Sign {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly marks: number
  readonly colour: string
}

/** Crossed, triangle, ring: told apart without colour. */
function drawSign(pen: CanvasRenderingContext2D, { x, y, size, marks, colour }: Sign): void {
  pen.strokeStyle = colour
  pen.fillStyle = colour
  pen.lineWidth = Math.max(1, size / 8)
  pen.beginPath()
  if ((marks & boxBit.alert) !== 0) {
    pen.moveTo(x + 1, y + 1)
    pen.lineTo(x + size - 1, y + size - 1)
    pen.moveTo(x + size - 1, y + 1)
    pen.lineTo(x + 1, y + size - 1)
    pen.stroke()
  } else if ((marks & boxBit.signal) !== 0) {
    pen.moveTo(x + size / 2, y + size * 0.2)
    pen.lineTo(x + size * 0.85, y + size * 0.8)
    pen.lineTo(x + size * 0.15, y + size * 0.8)
    pen.closePath()
    pen.fill()
  } else {
    pen.arc(x + size / 2, y + size / 2, size * 0.28, 0, 2 * Math.PI)
    pen.stroke()
  }
}

function drawChosen(pen: CanvasRenderingContext2D, { stowage, layout, look, chosen }: Drawing): void {
  if (chosen === undefined) return
  const bay = stowage.bays.findIndex(({ boxes }) => boxes.includes(chosen))
  const corner = bay < 0 ? undefined : cellCorner(stowage, layout, { box: chosen, bay })
  if (corner === undefined) return
  // A frame with air around the box: told from the colour of a mark also where the two are near.
  for (const [colour, width, out] of [
    [look.ground, 5, 2.5],
    [look.chosen, 3, 3.5],
  ] as const) {
    pen.strokeStyle = colour
    pen.lineWidth = width
    pen.strokeRect(corner.x - out, corner.y - out, layout.cell - 1 + 2 * out, layout.cell - 1 + 2 * out)
  }
}
