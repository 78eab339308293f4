/** Whatever is done to a board is undone exactly, and done again exactly. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boardFrom, edge, idOf, node } from './board.fixture.ts'
import { applyChange, type Change, turnedRound } from './board-change.ts'
import { adding, hiding, marking, moving, noting, pinning, removing, showing, viewing } from './board-edit.ts'
import { type History, hasUnkept, historyAfter, MOST_CHANGES, newHistory } from './board-history.ts'
import { type Board, MARKS } from './board-state.ts'

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f']
const name = fc.constantFrom(...NAMES)
const some = fc.uniqueArray(name.map(idOf), { maxLength: 4 })
const edgeOf = fc.tuple(name, name).map(([source, target]) => edge(source, target))
const number = fc.integer({ min: -500, max: 500 })

/** An act of an officer, as what it makes of whatever board there is. */
const edit: fc.Arbitrary<(board: Board) => Change> = fc.oneof(
  fc.record({ nodes: fc.uniqueArray(name, { maxLength: 4 }), edges: fc.array(edgeOf, { maxLength: 4 }), around: fc.option(name) }).map(
    ({ nodes, edges, around }) =>
      (board: Board) =>
        adding(board, { nodes: nodes.map((each) => node(each, { degree: 3 })), edges }, around === null ? undefined : idOf(around)),
  ),
  some.map((ids) => (board: Board) => removing(board, ids)),
  fc.tuple(some, number, number, fc.boolean(), fc.boolean()).map(
    ([ids, x, y, isLayout, goesOn]) =>
      (board: Board) =>
        moving(board, new Map(ids.map((id, index) => [id, { x: x + index, y }])), { isLayout, ...(goesOn ? { joins: 'nudge' } : {}) }),
  ),
  fc.tuple(some, fc.boolean()).map(
    ([ids, pinned]) =>
      (board: Board) =>
        pinning(board, ids, pinned),
  ),
  fc.tuple(some, fc.option(fc.constantFrom(...MARKS))).map(
    ([ids, colour]) =>
      (board: Board) =>
        marking(board, ids, colour ?? undefined),
  ),
  fc.array(edgeOf, { maxLength: 4 }).map(
    (edges) => (board: Board) =>
      hiding(
        board,
        edges.map((each) => each.edge),
      ),
  ),
  fc.constant((board: Board) => showing(board)),
  fc.string({ maxLength: 8 }).map((text) => (board: Board) => noting(board, [...board.notes, { x: 1, y: 2, text }])),
  fc.tuple(fc.subarray(['Ownership', 'Directorship']), fc.option(fc.constantFrom('2020-01-01', '2021-01-01'))).map(
    ([layers, from]) =>
      (board: Board) =>
        viewing(board, { layers, from: from ?? undefined }, 'slider'),
  ),
)

const plain = (board: Board) => ({
  nodes: [...board.nodes].sort(([a], [b]) => (a < b ? -1 : 1)),
  edges: [...board.edges].sort(([a], [b]) => (a < b ? -1 : 1)),
  hidden: [...board.hidden].sort(),
  notes: board.notes,
  view: board.view,
})

describe('undoing', () => {
  it('brings back what any change found, and doing again what it left', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), edit, (before, last) => {
        const board = before.reduce((held, act) => applyChange(held, act(held)), boardFrom('a>b b>c d'))
        const change = last(board)
        const after = applyChange(board, change)
        expect(plain(applyChange(after, turnedRound(change)))).toEqual(plain(board))
        expect(plain(applyChange(applyChange(after, turnedRound(change)), change))).toEqual(plain(after))
      }),
    )
  })

  it('goes back to the board that was opened from any sequence, and forward to its end', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 20 }), (acts) => {
        const opened = newHistory(boardFrom('a>b b>c'))
        let history = acts.reduce<History>((held, act) => historyAfter(held, { kind: 'do', change: act(held.board) }), opened)
        const end = history
        while (history.past.length > 0) history = historyAfter(history, { kind: 'undo' })
        expect(plain(history.board)).toEqual(plain(opened.board))
        while (history.future.length > 0) history = historyAfter(history, { kind: 'redo' })
        expect(plain(history.board)).toEqual(plain(end.board))
      }),
    )
  })

  it('is over when something else is done', () => {
    const board = boardFrom('a>b')
    let history = historyAfter(newHistory(board), { kind: 'do', change: removing(board, [idOf('a')]) })
    history = historyAfter(history, { kind: 'undo' })
    history = historyAfter(history, { kind: 'do', change: pinning(board, [idOf('b')], true) })
    expect(history.future).toEqual([])
    expect(historyAfter(history, { kind: 'redo' })).toBe(history)
  })

  it('takes one drag back as one, though it came in many pieces', () => {
    let history = newHistory(boardFrom('a>b'))
    for (let step = 1; step < 20; step++)
      history = historyAfter(history, {
        kind: 'do',
        change: moving(history.board, new Map([[idOf('a'), { x: step, y: 0 }]]), { joins: 'drag' }),
      })
    expect(history.past).toHaveLength(1)
    expect(historyAfter(history, { kind: 'undo' }).board.nodes.get(idOf('a'))).toEqual(boardFrom('a>b').nodes.get(idOf('a')))
  })

  it('says when changes can no longer be undone', () => {
    let history = newHistory(boardFrom('a'))
    for (let step = 0; step < MOST_CHANGES + 5; step++)
      history = historyAfter(history, { kind: 'do', change: pinning(history.board, [idOf('a')], step % 2 === 0) })
    expect(history.past).toHaveLength(MOST_CHANGES)
    expect(history.forgotten).toBe(5)
  })

  it('knows whether what is seen is what was kept', () => {
    let history = newHistory(boardFrom('a>b'))
    expect(hasUnkept(history)).toBe(false)
    const move = (x: number): void => {
      history = historyAfter(history, { kind: 'do', change: moving(history.board, new Map([[idOf('a'), { x, y: 9 }]]), { joins: 'drag' }) })
    }
    move(5)
    expect(hasUnkept(history)).toBe(true)
    history = historyAfter(history, { kind: 'kept' })
    expect(hasUnkept(history)).toBe(false)
    move(6)
    expect(hasUnkept(history)).toBe(true)
    history = historyAfter(history, { kind: 'undo' })
    expect(hasUnkept(history)).toBe(false)
  })
})

describe('a change', () => {
  it('of nothing is no change', () => {
    const opened = newHistory(boardFrom('a>b'))
    for (const change of [
      removing(opened.board, [idOf('zz')]),
      pinning(opened.board, [idOf('a')], false),
      showing(opened.board),
      adding(opened.board, node2()),
    ])
      expect(historyAfter(opened, { kind: 'do', change })).toBe(opened)
  })

  it('that takes a record off takes its relations off', () => {
    const board = boardFrom('a>b b>c a>c')
    const after = applyChange(board, removing(board, [idOf('b')]))
    expect([...after.edges.values()].map(({ source, target }) => [source, target])).toEqual([[idOf('a'), idOf('c')]])
  })

  it('never moves a pinned record by a layout, nor any to nowhere', () => {
    const start = boardFrom('a>b')
    const board = applyChange(start, pinning(start, [idOf('a')], true))
    const spots = new Map([
      [idOf('a'), { x: 900, y: 900 }],
      [idOf('b'), { x: Number.NaN, y: 0 }],
    ])
    expect(moving(board, spots, { isLayout: true }).nodes).toEqual([])
  })
})

function node2() {
  return { nodes: [node('a')], edges: [edge('a', 'b')] }
}
