/**
 * A random forest over the same outcomes as the scorecard: a second opinion that is shown beside the scorecard, never alone, because it cannot say why.
 * A plan holds the binned rows; each tree is grown from the plan, its own number and the seed, so trees can be grown in slices, in any order and by several
 * workers, and the forest is the same. Score: mean over the trees of the share found in the leaf, from 0 to 1.
 * Source: L. Breiman, "Random forests", Machine Learning 45 (2001). The options were measured on the customs benchmark.
 */
import { createSeededRandom } from '../stats/seeded-random.ts'
import { type BinnedTable, binRow, binTable, type ForestFeature } from './forest-features.ts'
import { type GrowOptions, growTree, LEAF, type Tree, walkTree } from './forest-tree.ts'
import { assertFair, type RiskRow } from './scorecard-fairness.ts'
import type { RiskTable } from './scorecard-table.ts'

export interface ForestOptions extends Partial<GrowOptions> {
  readonly trees?: number
  readonly seed: number
}

export interface ForestPlan extends BinnedTable {
  readonly found: Uint8Array
  readonly trees: number
  readonly seed: number
  readonly grow: GrowOptions
}

export interface Forest {
  readonly features: readonly ForestFeature[]
  readonly trees: readonly Tree[]
}

const DEFAULTS = { trees: 200, perNode: 8, leastInLeaf: 2, mostDepth: 40 }
const MOST_TREES = 1000

export function planForest(table: RiskTable, options: ForestOptions): ForestPlan {
  assertFair(table.attributes)
  const { trees, perNode, leastInLeaf, mostDepth } = { ...DEFAULTS, ...options }
  if (table.months.length === 0) throw new RangeError('A forest needs cases.')
  if (!(Number.isSafeInteger(trees) && trees >= 1 && trees <= MOST_TREES)) throw new RangeError(`A forest has 1 to ${MOST_TREES} trees.`)
  const binned = binTable(table, createSeededRandom(options.seed))
  if (binned.features.length >= LEAF) throw new RangeError('A forest looks at fewer than 255 features.')
  return { ...binned, found: table.found, trees, seed: options.seed, grow: { perNode, leastInLeaf, mostDepth } }
}

/** Tree number `index` of the plan. */
export function growPlanned({ bins, found, features, grow, seed }: ForestPlan, index: number): Tree {
  // Neighbouring seeds are far apart after the filler of the generator; the factor keeps trees of neighbouring forests apart.
  const random = createSeededRandom(Math.imul(seed + 1, 0x9e3779b1) + index)
  return growTree({ bins, found, features: features.length }, grow, random)
}

export function learnForest(table: RiskTable, options: ForestOptions): Forest {
  const plan = planForest(table, options)
  return { features: plan.features, trees: Array.from({ length: plan.trees }, (_, index) => growPlanned(plan, index)) }
}

export function forestScore(forest: Forest, row: RiskRow, month: number): number {
  const bins = binRow(forest.features, row, month)
  return forest.trees.reduce((sum, tree) => sum + walkTree(tree, bins), 0) / forest.trees.length
}
