/** Layouts: the same board, the same places; the pinned stay; nothing on top of another where a layout promises it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boardFrom, idOf } from './board.fixture.ts'
import { applyChange } from './board-change.ts'
import { pinning } from './board-edit.ts'
import type { Board } from './board-state.ts'
import { movedApart } from './graph-apart.ts'
import { byForce } from './graph-force.ts'
import { inLayers } from './graph-layers.ts'
import { type LayoutInput, layoutInput, type Places, spotsOf } from './graph-layout.ts'
import { GAP, placesAround } from './graph-place.ts'
import { inCircle, onRings } from './graph-rings.ts'

const forced = (input: LayoutInput): Places => [...byForce(input, 30)].at(-1) ?? input
const ALL = { force: forced, circle: inCircle, rings: onRings, layers: inLayers, apart: movedApart }
const NAMES = 'abcdefghijkl'
const anyBoard = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)), { minLength: 1, maxLength: 30 })
  .map((pairs) => boardFrom(pairs.map((pair) => pair.join('>')).join(' ')))

function placesOf(board: Board, layout: (input: LayoutInput) => Places, roots: readonly string[] = []) {
  const { ids, ...input } = layoutInput(board, roots)
  return spotsOf(ids, layout(input))
}

describe.each(Object.entries(ALL))('the layout %s', (_, layout) => {
  it('gives each record a place, the same for the same board in any order', () => {
    fc.assert(
      fc.property(anyBoard, (board) => {
        const shuffled = { ...board, nodes: new Map([...board.nodes].reverse()) }
        const places = placesOf(board, layout)
        expect(places).toEqual(placesOf(shuffled, layout))
        expect([...places.values()].every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  it('leaves the pinned where they are', () => {
    fc.assert(
      fc.property(anyBoard, (start) => {
        const [pinned = ''] = start.nodes.keys()
        const board = applyChange(start, pinning(start, [pinned], true))
        const { x, y } = placesOf(board, layout).get(pinned) ?? {}
        expect({ x, y }).toEqual({ x: board.nodes.get(pinned)?.x, y: board.nodes.get(pinned)?.y })
      }),
      { numRuns: 30 },
    )
  })

  it('takes an empty board', () => expect(placesOf({ ...boardFrom('a'), nodes: new Map(), edges: new Map() }, layout).size).toBe(0))
})

describe('rings', () => {
  it('lie further out for each step away from the record they begin at', () => {
    const places = placesOf(boardFrom('a>b b>c c>d x'), onRings, [idOf('a')])
    const radius = (name: string) => Math.hypot(places.get(idOf(name))?.x ?? 0, places.get(idOf(name))?.y ?? 0)
    const radii = ['a', 'b', 'c', 'd', 'x'].map(radius)
    expect(radii[0]).toBe(0)
    expect(radii).toEqual([...radii].sort((a, b) => a - b))
    expect(new Set(radii).size).toBe(5)
  })
})

describe('layers', () => {
  it('stand owners above what they own, whichever way a circle is cut', () => {
    const places = placesOf(boardFrom('a>b b>c a>c c>d d>b'), inLayers)
    const height = (name: string) => places.get(idOf(name))?.y ?? 0
    expect(height('a')).toBeGreaterThan(height('b'))
    expect(height('a')).toBeGreaterThan(height('c'))
    expect(height('b')).toBeGreaterThan(height('c'))
  })
})

describe('moving apart', () => {
  it('leaves no two records on each other', () => {
    const input = layoutInput(boardFrom([...NAMES].join(' ')), [])
    const { x, y } = movedApart({ ...input, x: input.x.map(() => 5), y: input.y.map(() => 5) })
    for (let one = 0; one < x.length; one++)
      for (let other = 0; other < one; other++)
        expect(Math.hypot((x[one] ?? 0) - (x[other] ?? 0), (y[one] ?? 0) - (y[other] ?? 0))).toBeGreaterThan(GAP * 0.8)
  })
})

describe('places for new records', () => {
  it('are clear of each other and of what lies there', () => {
    const taken = placesAround([], { count: 40 })
    const fresh = placesAround(taken, { anchor: taken[3], count: 40 })
    const all = [...taken, ...fresh]
    for (const [index, one] of all.entries())
      for (const other of all.slice(index + 1)) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(GAP * 0.75)
  })
})
