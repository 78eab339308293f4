/**
 * Whether a score means what it says: controlled consignments in groups of equal number by score, what the score promised for each group beside what was
 * found there, with its interval, corrected by the probability of selection. Equal scores are never parted, so groups can differ in size.
 * Log-odds of terms that depend on each other promise too much; the table shows by how much, and the order of scores is not touched by it.
 * Source: A. H. Murphy, R. L. Winkler, "Reliability of subjective probability forecasts", Applied Statistics 26 (1977); G. W. Brier, Monthly Weather Review
 * 78 (1950).
 */
import { type Estimate, hajek, type Sample } from './estimate.ts'
import { probabilityOf } from './scorecard.ts'

export interface ScoredSample extends Sample {
  /** Millionths of log-odds. */
  readonly score: number
}

export interface CalibrationGroup {
  readonly from: number
  readonly to: number
  /** Mean of what was promised, weighted like what was found. */
  readonly promised: number
  readonly found: Estimate
  /** True when the promise lies within the interval. */
  readonly isKept: boolean
}

export interface Calibration {
  readonly groups: readonly CalibrationGroup[]
  /** Mean square of promise minus outcome: 0 is best, the base rate alone gives p(1 − p). Undefined where nothing was controlled. */
  readonly brier: number | undefined
  readonly notChecked: number
  readonly notFoundInTime: number
}

export function calibrationOf(samples: readonly ScoredSample[], groups = 10): Calibration {
  if (!(Number.isSafeInteger(groups) && groups >= 1)) throw new RangeError('A calibration has one group or more.')
  if (samples.some(({ score }) => !Number.isFinite(score))) throw new RangeError('A sample has no finite score.')
  const { notChecked, notFoundInTime } = hajek(samples)
  const controlled = samples.filter(({ verdict }) => verdict === 'found' || verdict === 'nothing').sort((a, b) => a.score - b.score)
  const error = weightedMean(controlled, ({ score, verdict }) => (probabilityOf(score) - (verdict === 'found' ? 1 : 0)) ** 2)
  return { groups: partsOf(controlled, groups).map(groupOf), brier: error, notChecked, notFoundInTime }
}

function partsOf(sorted: readonly ScoredSample[], groups: number): readonly (readonly ScoredSample[])[] {
  const parts: ScoredSample[][] = []
  let part: ScoredSample[] = []
  sorted.forEach((sample, at) => {
    part.push(sample)
    const isFull = at + 1 >= (sorted.length * (parts.length + 1)) / groups
    if (!isFull || sorted[at + 1]?.score === sample.score) return
    parts.push(part)
    part = []
  })
  return parts
}

function groupOf(part: readonly ScoredSample[]): CalibrationGroup {
  const found = hajek(part)
  const promised = weightedMean(part, ({ score }) => probabilityOf(score)) ?? 0
  return {
    from: part[0]?.score ?? 0,
    to: part.at(-1)?.score ?? 0,
    promised,
    found,
    isKept: promised >= found.low && promised <= found.high,
  }
}

function weightedMean(samples: readonly ScoredSample[], of: (sample: ScoredSample) => number): number | undefined {
  let [sum, weights] = [0, 0]
  for (const sample of samples) {
    sum += of(sample) / sample.pi
    weights += 1 / sample.pi
  }
  return weights > 0 ? sum / weights : undefined
}
