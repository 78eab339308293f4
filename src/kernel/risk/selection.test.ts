import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSeededRandom } from '../stats/seeded-random.ts'
import { hajek, type Sample } from './estimate.ts'
import { type Candidate, planSelection, select } from './selection.ts'
import { type Design, inclusionProbabilities } from './selection-probability.ts'
import { type SelectionParams, strataSizes } from './selection-sizes.ts'

const PARAMS: SelectionParams = { capacity: 20, minimumRandomRate: 0.1, minimumNoveltyRate: 0.05, maximumHitsWithoutSelection: 9 }

function day(seed: number, count: number): readonly Candidate[] {
  const random = createSeededRandom(seed)
  return Array.from({ length: count }, (_, at) => ({
    id: `MSKU${String(at).padStart(7, '0')}`,
    score: random.integer(-40, 40),
    novelty: random.next(),
    isMandatory: random.chance(0.03),
    hitsWithoutSelection: random.integer(0, 9),
  }))
}

describe('a selection', () => {
  it('takes what is certain, then random, top and novelty, and states the probability of everybody', () => {
    const candidates = day(3, 200)
    const { selected, left, sizes } = planSelection(candidates, PARAMS, 77)
    const mandatory = candidates.filter(({ isMandatory }) => isMandatory).map(({ id }) => id)
    const limit = candidates.filter((each) => !each.isMandatory && each.hitsWithoutSelection === 9).map(({ id }) => id)
    const of = (stratum: string) => selected.filter((each) => each.stratum === stratum)
    expect(of('mandatory').map(({ id }) => id)).toEqual(mandatory)
    expect(of('hit-limit').map(({ id }) => id)).toEqual(limit)
    expect(new Set([...selected, ...left].map(({ id }) => id)).size).toBe(200)
    expect([...of('mandatory'), ...of('hit-limit')].every(({ pi }) => pi === 1)).toBe(true)
    const total = [...selected, ...left].reduce((sum, { pi }) => sum + pi, 0)
    expect(total).toBeCloseTo(sizes.capacity + sizes.overCapacity, 9)
    const worstTop = Math.min(...of('top').map(({ id }) => candidates.find((each) => each.id === id)?.score ?? 0))
    const bestLeft = Math.max(...left.map(({ id }) => candidates.find((each) => each.id === id)?.score ?? 0))
    expect(worstTop).toBeGreaterThanOrEqual(bestLeft)
  })

  it('is repeated by the same seed, in whatever order the candidates come, and by no other', () => {
    const candidates = day(4, 150)
    const shuffled = [...candidates].sort((a, b) => (a.novelty < b.novelty ? -1 : 1))
    expect(planSelection(shuffled, PARAMS, 5)).toEqual(planSelection(candidates, PARAMS, 5))
    expect(select(candidates, PARAMS, 6)).not.toEqual(select(candidates, PARAMS, 5))
  })

  it('favours no number among equal scores', () => {
    const equal = Array.from({ length: 40 }, (_, at) => ({ id: `C${at + 10}`, score: 0, novelty: 0, isMandatory: false }))
    const taken = new Map<string, number>()
    for (let seed = 0; seed < 2000; seed++)
      for (const { id } of select(equal, { ...PARAMS, capacity: 10 }, seed)) taken.set(id, (taken.get(id) ?? 0) + 1)
    // 500 expected of each; five standard deviations are 97.
    for (const { id } of equal) expect(Math.abs((taken.get(id) ?? 0) - 500)).toBeLessThan(97)
  })

  it('refuses a consignment that stands twice, and a score that is no number', () => {
    const [first] = day(1, 1) as [Candidate]
    expect(() => select([first, first], PARAMS, 1)).toThrow(RangeError)
    expect(() => select([{ ...first, score: Number.NaN }], PARAMS, 1)).toThrow(RangeError)
    expect(() => select([{ ...first, novelty: Number.POSITIVE_INFINITY }], PARAMS, 1)).toThrow(RangeError)
  })

  it('of nothing is nothing, and of fewer than the capacity everything, for certain', () => {
    expect(select([], PARAMS, 1)).toEqual([])
    const few = select(day(2, 12), PARAMS, 1)
    expect(few).toHaveLength(12)
    expect(few.every(({ pi }) => pi === 1)).toBe(true)
  })
})

describe('over 10,000 simulated days', () => {
  const DAYS = 10_000
  const candidates = day(12, 60)
  const params = { ...PARAMS, capacity: 12 }
  const { sizes } = planSelection(candidates, params, 0)
  // The truth, fixed beforehand and never shown to the selection: found more often where the score is high.
  const isFound = new Map(candidates.map(({ id, score }, at) => [id, (score + 40) / 100 > ((at * 37) % 60) / 60]))
  const truth = [...isFound.values()].filter(Boolean).length / candidates.length
  const days = Array.from({ length: DAYS }, (_, seed) => planSelection(candidates, params, seed))

  it('every stratum has its size each day', () => {
    const wrong = days.filter(({ selected }) => {
      const count = (stratum: string) => selected.filter((each) => each.stratum === stratum).length
      const certain = count('mandatory') + count('hit-limit')
      return !(
        certain === sizes.certain &&
        count('random') === sizes.random &&
        count('top') === sizes.top &&
        count('novelty') === sizes.novelty
      )
    })
    expect(wrong).toEqual([])
    expect(sizes).toMatchObject({ random: 2, novelty: 1 })
  })

  it('everybody is proposed as often as stated', () => {
    const [stated, taken] = [new Map<string, number>(), new Map<string, number>()]
    for (const { selected, left } of days) {
      for (const { id, pi } of [...selected, ...left]) stated.set(id, (stated.get(id) ?? 0) + pi)
      for (const { id } of selected) taken.set(id, (taken.get(id) ?? 0) + 1)
    }
    for (const { id } of candidates) {
      const expected = stated.get(id) ?? 0
      const deviation = Math.sqrt(Math.max(1, expected * (1 - expected / DAYS)))
      expect(Math.abs((taken.get(id) ?? 0) - expected)).toBeLessThan(5 * deviation)
    }
  })

  it('the estimate weighted by probability is unbiased, and its interval holds the truth of all traffic', () => {
    const samples: Sample[] = []
    let total = 0
    let square = 0
    for (const { selected } of days) {
      let sum = 0
      for (const { id, pi } of selected) {
        samples.push({ verdict: isFound.get(id) === true ? 'found' : 'nothing', pi })
        if (isFound.get(id) === true) sum += 1 / pi / candidates.length
      }
      total += sum
      square += sum * sum
    }
    const mean = total / DAYS
    const error = Math.sqrt((square / DAYS - mean * mean) / DAYS)
    expect(Math.abs(mean - truth)).toBeLessThan(4 * error)
    const { low, high, share = 0 } = hajek(samples)
    expect(low).toBeLessThan(truth)
    expect(high).toBeGreaterThan(truth)
    // Without the weights it would be far off.
    const plain = samples.filter(({ verdict }) => verdict === 'found').length / samples.length
    expect(Math.abs(plain - truth)).toBeGreaterThan(10 * Math.abs(share - truth))
  })
})

describe('the probability of selection', () => {
  it('is what trying every possible draw gives', () => {
    const design = fc
      .record({ top: fc.nat(4), random: fc.nat(3), novelty: fc.nat(3), more: fc.nat(4), seed: fc.nat() })
      .filter(({ top, random, novelty, more }) => top + random + novelty + more > 0)
    fc.assert(
      fc.property(design, ({ top, random, novelty, more, seed }) => {
        const population = top + random + novelty + more
        const drawn = createSeededRandom(seed)
        const byNovelty = Int32Array.from(Array.from({ length: population }, (_, rank) => rank).sort(() => drawn.next() - 0.5))
        const pi = inclusionProbabilities(byNovelty, { top, random, novelty })
        const tried = byEveryDraw(byNovelty, { top, random, novelty })
        for (let rank = 0; rank < population; rank++) expect(pi[rank]).toBeCloseTo(tried[rank] ?? 0, 11)
      }),
      { numRuns: 300 },
    )
  })

  it('adds up to what is proposed in a large port too', () => {
    const population = 12_000
    const byNovelty = Int32Array.from({ length: population }, (_, at) => (at * 7919) % population)
    const pi = inclusionProbabilities(byNovelty, { top: 900, random: 60, novelty: 60 })
    expect(pi.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1020, 6)
    expect(Math.min(...pi)).toBeCloseTo(60 / 12_000, 12)
    expect(() => inclusionProbabilities(byNovelty, { top: population, random: 1, novelty: 0 })).toThrow(RangeError)
  })
})

/** Plays the design once for each set of draws. */
function byEveryDraw(byNovelty: Int32Array, { top, random, novelty }: Design): readonly number[] {
  const population = byNovelty.length
  const counts = new Array<number>(population).fill(0)
  let draws = 0
  for (let set = 0; set < 2 ** population; set++) {
    const taken = new Set(Array.from({ length: population }, (_, rank) => rank).filter((rank) => (set >> rank) % 2 === 1))
    if (taken.size !== random) continue
    draws += 1
    const fill = (ranks: Iterable<number>, most: number) => {
      for (const rank of ranks) if (taken.size < most) taken.add(rank)
    }
    fill(counts.keys(), random + top)
    fill(byNovelty, random + top + novelty)
    for (const rank of taken) counts[rank] = (counts[rank] ?? 0) + 1
  }
  return counts.map((count) => count / draws)
}

describe('the sizes of the strata', () => {
  const rates = { minimumRandomRate: 0.05, minimumNoveltyRate: 0.05 }

  it.each([
    [
      { all: 4000, certain: 40 },
      { capacity: 120, ...rates },
      { certain: 40, random: 6, novelty: 6, top: 68, overCapacity: 0 },
    ],
    [
      { all: 4000, certain: 0 },
      { expectedRate: 0.02, ...rates },
      { random: 4, novelty: 4, top: 72, capacity: 80 },
    ],
    [{ all: 4000, certain: 0 }, { capacity: 120, expectedRate: 0.02, ...rates }, { capacity: 80 }],
    // Mandatory hits beyond the capacity leave random and novelty their share of all that is proposed.
    [
      { all: 4000, certain: 130 },
      { capacity: 120, ...rates },
      { certain: 130, random: 8, novelty: 8, top: 0, overCapacity: 26 },
    ],
    [
      { all: 50, certain: 50 },
      { capacity: 20, ...rates },
      { certain: 50, random: 0, novelty: 0, top: 0, overCapacity: 30 },
    ],
    [
      { all: 10, certain: 0 },
      { capacity: 1, ...rates },
      { random: 1, novelty: 0, top: 0, overCapacity: 0 },
    ],
    [
      { all: 10, certain: 0 },
      { capacity: 0, ...rates },
      { random: 0, novelty: 0, top: 0, overCapacity: 0 },
    ],
  ])('of %o by %o are %o', (arrivals, params, sizes) => {
    expect(strataSizes(arrivals, params)).toMatchObject(sizes)
  })

  it('give random and novelty their rates of what is proposed, and fill the capacity', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(100), fc.nat(80), (open, certain, capacity) => {
        const all = open + certain
        const sizes = strataSizes({ all, certain }, { capacity, ...rates })
        const total = sizes.certain + sizes.random + sizes.novelty + sizes.top
        expect(total).toBe(sizes.capacity + sizes.overCapacity)
        expect(total).toBeGreaterThanOrEqual(Math.min(all, capacity))
        if (total === all || total - certain < 2) return
        expect(sizes.random).toBeGreaterThanOrEqual(total * 0.05)
        expect(sizes.novelty).toBeGreaterThanOrEqual(total * 0.05)
      }),
    )
  })

  it.each([
    { ...rates },
    { capacity: -1, ...rates },
    { capacity: 1.5, ...rates },
    { capacity: 10, minimumRandomRate: 0.04, minimumNoveltyRate: 0.05 },
    { capacity: 10, minimumRandomRate: 0.05, minimumNoveltyRate: 0 },
    { capacity: 10, minimumRandomRate: 0.6, minimumNoveltyRate: 0.6 },
    { capacity: 10, minimumRandomRate: Number.NaN, minimumNoveltyRate: 0.05 },
    { expectedRate: 1.2, ...rates },
    { capacity: 10, maximumHitsWithoutSelection: 0, ...rates },
  ])('refuse %o', (params) => {
    expect(() => strataSizes({ all: 100, certain: 0 }, params)).toThrow(RangeError)
  })
})
