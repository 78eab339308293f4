/** A board with what was done to it and what was undone: the one reducer of the page of the graph. */
import { applyChange, type Change, isIdle, joined, turnedRound } from './board-change.ts'
import { type Board, EMPTY_BOARD } from './board-state.ts'

export interface History {
  readonly board: Board
  readonly past: readonly Change[]
  readonly future: readonly Change[]
  /** The last change when it was kept at the node; undefined for a board as it was opened. */
  readonly keptAt: Change | undefined
  /** Changes that fell off the end: they cannot be undone any more. */
  readonly forgotten: number
}

export type HistoryAct =
  | { readonly kind: 'open'; readonly board: Board }
  | { readonly kind: 'do'; readonly change: Change }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'kept' }

export const MOST_CHANGES = 1000

export function newHistory(board: Board = EMPTY_BOARD): History {
  return { board, past: [], future: [], keptAt: undefined, forgotten: 0 }
}

export function hasUnkept({ past, keptAt, forgotten }: History): boolean {
  return forgotten > 0 && keptAt === undefined ? true : past.at(-1) !== keptAt
}

export function historyAfter(history: History, act: HistoryAct): History {
  if (act.kind === 'open') return newHistory(act.board)
  if (act.kind === 'kept') return { ...history, keptAt: history.past.at(-1) }
  if (act.kind === 'do') return done(history, act.change)
  return act.kind === 'undo' ? undone(history) : redone(history)
}

function done(history: History, change: Change): History {
  if (isIdle(change)) return history
  const { board, past, forgotten } = history
  const last = past.at(-1)
  // What was kept stays a change of its own, so that undoing comes back to it.
  const both = last === undefined || last === history.keptAt ? undefined : joined(last, change)
  const next = both === undefined ? [...past, change] : [...past.slice(0, -1), both]
  const over = Math.max(0, next.length - MOST_CHANGES)
  return { ...history, board: applyChange(board, change), past: next.slice(over), future: [], forgotten: forgotten + over }
}

function undone(history: History): History {
  const last = history.past.at(-1)
  if (last === undefined) return history
  return {
    ...history,
    board: applyChange(history.board, turnedRound(last)),
    past: history.past.slice(0, -1),
    future: [...history.future, last],
  }
}

function redone(history: History): History {
  const next = history.future.at(-1)
  if (next === undefined) return history
  return { ...history, board: applyChange(history.board, next), past: [...history.past, next], future: history.future.slice(0, -1) }
}
