/**
 * A canvas that a board is drawn on: with WebGL where the browser has it, on a plain canvas where it does not, and not at all where it has neither. All three
 * answer to the same few calls; the page never knows which it is, except that it says so.
 */
import type { Board, Spot } from './board-state.ts'
import type { Look } from './graph-draw.ts'
import type { Picked } from './graph-marks.ts'

export interface CanvasEvents {
  readonly onPick: (entity: string | undefined, isAdding: boolean) => void
  readonly onPickEdge: (edge: string) => void
  readonly onMove: (spots: ReadonlyMap<string, Spot>) => void
  readonly onOpen: (entity: string) => void
}

export interface BoardCanvas {
  readonly kind: 'webgl' | 'plain'
  draw(board: Board, picked: Picked): void
  recolour(look: Look): void
  /** All of it in sight. */
  fit(): void
  zoom(factor: number): void
  /** In pixels. */
  pan(dx: number, dy: number): void
  /** Brings a record into sight when it is out of it. */
  reveal(entity: string): void
  close(): void
}

export interface CanvasAsked {
  readonly box: HTMLElement
  readonly look: Look
  readonly events: CanvasEvents
}

/** Beyond as many relations a machine that only imitates WebGL takes many times as long with it as without. */
const MOST_IMITATED = 5000

export async function openCanvas(asked: CanvasAsked, relations: number): Promise<BoardCanvas | undefined> {
  const webgl = webglHere()
  if (webgl === 'real' || (webgl === 'imitated' && relations <= MOST_IMITATED)) {
    try {
      return (await import('./canvas-webgl.ts')).webglCanvas(asked)
    } catch {
      // A driver that promises WebGL and fails: the plain canvas does it too.
      asked.box.replaceChildren()
    }
  }
  return document.createElement('canvas').getContext('2d') !== null ? (await import('./canvas-plain.ts')).plainCanvas(asked) : undefined
}

/** Programs that draw with the processor alone name themselves. */
const IMITATED = /swiftshader|llvmpipe|softpipe|software|basic render/i

function webglHere(): 'real' | 'imitated' | 'none' {
  const context = document.createElement('canvas').getContext('webgl2')
  if (context === null) return 'none'
  const naming = context.getExtension('WEBGL_debug_renderer_info')
  const name = String(context.getParameter(naming === null ? context.RENDERER : naming.UNMASKED_RENDERER_WEBGL))
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return IMITATED.test(name) ? 'imitated' : 'real'
}
