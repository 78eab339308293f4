/**
 * Everything that speaks of an arrival, put together as of one day at one desk: rules and watch entries in force, alerts, the score at work. Pure once it is loaded:
 * the same facts and the same assessor give the same assessment. Unknown never fires, and is kept beside what fired.
 */

import type { ConsignmentRow } from '#kernel/risk/column-row.ts'
import type { Vocabulary } from '#kernel/risk/expression.ts'
import type { RowFinding } from '#kernel/risk/expression-row.ts'
import { type Forest, forestScore } from '#kernel/risk/forest.ts'
import { type FiredRule, type Scorecard, type Scored, scoreOf } from '#kernel/risk/scorecard.ts'
import { monthOf } from '#kernel/risk/scorecard-table.ts'
import type { RuleExpression } from '../contract.ts'
import { riskRow } from './attributes.ts'
import { type PartyNumbers, readExpression, vocabularyOn } from './expressions.ts'
import { type ArrivalSubject, consignmentRow } from './facts.ts'
import { openWatchIndex, type WatchHit, type WatchInForce } from './watch-index.ts'

export interface RuleInForce {
  readonly rule: string
  readonly version: number
  readonly title: string
  readonly expression: RuleExpression
  /** Hundredths of log-odds. */
  readonly weight: number
  readonly mandatory: boolean
  /** Controlled hits so far, and those where something was found. */
  readonly n: number
  readonly hits: number
}

export interface ScoreAtWork {
  readonly version: string
  readonly scorecard: Scorecard
  readonly forest: Forest | undefined
}

export interface AssessmentWorld {
  readonly day: string
  readonly rules: readonly RuleInForce[]
  readonly watches: readonly WatchInForce[]
  readonly parties: PartyNumbers
  readonly score: ScoreAtWork | undefined
}

export interface FiredHere {
  readonly rule: string
  readonly version: number
  readonly title: string
  readonly text: string
  readonly weight: number
  readonly mandatory: boolean
}

export interface MandatoryHere {
  readonly kind: 'watch' | 'alert' | 'rule'
  readonly ref: string
  readonly title: string
}

export interface Assessment {
  readonly fired: readonly FiredHere[]
  readonly unknown: readonly { readonly rule: string; readonly version: number }[]
  readonly watchHits: readonly WatchHit[]
  readonly mandatory: readonly MandatoryHere[]
  readonly scored: (Scored & { readonly version: string | undefined }) | undefined
  /** Share of the forest. */
  readonly second: number | undefined
  readonly rank: number
  readonly novelty: number
}

export interface Assessor {
  readonly vocabulary: Vocabulary
  assess(subject: ArrivalSubject): Assessment
}

/** Mandatory before everything else, then by score. */
const MANDATORY_RANK = 1e12
const NO_SCORECARD: Scorecard = {
  form: 'scorecard-1',
  attributes: [],
  base: 0,
  terms: [],
  learnedFrom: { cases: 0, found: 0, from: 0, until: 0, laterFrom: 0 },
}

export function ruleRef({ rule, version }: { readonly rule: string; readonly version: number }): string {
  return `${rule}/${version}`
}

export function openAssessor(world: AssessmentWorld): Assessor {
  const watch = openWatchIndex(world.watches, world.parties)
  const vocabulary = vocabularyOn(world.day, watch.entries)
  const rules = world.rules.flatMap((rule) => {
    const { evaluate } = readExpression(rule.expression, world.parties, vocabulary)
    // A rule that can no longer be read never fires, and is counted as unknown.
    return [{ ...rule, evaluate: evaluate ?? ((): RowFinding => ({ truth: 'unknown', fired: [], undecided: [] })) }]
  })
  return { vocabulary, assess: (subject) => assessOne(subject, { rules, find: watch.find, score: world.score }) }
}

interface Ready {
  readonly rules: readonly (RuleInForce & { readonly evaluate: (row: ConsignmentRow) => RowFinding })[]
  readonly find: (subject: ArrivalSubject) => readonly WatchHit[]
  readonly score: ScoreAtWork | undefined
}

function assessOne(subject: ArrivalSubject, { rules, find, score }: Ready): Assessment {
  const row = consignmentRow(subject)
  const findings = rules.map((rule) => ({ rule, finding: rule.evaluate(row) }))
  const fired = findings.filter(({ finding }) => finding.truth === 'yes')
  const watchHits = find(subject)
  const mandatory: MandatoryHere[] = [
    ...subject.facts.alerts.map(({ alert, desk }) => ({ kind: 'alert' as const, ref: alert, title: desk })),
    ...distinctWatches(watchHits),
    ...fired.filter(({ rule }) => rule.mandatory).map(({ rule }) => ({ kind: 'rule' as const, ref: rule.rule, title: rule.title })),
  ]
  const weights: FiredRule[] = fired
    .filter(({ rule }) => rule.weight > 0)
    .map(({ rule: { title, weight, n, hits } }) => ({ rule: title, times: 1, weight: weight / 100, cap: weight / 100, n, hits }))
  const risk = riskRow(subject.facts)
  const scored = score === undefined && weights.length === 0 ? undefined : scoreOf(score?.scorecard ?? NO_SCORECARD, risk, weights)
  return {
    fired: fired
      .map(({ rule: { rule, version, title, weight, mandatory: must }, finding }) => ({
        rule,
        version,
        title,
        weight,
        mandatory: must,
        text: finding.fired.join('; '),
      }))
      .sort((a, b) => Number(b.mandatory) - Number(a.mandatory) || b.weight - a.weight),
    unknown: findings.filter(({ finding }) => finding.truth === 'unknown').map(({ rule: { rule, version } }) => ({ rule, version })),
    watchHits,
    mandatory,
    scored: scored === undefined ? undefined : { ...scored, version: score?.version },
    second: score?.forest === undefined ? undefined : forestScore(score.forest, risk, monthNumber(subject.day)),
    rank: (mandatory.length > 0 ? MANDATORY_RANK : 0) + (scored?.score ?? 0),
    novelty: noveltyOf(subject, scored),
  }
}

export function monthNumber(day: string): number {
  return monthOf(Number(day.slice(0, 4)), Number(day.slice(5, 7)))
}

function distinctWatches(hits: readonly WatchHit[]): readonly MandatoryHere[] {
  return [...new Map(hits.map(({ watch, title }) => [watch, { kind: 'watch' as const, ref: watch, title }])).values()]
}

/**
 * How little is known of this kind of consignment: values that the score never met count one each, those it met seldom less, a value not stated a half. Without a
 * score every stated value is new. Policy of ours: exploration is to go where experience is thin.
 */
function noveltyOf({ facts }: ArrivalSubject, scored: Scored | undefined): number {
  const learned = (scored?.terms ?? []).filter(({ kind }) => kind === 'learned')
  const thin = learned.reduce((sum, { n }) => sum + 1 / (1 + n), 0)
  const parties = (['shipper', 'consignee'] as const).filter((role) => facts.parties[role] === undefined).length
  const firsts = (['P1', 'P2', 'R1'] as const).filter((id) => facts.indicators[id] === true).length
  return thin + parties / 2 + firsts
}
