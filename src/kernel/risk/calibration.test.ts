import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSeededRandom } from '../stats/seeded-random.ts'
import { calibrationOf, type ScoredSample } from './calibration.ts'
import { probabilityOf } from './scorecard.ts'

/** Found as often as the score promises, times a factor. */
function samples(factor: number, count = 4000): readonly ScoredSample[] {
  const random = createSeededRandom(6)
  return Array.from({ length: count }, () => {
    const score = random.integer(-4_000_000, 1_000_000)
    return { score, pi: 1, verdict: random.chance(probabilityOf(score) * factor) ? 'found' : 'nothing' }
  })
}

describe('a calibration table', () => {
  it('keeps a promise that is true, and shows one that is not', () => {
    expect(calibrationOf(samples(1)).groups.filter(({ isKept }) => isKept).length).toBeGreaterThanOrEqual(9)
    const broken = calibrationOf(samples(0.4)).groups
    expect(broken.at(-1)).toMatchObject({ isKept: false })
    expect(broken.at(-1)?.promised).toBeGreaterThan(broken.at(-1)?.found.high ?? 1)
  })

  it('has a better Brier score than the base rate alone when the score tells something', () => {
    const all = samples(1)
    const base = all.filter(({ verdict }) => verdict === 'found').length / all.length
    expect(calibrationOf(all).brier).toBeLessThan(base * (1 - base))
    expect(calibrationOf([{ score: 0, pi: 1, verdict: 'found' }]).brier).toBe(0.25)
  })

  it('weights by the probability of selection', () => {
    const { groups } = calibrationOf(
      [
        { score: 0, pi: 1, verdict: 'found' },
        { score: 0, pi: 0.25, verdict: 'nothing' },
      ],
      3,
    )
    expect(groups).toHaveLength(1)
    expect(groups[0]?.found.share).toBeCloseTo(0.2, 12)
  })

  it('puts every controlled consignment into one group, parts no equal scores, and counts the others', () => {
    const sample = fc.record({
      score: fc.integer({ min: -5, max: 5 }),
      pi: fc.constantFrom(0.1, 0.5, 1),
      verdict: fc.constantFrom('found' as const, 'nothing' as const, 'not-checked' as const, 'not-found-in-time' as const),
    })
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 80 }), fc.integer({ min: 1, max: 12 }), (all, count) => {
        const { groups, notChecked, notFoundInTime } = calibrationOf(all, count)
        expect(groups.reduce((sum, { found }) => sum + found.n, 0) + notChecked + notFoundInTime).toBe(all.length)
        expect(groups.length).toBeLessThanOrEqual(count)
        groups.slice(1).forEach(({ from }, at) => expect(from).toBeGreaterThan(groups[at]?.to ?? 0))
      }),
    )
  })

  it('of nothing has no group, and refuses a score that is no number', () => {
    expect(calibrationOf([])).toEqual({ groups: [], brier: undefined, notChecked: 0, notFoundInTime: 0 })
    expect(() => calibrationOf([{ score: Number.NaN, pi: 1, verdict: 'found' }])).toThrow(RangeError)
    expect(() => calibrationOf([], 0)).toThrow(RangeError)
  })
})
