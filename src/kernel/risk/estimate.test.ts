import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSeededRandom } from '../stats/seeded-random.ts'
import { wilsonInterval } from '../stats/wilson.ts'
import { type Estimate, hajek, rankByShare, type Sample, type Verdict } from './estimate.ts'
import { liftBetween, liftOver, reviewOf } from './estimate-lift.ts'

const times = (count: number, verdict: Verdict, pi = 1): Sample[] => Array.from({ length: count }, () => ({ verdict, pi }))

describe('an estimate of the share found', () => {
  it('is the plain share with Wilson interval where all had the same probability', () => {
    const samples = [...times(8, 'found', 0.2), ...times(32, 'nothing', 0.2)]
    const { share, low, high, effectiveN } = hajek(samples)
    const wilson = wilsonInterval(8, 40)
    expect(share).toBeCloseTo(0.2, 12)
    expect(effectiveN).toBeCloseTo(40, 9)
    expect([low, high]).toEqual([expect.closeTo(wilson.low, 9), expect.closeTo(wilson.high, 9)])
  })

  it('weights each control with what it stands for', () => {
    // 10 certain ones with 8 found stand for 10; 5 drawn with 1/20 and 1 found stand for 100.
    const samples = [...times(8, 'found'), ...times(2, 'nothing'), ...times(1, 'found', 0.05), ...times(4, 'nothing', 0.05)]
    expect(hajek(samples).share).toBeCloseTo((8 + 20) / 110, 12)
  })

  it('never takes what was not checked, or not found in time, for a negative', () => {
    const controlled = [...times(3, 'found', 0.5), ...times(7, 'nothing', 0.5)]
    const { notChecked, notFoundInTime, ...rest } = hajek([
      ...controlled,
      ...times(50, 'not-checked', 0.5),
      ...times(4, 'not-found-in-time'),
    ])
    expect(rest).toEqual({ ...hajek(controlled), notChecked: undefined, notFoundInTime: undefined })
    expect({ notChecked, notFoundInTime }).toEqual({ notChecked: 50, notFoundInTime: 4 })
  })

  it('says nothing where nothing was controlled, and refuses a probability that cannot have been', () => {
    expect(hajek(times(3, 'not-checked'))).toMatchObject({ share: undefined, low: 0, high: 1, n: 0, isRankable: false })
    for (const pi of [0, -1, 1.01, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => hajek(times(1, 'nothing', pi))).toThrow(RangeError)
  })

  it('covers the truth about as often as it says, with unequal probabilities', () => {
    const random = createSeededRandom(5)
    let covered = 0
    const rounds = 2000
    for (let round = 0; round < rounds; round++) {
      const samples: Sample[] = []
      for (let unit = 0; unit < 600; unit++) {
        // Found more often where the probability of selection is higher, as under a score that works: 0.6 of a fifth, 0.05 of the rest.
        const isHigh = unit < 120
        const [pi, chance] = isHigh ? [1, 0.6] : [0.15, 0.05]
        const verdict = random.chance(chance) ? 'found' : 'nothing'
        if (random.chance(pi)) samples.push({ verdict, pi })
      }
      const { low, high } = hajek(samples)
      const truth = 0.2 * 0.6 + 0.8 * 0.05
      if (truth >= low && truth <= high) covered += 1
    }
    expect(covered / rounds).toBeGreaterThan(0.93)
  })

  it('lies within its interval, whatever the sample', () => {
    const sample = fc.record({
      verdict: fc.constantFrom<Verdict>('found', 'nothing', 'not-checked', 'not-found-in-time'),
      pi: fc.double({ min: 1e-6, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 60 }), (samples) => {
        const { share, low, high, n, notChecked, notFoundInTime } = hajek(samples)
        expect(n + notChecked + notFoundInTime).toBe(samples.length)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        if (share === undefined) return
        expect(share).toBeGreaterThanOrEqual(low - 1e-9)
        expect(share).toBeLessThanOrEqual(high + 1e-9)
      }),
    )
  })

  it('puts nothing in an order below thirty controls', () => {
    const of = (hits: number, n: number) => ({ n, estimate: hajek([...times(hits, 'found'), ...times(n - hits, 'nothing')]) })
    const { ranked, tooFew } = rankByShare([of(29, 29), of(3, 30), of(20, 40), of(1, 1)])
    expect(ranked.map(({ n }) => n)).toEqual([40, 30])
    expect(tooFew.map(({ n }) => n)).toEqual([29, 1])
  })
})

describe('lift over random', () => {
  const of = (hits: number, n: number): Estimate => hajek([...times(hits, 'found'), ...times(n - hits, 'nothing')])

  it('is the ratio of both shares with an interval around it', () => {
    const { ratio, low, high, isRankable } = liftOver([...times(10, 'found'), ...times(190, 'nothing')])([
      ...times(30, 'found'),
      ...times(70, 'nothing'),
    ])
    expect(ratio).toBeCloseTo(6, 9)
    // Katz' interval by logarithms, another method for the same: 3.06 to 11.76.
    expect(low).toBeGreaterThan(2.7)
    expect(low).toBeLessThan(3.6)
    expect(high).toBeGreaterThan(10)
    expect(high).toBeLessThan(13)
    expect(isRankable).toBe(true)
  })

  it('has no upper end, but a lower one, where random controls found nothing', () => {
    const lift = liftBetween(of(20, 40), of(0, 60))
    expect(lift).toMatchObject({ ratio: undefined, high: undefined })
    expect(lift.low).toBeGreaterThan(3)
  })

  it('says nothing where one side was never controlled', () => {
    expect(liftBetween(of(0, 0), of(3, 60))).toMatchObject({ ratio: undefined, low: 0, high: undefined, isRankable: false })
  })

  it('covers the true ratio about as often as it says', () => {
    const random = createSeededRandom(9)
    const drawn = (n: number, share: number) => {
      let hits = 0
      for (let at = 0; at < n; at++) if (random.chance(share)) hits += 1
      return of(hits, n)
    }
    let covered = 0
    for (let round = 0; round < 2000; round++) {
      const { low, high } = liftBetween(drawn(50, 0.3), drawn(120, 0.06))
      if (low <= 5 && (high ?? Number.POSITIVE_INFINITY) >= 5) covered += 1
    }
    expect(covered / 2000).toBeGreaterThan(0.93)
    expect(covered / 2000).toBeLessThan(0.98)
  })

  it('keeps its ratio within its interval for all counts', () => {
    const counts = fc.tuple(fc.integer({ min: 1, max: 80 }), fc.nat()).map(([n, seed]) => of(seed % (n + 1), n))
    fc.assert(
      fc.property(counts, counts, (rule, base) => {
        const { ratio, low, high } = liftBetween(rule, base)
        expect(low).toBeGreaterThanOrEqual(0)
        if (ratio === undefined) return
        expect(low).toBeLessThanOrEqual(ratio + 1e-9)
        if (high !== undefined) expect(high).toBeGreaterThanOrEqual(ratio - 1e-9)
      }),
    )
  })

  it('proposes to retire a rule only when its whole interval lies below random, and never on few controls', () => {
    expect(reviewOf(liftBetween(of(0, 100), of(20, 100)))).toBe('propose-retirement')
    expect(reviewOf(liftBetween(of(15, 100), of(20, 100)))).toBe('keep')
    expect(reviewOf(liftBetween(of(0, 29), of(90, 100)))).toBe('too-few-controls')
    expect(reviewOf(liftBetween(of(0, 100), of(20, 29)))).toBe('too-few-controls')
  })
})
