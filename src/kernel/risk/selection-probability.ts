/**
 * The probability of each consignment to be proposed, exactly, for the design of `selection.ts`: `random` of P consignments are drawn without replacement;
 * then the best `top` of the rest by score; then the `novelty` most novel of what remains.
 * Given that the last of the top has rank a, a − top of the better ones were drawn, and the other r draws fell evenly on the Q = P − a ranks below:
 * everybody up to a is proposed, and below it who is drawn, or who is not and has fewer than `novelty` undrawn ones before it in the order of novelty (a
 * hypergeometric tail). The sum over a, each weighted with its (negative hypergeometric) probability, is π.
 * Source of both distributions: N. L. Johnson, A. W. Kemp, S. Kotz, Univariate Discrete Distributions (3rd ed., 2005), chapter 6. Units: probabilities.
 */
export interface Design {
  readonly top: number
  readonly random: number
  readonly novelty: number
}

/** Adds nothing to a sum near 1 in double precision. */
const NEGLIGIBLE = 1e-19

/** `byNovelty` holds the ranks by score, the most novel first; the answer is by rank. Needs top + random + novelty ≤ P. */
export function inclusionProbabilities(byNovelty: Int32Array, design: Design): Float64Array {
  const { top, random, novelty } = design
  const population = byNovelty.length
  if (!(top >= 0 && random >= 0 && novelty >= 0 && top + random + novelty <= population))
    throw new RangeError('More would be proposed than there are.')
  const choose = logChoose(population)
  const pi = new Float64Array(population)
  // With no top there is no last of it: all ranks are below.
  const last = top === 0 ? 0 : top + random
  for (let a = top; a <= last; a++) {
    const drawnAbove = a - top
    const chance =
      top === 0 ? 1 : Math.exp(choose(a - 1, drawnAbove) + choose(population - a, random - drawnAbove) - choose(population, random))
    if (chance < NEGLIGIBLE) continue
    for (let rank = 0; rank < a; rank++) pi[rank] = (pi[rank] ?? 0) + chance
    addBelow({ byNovelty, pi, choose }, { a, chance, draws: random - drawnAbove, novelty })
  }
  // What is certain is 1, not the sum of rounded parts.
  for (let rank = 0; rank < population; rank++) pi[rank] = rank < top || (pi[rank] ?? 0) > 1 - 1e-12 ? 1 : (pi[rank] ?? 0)
  return pi
}

interface Ground {
  readonly byNovelty: Int32Array
  readonly pi: Float64Array
  readonly choose: (n: number, k: number) => number
}

function addBelow(
  ground: Ground,
  given: { readonly a: number; readonly chance: number; readonly draws: number; readonly novelty: number },
): void {
  const { byNovelty, pi, choose } = ground
  const { a, chance, draws, novelty } = given
  const below = byNovelty.length - a
  const drawn = below === 0 ? 0 : draws / below
  let before = 0
  for (const rank of byNovelty) {
    if (rank < a) continue
    let share = drawn
    if (before < novelty) share = 1
    else if (before < novelty + draws)
      share += (1 - drawn) * atLeast(choose, { of: below - 1, draws, among: before, least: before - novelty + 1 })
    pi[rank] = (pi[rank] ?? 0) + chance * share
    before += 1
  }
}

/** Probability that at least `least` of `draws` from `of` fall among the first `among`. */
function atLeast(
  choose: Ground['choose'],
  { of, draws, among, least }: { readonly of: number; readonly draws: number; readonly among: number; readonly least: number },
): number {
  let sum = 0
  for (let hit = Math.max(least, draws - (of - among), 0); hit <= Math.min(draws, among); hit++)
    sum += Math.exp(choose(among, hit) + choose(of - among, draws - hit) - choose(of, draws))
  return Math.min(1, sum)
}

function logChoose(most: number): (n: number, k: number) => number {
  const factorial = new Float64Array(most + 1)
  for (let n = 2; n <= most; n++) factorial[n] = (factorial[n - 1] ?? 0) + Math.log(n)
  return (n, k) =>
    k < 0 || k > n || n < 0 ? Number.NEGATIVE_INFINITY : (factorial[n] ?? 0) - (factorial[k] ?? 0) - (factorial[n - k] ?? 0)
}
