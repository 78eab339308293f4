/**
 * Clusters of records from scored pairs, at several thresholds in one pass. The strongest pair joins first (ties by record number), so the clusters of a
 * lower threshold are unions of those above it. A negative judgement between any two members blocks a join; a list known to hold nobody twice lends at
 * most one record to a cluster (one-to-many guard). What was blocked is told, never dropped. It proposes: only a judgement merges.
 * Source: R. E. Tarjan, "Efficiency of a good but not linear set union algorithm", J. ACM 22 (1975); smaller sets are poured into larger ones. O(p log p + n log n).
 */
export interface ScoredPair {
  readonly left: number
  readonly right: number
  readonly logOdds: number
}

export interface ClusterRules {
  /** Log-odds; in any order. */
  readonly thresholds: readonly number[]
  readonly notSame?: readonly (readonly [number, number])[]
  /** A number for each record's list, where the list holds nobody twice; -1 where that is not known. */
  readonly lists?: Int32Array
}

export interface BlockedPair extends ScoredPair {
  readonly reason: 'not-same' | 'same-list'
}

export interface Clustering {
  readonly threshold: number
  /** For each record the smallest record of its cluster. */
  readonly clusterOf: Int32Array
  readonly blocked: readonly BlockedPair[]
}

/** In the order of the thresholds, highest first. Throws a RangeError on a pair outside 0 to count − 1: that is a fault of the caller, not of the data. */
export function clustersAt(count: number, pairs: readonly ScoredPair[], rules: ClusterRules): readonly Clustering[] {
  const sets = createSets(count, rules)
  const ordered = pairs
    .filter((pair) => {
      if (!isRecord(pair.left, count) || !isRecord(pair.right, count)) throw new RangeError('A pair names a record that is not there.')
      // A pair without a number says nothing; it joins at no threshold.
      return pair.left !== pair.right && !Number.isNaN(pair.logOdds)
    })
    .sort((a, b) => b.logOdds - a.logOdds || a.left - b.left || a.right - b.right)
  const blocked: BlockedPair[] = []
  let next = 0
  return [...new Set(rules.thresholds)]
    .sort((a, b) => b - a)
    .map((threshold) => {
      for (; next < ordered.length; next++) {
        const pair = ordered[next]
        if (pair === undefined || pair.logOdds < threshold) break
        const reason = sets.join(pair.left, pair.right)
        if (reason !== undefined) blocked.push({ ...pair, reason })
      }
      return { threshold, clusterOf: sets.smallest(), blocked: [...blocked] }
    })
}

function isRecord(number: number, count: number): boolean {
  return Number.isInteger(number) && number >= 0 && number < count
}

interface Sets {
  join(left: number, right: number): BlockedPair['reason'] | undefined
  smallest(): Int32Array
}

function createSets(count: number, rules: ClusterRules): Sets {
  const parent = Int32Array.from({ length: count }, (_, record) => record)
  const size = new Int32Array(count).fill(1)
  /** By root: records that are not the same as some member. */
  const foes = new Map<number, Set<number>>()
  /** By root: lists that already lent a record. */
  const lists = new Map<number, Set<number>>()
  const find = (record: number): number => {
    let root = record
    while (parent[root] !== root) {
      const above = parent[parent[root] ?? root] ?? root
      parent[root] = above
      root = above
    }
    return root
  }
  const foe = (record: number, other: number) => {
    const known = foes.get(record)
    if (known === undefined) foes.set(record, new Set([other]))
    else known.add(other)
  }
  // Foes are mutual, so the shorter list of the two is walked.
  const areFoes = (a: number, b: number): boolean => {
    const [ofA, ofB] = [foes.get(a), foes.get(b)]
    if (ofA === undefined || ofB === undefined) return false
    const [walked, other] = ofA.size <= ofB.size ? [ofA, b] : [ofB, a]
    for (const each of walked) if (find(each) === other) return true
    return false
  }
  for (const [left, right] of rules.notSame ?? []) {
    if (!isRecord(left, count) || !isRecord(right, count)) throw new RangeError('A judgement names a record that is not there.')
    foe(left, right)
    foe(right, left)
  }
  rules.lists?.forEach((list, record) => {
    if (list >= 0 && record < count) lists.set(record, new Set([list]))
  })

  return {
    join(left, right) {
      const [a, b] = [find(left), find(right)]
      if (a === b) return undefined
      const [small, large] = (size[a] ?? 0) < (size[b] ?? 0) ? [a, b] : [b, a]
      if (areFoes(small, large)) return 'not-same'
      if (meet(lists.get(small), lists.get(large))) return 'same-list'
      parent[small] = large
      size[large] = (size[large] ?? 0) + (size[small] ?? 0)
      pour(foes, small, large)
      pour(lists, small, large)
      return undefined
    },
    smallest() {
      const least = new Int32Array(count).fill(-1)
      const clusterOf = new Int32Array(count)
      for (let record = 0; record < count; record++) {
        const root = find(record)
        if (least[root] === -1) least[root] = record
        clusterOf[record] = least[root] ?? record
      }
      return clusterOf
    },
  }
}

function meet(a: ReadonlySet<number> | undefined, b: ReadonlySet<number> | undefined): boolean {
  if (a === undefined || b === undefined) return false
  const [walked, other] = a.size <= b.size ? [a, b] : [b, a]
  for (const each of walked) if (other.has(each)) return true
  return false
}

function pour(sets: Map<number, Set<number>>, small: number, large: number): void {
  const from = sets.get(small)
  if (from === undefined) return
  const into = sets.get(large)
  const [less, more] = into === undefined || into.size < from.size ? [into, from] : [from, into]
  for (const each of less ?? []) more.add(each)
  sets.set(large, more)
  sets.delete(small)
}
