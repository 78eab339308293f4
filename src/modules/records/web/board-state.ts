/** What lies on a board: records with their places, relations between them, notes, and what it is looked at through. Values are never changed, only replaced. */
import type { GraphEdge, GraphNode } from '../contract.ts'

export interface Spot {
  readonly x: number
  readonly y: number
}

export interface BoardNode extends GraphNode, Spot {
  /** A layout leaves it where it is. */
  readonly pinned: boolean
  /** One of `MARKS`. */
  readonly colour?: string | undefined
  /** Records put on the board that it stands for while they are merged. */
  readonly parts?: readonly string[] | undefined
}

export interface Note extends Spot {
  readonly text: string
}

export interface View {
  /** Kinds of relations that are shown; all when empty. */
  readonly layers: readonly string[]
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface Board {
  readonly nodes: ReadonlyMap<string, BoardNode>
  /** Both ends lie on the board. */
  readonly edges: ReadonlyMap<string, GraphEdge>
  /** Ids of relations that were taken off; they are kept so that they can be put back. */
  readonly hidden: ReadonlySet<string>
  readonly notes: readonly Note[]
  readonly view: View
}

export const EMPTY_BOARD: Board = { nodes: new Map(), edges: new Map(), hidden: new Set(), notes: [], view: { layers: [] } }

/** Colours that an officer marks records with, each with a sign of its own. */
export const MARKS = ['red', 'amber', 'green', 'blue', 'violet'] as const
export type Mark = (typeof MARKS)[number]
