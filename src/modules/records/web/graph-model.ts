/** What a page of the graph holds: the board with its history, what is chosen, and what was last said to whoever listens. */
import { useCallback, useEffect, useMemo, useReducer, useState } from 'react'
import type { Change } from './board-change.ts'
import { type History, type HistoryAct, historyAfter, newHistory } from './board-history.ts'
import type { Board } from './board-state.ts'
import { NOTHING_PICKED, type Picked } from './graph-marks.ts'
import { t } from './text.ts'

export interface GraphModel {
  readonly history: History
  readonly board: Board
  readonly picked: Picked
  /** The change is made of the board as it is when its turn comes. */
  readonly act: (make: (board: Board) => Change) => void
  readonly undo: () => void
  readonly redo: () => void
  readonly kept: () => void
  /** Without a record: nothing. Chosen again while adding: no longer. */
  readonly pick: (entity: string | undefined, isAdding?: boolean) => void
  readonly pickAll: (entities: readonly string[]) => void
  readonly pickEdge: (edge: string) => void
  readonly said: string
  readonly say: (text: string) => void
}

type Act = HistoryAct | { readonly kind: 'make'; readonly make: (board: Board) => Change }

function reduce(history: History, act: Act): History {
  return act.kind === 'make' ? historyAfter(history, { kind: 'do', change: act.make(history.board) }) : historyAfter(history, act)
}

export function useGraphModel(opened: Board): GraphModel {
  const [history, send] = useReducer(reduce, opened, newHistory)
  const [chosen, setChosen] = useState<Picked>(NOTHING_PICKED)
  const [said, say] = useState('')
  const { board, past, future } = history
  const undo = useCallback(() => {
    const last = past.at(-1)
    if (last === undefined) return
    send({ kind: 'undo' })
    say(t('graph.undone', { what: t(`change.${last.what}`) }))
  }, [past])
  const redo = useCallback(() => {
    const next = future.at(-1)
    if (next === undefined) return
    send({ kind: 'redo' })
    say(t('graph.redone', { what: t(`change.${next.what}`) }))
  }, [future])
  useUndoKeys(undo, redo)
  const act = useCallback((make: (of: Board) => Change) => send({ kind: 'make', make }), [])
  const kept = useCallback(() => send({ kind: 'kept' }), [])
  const pick = useCallback((entity: string | undefined, isAdding = false) => setChosen((held) => pickedAfter(held, entity, isAdding)), [])
  const pickAll = useCallback((nodes: readonly string[]) => setChosen({ nodes }), [])
  const pickEdge = useCallback((edge: string) => setChosen({ nodes: [], edge }), [])
  // What was undone or taken off is not chosen any more.
  const picked = useMemo((): Picked => {
    const nodes = chosen.nodes.filter((id) => board.nodes.has(id))
    const edge = chosen.edge !== undefined && board.edges.has(chosen.edge) ? chosen.edge : undefined
    return nodes.length === chosen.nodes.length && edge === chosen.edge ? chosen : { nodes, edge }
  }, [chosen, board.nodes, board.edges])
  return { history, board, picked, act, undo, redo, kept, pick, pickAll, pickEdge, said, say }
}

function pickedAfter({ nodes }: Picked, entity: string | undefined, isAdding: boolean): Picked {
  if (entity === undefined) return NOTHING_PICKED
  if (!isAdding) return { nodes: [entity] }
  return { nodes: nodes.includes(entity) ? nodes.filter((id) => id !== entity) : [...nodes, entity] }
}

/** The keys that take back everywhere else do it here too, unless a field or a dialog has its own. */
function useUndoKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const { target } = event
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      if (
        target instanceof HTMLTextAreaElement ||
        (target instanceof HTMLInputElement && !['checkbox', 'radio', 'range'].includes(target.type))
      )
        return
      if (document.querySelector('[role="dialog"]') !== null) return
      const key = event.key.toLowerCase()
      if (key !== 'z' && key !== 'y') return
      event.preventDefault()
      if (key === 'y' || event.shiftKey) redo()
      else undo()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [undo, redo])
}
