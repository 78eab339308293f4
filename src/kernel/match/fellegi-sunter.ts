/**
 * Record linkage by log-odds. A pair is a vector with one agreement level for each comparison; a model holds how often each level occurs among pairs of the
 * same thing (m) and of different things (u), found by expectation-maximisation without any labelled pair. Deterministic: fixed start, fixed order.
 * Log-odds are kept as they are (natural logarithm): as probabilities they would all be 1 near the top.
 * Sources: I. P. Fellegi, A. B. Sunter, "A theory for record linkage", J. Am. Stat. Assoc. 64 (1969); M. A. Jaro, J. Am. Stat. Assoc. 84 (1989), for the
 * estimation; W. E. Winkler, "Frequency-based matching in Fellegi-Sunter model of record linkage" (2000), for the frequency of values.
 */
export interface Comparison {
  readonly property: string
  /** From the best agreement to none. */
  readonly levels: readonly string[]
}

/** A level that says nothing, because a value is missing on one side. */
export const MISSING = 255

/** Pairs as rows of levels, `comparisons.length` bytes each. */
export interface LevelTable {
  readonly comparisons: readonly Comparison[]
  readonly levels: Uint8Array
}

export interface LinkageModel {
  readonly comparisons: readonly Comparison[]
  /** Share of same pairs among those the model was estimated from. */
  readonly share: number
  readonly m: readonly (readonly number[])[]
  readonly u: readonly (readonly number[])[]
  readonly rounds: number
  readonly hasConverged: boolean
}

export interface EstimateOptions {
  /** How often each level occurs among pairs taken at random; kept fixed when given. Without it, u is estimated too. */
  readonly u?: readonly (readonly number[])[]
  readonly mostRounds?: number
  readonly tolerance?: number
}

/** Added to every count, so that a level never seen is unlikely and not impossible. */
const PSEUDO_COUNT = 0.5
const MOST_ROUNDS = 500
const TOLERANCE = 1e-7
const START_SHARE = 0.1

/** Equal rows are counted once, so a round costs the number of distinct rows and not of pairs. */
interface Pattern {
  readonly levels: Uint8Array
  count: number
}

export function estimateModel(table: LevelTable, options: EstimateOptions = {}): LinkageModel {
  const { comparisons } = table
  const patterns = patternsOf(table)
  let share = START_SHARE
  let m = comparisons.map(({ levels }) => start(levels.length, 'same'))
  let u = options.u ?? comparisons.map(({ levels }) => start(levels.length, 'different'))
  let rounds = 0
  let hasConverged = patterns.length === 0
  while (!hasConverged && rounds < (options.mostRounds ?? MOST_ROUNDS)) {
    rounds += 1
    const same = comparisons.map(({ levels }) => new Array<number>(levels.length).fill(PSEUDO_COUNT))
    const different = comparisons.map(({ levels }) => new Array<number>(levels.length).fill(PSEUDO_COUNT))
    let [sum, total] = [0, 0]
    for (const { levels, count } of patterns) {
      const belief = 1 / (1 + Math.exp(-sumOf({ share, m, u }, levels)))
      sum += belief * count
      total += count
      for (let at = 0; at < levels.length; at++) {
        const level = levels[at] ?? MISSING
        if (level === MISSING) continue
        add(same[at], level, belief * count)
        add(different[at], level, (1 - belief) * count)
      }
    }
    const found = { share: clampShare(sum / total), m: same.map(shares), u: options.u ?? different.map(shares) }
    hasConverged = distance(found, { share, m, u }) < (options.tolerance ?? TOLERANCE)
    ;({ share, m, u } = found)
  }
  return { comparisons, share, m, u, rounds, hasConverged }
}

/** How often each level occurs in a table: of random pairs, it is u. */
export function levelShares({ comparisons, levels }: LevelTable): readonly (readonly number[])[] {
  const counts = comparisons.map((each) => new Array<number>(each.levels.length).fill(PSEUDO_COUNT))
  for (let at = 0; at < levels.length; at++) {
    const level = levels[at] ?? MISSING
    if (level !== MISSING) add(counts[at % comparisons.length], level, 1)
  }
  return counts.map(shares)
}

/** What one level adds to the log-odds; 0 where it says nothing. */
export function levelWeight(model: Pick<LinkageModel, 'm' | 'u'>, comparison: number, level: number): number {
  if (level === MISSING) return 0
  return Math.log((model.m[comparison]?.[level] ?? 1) / (model.u[comparison]?.[level] ?? 1))
}

/**
 * What a value that both sides share adds beyond its level: rare values more, common ones less. `frequency` is the value's share among all values,
 * `usual` the chance that two random values agree.
 */
export function frequencyWeight(frequency: number, usual: number): number {
  return frequency > 0 && usual > 0 ? Math.log(usual / frequency) : 0
}

/** The prior of the model and every level, added up. */
export function pairLogOdds(model: LinkageModel, levels: Uint8Array): number {
  return sumOf(model, levels)
}

function sumOf(model: Pick<LinkageModel, 'share' | 'm' | 'u'>, levels: Uint8Array): number {
  let sum = Math.log(model.share / (1 - model.share))
  for (let at = 0; at < levels.length; at++) sum += levelWeight(model, at, levels[at] ?? MISSING)
  return sum
}

function patternsOf({ comparisons, levels }: LevelTable): readonly Pattern[] {
  const width = comparisons.length
  if (levels.length % width !== 0) throw new RangeError('The table ends within a pair.')
  const byKey = new Map<string, Pattern>()
  for (let row = 0; row < levels.length; row += width) {
    const pattern = levels.subarray(row, row + width)
    const key = String.fromCharCode(...pattern)
    const known = byKey.get(key)
    if (known === undefined) byKey.set(key, { levels: pattern, count: 1 })
    else known.count += 1
  }
  // By content, not by first sight: the order of pairs must not move the last digit.
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pattern]) => pattern)
}

/** Same things agree mostly, different things mostly not: halves of what is left, from the one end or the other. */
function start(count: number, of: 'same' | 'different'): number[] {
  const falling = Array.from({ length: count }, (_, level) => 0.25 ** level)
  return shares(of === 'same' ? falling : falling.toReversed())
}

function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count) => count / total)
}

function add(counts: number[] | undefined, level: number, amount: number): void {
  if (counts === undefined || level >= counts.length) throw new RangeError('The table has a level that its comparison lacks.')
  counts[level] = (counts[level] ?? 0) + amount
}

function clampShare(share: number): number {
  return Math.min(Math.max(share, 1e-9), 1 - 1e-9)
}

function distance(a: Pick<LinkageModel, 'share' | 'm' | 'u'>, b: Pick<LinkageModel, 'share' | 'm' | 'u'>): number {
  const flat = (model: typeof a) => [model.share, ...model.m.flat(), ...model.u.flat()]
  const other = flat(b)
  return flat(a).reduce((most, value, at) => Math.max(most, Math.abs(value - (other[at] ?? 0))), 0)
}
