/** A board comes back from the node as it was kept, less what this desk may not see any more. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { boardLayout } from '../contract.ts'
import { boardFrom, edge, idOf, node } from './board.fixture.ts'
import { applyChange, turnedRound } from './board-change.ts'
import { hiding, marking, moving, noting, pinning, removing, viewing } from './board-edit.ts'
import type { Board } from './board-state.ts'
import { boardOf, layoutOf } from './board-wire.ts'

const NAMES = ['a', 'b', 'c', 'd']

/** As the node has it. */
const keptOf = (board: Board) => boardLayout.parse(JSON.parse(JSON.stringify(layoutOf(board))))

it('is what it was, with its layers, window, notes, marks, pins and what was taken off', () => {
  fc.assert(
    fc.property(fc.subarray(NAMES), fc.subarray(['Ownership', 'Directorship']), fc.string({ maxLength: 20 }), (names, layers, text) => {
      let board = boardFrom('a>b b>c d')
      for (const change of [
        pinning(board, names.map(idOf), true),
        marking(board, names.map(idOf), 'amber'),
        hiding(board, [edge('a', 'b').edge]),
        noting(board, [{ x: 3, y: 4, text }]),
        viewing(board, { layers, from: '2020-01-01', to: '2024-12-31' }),
      ])
        board = applyChange(board, change)
      const kept = keptOf(board)
      const back = boardOf(kept, { nodes: [...board.nodes.values()], edges: [...board.edges.values()] })
      expect(layoutOf(back)).toEqual(layoutOf(board))
      expect([...back.edges.keys()]).toEqual([...board.edges.keys()])
    }),
  )
})

it('sends back which records a node stands for, also of one that was moved, taken off and put back', () => {
  const kept = keptOf(boardFrom('a>b'))
  const parts = [idOf('b'), idOf('a')]
  const merged = { ...kept, nodes: kept.nodes.filter(({ entity }) => entity === idOf('a')).map((each) => ({ ...each, parts })) }
  let board = boardOf(merged, { nodes: [node('a')], edges: [] })
  board = applyChange(board, moving(board, new Map([[idOf('a'), { x: 7, y: 8 }]])))
  const off = removing(board, [idOf('a')])
  board = applyChange(applyChange(board, off), turnedRound(off))
  expect(layoutOf(board).nodes).toEqual([{ entity: idOf('a'), x: 7, y: 8, parts }])
})

it('holds no value of a record', () => {
  expect(JSON.stringify(layoutOf(boardFrom('Vorobyov>Acme')))).not.toMatch(/Vorobyov|Acme|Person|Ownership/)
})

it('has neither a place nor a relation for a record that the node does not name', () => {
  const kept = keptOf(boardFrom('a>b b>c'))
  const back = boardOf(kept, { nodes: [node('a'), node('b')], edges: [edge('a', 'b'), edge('b', 'c')] })
  expect([...back.nodes.keys()].sort()).toEqual([idOf('a'), idOf('b')].sort())
  expect([...back.edges.values()]).toEqual([edge('a', 'b')])
})

it('finds a place for a record that is new to the layout', () => {
  const back = boardOf(keptOf(boardFrom('a>b')), { nodes: [node('a'), node('b'), node('new')], edges: [] })
  expect(back.nodes.get(idOf('new'))).toMatchObject({ pinned: false })
})
