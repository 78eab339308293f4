/** Reads a board once: what was kept with what its records are now, or records with their nearest neighbours. Afterwards the page alone changes it. */
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { ENTITY_ID } from '#kernel/record/identity.ts'
import { call } from '#web/client.ts'
import { type Expansion, expandGraph, MOST_NODES, showBoard } from '../contract.ts'
import { applyChange } from './board-change.ts'
import { adding } from './board-edit.ts'
import { type Board, EMPTY_BOARD } from './board-state.ts'
import { boardOf } from './board-wire.ts'

/** Neighbours that a new board begins with; how many more there are is counted at each record. */
const FIRST = 50
const MOST_ASKED = 500

/** Of whom it is, as the node has it. */
export type KeptBoard = Omit<z.output<(typeof showBoard)['ok']>, 'layout'>

export interface OpenedBoard {
  readonly board: Board
  readonly kept?: KeptBoard
  readonly edgesLeftOut: number
  /** Records of the layout beyond what a board can be read with. */
  readonly tooMany: number
  /** Places of the layout that hold no record for this desk any more. */
  readonly lost: number
}

export interface Opening {
  readonly opened?: OpenedBoard
  readonly error?: unknown
  readonly retry: () => void
}

export function useOpening(source: { readonly board: string | undefined; readonly entities: string }): Opening {
  const { board, entities } = source
  const [turn, setTurn] = useState(0)
  const asked = `${turn} ${board ?? ''} ${entities}`
  const [state, setState] = useState<Omit<Opening, 'retry'> & { readonly asked?: string }>({})
  useEffect(() => {
    const ending = new AbortController()
    const read = board === undefined ? readRecords(entities, ending.signal) : readBoard(board, ending.signal)
    read.then(
      (opened) => {
        if (!ending.signal.aborted) setState({ asked, opened })
      },
      (error: unknown) => {
        if (!ending.signal.aborted) setState({ asked, error })
      },
    )
    return () => ending.abort()
  }, [board, entities, asked])
  // What came for an earlier address or an earlier try is no answer to this one.
  const { opened, error } = state.asked === asked ? state : {}
  return { ...(opened === undefined ? {} : { opened }), error, retry: () => setTurn((n) => n + 1) }
}

async function readBoard(board: string, signal: AbortSignal): Promise<OpenedBoard> {
  const { layout, ...kept } = await call(showBoard, { board }, { signal })
  const asked = layout.nodes.slice(0, MOST_NODES).map(({ entity }) => entity)
  const found: Pick<Expansion, 'nodes' | 'edges' | 'edgesLeftOut'> =
    asked.length === 0
      ? { nodes: [], edges: [], edgesLeftOut: 0 }
      : await call(expandGraph, { entities: asked, hops: 0, most: 1 }, { signal })
  const read = boardOf(layout, found)
  return {
    board: read,
    kept,
    edgesLeftOut: found.edgesLeftOut,
    tooMany: Math.max(0, layout.nodes.length - MOST_NODES),
    lost: Math.max(0, asked.length - read.nodes.size),
  }
}

async function readRecords(text: string, signal: AbortSignal): Promise<OpenedBoard> {
  const entities = text
    .split(',')
    .filter((each) => ENTITY_ID.test(each))
    .slice(0, MOST_ASKED)
  if (entities.length === 0) return { board: EMPTY_BOARD, edgesLeftOut: 0, tooMany: 0, lost: 0 }
  const found = await call(expandGraph, { entities, hops: 1, most: FIRST }, { signal })
  return { board: applyChange(EMPTY_BOARD, adding(EMPTY_BOARD, found)), edgesLeftOut: found.edgesLeftOut, tooMany: 0, lost: 0 }
}
