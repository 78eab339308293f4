/**
 * Learns scorecard and forest from the controlled outcomes of one desk, and how well they did on the latest month, which they had not seen: for that a version is learned
 * without it first. What is put to work is learned on everything. Pure: the same cases and seed give the same version.
 */
import { calibrationOf, type ScoredSample } from '#kernel/risk/calibration.ts'
import { type Drift, driftByMonth } from '#kernel/risk/drift.ts'
import { type Forest, forestScore, learnForest } from '#kernel/risk/forest.ts'
import { type Scorecard, scoreOf } from '#kernel/risk/scorecard.ts'
import { enoughToLearn, type Lack, learnScorecard } from '#kernel/risk/scorecard-learn.ts'
import { type RiskCase, readRiskCases } from '#kernel/risk/scorecard-table.ts'
import type { ScoreView } from '../contract.ts'
import { ATTRIBUTES } from './attributes.ts'
import { estimateView } from './samples.ts'

export interface LearnCase extends RiskCase {
  /** Null: taken on an officer's own initiative. */
  readonly pi: number | null
}

export interface Learned {
  readonly kind: 'learned'
  readonly scorecard: Scorecard
  readonly forest: Forest
  readonly report: ScoreReport
}

export interface ScoreReport {
  readonly precisionAt5?: number
  readonly precisionAt10?: number
  readonly calibration: ScoreView['calibration']
  readonly drift: ScoreView['drift']
  readonly agreement?: number
  /** Values that could not be read, and cases left out with them. */
  readonly refused: number
}

export type Learning = Learned | { readonly kind: 'not-enough'; readonly lacks: Lack }

const TREES = 100
/** Fewer in the latest month say nothing about the best 5 %. */
const LEAST_HELD_OUT = 40
const MOST_DRIFT_ROWS = 240

export function learn(cases: readonly LearnCase[], seed: number): Learning {
  const { table, refused } = readRiskCases(cases, ATTRIBUTES)
  const enough = enoughToLearn(table)
  if (!enough.isEnough) return { kind: 'not-enough', lacks: enough.lacks }
  const scorecard = learnScorecard(table)
  const forest = learnForest(table, { trees: TREES, seed })
  return {
    kind: 'learned',
    scorecard,
    forest,
    report: { ...heldOut(cases, seed), drift: driftViews(driftByMonth(table, scorecard.learnedFrom.laterFrom)), refused: refused.length },
  }
}

function heldOut(
  cases: readonly LearnCase[],
  seed: number,
): Pick<ScoreReport, 'precisionAt5' | 'precisionAt10' | 'calibration' | 'agreement'> {
  const latest = cases.reduce((most, { month }) => Math.max(most, month), 0)
  const unseen = cases.filter(({ month, verdict }) => month === latest && (verdict === 'found' || verdict === 'nothing'))
  const { table } = readRiskCases(
    cases.filter(({ month }) => month < latest),
    ATTRIBUTES,
  )
  if (unseen.length < LEAST_HELD_OUT || !enoughToLearn(table).isEnough) return { calibration: [] }
  const scorecard = learnScorecard(table)
  const forest = learnForest(table, { trees: TREES, seed })
  const scored = unseen.map((each) => ({
    ...each,
    score: scoreOf(scorecard, each.values).score,
    second: forestScore(forest, each.values, each.month),
  }))
  const byScore = scored.toSorted((a, b) => b.score - a.score)
  const bySecond = new Set(scored.toSorted((a, b) => b.second - a.second).slice(0, Math.floor(scored.length / 10)))
  const samples: ScoredSample[] = scored.flatMap(({ verdict, pi, score }) => (pi === null ? [] : [{ verdict, pi, score }]))
  return {
    precisionAt5: precisionAmong(scored, Math.floor(scored.length * 0.05)),
    precisionAt10: precisionAmong(scored, Math.floor(scored.length * 0.1)),
    agreement: byScore.slice(0, bySecond.size).filter((each) => bySecond.has(each)).length / bySecond.size,
    calibration: calibrationOf(samples).groups.map(({ from, to, promised, found }) => {
      const view = estimateView(found)
      return { low: from, high: to, n: found.n, expected: promised, ...(view === undefined ? {} : { found: view }) }
    }),
  }
}

/**
 * Share found among the `places` highest. Few attributes give many equal scores; where they straddle the last place, chance decides which of them come in, so
 * they count as they would on average over all orders.
 */
export function precisionAmong(scored: readonly { readonly score: number; readonly verdict: string }[], places: number): number {
  const border = scored.map(({ score }) => score).toSorted((a, b) => b - a)[places - 1] ?? Number.POSITIVE_INFINITY
  const foundIn = (some: readonly { readonly verdict: string }[]) => some.filter(({ verdict }) => verdict === 'found').length
  const above = scored.filter(({ score }) => score > border)
  const equal = scored.filter(({ score }) => score === border)
  return (foundIn(above) + ((places - above.length) * foundIn(equal)) / equal.length) / places
}

const READINGS = { stable: 'steady', moved: 'shifted', shifted: 'learn-anew' } as const

export function driftViews(drift: readonly Drift[]): ScoreView['drift'] {
  return drift.slice(-MOST_DRIFT_ROWS).map(({ attribute, month, index, verdict }) => ({
    attribute,
    month: `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`,
    index,
    reading: READINGS[verdict],
  }))
}
