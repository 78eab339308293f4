import fc from 'fast-check'
import { expect, it } from 'vitest'
import { wilsonInterval } from './wilson.ts'

it('gives the published values', () => {
  // Newcombe (1998), table I: 81 of 263, and 0 of 20.
  const first = wilsonInterval(81, 263)
  expect(first.low).toBeCloseTo(0.2553, 4)
  expect(first.high).toBeCloseTo(0.3662, 4)
  expect(wilsonInterval(0, 20).low).toBe(0)
  expect(wilsonInterval(0, 20).high).toBeCloseTo(0.1611, 4)
  expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 })
})

it('holds the share, mirrors itself and narrows with more trials', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), (trials, seed) => {
      const hits = seed % (trials + 1)
      const { low, high } = wilsonInterval(hits, trials)
      expect(low).toBeLessThanOrEqual(hits / trials)
      expect(high).toBeGreaterThanOrEqual(hits / trials)
      expect(wilsonInterval(trials - hits, trials).low).toBeCloseTo(1 - high, 10)
      const wider = wilsonInterval(hits * 4, trials * 4)
      expect(wider.high - wider.low).toBeLessThan(high - low)
    }),
  )
})

it('refuses what is no proportion', () => {
  expect(() => wilsonInterval(2, 1)).toThrow(RangeError)
  expect(() => wilsonInterval(-1, 1)).toThrow(RangeError)
})
