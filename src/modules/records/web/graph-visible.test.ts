/** What of a board is shown, and what lies beyond it. */
import { describe, expect, it } from 'vitest'
import { boardFrom, edge, idOf, node } from './board.fixture.ts'
import { applyChange } from './board-change.ts'
import { adding, hiding, viewing } from './board-edit.ts'
import { families, familyOf } from './graph-family.ts'
import { alongArrow, firstOf } from './graph-steer.ts'
import { daysOn, isInView, kindsOn, moreOf, shownEdges } from './graph-visible.ts'

const window = (from?: string, to?: string) => ({ layers: [], from, to })

describe('a relation', () => {
  it.each([
    ['2015', '2016', window('2016-12-31', '2017-12-31'), true],
    ['2015', '2016', window('2017-01-01', undefined), false],
    ['2015-02', '2015-02', window('2015-02-28', undefined), true],
    ['2015-02', '2015-02', window('2015-03-01', undefined), false],
    ['2015-02', undefined, window(undefined, '2015-01-31'), false],
    ['2015-02', undefined, window(undefined, '2015-02-01'), true],
    ['2015-02-03T10:00:00Z', undefined, window(undefined, '2015-02-03'), true],
    // Its source contradicts itself: no window hides it.
    ['2020', '2010', window('2030-01-01', '2030-12-31'), true],
    [undefined, undefined, window('2030-01-01', '2030-12-31'), true],
  ])('from %s to %s in the window %j: %s', (from, to, view, isIn) => {
    expect(isInView({ kind: 'Ownership', ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }, view)).toBe(isIn)
  })

  it('is shown unless it is of another layer or was taken off', () => {
    const board = boardFrom('a>b b>c')
    expect(shownEdges(applyChange(board, viewing(board, { layers: ['Directorship'] })))).toEqual([])
    expect(shownEdges(applyChange(board, hiding(board, [edge('a', 'b').edge])))).toEqual([edge('b', 'c')])
  })
})

describe('a board', () => {
  it('counts neighbours that do not lie on it, each once', () => {
    let board = boardFrom('a')
    board = applyChange(board, adding(board, { nodes: [node('a', { degree: 40 }), node('b')], edges: [edge('a', 'b'), edge('b', 'a')] }))
    expect(moreOf(board, idOf('a'))).toBe(39)
    expect(moreOf(board, idOf('b'))).toBe(0)
  })

  it('names its kinds, also a layer that has nothing in it now', () => {
    const board = boardFrom('a>b')
    expect(kindsOn(applyChange(board, viewing(board, { layers: ['Family'] })))).toEqual([
      { kind: 'Family', count: 0 },
      { kind: 'Ownership', count: 1 },
    ])
  })

  it('knows its first and last day', () => {
    const start = boardFrom('a b c')
    const dated = [edge('a', 'b', { from: '2015' }), edge('b', 'c', { from: '2012-05', to: '2020-02' })]
    expect(daysOn(applyChange(start, adding(start, { nodes: [], edges: dated })))).toEqual({ first: '2012-05-01', last: '2020-02-29' })
    expect(daysOn(start)).toBeUndefined()
  })
})

describe('an arrow', () => {
  it('goes to the neighbour in its direction and nowhere without one', () => {
    const board = boardFrom('a>b a>c a>d')
    const at = (name: string, x: number, y: number) => {
      const held = board.nodes.get(idOf(name))
      return held === undefined ? [] : [[idOf(name), { ...held, x, y }] as const]
    }
    const placed = { ...board, nodes: new Map([...at('a', 0, 0), ...at('b', 100, 10), ...at('c', -5, 80), ...at('d', 200, 150)]) }
    expect(alongArrow(placed, idOf('a'), 'ArrowRight')).toBe(idOf('b'))
    expect(alongArrow(placed, idOf('a'), 'ArrowUp')).toBe(idOf('c'))
    expect(alongArrow(placed, idOf('a'), 'ArrowDown')).toBeUndefined()
    expect(alongArrow(placed, idOf('b'), 'ArrowLeft')).toBe(idOf('a'))
    expect(firstOf(placed)).toBe(idOf('a'))
  })
})

describe('a family', () => {
  it.each([
    ['Person', 'person'],
    ['Company', 'organisation'],
    ['CriminalNetwork', 'organisation'],
    ['Vessel', 'vehicle'],
    ['HighSpeedVessel', 'vehicle'],
    ['Container', 'cargo'],
    ['Terminal', 'place'],
    ['VirtualAssetAccount', 'money'],
    ['FreezingOrder', 'document'],
    ['Seizure', 'event'],
    ['NoSuchSchema', 'other'],
  ])('of %s is %s', (schema, family) => expect(familyOf(schema).id).toBe(family))

  it('is told from every other by letter and by shape with colour', () => {
    expect(new Set(families.map(({ letter }) => letter)).size).toBe(families.length)
    expect(new Set(families.map(({ shape, colour }) => `${shape} ${colour}`)).size).toBe(families.length)
  })

  it('stands out from a white and from a dark ground by 3 to 1, and its letter from it by 3 to 1', () => {
    const light = (hex: string): number => {
      const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
        const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
        return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const contrast = (a: string, b: string) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05)
    for (const { id, colour } of families)
      for (const ground of ['#ffffff', '#182128']) expect(contrast(colour, ground), `${id} on ${ground}`).toBeGreaterThan(3)
  })
})
