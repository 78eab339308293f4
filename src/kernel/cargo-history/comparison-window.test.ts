import fc from 'fast-check'
import { expect, it } from 'vitest'
import { comparedWith, isThin, windowOf } from './comparison-window.ts'

it('begins twelve months before and ends with the month itself', () => {
  expect(windowOf('2027-03')).toEqual({ from: '2026-03', until: '2027-04' })
  expect(windowOf('2026-12')).toEqual({ from: '2025-12', until: '2027-01' })
  expect(windowOf('2026-01')).toEqual({ from: '2025-01', until: '2026-02' })
})

it('holds every day of thirteen months and no other, in the order of text', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1990 * 12, max: 2190 * 12 }),
      fc.integer({ min: -20, max: 20 }),
      fc.integer({ min: -400, max: 400 }),
      (number, away, bin) => {
        const nameOf = (of: number) => `${Math.floor(of / 12)}-${String((of % 12) + 1).padStart(2, '0')}`
        const { from, until } = windowOf(nameOf(number))
        const sub = `${nameOf(number + away)} ${bin}`
        expect(sub >= from && sub < until).toBe(away >= -12 && away <= 0)
      },
    ),
  )
})

it('counts the month itself only while the months before hold too few', () => {
  const tally = { before: { 3: 9, 4: 1 }, here: { 4: 5, 5: 1 } }
  expect([isThin(tally, 10), isThin(tally, 11)]).toEqual([false, true])
  expect(comparedWith(tally, false)).toEqual({ 3: 9, 4: 1 })
  expect(comparedWith(tally, true)).toEqual({ 3: 9, 4: 6, 5: 1 })
})
