/** The board as a picture or a drawing, all of it, whatever part is in sight. File names tell nothing of what is on it. */
import { saveFile } from '#web/save-file.ts'
import type { Board } from './board-state.ts'
import { readLook } from './canvas-look.ts'
import { canvasPen } from './canvas-pen.ts'
import { drawScene, type Frame } from './graph-draw.ts'
import { boxOf, type Picked, type Scene } from './graph-marks.ts'
import { sceneOf } from './graph-scene.ts'
import { svgOf } from './graph-svg.ts'

/** The longer side, in pixels: what every browser has a canvas for. */
const MOST_SIDE = 8000
/** Room for the names at the right side. */
const MARGIN = { left: 40, right: 200, top: 40, bottom: 40 }

export function wholeFrame(scene: Scene, mostSide: number = MOST_SIDE): Omit<Frame, 'look'> {
  const { left, right, bottom, top } = boxOf(scene)
  const [wide, high] = [right - left, top - bottom]
  const scale = Math.min(2, (mostSide - MARGIN.left - MARGIN.right) / wide, (mostSide - MARGIN.top - MARGIN.bottom) / high)
  const width = Math.ceil(wide * scale) + MARGIN.left + MARGIN.right
  const height = Math.ceil(high * scale) + MARGIN.top + MARGIN.bottom
  return {
    width,
    height,
    camera: { x: (left + right) / 2 + (MARGIN.right - MARGIN.left) / 2 / scale, y: (bottom + top) / 2, scale },
  }
}

export function downloadSvg(board: Board, picked: Picked, title: string): void {
  const scene = sceneOf(board, picked)
  saveFile('board.svg', new Blob([svgOf(scene, { ...wholeFrame(scene), look: readLook() }, title)], { type: 'image/svg+xml' }))
}

/** False when the browser has no canvas of that size. */
export async function downloadPng(board: Board, picked: Picked): Promise<boolean> {
  const scene = sceneOf(board, picked)
  const frame = { ...wholeFrame(scene), look: readLook() }
  const canvas = document.createElement('canvas')
  canvas.width = frame.width
  canvas.height = frame.height
  const context = canvas.getContext('2d')
  if (context === null) return false
  context.fillStyle = frame.look.ground
  context.fillRect(0, 0, frame.width, frame.height)
  drawScene(canvasPen(context), scene, frame)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  if (blob === null) return false
  saveFile('board.png', blob)
  return true
}
