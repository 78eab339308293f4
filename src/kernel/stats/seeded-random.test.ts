import { describe, expect, it } from 'vitest'
import { createSeededRandom } from './seeded-random.ts'

describe('seeded random', () => {
  it('repeats itself for the same seed only', () => {
    const draw = (seed: number): number[] => {
      const random = createSeededRandom(seed)
      return Array.from({ length: 50 }, () => random.next())
    }
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
  })

  it('stays in its ranges and reaches their ends', () => {
    const random = createSeededRandom(1)
    const drawn = Array.from({ length: 2000 }, () => random.integer(3, 6))
    expect(new Set(drawn)).toEqual(new Set([3, 4, 5, 6]))
    expect(() => random.pick([])).toThrow(RangeError)
  })

  it('spreads evenly', () => {
    const random = createSeededRandom(42)
    const bins = new Array<number>(10).fill(0)
    for (let index = 0; index < 100_000; index++) bins[Math.floor(random.next() * 10)]!++
    // 10,000 expected in each; five standard deviations are about 475.
    for (const bin of bins) expect(Math.abs(bin - 10_000)).toBeLessThan(475)
    expect(Array.from({ length: 10_000 }, () => random.chance(0.2)).filter(Boolean).length / 10_000).toBeCloseTo(0.2, 1)
  })
})
