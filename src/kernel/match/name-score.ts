/**
 * How likely two names are names of one person or thing, with the reasons. The presets `balanced` and `strict` give log-odds: the steps add up to the log-odds, and
 * the score is their logistic, so that what a step does can be read and nothing is lost near 1. The preset `ofac` gives a similarity: there the steps add up to the
 * score. Invariant: balanced and strict do not depend on which name is left. A name is no proof: what follows from a score is for a person to decide.
 */
import type { PreparedName } from './name.ts'
import { EXACT_LIMIT } from './name-assignment.ts'
import { FEATURES, type Finding, measure } from './name-features.ts'
import { weightsOf } from './name-weights.ts'
import { ofacScore } from './ofac.ts'

export type NamePreset = 'balanced' | 'strict' | 'ofac'

/** From this score on two names match; fixed for all kinds of names and both presets that give log-odds. */
export const NAME_THRESHOLD = 0.7

export interface NameStep {
  /** The end of a message key. */
  readonly code: string
  readonly left: string
  readonly right: string
  /** Contribution to the log-odds (balanced, strict) or to the score (ofac). */
  readonly weight: number
}

export interface NameComparison {
  /** 0 to 1. */
  readonly score: number
  readonly steps: readonly NameStep[]
}

export function compareNames(a: PreparedName, b: PreparedName, preset: NamePreset): NameComparison {
  if (preset === 'ofac') return compareAsOfac(a, b)
  const [left, right] = bestPair(a, b, preset)
  if (left.tokens.length === 0 || right.tokens.length === 0) return { score: 0, steps: [] }
  const isSwapped = left.norm > right.norm
  const findings: Finding[] = []
  measure(isSwapped ? right : left, isSwapped ? left : right, findings)
  const weights = weightsOf(left.kind, preset)
  const steps = findings.map((finding) => ({
    code: finding.feature,
    left: isSwapped ? finding.right : finding.left,
    right: isSwapped ? finding.left : finding.right,
    weight: finding.value * (weights[finding.feature] ?? 0),
  }))
  const notes: NameStep[] = []
  // Words of no weight that a reader should know of.
  if (a.hasMixedScripts || b.hasMixedScripts) notes.push(note('mixed-scripts', a, b))
  if (a.isCapped || b.isCapped) notes.push(note('capped', a, b))
  if (Math.max(left.core.length, right.core.length) > EXACT_LIMIT) notes.push(note('greedy-alignment', a, b))
  return { score: logistic(steps.reduce((sum, { weight }) => sum + weight, 0)), steps: [...steps, ...notes] }
}

/** The score of compareNames without its steps. */
export function nameScore(a: PreparedName, b: PreparedName, preset: NamePreset): number {
  if (preset === 'ofac') return ofacScore(a, b).score
  const [left, right] = bestPair(a, b, preset)
  return scoreOne(left, right, preset)
}

function scoreOne(a: PreparedName, b: PreparedName, preset: 'balanced' | 'strict'): number {
  return a.tokens.length === 0 || b.tokens.length === 0 ? 0 : logistic(logOdds(a, b, preset))
}

function logOdds(a: PreparedName, b: PreparedName, preset: 'balanced' | 'strict'): number {
  const values = a.norm > b.norm ? measure(b, a) : measure(a, b)
  const weights = weightsOf(a.kind, preset)
  let sum = 0
  for (let at = 0; at < FEATURES.length; at++) {
    const value = values[at] ?? 0
    if (value !== 0) sum += value * (weights[FEATURES[at] ?? 'base'] ?? 0)
  }
  return sum
}

/** A name that gives two names at once counts as the one of them that fits best. */
function bestPair(a: PreparedName, b: PreparedName, preset: 'balanced' | 'strict'): readonly [PreparedName, PreparedName] {
  if (a.alternatives.length === 0 && b.alternatives.length === 0) return [a, b]
  let best: readonly [PreparedName, PreparedName] = [a, b]
  let score = scoreOne(a, b, preset)
  for (const left of [a, ...a.alternatives])
    for (const right of [b, ...b.alternatives]) {
      const other = scoreOne(left, right, preset)
      if (other > score) {
        score = other
        best = [left, right]
      }
    }
  return best
}

function compareAsOfac(a: PreparedName, b: PreparedName): NameComparison {
  const { score, pairs } = ofacScore(a, b)
  if (pairs.length === 0) return { score, steps: [{ code: 'whole-name', left: a.written, right: b.written, weight: score }] }
  return { score, steps: pairs.map(({ left, right, similarity }) => ({ code: 'word', left, right, weight: similarity / pairs.length })) }
}

function note(code: string, a: PreparedName, b: PreparedName): NameStep {
  return { code, left: a.text, right: b.text, weight: 0 }
}

function logistic(logOddsSum: number): number {
  return 1 / (1 + Math.exp(-logOddsSum))
}
