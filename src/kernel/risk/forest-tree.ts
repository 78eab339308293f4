/**
 * One tree of a forest, grown on a bootstrap of the rows: at each node a few features are drawn, and the cut between two bins that lowers Gini impurity most
 * is taken.
 * Nodes lie in preorder in typed arrays: the left child of a node is the next one, so every step of a walk goes forward and a walk always ends.
 * The same rows, options and seed give the same tree; trees do not know of each other, so workers can grow them apart.
 * Source: L. Breiman, "Random forests", Machine Learning 45 (2001); L. Breiman et al., Classification and Regression Trees (1984), for Gini.
 */
import type { SeededRandom } from '../stats/seeded-random.ts'

/** Marks a leaf in `feature`. */
export const LEAF = 255

export interface Tree {
  readonly feature: Uint8Array
  /** Rows with a bin up to this go left. */
  readonly cut: Uint8Array
  /** Index of the right child; 0 in a leaf. */
  readonly right: Int32Array
  /** Share found among the rows of a leaf. */
  readonly share: Float32Array
}

export interface GrowOptions {
  readonly perNode: number
  readonly leastInLeaf: number
  readonly mostDepth: number
}

export interface GrowTable {
  readonly bins: Uint8Array
  readonly found: Uint8Array
  readonly features: number
}

const BINS = 256

export function growTree(table: GrowTable, options: GrowOptions, random: SeededRandom): Tree {
  const rows = table.found.length
  const order = Int32Array.from({ length: rows }, () => random.integer(0, rows - 1))
  // A tree of as many leaves as rows is the largest there can be.
  const most = 2 * rows
  const tree = {
    feature: new Uint8Array(most).fill(LEAF),
    cut: new Uint8Array(most),
    right: new Int32Array(most),
    share: new Float32Array(most),
  }
  const search = new CutSearch(table, options, random)
  const open: { from: number; until: number; depth: number; parent: number }[] = [{ from: 0, until: rows, depth: 0, parent: -1 }]
  let count = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { from, until, depth, parent } = next
    const node = count++
    if (parent >= 0) tree.right[parent] = node
    const hits = countHits(table.found, order, { from, until })
    const isOver = hits === 0 || hits === until - from || until - from < 2 * options.leastInLeaf || depth >= options.mostDepth
    const cut = isOver ? undefined : search.best(order, { from, until, hits })
    if (cut === undefined) {
      tree.share[node] = hits / (until - from)
      continue
    }
    tree.feature[node] = cut.feature
    tree.cut[node] = cut.bin
    const middle = partition(order, { from, until }, (row) => (table.bins[cut.feature * rows + row] ?? 0) <= cut.bin)
    // The left one is taken next: it becomes node + 1.
    open.push({ from: middle, until, depth: depth + 1, parent: node }, { from, until: middle, depth: depth + 1, parent: -1 })
  }
  return {
    feature: tree.feature.slice(0, count),
    cut: tree.cut.slice(0, count),
    right: tree.right.slice(0, count),
    share: tree.share.slice(0, count),
  }
}

export function walkTree(tree: Tree, bins: Uint8Array): number {
  let node = 0
  for (let feature = tree.feature[0] ?? LEAF; feature !== LEAF; feature = tree.feature[node] ?? LEAF)
    node = (bins[feature] ?? 0) <= (tree.cut[node] ?? 0) ? node + 1 : (tree.right[node] ?? 0)
  return tree.share[node] ?? 0
}

interface Part {
  readonly from: number
  readonly until: number
}

function countHits(found: Uint8Array, order: Int32Array, { from, until }: Part): number {
  let hits = 0
  for (let at = from; at < until; at++) hits += found[order[at] ?? 0] ?? 0
  return hits
}

function partition(order: Int32Array, { from, until }: Part, isLeft: (row: number) => boolean): number {
  let [low, high] = [from, until - 1]
  while (low <= high) {
    const row = order[low] ?? 0
    if (isLeft(row)) low += 1
    else {
      order[low] = order[high] ?? 0
      order[high] = row
      high -= 1
    }
  }
  return low
}

/** Histograms are kept between calls and left empty. */
class CutSearch {
  private readonly table: GrowTable
  private readonly options: GrowOptions
  private readonly random: SeededRandom
  private readonly n = new Int32Array(BINS)
  private readonly hits = new Int32Array(BINS)
  private readonly drawn: Uint8Array

  constructor(table: GrowTable, options: GrowOptions, random: SeededRandom) {
    this.table = table
    this.options = options
    this.random = random
    this.drawn = Uint8Array.from({ length: table.features }, (_, at) => at)
  }

  best(order: Int32Array, part: Part & { readonly hits: number }): { readonly feature: number; readonly bin: number } | undefined {
    const { drawn } = this
    let best: { feature: number; bin: number } | undefined
    const all = part.until - part.from
    // Σ over both sides of (found² + nothing²) / n: the greater, the purer. Without a cut:
    let purest = (part.hits ** 2 + (all - part.hits) ** 2) / all + 1e-9
    for (let at = 0; at < Math.min(this.options.perNode, drawn.length); at++) {
      const from = this.random.integer(at, drawn.length - 1)
      const feature = drawn[from] ?? 0
      drawn[from] = drawn[at] ?? 0
      drawn[at] = feature
      const cut = this.cutOf(feature, order, part)
      if (cut === undefined || cut.purity <= purest) continue
      purest = cut.purity
      best = { feature, bin: cut.bin }
    }
    return best
  }

  private cutOf(
    feature: number,
    order: Int32Array,
    part: Part & { readonly hits: number },
  ): { readonly bin: number; readonly purity: number } | undefined {
    const { n, hits } = this
    const { bins, found } = this.table
    const start = feature * found.length
    let [first, last] = [BINS, -1]
    for (let at = part.from; at < part.until; at++) {
      const row = order[at] ?? 0
      const bin = bins[start + row] ?? 0
      n[bin] = (n[bin] ?? 0) + 1
      hits[bin] = (hits[bin] ?? 0) + (found[row] ?? 0)
      if (bin < first) first = bin
      if (bin > last) last = bin
    }
    const all = part.until - part.from
    let [left, leftHits, purest, bestBin] = [0, 0, -1, -1]
    for (let bin = first; bin < last; bin++) {
      left += n[bin] ?? 0
      leftHits += hits[bin] ?? 0
      const right = all - left
      if (left < this.options.leastInLeaf || right < this.options.leastInLeaf) continue
      const rightHits = part.hits - leftHits
      const purity = (leftHits ** 2 + (left - leftHits) ** 2) / left + (rightHits ** 2 + (right - rightHits) ** 2) / right
      if (purity <= purest) continue
      purest = purity
      bestBin = bin
    }
    n.fill(0, first, last + 1)
    hits.fill(0, first, last + 1)
    return bestBin < 0 ? undefined : { bin: bestBin, purity: purest }
  }
}
