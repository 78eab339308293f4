/** How well each rule and each score version does, beside random controls; what should be reviewed; and what the senders of alerts get to know. */
import { z } from 'zod'
import { act, day, estimate, id, month, port, reason, written } from './shapes.ts'

/** Nothing is ranked on fewer controlled consignments than this. */
export const LEAST_RANKED = 30

export const effectivenessRow = z.object({
  kind: z.enum(['rule', 'score', 'watch', 'alert', 'random', 'novelty', 'officer']),
  /** Rule, score version; absent for the strata. */
  ref: z.string().optional(),
  version: z.number().int().optional(),
  title: z.string(),
  port: port.optional(),
  month: month.optional(),
  hits: z.number().int(),
  /** Rows where the rule could not say. */
  unknown: z.number().int(),
  selected: z.number().int(),
  inspected: z.number().int(),
  found: z.number().int(),
  notChecked: z.number().int(),
  notFoundInTime: z.number().int(),
  /** Controlled without a probability of selection: counted, in no estimate. */
  withoutProbability: z.number().int(),
  precision: estimate.optional(),
  /** Precision over that of the random stratum; absent while random controls found nothing. Where there is no upper end, `high` is the largest number there is. */
  lift: estimate.optional(),
  /** Place by precision among those with enough; absent below 30. */
  rank: z.number().int().optional(),
})
export type EffectivenessRow = z.infer<typeof effectivenessRow>

export const listEffectiveness = {
  id: 'targeting.listEffectiveness',
  method: 'get',
  path: 'targeting/effectiveness',
  summary: 'Hits, selected, inspected, found; precision with interval; lift over random controls with interval',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.effectiveness-read',
  /** Summed over the months and ports asked for; `by` splits the rows. */
  input: z.strictObject({
    from: month,
    to: month,
    port: port.optional(),
    rule: id.optional(),
    by: z.enum(['total', 'port', 'month', 'port-month']).default('total'),
  }),
  ok: z.object({
    rows: z.array(effectivenessRow),
    leastRanked: z.number().int(),
    /** The estimate over random controls that lift compares with. */
    random: estimate.optional(),
    method: z.string(),
    /** Rows beyond 2,000, counted and left out. */
    leftOut: z.number().int(),
  }),
  errors: ['targeting.period'],
} as const

export const reviewRow = z.object({
  rule: id,
  version: z.number().int(),
  title: z.string(),
  why: z.enum(['review-date', 'below-random', 'expired', 'expiring']),
  reviewOn: day,
  validUntil: day,
  precision: estimate.optional(),
  random: estimate.optional(),
  proposal: z.enum(['review', 'retire', 'renew']),
  lastAnswer: act.extend({ answer: z.enum(['keep', 'change', 'retire']), reason: z.string() }).optional(),
})
export type ReviewRow = z.infer<typeof reviewRow>

export const listReviews = {
  id: 'targeting.listReviews',
  method: 'get',
  path: 'targeting/reviews',
  summary: 'Rules whose review is due, that fell silent or will soon, or that find less than random controls',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.reviews-listed',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(reviewRow) }),
  errors: [],
} as const

export const answerReview = {
  id: 'targeting.answerReview',
  method: 'post',
  path: 'targeting/reviews/:rule/answers',
  summary: 'Say what becomes of a rule at its review: kept to its last day, changed by a new version, or retired now',
  permission: 'targeting.release-rules',
  purposeRequired: true,
  audit: 'targeting.review-answered',
  input: z.strictObject({ rule: id, version: z.number().int().min(1), answer: z.enum(['keep', 'change', 'retire']), reason }),
  ok: z.object({ rule: id, reviewOn: day.optional() }),
  errors: ['targeting.rule-state'],
} as const

export const senderRow = z.object({
  authority: z.string(),
  desk: z.string(),
  port,
  alerts: z.number().int(),
  arrived: z.number().int(),
  taken: z.number().int(),
  controlled: z.number().int(),
  found: z.number().int(),
  kilograms: z.number(),
  nothing: z.number().int(),
  notChecked: z.number().int(),
  notFoundInTime: z.number().int(),
  /** Taken, and the outcome is still owed. */
  owed: z.number().int(),
  rate: estimate.optional(),
})
export const showSenderReport = {
  id: 'targeting.showSenderReport',
  method: 'get',
  path: 'targeting/sender-reports/:month',
  summary: 'What became of the alerts that each sender gave this desk in a month',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.sender-report-read',
  input: z.strictObject({ month, authority: written(120).optional() }),
  ok: z.object({ month, rows: z.array(senderRow) }),
  errors: [],
} as const
