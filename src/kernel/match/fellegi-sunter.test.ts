import { describe, expect, test } from 'vitest'
import { createSeededRandom } from '#kernel/stats/seeded-random.ts'
import { type Comparison, estimateModel, frequencyWeight, levelShares, levelWeight, MISSING, pairLogOdds } from './fellegi-sunter.ts'

const COMPARISONS: readonly Comparison[] = [
  { property: 'name', levels: ['equal', 'near', 'different'] },
  { property: 'date', levels: ['equal', 'different'] },
  { property: 'town', levels: ['equal', 'near', 'different'] },
]
const M = [
  [0.8, 0.15, 0.05],
  [0.9, 0.1],
  [0.6, 0.2, 0.2],
]
const U = [
  [0.05, 0.05, 0.9],
  [0.1, 0.9],
  [0.2, 0.1, 0.7],
]

/** Pairs drawn from known shares: what the estimate has to find again. */
function drawn(pairs: number, share: number): Uint8Array {
  const random = createSeededRandom(11)
  const levels = new Uint8Array(pairs * COMPARISONS.length)
  for (let pair = 0; pair < pairs; pair++) {
    const shares = random.chance(share) ? M : U
    shares.forEach((of, at) => {
      let rest = random.next()
      const level = of.findIndex((part) => (rest -= part) < 0)
      levels[pair * COMPARISONS.length + at] = random.chance(0.1) ? MISSING : Math.max(level, 0)
    })
  }
  return levels
}

describe('an estimate without labels', () => {
  const levels = drawn(60_000, 0.3)
  const model = estimateModel({ comparisons: COMPARISONS, levels })

  test('finds the shares that the pairs were drawn from', () => {
    expect(model.hasConverged).toBe(true)
    expect(model.share).toBeCloseTo(0.3, 1)
    for (const [at, shares] of M.entries())
      for (const [level, share] of shares.entries()) expect(Math.abs((model.m[at]?.[level] ?? 0) - share)).toBeLessThan(0.03)
    for (const [at, shares] of U.entries())
      for (const [level, share] of shares.entries()) expect(Math.abs((model.u[at]?.[level] ?? 0) - share)).toBeLessThan(0.03)
  })

  test('does not depend on the order of the pairs', () => {
    const width = COMPARISONS.length
    const reversed = new Uint8Array(levels.length)
    for (let row = 0; row < levels.length; row += width) reversed.set(levels.subarray(row, row + width), levels.length - row - width)
    expect(estimateModel({ comparisons: COMPARISONS, levels: reversed })).toEqual(model)
  })

  test('keeps u where it is given', () => {
    const u = levelShares({ comparisons: COMPARISONS, levels: drawn(60_000, 0) })
    const fixed = estimateModel({ comparisons: COMPARISONS, levels }, { u })
    expect(fixed.u).toBe(u)
    expect(Math.abs(fixed.share - 0.3)).toBeLessThan(0.03)
  })

  test('says when it stopped before it settled', () => {
    expect(estimateModel({ comparisons: COMPARISONS, levels }, { mostRounds: 2 })).toMatchObject({ rounds: 2, hasConverged: false })
  })
})

test('Log-odds are the prior and the weight of each level; a missing value weighs nothing, and they stay finite where a probability would be 1', () => {
  const model = { comparisons: COMPARISONS, share: 0.5, m: M, u: U, rounds: 1, hasConverged: true }
  expect(pairLogOdds(model, Uint8Array.of(0, MISSING, 2))).toBeCloseTo(Math.log(0.8 / 0.05) + Math.log(0.2 / 0.7), 10)
  expect(levelWeight(model, 1, MISSING)).toBe(0)
  const certain = estimateModel({ comparisons: COMPARISONS, levels: new Uint8Array(30_000) })
  expect(Number.isFinite(pairLogOdds(certain, Uint8Array.of(0, 0, 0)))).toBe(true)
})

test('A rare value adds, a common one takes, and a value of usual frequency does neither', () => {
  expect(frequencyWeight(0.001, 0.01)).toBeCloseTo(Math.log(10), 10)
  expect(frequencyWeight(0.1, 0.01)).toBeCloseTo(-Math.log(10), 10)
  expect(frequencyWeight(0.01, 0.01)).toBe(0)
})

test('A table that ends within a pair or has an unknown level is refused; none at all gives a model that knows nothing', () => {
  expect(() => estimateModel({ comparisons: COMPARISONS, levels: new Uint8Array(4) })).toThrow(RangeError)
  expect(() => estimateModel({ comparisons: COMPARISONS, levels: Uint8Array.of(7, 0, 0) })).toThrow(RangeError)
  expect(estimateModel({ comparisons: COMPARISONS, levels: new Uint8Array(0) })).toMatchObject({ rounds: 0, hasConverged: true })
})
