/**
 * A rule: an expression with who answers for it, on what legal basis, for what time, with what weight, and the consignments it was tried on. Invariants: whoever
 * released it is not whoever wrote it; it ends; it comes up for review within six months (policy of ours; the auditors' complaint is that rules are never
 * looked at again). A rule proposes and changes no state. Days since 1970-01-01, both ends included.
 */
import { accept, type Parsed, type Problem } from '../result/problem.ts'
import type { ConsignmentRow } from './column-row.ts'
import { fit } from './column-row.ts'
import type { Expression, Vocabulary, WatchEntry } from './expression.ts'
import { checkExpression } from './expression-check.ts'
import { compileRow } from './expression-row.ts'

export interface Rule {
  readonly id: string
  readonly version: number
  /** The desk that answers for it. */
  readonly owner: string
  readonly title: string
  readonly legalBasis: string
  readonly purpose: string
  readonly expression: Expression
  /** Added to the score of a consignment when the rule fires, at most up to the cap over all rules of its kind. */
  readonly weight: number
  readonly cap: number
  readonly validFrom: number
  readonly validUntil: number
  readonly reviewBy: number
  /** Officers, as the node names them. */
  readonly author: string
  readonly approver?: string
  /** References of consignments on which it must fire, and must not. */
  readonly test: { readonly positive: readonly string[]; readonly negative: readonly string[] }
}

/** Policy of ours. */
export const LONGEST_TO_REVIEW = 183
export const LONGEST_WATCH = 180
const LONGEST_TEXT = 2000

/** Looks at a rule before it may be released; `released` asks for the second officer too. */
export function checkRule(
  rule: Rule,
  { vocabulary, isReleased }: { readonly vocabulary: Vocabulary; readonly isReleased: boolean },
): Parsed<Rule> {
  const problems: Problem[] = []
  const need = (isRight: boolean, at: string, [code, message]: readonly [string, string]): void => {
    if (!isRight) problems.push({ code: `rule.${code}`, at, message })
  }
  for (const member of ['id', 'owner', 'title', 'legalBasis', 'purpose', 'author'] as const) {
    const text = rule[member]
    need(text.trim() !== '' && text.length <= LONGEST_TEXT, member, [
      'text',
      `A rule states its ${member}, in at most ${LONGEST_TEXT} characters.`,
    ])
  }
  need(Number.isInteger(rule.version) && rule.version >= 1, 'version', ['version', 'Versions are counted from 1.'])
  need(Number.isFinite(rule.weight) && Number.isFinite(rule.cap) && rule.cap >= Math.abs(rule.weight), 'weight', [
    'weight',
    'A weight is a number, and its cap is at least as large.',
  ])
  need(isDay(rule.validFrom) && isDay(rule.validUntil) && rule.validFrom <= rule.validUntil, 'validUntil', [
    'validity',
    'A rule begins and ends.',
  ])
  need(isDay(rule.reviewBy) && rule.reviewBy >= rule.validFrom && rule.reviewBy - rule.validFrom <= LONGEST_TO_REVIEW, 'reviewBy', [
    'review',
    `A rule comes up for review within ${LONGEST_TO_REVIEW} days.`,
  ])
  const both = rule.test.positive.filter((reference) => rule.test.negative.includes(reference))
  need(both.length === 0, 'test', ['test', 'A consignment cannot be an example and a counter-example.'])
  if (isReleased) {
    need(rule.approver !== undefined && rule.approver.trim() !== '', 'approver', ['approver', 'A second officer releases a rule.'])
    need(rule.approver !== rule.author, 'approver', ['four-eyes', 'Whoever wrote a rule does not release it.'])
    need(rule.test.positive.length > 0 && rule.test.negative.length > 0, 'test', [
      'untested',
      'A rule is released with an example and a counter-example.',
    ])
  }
  const checked = checkExpression(rule.expression, vocabulary)
  problems.push(
    ...checked.problems.map((problem) => ({ ...problem, at: problem.at === 'expression' ? problem.at : `expression.${problem.at}` })),
  )
  return problems.length === 0 ? accept(rule) : { ok: false, problems }
}

/** Outside its validity, or past its review, a rule is silent. */
export function isInForce(rule: Pick<Rule, 'validFrom' | 'validUntil' | 'reviewBy' | 'approver'>, day: number): boolean {
  return rule.approver !== undefined && rule.validFrom <= day && day <= rule.validUntil && day <= rule.reviewBy
}

/** References on which the rule does not do what its tests say; one that is not at hand has failed. */
export function failedTests(rule: Rule, rows: ReadonlyMap<string, ConsignmentRow>, vocabulary: Vocabulary): readonly string[] {
  const evaluate = compileRow(rule.expression, vocabulary)
  const fires = (reference: string): boolean | undefined => {
    const row = rows.get(reference)
    return row === undefined ? undefined : evaluate(row) === 'yes'
  }
  return [
    ...rule.test.positive.filter((reference) => fires(reference) !== true),
    ...rule.test.negative.filter((reference) => fires(reference) !== false),
  ]
}

/** A watch entry names a value that its column can hold, and ends. */
export function checkWatchEntry(entry: WatchEntry): Parsed<WatchEntry> {
  const problems: Problem[] = []
  if (entry.value === 'natural-person' || !fit(entry.col, entry.value).ok) {
    problems.push({ code: 'watch.value', at: 'value', message: 'The value does not fit its column.' })
  }
  const days = entry.validUntil - entry.validFrom
  if (!isDay(entry.validFrom) || !isDay(entry.validUntil) || days < 0 || days > LONGEST_WATCH) {
    problems.push({ code: 'watch.validity', at: 'validUntil', message: `A watch entry ends, at the latest after ${LONGEST_WATCH} days.` })
  }
  return problems.length === 0 ? accept(entry) : { ok: false, problems }
}

function isDay(day: number): boolean {
  return Number.isInteger(day) && day >= 0 && day <= 65_535
}
