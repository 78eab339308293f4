/**
 * Rules of the desk: drafted as a form, tried, submitted, released by a second officer, silent after their last day. Every version is kept.
 * A rule belongs to the desk that drafted it and speaks of consignments, routes, equipment, facilities and legal persons only.
 */
import { z } from 'zod'
import { expression } from './expressions.ts'
import { act, day, estimate, id, instant, key, legalBasis, page, port, problem, reason, text, written } from './shapes.ts'

/** A rule is reviewed within six months and ends by then; the next version goes on from it. Policy of the coalition. */
export const MOST_RULE_DAYS = 183
export const MOST_TESTS = 40

/**
 * `draft` is edited; `submitted` waits for a second officer; `released` will run or runs; `expired` fell silent on its last day; `withdrawn` was ended by an
 * officer; `replaced` gave way to a later version; `returned` was sent back with a note.
 */
export const ruleState = z.enum(['draft', 'submitted', 'returned', 'released', 'expired', 'withdrawn', 'replaced'])
export type RuleState = z.infer<typeof ruleState>

/** A consignment the desk holds that must, or must not, fire the rule. The row is kept with the test as it stood. */
export const ruleTest = z.strictObject({
  arrival: id,
  expected: z.enum(['fires', 'does-not-fire']),
  note: written(200).default(''),
})
export const ruleTestResult = z.object({
  arrival: id,
  container: z.string(),
  expected: z.enum(['fires', 'does-not-fire']),
  found: z.enum(['fires', 'does-not-fire', 'unknown', 'gone']),
  passed: z.boolean(),
  note: z.string(),
})

export const ruleBody = z.strictObject({
  title: text(3, 120),
  why: text(3, 2000).describe('What the rule rests on and where it errs'),
  expression,
  /** Hundredths of log-odds added to the score of what it fires on; 0 for a rule that is only shown. */
  weight: z.number().int().min(0).max(1000).default(100),
  /** A hit must be selected, whatever its score. */
  mandatory: z.boolean().default(false),
  legalBasis,
  validFrom: day,
  validUntil: day,
  /** By this day somebody says whether it stays to its last day; without an answer it falls silent after it. */
  reviewOn: day,
  tests: z.array(ruleTest).max(MOST_TESTS).default([]),
})
export type RuleBody = z.infer<typeof ruleBody>

export const ruleRow = z.object({
  rule: id,
  version: z.number().int(),
  title: z.string(),
  state: ruleState,
  /** In force now: released and within its days. */
  running: z.boolean(),
  /** "loading in {ECGYE, PECLL} and weight gap flagged" */
  printed: z.string(),
  mandatory: z.boolean(),
  weight: z.number().int(),
  validFrom: day,
  validUntil: day,
  reviewOn: day,
  reviewDue: z.boolean(),
  author: act,
  approver: act.optional(),
  /** Precision of the running version over all ports, last twelve months. */
  precision: estimate.optional(),
})
export type RuleRow = z.infer<typeof ruleRow>

export const ruleVersion = ruleRow.extend({
  why: z.string(),
  expression,
  legalBasis,
  purpose: z.string(),
  desk: z.string(),
  submitted: act.optional(),
  decided: act.extend({ decision: z.enum(['release', 'return']), note: z.string() }).optional(),
  withdrawn: act.extend({ reason: z.string() }).optional(),
  tests: z.array(ruleTestResult),
  /** The asking officer may decide: it waits, and somebody else wrote and submitted it. */
  mayDecide: z.boolean(),
})
export type RuleVersion = z.infer<typeof ruleVersion>

export const showVocabulary = {
  id: 'targeting.showVocabulary',
  method: 'get',
  path: 'targeting/vocabulary',
  summary: 'What a rule may be written with: columns, flags, indicators',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.vocabulary-read',
  input: z.strictObject({}),
  ok: z.object({
    columns: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        kind: z.enum(['code', 'number', 'party']),
        unit: z.string().optional(),
        ops: z.array(z.enum(['in', 'eq', 'ge', 'gt', 'le', 'lt', 'watch', 'missing'])),
        /** The codes most often held by this desk, for choosing; others may be written. */
        codes: z.array(z.string()),
      }),
    ),
    flags: z.array(z.object({ id: z.string(), title: z.string() })),
    indicators: z.array(z.object({ id: z.string(), title: z.string(), enabled: z.boolean() })),
  }),
  errors: [],
} as const
export type Vocabulary = z.infer<(typeof showVocabulary)['ok']>

export const listRules = {
  id: 'targeting.listRules',
  method: 'get',
  path: 'targeting/rules',
  summary: 'Rules of this desk, the latest version of each',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.rules-listed',
  input: z.strictObject({ state: ruleState.optional(), running: z.enum(['yes', 'no']).optional(), ...page }),
  ok: z.object({ items: z.array(ruleRow), next: z.string().optional(), waiting: z.number().int(), reviewsDue: z.number().int() }),
  errors: ['targeting.cursor'],
} as const

export const showRule = {
  id: 'targeting.showRule',
  method: 'get',
  path: 'targeting/rules/:rule',
  summary: 'One rule with all its versions, the latest first',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.rule-read',
  input: z.strictObject({ rule: id }),
  ok: z.object({ rule: id, versions: z.array(ruleVersion) }),
  errors: [],
} as const

export const saveRule = {
  id: 'targeting.saveRule',
  method: 'post',
  path: 'targeting/rules',
  summary: 'Keep a draft: of a new rule, or as the next version of one; a draft or returned version is edited in place',
  permission: 'targeting.write-rules',
  purposeRequired: true,
  audit: 'targeting.rule-drafted',
  input: z.strictObject({ rule: id.optional(), body: ruleBody, key }),
  ok: z.object({ rule: id, version: z.number().int() }),
  errors: ['targeting.rule-invalid', 'targeting.rule-dates', 'targeting.rule-state', 'targeting.not-own'],
} as const

export const checkRule = {
  id: 'targeting.checkRule',
  method: 'post',
  path: 'targeting/rule-checks',
  summary: 'Check an expression and try its tests without keeping anything',
  permission: 'targeting.write-rules',
  purposeRequired: true,
  audit: 'targeting.rule-checked',
  input: z.strictObject({ expression, tests: z.array(ruleTest).max(MOST_TESTS).default([]) }),
  ok: z.object({ problems: z.array(problem), printed: z.string().optional(), tests: z.array(ruleTestResult) }),
  errors: [],
} as const

export const submitRule = {
  id: 'targeting.submitRule',
  method: 'post',
  path: 'targeting/rules/:rule/submissions',
  summary: 'Hand the draft to a second officer; it needs a passing test that fires and one that does not',
  permission: 'targeting.write-rules',
  purposeRequired: true,
  audit: 'targeting.rule-submitted',
  input: z.strictObject({ rule: id, version: z.number().int().min(1) }),
  ok: z.object({ rule: id, version: z.number().int() }),
  errors: ['targeting.rule-state', 'targeting.rule-tests', 'targeting.rule-dates', 'targeting.rule-invalid'],
} as const

export const decideRule = {
  id: 'targeting.decideRule',
  method: 'post',
  path: 'targeting/rules/:rule/decisions',
  summary: 'Release a submitted version or send it back; never by who wrote or submitted it',
  permission: 'targeting.release-rules',
  purposeRequired: true,
  audit: 'targeting.rule-decided',
  input: z.strictObject({
    rule: id,
    version: z.number().int().min(1),
    decision: z.enum(['release', 'return']),
    note: written(500).default(''),
  }),
  ok: z.object({ rule: id, version: z.number().int(), state: ruleState }),
  errors: ['targeting.rule-state', 'targeting.four-eyes', 'targeting.rule-dates', 'targeting.rule-tests'],
} as const

export const withdrawRule = {
  id: 'targeting.withdrawRule',
  method: 'post',
  path: 'targeting/rules/:rule/withdrawals',
  summary: 'End every version of a rule now, with the reason',
  permission: 'targeting.write-rules',
  purposeRequired: true,
  audit: 'targeting.rule-withdrawn',
  input: z.strictObject({ rule: id, reason }),
  ok: z.object({ rule: id }),
  errors: ['targeting.rule-state'],
} as const

/** Running rules over a stored window, to compare a draft with. */
export const whatIfResult = z.object({
  rows: z.number().int(),
  hits: z.number().int(),
  /** Rows where something the rule needs is missing: it did not fire there. */
  unknown: z.number().int(),
  /** Hits per port and day, the most recent 400 pairs. */
  perPortDay: z.array(z.object({ port, day, hits: z.number().int(), arrivals: z.number().int() })),
  /** Average hits a day at each port. */
  expected: z.array(z.object({ port, perDay: z.number(), days: z.number().int() })),
  overlap: z.array(z.object({ rule: id, title: z.string(), both: z.number().int(), ruleHits: z.number().int() })),
  inspected: z.number().int(),
  found: z.number().int(),
  precision: estimate.optional(),
})
export type WhatIfResult = z.infer<typeof whatIfResult>

export const whatIfView = z.object({
  run: id,
  state: z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']),
  /** Share of the rows read so far, 0 to 1. */
  progress: z.number(),
  printed: z.string(),
  from: day,
  to: day,
  asked: act,
  finishedAt: instant.optional(),
  failure: z.string().optional(),
  result: whatIfResult.optional(),
})
export type WhatIfView = z.infer<typeof whatIfView>

export const startWhatIf = {
  id: 'targeting.startWhatIf',
  method: 'post',
  path: 'targeting/what-ifs',
  summary: 'Run a draft over what this desk held in a period, in the background',
  permission: 'targeting.write-rules',
  purposeRequired: true,
  audit: 'targeting.what-if-started',
  input: z.strictObject({ expression, from: day, to: day, key }),
  ok: z.object({ run: id }),
  errors: ['targeting.rule-invalid', 'targeting.period', 'targeting.what-if-busy'],
} as const

export const showWhatIf = {
  id: 'targeting.showWhatIf',
  method: 'get',
  path: 'targeting/what-ifs/:run',
  summary: 'Progress or result of a run',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.what-if-read',
  input: z.strictObject({ run: id }),
  ok: whatIfView,
  errors: [],
} as const

export const cancelWhatIf = {
  id: 'targeting.cancelWhatIf',
  method: 'post',
  path: 'targeting/what-ifs/:run/cancellations',
  summary: 'Stop a run',
  permission: 'targeting.write-rules',
  purposeRequired: true,
  audit: 'targeting.what-if-cancelled',
  input: z.strictObject({ run: id }),
  ok: z.object({ run: id, state: z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']) }),
  errors: [],
} as const
