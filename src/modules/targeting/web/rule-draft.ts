/** A rule as its form holds it, and the body that is sent when nothing is missing. The node checks everything again. */
import { MOST_RULE_DAYS, type RuleBody, type RuleVersion, ruleBody, type Vocabulary } from '../contract.ts'
import { dayAfter } from './days.ts'
import { type DraftGroup, newDraft, readDraft, toDraft } from './expression-draft.ts'

export interface RuleDraft {
  readonly title: string
  readonly why: string
  readonly tree: DraftGroup
  /** Hundredths of log-odds. */
  readonly weight: string
  readonly mandatory: boolean
  readonly act: string
  readonly article: string
  readonly validFrom: string
  readonly validUntil: string
  readonly reviewOn: string
  readonly tests: RuleBody['tests']
}

const REVIEW_DAYS = 90

export function newRule(today: string, test: string | undefined): RuleDraft {
  return {
    title: '',
    why: '',
    tree: newDraft(),
    weight: '100',
    mandatory: false,
    act: '',
    article: '',
    validFrom: today,
    validUntil: dayAfter(today, MOST_RULE_DAYS),
    reviewOn: dayAfter(today, REVIEW_DAYS),
    tests: test === undefined ? [] : [{ arrival: test, expected: 'fires', note: '' }],
  }
}

/** The next version goes on from today: the days of the one before are not stretched. */
export function draftOf(version: RuleVersion, today: string): RuleDraft {
  const isEdited = version.state === 'draft' || version.state === 'returned'
  const days = newRule(today, undefined)
  return {
    title: version.title,
    why: version.why,
    tree: toDraft(version.expression),
    weight: String(version.weight),
    mandatory: version.mandatory,
    act: version.legalBasis.act,
    article: version.legalBasis.article,
    validFrom: isEdited ? version.validFrom : days.validFrom,
    validUntil: isEdited ? version.validUntil : days.validUntil,
    reviewOn: isEdited ? version.reviewOn : days.reviewOn,
    tests: version.tests.map(({ arrival, expected, note }) => ({ arrival, expected, note })),
  }
}

/** Nothing while something is missing. */
export function bodyOf(draft: RuleDraft, vocabulary: Vocabulary): RuleBody | undefined {
  const { tree, weight, act, article, ...rest } = draft
  const { expression } = readDraft(tree, vocabulary.columns)
  if (expression === undefined || weight.trim() === '') return undefined
  return ruleBody.safeParse({ ...rest, expression, weight: Number(weight), legalBasis: { act, article } }).data
}
