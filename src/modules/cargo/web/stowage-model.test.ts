import { describe, expect, it } from 'vitest'
import { boxBit, type StowageAnswer } from '../contract/vessel.ts'
import { boxAt, CELLS, cellCorner, fittingSize, layoutOf } from './stowage-layout.ts'
import { stowageOf } from './stowage-model.ts'
import { stepFrom } from './stowage-steer.ts'
import { boxText } from './stowage-words.ts'

const PLAN = { document: 'a'.repeat(64), message: 1, documentName: 'plan.edi', type: 'BAPLIE', receivedAt: '2026-01-01T00:00:00Z' }

function answerOf(positions: readonly number[], marks: Readonly<Record<number, number>> = {}): StowageAnswer {
  const same = (value: number) => positions.map(() => value)
  return {
    plan: PLAN,
    vessel: '9839272',
    places: ['ECGYE', 'BEANR'],
    isoTypes: ['45R1'],
    containers: positions.map((_, box) => `MSCU${box}`),
    positions: [...positions],
    loading: same(0),
    discharge: same(1),
    isoType: same(0),
    marks: positions.map((_, box) => marks[box] ?? 0),
    weights: same(3),
    unreadable: [],
    leftOut: 0,
  }
}

describe('the picture of a plan', () => {
  it('puts port to the left, starboard to the right, and the deck above the hold', () => {
    const { columnOf, lineOf, lines } = stowageOf(answerOf([10_482, 10_282, 10_082, 10_182, 10_302, 10_384]))
    expect([...columnOf.keys()]).toEqual([4, 2, 0, 1, 3])
    expect([lineOf.get(84), lineOf.get(82), lineOf.get(2), lines]).toEqual([0, 1, 3, 4])
  })

  it('shows a long box as taking its cell in the bays beside it', () => {
    const { bays } = stowageOf(answerOf([10_082, 20_084, 30_082]))
    expect(bays.map(({ number, boxes, over }) => ({ number, boxes, over }))).toEqual([
      { number: 1, boxes: [0], over: [1] },
      { number: 2, boxes: [1], over: [] },
      { number: 3, boxes: [2], over: [1] },
    ])
  })

  it('finds every box again at the place where it draws it, in any width and size', () => {
    const positions = Array.from({ length: 400 }, (_, n) => (1 + 2 * (n % 25)) * 10_000 + (n % 12) * 100 + 82 + 2 * Math.floor(n / 100))
    const stowage = stowageOf(answerOf([...new Set(positions)]))
    for (const [cell, width] of [
      [5, 300],
      [14, 900],
      [28, 40],
    ] as const) {
      const layout = layoutOf(stowage, cell, width)
      for (const [bay, { boxes }] of stowage.bays.entries())
        for (const box of boxes) {
          const corner = cellCorner(stowage, layout, { box, bay })
          expect(boxAt(stowage, layout, { x: (corner?.x ?? 0) + cell / 2, y: (corner?.y ?? 0) + cell / 2 })).toBe(box)
        }
    }
  })

  it('is as large as the whole plan fits, and no smaller than it can be', () => {
    const stowage = stowageOf(answerOf(Array.from({ length: 300 }, (_, n) => (1 + 2 * (n % 25)) * 10_000 + (n % 12) * 100 + 82)))
    const size = fittingSize(stowage, { width: 900, height: 560 })
    expect(layoutOf(stowage, CELLS[size] ?? 0, 900).height).toBeLessThanOrEqual(560)
    expect(layoutOf(stowage, CELLS[size + 1] ?? 1000, 900).height).toBeGreaterThan(560)
    expect(fittingSize(stowage, { width: 10, height: 10 })).toBe(0)
  })

  it('answers nothing for a point beside every bay', () => {
    const stowage = stowageOf(answerOf([10_082]))
    const layout = layoutOf(stowage, 10, 500)
    for (const point of [
      { x: -1, y: 20 },
      { x: 5000, y: 20 },
      { x: 15, y: 5000 },
      { x: 1, y: 1 },
    ])
      expect(boxAt(stowage, layout, point)).toBeUndefined()
  })

  it('draws a marked box over one that is stated for the same place', () => {
    const stowage = stowageOf(answerOf([10_082, 10_082], { 0: boxBit.alert }))
    const layout = layoutOf(stowage, 10, 500)
    const corner = cellCorner(stowage, layout, { box: 0, bay: 0 })
    expect(boxAt(stowage, layout, { x: (corner?.x ?? 0) + 1, y: (corner?.y ?? 0) + 1 })).toBe(0)
    expect(stowage.at.get(10_082)).toEqual([0, 1])
  })

  it('holds where a plan has no position at all', () => {
    const stowage = stowageOf(answerOf([-1, -1], { 1: boxBit.signal }))
    expect(stowage).toMatchObject({ bays: [], lines: 0, marked: [1] })
    expect(layoutOf(stowage, 10, 500).height).toBe(0)
    expect(stepFrom(stowage, undefined, 'right')).toBeUndefined()
    expect(stepFrom(stowage, 0, 'next-mark')).toBe(1)
    expect(boxText(stowage.answer, 0)).toContain('no position stated')
  })
})

describe('the keys of the picture', () => {
  const stowage = stowageOf(answerOf([10_082, 10_182, 10_382, 10_084, 30_082, 30_282], { 2: boxBit.signal, 5: boxBit.notIso }))
  it.each([
    ['right', 0, 1],
    ['right', 1, 2],
    ['left', 1, 0],
    ['up', 0, 3],
    ['down', 3, 0],
    ['down', 0, 0],
    ['right', 2, 5],
    ['left', 5, 2],
    ['next-bay', 0, 4],
    ['last-bay', 4, 0],
    ['last-bay', 0, 0],
    ['next-mark', 0, 2],
    ['next-mark', 5, 2],
    ['last-mark', 2, 5],
  ] as const)('go %s from box %i to box %i', (step, from, to) => {
    expect(stepFrom(stowage, from, step)).toBe(to)
  })

  it('reach every box of a bay by going right, and then the next bay', () => {
    const seen = new Set<number>()
    let box: number | undefined = 0
    for (let press = 0; press < 6 && box !== undefined; press++) {
      seen.add(box)
      box = stepFrom(stowage, box, 'right')
    }
    expect([...seen]).toEqual(expect.arrayContaining([0, 1, 2, 5, 4]))
  })
})
