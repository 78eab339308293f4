/**
 * A board drawn by Sigma, for tens of thousands of relations. Its graph is a copy that follows the board: only what differs from what was drawn before is
 * touched. Letters, marks, pins and notes are painted over it on a canvas of their own.
 */
import { MultiDirectedGraph } from 'graphology'
import { Sigma } from 'sigma'
import { extremityArrow, pathCurved, pathLine, pathLoop, sdfCircle, sdfDiamond, sdfSquare, sdfTriangle } from 'sigma/rendering'
import type { GraphEdge } from '../contract.ts'
import type { Board, BoardNode, Spot } from './board-state.ts'
import type { BoardCanvas, CanvasAsked } from './canvas.ts'
import { isMotionReduced } from './canvas-look.ts'
import { canvasPen } from './canvas-pen.ts'
import { drawLetter, drawMark, drawNote, type Look } from './graph-draw.ts'
import { familyOf } from './graph-family.ts'
import { boxOf, NOTHING_PICKED, type Picked } from './graph-marks.ts'
import { type Focus, focusOf, labelOf, sceneNode, sizeOf } from './graph-scene.ts'
import { isInView } from './graph-visible.ts'
import { kindText } from './model-text.ts'

const MOST_LETTERS = 1500
const MANY_EDGES = 8000
const LEAST_LETTER = 6

interface NodeLook {
  x: number
  y: number
  size: number
  color: string
  shape: string
  label: string
  isPicked: boolean
}
interface EdgeLook {
  size: number
  color: string
  label: string
  isOut: boolean
  isFocused: boolean
  isNamed: boolean
  isDirected: boolean
}
type Drawing = MultiDirectedGraph<NodeLook, EdgeLook>

export function webglCanvas({ box, look: first, events }: CanvasAsked): BoardCanvas {
  const graph = new MultiDirectedGraph<NodeLook, EdgeLook>({ allowSelfLoops: true })
  let look = first
  let drawn: { readonly board?: Board; readonly picked: Picked } = { picked: NOTHING_PICKED }
  const sigma = openSigma(graph, box, () => look)
  const over = paintOver(sigma, box, () => ({ ...drawn, look }))

  sigma.on('clickNode', ({ node, event }) => events.onPick(node, isAdding(event.original)))
  sigma.on('clickEdge', ({ edge }) => events.onPickEdge(edge))
  sigma.on('clickStage', () => events.onPick(undefined, false))
  sigma.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
    preventSigmaDefault()
    events.onOpen(node)
  })
  sigma.on('nodeDragEnd', ({ allDraggedNodes }) => {
    const spots = new Map(allDraggedNodes.map((id): [string, Spot] => [id, spotOf(graph, id)]))
    events.onMove(spots)
  })
  const motion = () => ({ duration: isMotionReduced() ? 0 : 200 })
  const camera = sigma.getCamera()

  return {
    kind: 'webgl',
    draw: (board, picked) => {
      const isFirst = drawn.board === undefined || drawn.board.nodes.size === 0
      follow(graph, { before: drawn, after: { board, picked }, look })
      drawn = { board, picked }
      if (isFirst) frameAll(sigma, board)
      sigma.setSetting('hideEdgesOnMove', board.edges.size > MANY_EDGES)
      sigma.refresh()
      if (isFirst) void camera.animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration: 0 })
    },
    recolour: (next) => {
      look = next
      const { board, picked } = drawn
      graph.clear()
      if (board !== undefined) follow(graph, { before: { picked: NOTHING_PICKED }, after: { board, picked }, look })
      sigma.refresh()
    },
    fit: () => {
      if (drawn.board !== undefined) frameAll(sigma, drawn.board)
      sigma.refresh()
      void camera.animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, motion())
    },
    zoom: (factor) => void camera.animate({ ratio: camera.getBoundedRatio(camera.ratio / factor) }, motion()),
    pan: (dx, dy) => {
      const [from, to] = [sigma.viewportToFramedGraph({ x: 0, y: 0 }), sigma.viewportToFramedGraph({ x: dx, y: dy })]
      void camera.animate({ x: camera.x - (to.x - from.x), y: camera.y - (to.y - from.y) }, motion())
    },
    reveal: (entity) => {
      if (!graph.hasNode(entity)) return
      const { x, y } = sigma.graphToViewport(spotOf(graph, entity))
      const { width, height } = sigma.getDimensions()
      if (x > 20 && y > 20 && x < width - 20 && y < height - 20) return
      const framed = sigma.graphToFramedGraph(spotOf(graph, entity))
      void camera.animate({ x: framed.x, y: framed.y }, motion())
    },
    close: () => {
      over()
      sigma.kill()
    },
  }
}

function openSigma(graph: Drawing, box: HTMLElement, look: () => Look) {
  return new Sigma(graph, box, {
    primitives: {
      nodes: { shapes: [sdfCircle(), sdfSquare(), sdfDiamond(), sdfTriangle()] },
      edges: { paths: [pathLine(), pathCurved(), pathLoop()], extremities: [extremityArrow()] },
    },
    /* oxlint-disable unicorn/no-thenable -- `then` is the word of Sigma for what holds under a condition; nobody awaits these */
    styles: {
      nodes: {
        x: { attribute: 'x' },
        y: { attribute: 'y' },
        size: { attribute: 'size' },
        color: { attribute: 'color' },
        shape: { attribute: 'shape' },
        label: { attribute: 'label' },
        labelColor: () => look().ink,
        labelVisibility: { whenData: 'isPicked', then: 'visible', else: 'auto' },
        depth: { whenData: 'isPicked', then: 'topNodes', else: 'nodes' },
        backdropVisibility: { whenState: 'isHovered', then: 'visible', else: 'hidden' },
        backdropColor: () => look().ground,
        backdropPadding: 4,
      },
      edges: {
        size: { attribute: 'size' },
        color: { attribute: 'color' },
        label: { attribute: 'label' },
        labelColor: () => look().soft,
        labelBackgroundColor: () => look().ground,
        labelVisibility: { whenData: 'isNamed', then: 'visible', else: 'hidden' },
        visibility: { whenData: 'isOut', then: 'hidden', else: 'visible' },
        head: { whenData: 'isDirected', then: 'arrow', else: 'none' },
        path: 'straight',
        parallelPath: 'curved',
        selfLoopPath: 'loop',
        depth: { whenData: 'isFocused', then: 'topEdges', else: 'edges' },
      },
    },
    /* oxlint-enable unicorn/no-thenable */
    settings: {
      enableNodeDrag: true,
      enableEdgeEvents: true,
      enableCameraRotation: false,
      renderEdgeLabels: true,
      autoRescale: 'once',
      itemSizesReference: 'screen',
      minCameraRatio: 0.005,
      maxCameraRatio: 20,
      inertiaDuration: isMotionReduced() ? 0 : 200,
      zoomDuration: isMotionReduced() ? 0 : 150,
      allowInvalidContainer: true,
    },
  })
}

interface Shown {
  readonly board?: Board
  readonly picked: Picked
}

/** Brings the graph from what was drawn to what is to be drawn. */
function follow(
  graph: Drawing,
  { before, after, look }: { readonly before: Shown; readonly after: Required<Shown>; readonly look: Look },
): void {
  const { board, picked } = after
  const [wasPicked, isPicked] = [new Set(before.picked.nodes), new Set(picked.nodes)]
  const focus = focusOf(board, picked)
  const isNewEdges = before.board?.edges !== board.edges
  if (before.board === undefined || graph.order === 0) {
    const nodes = [...board.nodes.values()].map((node) => ({
      key: node.entity,
      attributes: nodeLook(board, node, isPicked.has(node.entity)),
    }))
    const edges = [...board.edges.values()].map((edge) => ({
      key: edge.edge,
      source: edge.source,
      target: edge.target,
      attributes: edgeLook(edge, board, { focus, look }),
    }))
    graph.import({ nodes, edges })
    return
  }
  for (const id of before.board.edges.keys()) if (!board.edges.has(id)) graph.dropEdge(id)
  for (const id of before.board.nodes.keys()) if (!board.nodes.has(id)) graph.dropNode(id)
  for (const [id, node] of board.nodes) {
    const isSame = before.board.nodes.get(id) === node && wasPicked.has(id) === isPicked.has(id)
    // How many neighbours are not drawn stands in the label.
    if (isSame && !isNewEdges) continue
    if (graph.hasNode(id)) graph.replaceNodeAttributes(id, nodeLook(board, node, isPicked.has(id)))
    else graph.addNode(id, nodeLook(board, node, isPicked.has(id)))
  }
  for (const [id, edge] of board.edges) {
    const next = edgeLook(edge, board, { focus, look })
    if (!graph.hasEdge(id)) graph.addDirectedEdgeWithKey(id, edge.source, edge.target, next)
    else if (isOther(graph.getEdgeAttributes(id), next)) graph.replaceEdgeAttributes(id, next)
  }
}

function nodeLook(board: Board, node: BoardNode, isPicked: boolean): NodeLook {
  const { shape, colour } = familyOf(node.schema)
  return { x: node.x, y: node.y, size: sizeOf(node.degree), color: colour, shape, label: labelOf(board, node), isPicked }
}

function edgeLook(edge: GraphEdge, board: Board, { focus, look }: { readonly focus: Focus; readonly look: Look }): EdgeLook {
  const isFocused = focus.edges.has(edge.edge)
  return {
    size: isFocused ? 2 : 1,
    color: isFocused ? look.accent : look.line,
    label: kindText(edge.kind),
    isOut: board.hidden.has(edge.edge) || !isInView(edge, board.view),
    isFocused,
    isNamed: isFocused && focus.isNamed,
    isDirected: edge.directed,
  }
}

function isOther(one: EdgeLook, other: EdgeLook): boolean {
  return one.isOut !== other.isOut || one.isFocused !== other.isFocused || one.isNamed !== other.isNamed || one.color !== other.color
}

function spotOf(graph: Pick<Drawing, 'getNodeAttributes'>, id: string): Spot {
  const { x, y } = graph.getNodeAttributes(id)
  return { x, y }
}

function isAdding({ shiftKey, ctrlKey, metaKey }: MouseEvent | TouchEvent): boolean {
  return shiftKey || ctrlKey || metaKey
}

/** A few records do not fill the screen: no closer than half a pixel for each unit. */
function frameAll(sigma: ReturnType<typeof openSigma>, board: Board): void {
  const { left, right, bottom, top } = boxOf({
    nodes: [...board.nodes.values()].map((node) => sceneNode(board, node, false)),
    notes: board.notes,
  })
  const { width, height } = sigma.getDimensions()
  const [middleX, middleY] = [(left + right) / 2, (bottom + top) / 2]
  const [halfX, halfY] = [Math.max((right - left) / 2, width / 3), Math.max((top - bottom) / 2, height / 3)]
  sigma.setCustomBBox({ x: [middleX - halfX, middleX + halfX], y: [middleY - halfY, middleY + halfY] })
}

/** Gives what takes it away again. */
function paintOver(sigma: ReturnType<typeof openSigma>, box: HTMLElement, state: () => Shown & { readonly look: Look }): () => void {
  const canvas = document.createElement('canvas')
  canvas.className = 'graph-over'
  box.append(canvas)
  const context = canvas.getContext('2d')
  const paint = (): void => {
    const { board, picked, look } = state()
    const { width, height } = sigma.getDimensions()
    if (context === null) return
    const ratio = devicePixelRatio
    canvas.width = Math.round(width * ratio)
    canvas.height = Math.round(height * ratio)
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    if (board === undefined) return
    const pen = canvasPen(context)
    const isPicked = new Set(picked.nodes)
    const seen = [...board.nodes.values()].flatMap((node) => {
      const at = sigma.graphToViewport(spotOf(sigma.getGraph(), node.entity))
      return at.x < -40 || at.y < -40 || at.x > width + 40 || at.y > height + 40 ? [] : [{ node, at }]
    })
    for (const { node, at } of seen) {
      const scene = { node, at, radius: sigma.scaleSize(sizeOf(node.degree)) }
      if (isPicked.has(node.entity)) pen.circle(at, scene.radius + 5, { stroke: look.accent, width: 3 })
      const isMarked = node.colour !== undefined || node.pinned
      if (!isMarked && (seen.length > MOST_LETTERS || scene.radius < LEAST_LETTER)) continue
      const drawn = sceneNode(board, node, isPicked.has(node.entity))
      if (isMarked) drawMark(pen, drawn, { at, radius: scene.radius, look })
      if (scene.radius >= LEAST_LETTER && seen.length <= MOST_LETTERS) drawLetter(pen, drawn, { at, radius: scene.radius })
    }
    for (const note of board.notes) drawNote(pen, note.text, { at: sigma.graphToViewport(note), look })
  }
  sigma.on('afterRender', paint)
  return () => canvas.remove()
}
