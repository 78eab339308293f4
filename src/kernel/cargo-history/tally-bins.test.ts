import fc from 'fast-check'
import { expect, it } from 'vitest'
import { quantile } from '#kernel/stats/quantile.ts'
import { goodsWords } from './goods-words.ts'
import { millisecondsOf } from './instant.ts'
import { binOf, quantileOfBins, WEIGHT_BIN } from './tally-bins.ts'

it('gives a quantile within one width below the true one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1 }), fc.integer({ min: 1, max: 100 }), (values, percent) => {
      const bins: Record<string, number> = {}
      for (const value of values) {
        const bin = binOf(value, WEIGHT_BIN)
        bins[bin] = (bins[bin] ?? 0) + 1
      }
      const [true_, ours] = [quantile(values, percent / 100) ?? 0, quantileOfBins(bins, percent / 100, WEIGHT_BIN) ?? 0]
      expect(true_ - ours).toBeGreaterThanOrEqual(0)
      expect(true_ - ours).toBeLessThan(WEIGHT_BIN)
    }),
  )
  expect(quantileOfBins({}, 0.5, 1)).toBeUndefined()
})

it('keeps a mistyped value in the last bin', () => {
  expect(binOf(1e15, WEIGHT_BIN)).toBe(binOf(1e9, WEIGHT_BIN))
})

it('keeps the words that tell goods apart', () => {
  expect(goodsWords('1,080 CARTONS FRESH BANANAS (CAVENDISH) Net weight 19.400 kgs')).toEqual(['fresh', 'banana', 'cavendish'])
  expect(goodsWords('')).toEqual([])
  expect(goodsWords('ñandú '.repeat(10_000))).toEqual(['nandu'])
})

it('reads an instant as the calendar does', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true }), (date) => {
      expect(millisecondsOf(date.toISOString())).toBe(date.getTime())
    }),
  )
  expect(millisecondsOf('2026-11-26')).toBeNaN()
})
