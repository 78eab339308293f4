/** Draws a scene with a pen: the same drawing on a screen without WebGL, in a PNG and in an SVG. */
import type { Mark, Spot } from './board-state.ts'
import type { Scene, SceneEdge, SceneNode } from './graph-marks.ts'

export interface Look {
  readonly ink: string
  readonly soft: string
  readonly ground: string
  readonly line: string
  readonly accent: string
  readonly marks: Readonly<Record<Mark, string>>
}

export interface TextStyle {
  readonly size: number
  readonly colour: string
  readonly halo?: string
  readonly isMiddle?: boolean
  readonly isBold?: boolean
}

export interface Pen {
  /** Pairs of ends, four numbers each. */
  lines(ends: readonly number[], style: { readonly colour: string; readonly width: number }): void
  circle(at: Spot, radius: number, style: { readonly fill?: string; readonly stroke?: string; readonly width?: number }): void
  polygon(corners: readonly Spot[], style: { readonly fill?: string; readonly stroke?: string; readonly width?: number }): void
  text(at: Spot, text: string, style: TextStyle): void
}

/** Middle of the screen in units of the board, and pixels for each unit. */
export interface Camera extends Spot {
  readonly scale: number
}

export interface Frame {
  readonly camera: Camera
  readonly width: number
  readonly height: number
  readonly look: Look
}

const MOST_LETTERS = 3000
const LEAST_LETTER = 5
const LABEL_CELL = 90
const MOST_EDGE_LABELS = 200

/** The board's upper side is where y is greatest; a screen counts downwards. */
export function onScreen({ camera, width, height }: Frame, { x, y }: Spot): Spot {
  return { x: width / 2 + (x - camera.x) * camera.scale, y: height / 2 - (y - camera.y) * camera.scale }
}

export function onBoard({ camera, width, height }: Frame, { x, y }: Spot): Spot {
  return { x: camera.x + (x - width / 2) / camera.scale, y: camera.y - (y - height / 2) / camera.scale }
}

/** Records keep a size that can be hit and read, however far away one is. */
export function radiusOf({ camera }: Frame, { size }: Pick<SceneNode, 'size'>): number {
  return size * Math.min(1.6, Math.max(0.25, Math.sqrt(camera.scale)))
}

export function drawScene(pen: Pen, { nodes, edges, notes }: Scene, frame: Frame): void {
  const spots = new Map(nodes.map((node) => [node.id, onScreen(frame, node)]))
  drawEdges(pen, edges, { spots, frame })
  const seen = nodes.filter((node) => isSeen(spots.get(node.id), frame))
  for (const node of seen) drawNode(pen, node, { at: spots.get(node.id) ?? node, frame, hasLetter: seen.length <= MOST_LETTERS })
  const { look } = frame
  for (const node of labelled(seen, { spots, frame })) {
    const at = spots.get(node.id) ?? node
    const style = { size: 12, colour: look.ink, halo: look.ground, isBold: node.isPicked }
    pen.text({ x: at.x + radiusOf(frame, node) + 4, y: at.y + 4 }, node.label, style)
  }
  for (const note of notes) drawNote(pen, note.text, { at: onScreen(frame, note), look })
}

interface Spots {
  readonly spots: ReadonlyMap<string, Spot>
  readonly frame: Frame
}

function drawEdges(pen: Pen, edges: readonly SceneEdge[], { spots, frame }: Spots): void {
  const { look } = frame
  for (const isFocused of [false, true]) {
    const colour = isFocused ? look.accent : look.line
    const ends: number[] = []
    const heads: Spot[][] = []
    for (const edge of edges) {
      if (edge.isFocused !== isFocused) continue
      const [from, to] = [spots.get(edge.source.id), spots.get(edge.target.id)]
      if (from === undefined || to === undefined || edge.source === edge.target) continue
      ends.push(from.x, from.y, to.x, to.y)
      if (edge.isDirected && (isFocused || edges.length <= MOST_LETTERS)) heads.push(headOf(from, to, radiusOf(frame, edge.target)))
    }
    pen.lines(ends, { colour, width: isFocused ? 2 : 1 })
    for (const corners of heads) pen.polygon(corners, { fill: colour })
  }
  let labels = 0
  for (const edge of edges) {
    if (!edge.isFocused || edge.label === '' || labels >= MOST_EDGE_LABELS) continue
    const [from, to] = [spots.get(edge.source.id), spots.get(edge.target.id)]
    if (from === undefined || to === undefined || edge.source === edge.target) continue
    labels++
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
    pen.text(middle, edge.label, { size: 11, colour: look.soft, halo: look.ground, isMiddle: true })
  }
}

function headOf(from: Spot, to: Spot, radius: number): Spot[] {
  const angle = Math.atan2(to.y - from.y, to.x - from.x)
  const tip = { x: to.x - Math.cos(angle) * radius, y: to.y - Math.sin(angle) * radius }
  const wing = (turn: number): Spot => ({ x: tip.x - 8 * Math.cos(angle + turn), y: tip.y - 8 * Math.sin(angle + turn) })
  return [tip, wing(0.4), wing(-0.4)]
}

interface Drawn {
  readonly at: Spot
  readonly frame: Frame
  readonly hasLetter: boolean
}

function drawNode(pen: Pen, node: SceneNode, { at, frame, hasLetter }: Drawn): void {
  const { look } = frame
  const radius = radiusOf(frame, node)
  if (node.isPicked) pen.circle(at, radius + 5, { stroke: look.accent, width: 3 })
  drawMark(pen, node, { at, radius, look })
  if (node.shape === 'circle') pen.circle(at, radius, { fill: node.colour })
  else pen.polygon(cornersOf(node, at, radius), { fill: node.colour })
  if (hasLetter && radius >= LEAST_LETTER) drawLetter(pen, node, { at, radius })
}

export function drawLetter(pen: Pen, { letter, shape }: SceneNode, { at, radius }: { readonly at: Spot; readonly radius: number }): void {
  const size = Math.round(radius * 1.05)
  const drop = shape === 'triangle' ? radius * 0.15 : 0
  pen.text({ x: at.x, y: at.y + size * 0.36 + drop }, letter, { size, colour: '#ffffff', isMiddle: true, isBold: true })
}

const SIGNS: Readonly<Record<string, string>> = { red: '!', amber: '?', green: '✓', blue: '•', violet: '★' }

/** A ring in the colour and the sign that stands for it; a pin is a square below. */
export function drawMark(
  pen: Pen,
  { mark, isPinned }: SceneNode,
  { at, radius, look }: { readonly at: Spot; readonly radius: number; readonly look: Look },
): void {
  if (mark !== undefined) {
    const colour = (look.marks as Readonly<Record<string, string>>)[mark] ?? look.ink
    pen.circle(at, radius + 2.5, { stroke: colour, width: 3 })
    pen.text({ x: at.x - radius - 4, y: at.y - radius }, SIGNS[mark] ?? '•', {
      size: 13,
      colour,
      halo: look.ground,
      isMiddle: true,
      isBold: true,
    })
  }
  if (!isPinned) return
  const y = at.y + radius + 3
  const corner = (dx: number, dy: number): Spot => ({ x: at.x + dx, y: y + dy })
  pen.polygon([corner(-3, 0), corner(3, 0), corner(3, 6), corner(-3, 6)], { fill: look.ink })
}

function cornersOf({ shape }: SceneNode, { x, y }: Spot, radius: number): Spot[] {
  const side = radius * 0.9
  if (shape === 'square')
    return [
      { x: x - side, y: y - side },
      { x: x + side, y: y - side },
      { x: x + side, y: y + side },
      { x: x - side, y: y + side },
    ]
  if (shape === 'diamond')
    return [
      { x, y: y - radius * 1.15 },
      { x: x + radius * 1.15, y },
      { x, y: y + radius * 1.15 },
      { x: x - radius * 1.15, y },
    ]
  return [
    { x, y: y - radius * 1.15 },
    { x: x + radius * 1.1, y: y + radius * 0.8 },
    { x: x - radius * 1.1, y: y + radius * 0.8 },
  ]
}

export function drawNote(pen: Pen, text: string, { at, look }: { readonly at: Spot; readonly look: Look }): void {
  for (const [line, words] of text.split('\n').entries())
    pen.text({ x: at.x, y: at.y + line * 15 }, line === 0 ? `✎ ${words}` : words, { size: 12, colour: look.ink, halo: look.ground })
}

function isSeen(at: Spot | undefined, { width, height }: Frame): boolean {
  return at !== undefined && at.x > -40 && at.y > -40 && at.x < width + 40 && at.y < height + 40
}

/** The picked always; of the others the greatest in each cell of the screen, so that words do not cover each other. */
function labelled(nodes: readonly SceneNode[], { spots, frame }: Spots): readonly SceneNode[] {
  const cells = new Map<string, SceneNode>()
  for (const node of nodes) {
    const { x, y } = spots.get(node.id) ?? node
    const cell = `${Math.floor(x / LABEL_CELL)} ${Math.floor(y / (LABEL_CELL / 4))}`
    const held = cells.get(cell)
    if (held === undefined || (!held.isPicked && node.size > held.size)) cells.set(cell, node)
  }
  const shown = new Set(cells.values())
  return nodes.filter((node) => node.isPicked || (shown.has(node) && radiusOf(frame, node) >= LEAST_LETTER - 1))
}
