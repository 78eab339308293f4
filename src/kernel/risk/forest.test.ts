import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSeededRandom } from '../stats/seeded-random.ts'
import { forestScore, growPlanned, learnForest, planForest } from './forest.ts'
import { packTrees, unpackTrees } from './forest-pack.ts'
import { LEAF, type Tree } from './forest-tree.ts'
import { hasDeclarations, judgingCases, learningCases, tableOf } from './scorecard-customs.fixture.ts'
import type { Attribute } from './scorecard-fairness.ts'
import { precisionAt } from './scorecard-precision.ts'
import { type RiskCase, readRiskCases } from './scorecard-table.ts'

const ATTRIBUTES: readonly Attribute[] = [
  { id: 'goods', kind: 'category', speaksOf: 'goods' },
  { id: 'shipper', kind: 'category', speaksOf: 'legal-person' },
  { id: 'mass', kind: 'number', speaksOf: 'goods' },
]

/** Found where light goods are fruit: two features together. */
function cases(count: number, seed = 1): readonly RiskCase[] {
  const random = createSeededRandom(seed)
  return Array.from({ length: count }, () => {
    const [goods, mass] = [random.pick(['fruit', 'wood', 'tyres', 'fish']), random.next()]
    const isBad = goods === 'fruit' && mass < 0.4
    return {
      month: 24_000 + random.integer(0, 11),
      verdict: random.chance(isBad ? 0.9 : 0.05) ? 'found' : 'nothing',
      values: { goods, mass, shipper: { kind: 'legal-person', key: `S${random.integer(0, 50)}` } },
    }
  })
}

const table = readRiskCases(cases(2000), ATTRIBUTES).table
const forest = learnForest(table, { trees: 20, seed: 4 })
const score = (values: RiskCase['values']) => forestScore(forest, values, 24_000)

describe('a forest', () => {
  it('finds what two features say together', () => {
    const mean = (isBad: boolean) => {
      const fresh = cases(500, 2).filter(({ values }) => (values['goods'] === 'fruit' && Number(values['mass']) < 0.4) === isBad)
      return fresh.reduce((sum, { values }) => sum + score(values), 0) / fresh.length
    }
    expect(mean(true)).toBeGreaterThan(0.7)
    expect(mean(false)).toBeLessThan(0.15)
  })

  it('is the same for the same seed, in slices and in any order of its trees', () => {
    const plan = planForest(table, { trees: 20, seed: 4 })
    const apart = Array.from({ length: 20 }, (_, at) => growPlanned(plan, 19 - at)).toReversed()
    expect(apart).toEqual(forest.trees)
    expect(growPlanned(planForest(table, { trees: 20, seed: 5 }), 0)).not.toEqual(forest.trees[0])
    expect(forest.trees[1]).not.toEqual(forest.trees[0])
  })

  it('scores what it has never seen, and rows without any value, between nothing and everything', () => {
    const value = fc.option(fc.oneof(fc.string(), fc.double(), fc.constant({ kind: 'natural-person' } as const)), { nil: undefined })
    fc.assert(
      fc.property(fc.record({ goods: value, mass: value, shipper: value }), (values) => {
        const share = score(values)
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('gives a natural person the score of a party without value', () => {
    const rest = { goods: 'wood', mass: 0.5 }
    expect(score({ ...rest, shipper: { kind: 'natural-person', key: 'S1' } as never })).toBe(score(rest))
  })

  it('learns no case from its own outcome: a value that occurs once has the base share while learning', () => {
    const own = cases(400).map((each, at) => ({ ...each, values: { goods: `only ${at}` } }))
    const plan = planForest(readRiskCases(own, ATTRIBUTES.slice(0, 1)).table, { seed: 1, trees: 1 })
    const at = plan.features.findIndex(({ kind }) => kind === 'share')
    expect(new Set(plan.bins.subarray(at * 400, (at + 1) * 400)).size).toBe(1)
  })

  it('keeps its bounds of depth and leaf', () => {
    const { trees } = learnForest(table, { trees: 3, seed: 1, mostDepth: 3, leastInLeaf: 100 })
    for (const tree of trees) {
      expect(tree.feature.length).toBeLessThanOrEqual(15)
      expect(depthOf(tree, 0)).toBeLessThanOrEqual(3)
    }
  })

  it('of one kind of outcome is one leaf, and of no cases is refused', () => {
    const nothing = cases(50).map((each): RiskCase => ({ ...each, verdict: 'nothing' }))
    const { trees } = learnForest(readRiskCases(nothing, ATTRIBUTES).table, { trees: 2, seed: 1 })
    expect(trees.map(({ feature, share }) => [[...feature], [...share]])).toEqual([
      [[LEAF], [0]],
      [[LEAF], [0]],
    ])
    expect(() => learnForest(readRiskCases([], ATTRIBUTES).table, { seed: 1 })).toThrow(RangeError)
    expect(() => learnForest(table, { seed: 1, trees: 0 })).toThrow(RangeError)
  })
})

describe('the bytes of a forest', () => {
  const bytes = packTrees(forest.trees)
  const features = forest.features.length

  it('give the same trees again', () => {
    expect(unpackTrees(bytes, features)).toEqual({ ok: true, value: forest.trees, problems: [] })
    // At an odd place of a larger buffer too.
    const larger = new Uint8Array(bytes.length + 3)
    larger.set(bytes, 3)
    expect(unpackTrees(larger.subarray(3), features).ok).toBe(true)
  })

  it('cut short, or with something after them, are refused with the position', () => {
    for (const length of [0, 3, 7, 8, 11, 12, bytes.length - 1]) {
      const read = unpackTrees(bytes.subarray(0, length), features)
      expect(read.ok).toBe(false)
      expect(read.problems[0]?.at).toMatch(/^byte \d+$/)
    }
    expect(unpackTrees(Uint8Array.of(...bytes, 0), features).ok).toBe(false)
  })

  it('changed anywhere are refused, or give trees whose walk ends', () => {
    const small = packTrees(learnForest(table, { trees: 2, seed: 1, mostDepth: 4 }).trees)
    fc.assert(
      fc.property(fc.nat(small.length - 1), fc.nat(255), (at, byte) => {
        const changed = Uint8Array.from(small)
        changed[at] = byte
        const read = unpackTrees(changed, features)
        if (!read.ok) return
        for (const tree of read.value) {
          for (const [node, feature] of tree.feature.entries()) {
            if (feature === LEAF) continue
            expect(feature).toBeLessThan(features)
            expect(tree.right[node]).toBeGreaterThan(node + 1)
            expect(tree.right[node]).toBeLessThan(tree.feature.length)
          }
        }
        expect(Number.isFinite(forestScore({ ...forest, trees: read.value }, { goods: 'fruit', mass: 0.5 }, 24_000))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

function depthOf(tree: Tree, node: number): number {
  if (tree.feature[node] === LEAF) return 0
  return 1 + Math.max(depthOf(tree, node + 1), depthOf(tree, tree.right[node] ?? 0))
}

describe.skipIf(!hasDeclarations)('on the customs declarations of shared/data/cargo', () => {
  it('ten trees learned on 2020 have the precision of record on the next quarter', () => {
    const few = learnForest(tableOf(learningCases()), { trees: 10, seed: 1 })
    const judging = judgingCases()
    const [at5, at10] = precisionAt(
      judging.map(({ values, month }) => forestScore(few, values, month)),
      judging.map(({ verdict }) => (verdict === 'found' ? 1 : 0)),
      [0.05, 0.1],
    )
    expect(Math.abs((at5?.precision ?? 0) - 0.759)).toBeLessThan(0.005)
    expect(Math.abs((at10?.precision ?? 0) - 0.629)).toBeLessThan(0.005)
  })
})
