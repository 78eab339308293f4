/**
 * Which consignments of a port and day are proposed for control. A proposal: a named officer decides each. In this order:
 *   1. certain: watch entries and alerts, and rules that have hit too often without a selection;
 *   2. random: drawn from everything else, the best scores too, so that it shows what traffic is like without any rule;
 *   3. top: the best scores that were not drawn;
 *   4. novelty: the most novel, or the least certain, of what remains, so that a model does not only confirm what it knows.
 * The same candidates, parameters and seed give the same proposal, in whatever order the candidates come: an auditor repeats it. Equal scores are put in an
 * order drawn with the same seed, so that no number is favoured for good. π of everybody, proposed or not, is exact for this design given that order.
 * Sources: ASYCUDA++ selectivity (capacity, random, hits without selection); why exploration: S. Kim et al., "Active learning for human-in-the-loop customs
 * inspection", IEEE TKDE (2023).
 */
import { createSeededRandom, type SeededRandom } from '../stats/seeded-random.ts'
import { inclusionProbabilities } from './selection-probability.ts'
import { type SelectionParams, type StrataSizes, strataSizes } from './selection-sizes.ts'

export interface Candidate {
  readonly id: string
  readonly score: number
  /** How new or uncertain: the greater, the sooner it is explored. */
  readonly novelty: number
  /** A watch entry or an alert asks for it. */
  readonly isMandatory: boolean
  /** Of the rule of this consignment that has hit longest without a selection. */
  readonly hitsWithoutSelection?: number
}

export type Stratum = 'mandatory' | 'hit-limit' | 'random' | 'top' | 'novelty'

export interface Selected {
  readonly id: string
  readonly stratum: Stratum
  readonly pi: number
}

export interface Selection {
  /** In the order of the strata. */
  readonly selected: readonly Selected[]
  /** Not proposed, with the probability that they had. */
  readonly left: readonly { readonly id: string; readonly pi: number }[]
  readonly sizes: StrataSizes
}

/** Several times the day of the largest ports; π costs the product of arrivals and draws. */
export const MOST_CANDIDATES = 100_000

export function select(candidates: readonly Candidate[], params: SelectionParams, seed: number): readonly Selected[] {
  return planSelection(candidates, params, seed).selected
}

export function planSelection(candidates: readonly Candidate[], params: SelectionParams, seed: number): Selection {
  const all = checked(candidates)
  const certain = all.flatMap((each) => certainStratum(each, params))
  const sizes = strataSizes({ all: all.length, certain: certain.length }, params)
  const random = createSeededRandom(seed)
  const ranked = inDrawnOrder(
    all.filter((each) => certainStratum(each, params).length === 0),
    random,
  ).sort((a, b) => b.score - a.score)
  const byNovelty = Int32Array.from(
    inDrawnOrder([...ranked.keys()], random).sort((a, b) => (ranked[b]?.novelty ?? 0) - (ranked[a]?.novelty ?? 0)),
  )
  const strata = drawStrata(byNovelty, sizes, random)
  const pi = inclusionProbabilities(byNovelty, sizes)
  const at = (stratum: Stratum) => ranked.flatMap(({ id }, rank) => (strata[rank] === stratum ? [{ id, stratum, pi: pi[rank] ?? 0 }] : []))
  return {
    selected: [...certain, ...at('random'), ...at('top'), ...at('novelty')],
    left: ranked.flatMap(({ id }, rank) => (strata[rank] === undefined ? [{ id, pi: pi[rank] ?? 0 }] : [])),
    sizes,
  }
}

function certainStratum({ id, isMandatory, hitsWithoutSelection = 0 }: Candidate, params: SelectionParams): readonly Selected[] {
  if (isMandatory) return [{ id, stratum: 'mandatory', pi: 1 }]
  const limit = params.maximumHitsWithoutSelection
  return limit !== undefined && hitsWithoutSelection >= limit ? [{ id, stratum: 'hit-limit', pi: 1 }] : []
}

/** By rank; undefined for who is not proposed. */
function drawStrata(byNovelty: Int32Array, sizes: StrataSizes, random: SeededRandom): readonly (Stratum | undefined)[] {
  const strata = new Array<Stratum | undefined>(byNovelty.length).fill(undefined)
  for (const rank of inDrawnOrder([...byNovelty.keys()], random).slice(0, sizes.random)) strata[rank] = 'random'
  give(strata, { ranks: strata.keys(), stratum: 'top', count: sizes.top })
  give(strata, { ranks: byNovelty.values(), stratum: 'novelty', count: sizes.novelty })
  return strata
}

function give(
  strata: (Stratum | undefined)[],
  to: { readonly ranks: Iterable<number>; readonly stratum: Stratum; readonly count: number },
): void {
  let rest = to.count
  for (const rank of to.ranks) {
    if (rest === 0) return
    if (strata[rank] !== undefined) continue
    strata[rank] = to.stratum
    rest -= 1
  }
}

/** By id first: the order in which candidates came must not move the draw. */
function checked(candidates: readonly Candidate[]): readonly Candidate[] {
  if (candidates.length > MOST_CANDIDATES) throw new RangeError(`A selection takes at most ${MOST_CANDIDATES} consignments.`)
  const sorted = [...candidates].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  sorted.forEach(({ id, score, novelty }, index) => {
    if (id === sorted[index - 1]?.id) throw new RangeError('A consignment stands twice among the candidates.')
    if (!Number.isFinite(score) || !Number.isFinite(novelty)) throw new RangeError('A candidate has no finite score or novelty.')
  })
  return sorted
}

/** Every order is equally likely (Fisher and Yates). */
function inDrawnOrder<T>(items: readonly T[], random: SeededRandom): T[] {
  const order = [...items]
  for (let end = order.length - 1; end > 0; end--) {
    const from = random.integer(0, end)
    const [a, b] = [order[end] as T, order[from] as T]
    order[end] = b
    order[from] = a
  }
  return order
}
