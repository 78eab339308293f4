/** A board on a plain canvas, for browsers without WebGL: slower with many thousands of relations, with everything on it. */
import type { Board, Spot } from './board-state.ts'
import type { BoardCanvas, CanvasAsked } from './canvas.ts'
import { canvasPen } from './canvas-pen.ts'
import { type Camera, drawScene, type Frame, type Look, onBoard, onScreen, radiusOf } from './graph-draw.ts'
import { boxOf, NOTHING_PICKED, type Picked, type Scene } from './graph-marks.ts'
import { sceneOf } from './graph-scene.ts'

const NEAR_EDGE = 5
const DRAG_AFTER = 3

export function plainCanvas({ box, look: first, events }: CanvasAsked): BoardCanvas {
  const canvas = document.createElement('canvas')
  box.append(canvas)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser has no canvas.')
  let scene: Scene = { nodes: [], edges: [], notes: [] }
  let held: { readonly board?: Board; readonly picked: Picked } = { picked: NOTHING_PICKED }
  let look: Look = first
  let camera: Camera = { x: 0, y: 0, scale: 1 }
  let dragged: ReadonlyMap<string, Spot> = new Map()
  let isAsked = false

  const frame = (): Frame => ({ camera, width: box.clientWidth, height: box.clientHeight, look })
  const paint = (): void => {
    isAsked = false
    const { width, height } = frame()
    const ratio = devicePixelRatio
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.fillStyle = look.ground
    context.fillRect(0, 0, width, height)
    drawScene(canvasPen(context), scene, frame())
  }
  const ask = (): void => {
    if (isAsked) return
    isAsked = true
    requestAnimationFrame(paint)
  }
  const rebuild = (): void => {
    if (held.board === undefined) return
    scene = sceneOf(dragged.size === 0 ? held.board : withSpots(held.board, dragged), held.picked)
    ask()
  }
  const at = (event: MouseEvent): Spot => {
    const { left, top } = canvas.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const zoomAt = (point: Spot, factor: number): void => {
    const before = onBoard(frame(), point)
    camera = { ...camera, scale: Math.min(20, Math.max(0.005, camera.scale * factor)) }
    const after = onBoard(frame(), point)
    camera = { ...camera, x: camera.x + before.x - after.x, y: camera.y + before.y - after.y }
    ask()
  }

  let press: { readonly point: Spot; readonly node: string | undefined; moved: boolean } | undefined
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId)
    press = { point: at(event), node: nodeAt(scene, frame(), at(event)), moved: false }
  })
  canvas.addEventListener('pointermove', (event) => {
    if (press === undefined) return
    const point = at(event)
    const [dx, dy] = [point.x - press.point.x, point.y - press.point.y]
    if (!press.moved && Math.hypot(dx, dy) < DRAG_AFTER) return
    press.moved = true
    if (press.node === undefined) {
      camera = { ...camera, x: camera.x - dx / camera.scale, y: camera.y + dy / camera.scale }
      press = { ...press, point }
      ask()
      return
    }
    dragged = new Map([[press.node, onBoard(frame(), point)]])
    rebuild()
  })
  canvas.addEventListener('pointerup', (event) => {
    const { moved = false, node } = press ?? {}
    press = undefined
    if (dragged.size > 0) {
      const spots = dragged
      dragged = new Map()
      events.onMove(spots)
      return
    }
    if (moved) return
    const edge = node === undefined ? edgeAt(scene, frame(), at(event)) : undefined
    if (edge === undefined) events.onPick(node, event.shiftKey || event.ctrlKey || event.metaKey)
    else events.onPickEdge(edge)
  })
  canvas.addEventListener('dblclick', (event) => {
    const node = nodeAt(scene, frame(), at(event))
    if (node !== undefined) events.onOpen(node)
  })
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      zoomAt(at(event), event.deltaY > 0 ? 1 / 1.2 : 1.2)
    },
    { passive: false },
  )
  const resized = new ResizeObserver(ask)
  resized.observe(box)

  const canvasOf: BoardCanvas = {
    kind: 'plain',
    draw: (board, picked) => {
      const isFirst = held.board === undefined || held.board.nodes.size === 0
      held = { board, picked }
      rebuild()
      if (isFirst) canvasOf.fit()
    },
    recolour: (next) => {
      look = next
      ask()
    },
    fit: () => {
      const { left, right, bottom, top } = boxOf(scene)
      const { width, height } = frame()
      const scale = Math.min(2, width / (right - left + 60), height / (top - bottom + 60))
      camera = { x: (left + right) / 2, y: (bottom + top) / 2, scale: Math.max(0.005, scale) }
      ask()
    },
    zoom: (factor) => zoomAt({ x: box.clientWidth / 2, y: box.clientHeight / 2 }, factor),
    pan: (dx, dy) => {
      camera = { ...camera, x: camera.x - dx / camera.scale, y: camera.y + dy / camera.scale }
      ask()
    },
    reveal: (entity) => {
      const node = held.board?.nodes.get(entity)
      if (node === undefined) return
      const { x, y } = onScreen(frame(), node)
      if (x > 20 && y > 20 && x < box.clientWidth - 20 && y < box.clientHeight - 20) return
      camera = { ...camera, x: node.x, y: node.y }
      ask()
    },
    close: () => {
      resized.disconnect()
      canvas.remove()
    },
  }
  return canvasOf
}

function withSpots(board: Board, spots: ReadonlyMap<string, Spot>): Board {
  const nodes = new Map(board.nodes)
  for (const [id, spot] of spots) {
    const node = nodes.get(id)
    if (node !== undefined) nodes.set(id, { ...node, ...spot })
  }
  return { ...board, nodes }
}

function nodeAt({ nodes }: Scene, frame: Frame, point: Spot): string | undefined {
  // What was drawn last lies on top.
  return nodes.findLast((node) => {
    const { x, y } = onScreen(frame, node)
    return Math.hypot(x - point.x, y - point.y) <= radiusOf(frame, node) + 3
  })?.id
}

function edgeAt({ edges }: Scene, frame: Frame, point: Spot): string | undefined {
  return edges.find(({ source, target }) => {
    const [from, to] = [onScreen(frame, source), onScreen(frame, target)]
    const [dx, dy] = [to.x - from.x, to.y - from.y]
    const long = dx * dx + dy * dy
    const share = long === 0 ? 0 : Math.min(1, Math.max(0, ((point.x - from.x) * dx + (point.y - from.y) * dy) / long))
    return Math.hypot(from.x + share * dx - point.x, from.y + share * dy - point.y) <= NEAR_EDGE
  })?.id
}
