/** A board as it is kept, ids and places alone, and back again with what the node says of its records. */
import type { z } from 'zod'
import type { BoardLayout, boardLayout, Expansion } from '../contract.ts'
import { applyChange } from './board-change.ts'
import { adding } from './board-edit.ts'
import { type Board, type BoardNode, EMPTY_BOARD } from './board-state.ts'

/** What goes without saying is not said: the node takes a body of a mebibyte, room for some fourteen thousand records. */
export function layoutOf({ nodes, hidden, notes, view }: Board): z.input<typeof boardLayout> {
  return {
    nodes: [...nodes.values()].map(({ entity, x, y, pinned, colour, parts }) => ({
      entity,
      x: rounded(x),
      y: rounded(y),
      ...(pinned ? { pinned } : {}),
      ...(colour === undefined ? {} : { colour }),
      ...(parts === undefined ? {} : { parts: [...parts] }),
    })),
    hidden: [...hidden],
    notes: notes.map(({ x, y, text }) => ({ x: rounded(x), y: rounded(y), text })),
    layers: [...view.layers],
    ...(view.from === undefined ? {} : { from: view.from }),
    ...(view.to === undefined ? {} : { to: view.to }),
  }
}

/** Records of the layout that the node does not name are not on the board; those it names beside them lie around. */
export function boardOf(layout: BoardLayout, found: Pick<Expansion, 'nodes' | 'edges'>): Board {
  const places = new Map(layout.nodes.map((node) => [node.entity, node]))
  const placed = found.nodes.flatMap((node): [string, BoardNode][] => {
    const place = places.get(node.entity)
    return place === undefined ? [] : [[node.entity, { ...node, ...place }]]
  })
  const board: Board = {
    ...EMPTY_BOARD,
    nodes: new Map(placed),
    hidden: new Set(layout.hidden),
    notes: layout.notes,
    view: { layers: layout.layers, from: layout.from, to: layout.to },
  }
  return applyChange(board, adding(board, found))
}

/** A tenth of a unit is finer than anything one sees of a board. */
const rounded = (value: number): number => Math.round(value * 10) / 10
