import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClusterRules, clustersAt, type ScoredPair } from './cluster.ts'

const COUNT = 12
const record = fc.integer({ min: 0, max: COUNT - 1 })
const pairs = fc.array(fc.record({ left: record, right: record, logOdds: fc.integer({ min: -5, max: 5 }) }), { maxLength: 40 })
const notSame = fc.array(fc.tuple(record, record), { maxLength: 8 })

/** Each member told by name, and checked pair by pair. */
function slow(scored: readonly ScoredPair[], threshold: number, rules: ClusterRules): number[] {
  let clusters = Array.from({ length: COUNT }, (_, each) => [each])
  const ordered = scored.filter((pair) => pair.logOdds >= threshold && pair.left !== pair.right)
  ordered.sort((a, b) => b.logOdds - a.logOdds || a.left - b.left || a.right - b.right)
  for (const { left, right } of ordered) {
    const a = clusters.find((each) => each.includes(left)) ?? []
    const b = clusters.find((each) => each.includes(right)) ?? []
    const parted = (rules.notSame ?? []).some(([x, y]) => (a.includes(x) && b.includes(y)) || (a.includes(y) && b.includes(x)))
    const shared = a.some((x) => b.some((y) => (rules.lists?.[x] ?? -1) >= 0 && rules.lists?.[x] === rules.lists?.[y]))
    if (a === b || parted || shared) continue
    clusters = [...clusters.filter((each) => each !== a && each !== b), [...a, ...b]]
  }
  return Array.from({ length: COUNT }, (_, each) => Math.min(...(clusters.find((members) => members.includes(each)) ?? [each])))
}

describe('clusters', () => {
  test('are at every threshold those that a walk over named members gives, whatever is judged and whichever lists are guarded', () => {
    const lists = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: COUNT, maxLength: COUNT })
    fc.assert(
      fc.property(pairs, notSame, lists, (scored, judged, listed) => {
        const rules = { thresholds: [-2, 3, 0], notSame: judged.filter(([x, y]) => x !== y), lists: Int32Array.from(listed) }
        const found = clustersAt(COUNT, scored, rules)
        expect(found.map((each) => each.threshold)).toEqual([3, 0, -2])
        for (const { threshold, clusterOf } of found) expect([...clusterOf]).toEqual(slow(scored, threshold, rules))
      }),
      { numRuns: 300 },
    )
  })

  test('do not depend on the order in which pairs are given', () => {
    fc.assert(
      fc.property(pairs, notSame, (scored, judged) => {
        const rules = { thresholds: [0], notSame: judged }
        expect(clustersAt(COUNT, scored.toReversed(), rules)[0]?.clusterOf).toEqual(clustersAt(COUNT, scored, rules)[0]?.clusterOf)
      }),
    )
  })

  test('tell which pair was blocked and by what', () => {
    const [found] = clustersAt(
      4,
      [
        { left: 0, right: 1, logOdds: 9 },
        { left: 1, right: 2, logOdds: 8 },
        { left: 2, right: 3, logOdds: 7 },
      ],
      { thresholds: [0], notSame: [[0, 2]], lists: Int32Array.of(-1, -1, 5, 5) },
    )
    expect([...(found?.clusterOf ?? [])]).toEqual([0, 0, 2, 3])
    expect(found?.blocked.map(({ left, right, reason }) => [left, right, reason])).toEqual([
      [1, 2, 'not-same'],
      [2, 3, 'same-list'],
    ])
  })

  test('of a pair without a number or with itself are no clusters, and a record that is not there is refused', () => {
    const odd = [
      { left: 0, right: 1, logOdds: Number.NaN },
      { left: 1, right: 1, logOdds: 5 },
    ]
    expect([...(clustersAt(2, odd, { thresholds: [0] })[0]?.clusterOf ?? [])]).toEqual([0, 1])
    expect(() => clustersAt(2, [{ left: 0, right: 2, logOdds: 1 }], { thresholds: [0] })).toThrow(RangeError)
  })

  test('of a chain of 200,000 records are found without recursion', () => {
    const count = 200_000
    const chain = Array.from({ length: count - 1 }, (_, each) => ({ left: each, right: each + 1, logOdds: 1 }))
    expect(new Set(clustersAt(count, chain, { thresholds: [0] })[0]?.clusterOf)).toEqual(new Set([0]))
  })
})
