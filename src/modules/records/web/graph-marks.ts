/** Marks, lines and words of a drawing, before anything draws them; and what of it is chosen. */
import type { Note, Spot } from './board-state.ts'
import type { Shape } from './graph-family.ts'

export interface SceneNode extends Spot {
  readonly id: string
  readonly label: string
  readonly letter: string
  readonly shape: Shape
  readonly colour: string
  /** Radius in units of the board. */
  readonly size: number
  readonly mark?: string | undefined
  readonly isPinned: boolean
  readonly isPicked: boolean
}

export interface SceneEdge {
  readonly id: string
  readonly source: SceneNode
  readonly target: SceneNode
  /** Empty where it would not be read. */
  readonly label: string
  readonly isDirected: boolean
  /** It is what one looks at, or lies at what one looks at. */
  readonly isFocused: boolean
}

export interface Scene {
  readonly nodes: readonly SceneNode[]
  readonly edges: readonly SceneEdge[]
  readonly notes: readonly Note[]
}

/** What is chosen on a board: records in the order they were chosen, and perhaps one relation. */
export interface Picked {
  readonly nodes: readonly string[]
  readonly edge?: string | undefined
}

export const NOTHING_PICKED: Picked = { nodes: [] }

export interface Box {
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
}

/** Around all that lies on the board; never without a width or a height. */
export function boxOf({ nodes, notes }: Pick<Scene, 'nodes' | 'notes'>): Box {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of [...nodes, ...notes]) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    bottom = Math.min(bottom, y)
    top = Math.max(top, y)
  }
  if (left > right) return { left: -100, right: 100, bottom: -100, top: 100 }
  return { left: left - 30, right: right + 30, bottom: bottom - 30, top: top + 30 }
}
