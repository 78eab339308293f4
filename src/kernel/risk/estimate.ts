/**
 * What controls tell about all traffic. A consignment that had the probability π of being chosen stands for 1/π consignments; the share found among all
 * is the Hájek estimate Σ(y/π) / Σ(1/π) over those that were controlled. "Not checked" and "not found in time" tell nothing: they are counted beside, and
 * never as a negative.
 * The interval is Wilson's with an effective number of controls: the smaller of Kish's (Σw)²/Σw² and of p(1−p)/V, V the linearised variance
 * Σw²(y−p)²/(Σw)². It speaks of traffic of the same kind, so it does not shrink to nothing where every consignment was controlled.
 * Sources: J. Hájek, "Comment on an essay by D. Basu" (1971); L. Kish, Survey Sampling (1965), 8.2; E. L. Korn, B. I. Graubard, "Confidence intervals for
 * proportions with small expected number of positive counts", Survey Methodology 24 (1998), for the effective number. No ranking below 30 is policy.
 */
import { type Interval, wilsonInterval } from '../stats/wilson.ts'

export const VERDICTS = ['found', 'nothing', 'not-checked', 'not-found-in-time'] as const
export type Verdict = (typeof VERDICTS)[number]

export interface Sample {
  readonly verdict: Verdict
  /** Probability with which the consignment was chosen: above 0, at most 1. */
  readonly pi: number
}

export interface Estimate extends Interval {
  /** Absent where nothing was controlled. */
  readonly share: number | undefined
  /** Controlled: found or nothing. */
  readonly n: number
  readonly hits: number
  readonly effectiveN: number
  readonly notChecked: number
  readonly notFoundInTime: number
  /** False below 30 controls: shown, but put in no order. */
  readonly isRankable: boolean
}

export const RANKABLE_FROM = 30

export function hajek(samples: Iterable<Sample>): Estimate {
  let [n, hits, notChecked, notFoundInTime] = [0, 0, 0, 0]
  // Σw, Σwy, Σw² and Σw²y: the rest follows, because y is 0 or 1.
  let [weights, found, squares, foundSquares] = [0, 0, 0, 0]
  for (const { verdict, pi } of samples) {
    if (!(pi > 0 && pi <= 1)) throw new RangeError('What was chosen had a probability above 0 and at most 1.')
    if (verdict === 'not-checked') notChecked += 1
    else if (verdict === 'not-found-in-time') notFoundInTime += 1
    else {
      const weight = 1 / pi
      n += 1
      weights += weight
      squares += weight * weight
      if (verdict === 'nothing') continue
      hits += 1
      found += weight
      foundSquares += weight * weight
    }
  }
  const rest = { n, hits, notChecked, notFoundInTime, isRankable: n >= RANKABLE_FROM }
  if (n === 0) return { share: undefined, low: 0, high: 1, effectiveN: 0, ...rest }
  const share = hits === n ? 1 : found / weights
  const kish = (weights * weights) / squares
  const variance = (foundSquares * (1 - share) ** 2 + (squares - foundSquares) * share ** 2) / (weights * weights)
  const effectiveN = variance > 0 ? Math.min(kish, (share * (1 - share)) / variance) : kish
  return { share, ...wilsonInterval(share * effectiveN, effectiveN), effectiveN, ...rest }
}

/** The best first, of those with enough controls; the others keep their order and stand apart. */
export function rankByShare<T extends { readonly estimate: Estimate }>(
  items: readonly T[],
): { readonly ranked: readonly T[]; readonly tooFew: readonly T[] } {
  const share = ({ estimate }: T) => estimate.share ?? 0
  return {
    ranked: items.filter(({ estimate }) => estimate.isRankable).sort((a, b) => share(b) - share(a)),
    tooFew: items.filter(({ estimate }) => !estimate.isRankable),
  }
}
