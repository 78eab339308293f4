/**
 * Which rules have to be looked at: their review is due, they fell silent or soon will, or their whole interval lies below what random controls find. A proposal; an
 * officer answers, and the answer is kept.
 */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { hajek } from '#kernel/risk/estimate.ts'
import { liftBetween, reviewOf } from '#kernel/risk/estimate-lift.ts'
import { AppError } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { answerReview, listReviews, type ReviewRow } from '../contract.ts'
import { present } from './arrival-rows.ts'
import { askToAssess } from './assess.ts'
import { ruleRef } from './assessor.ts'
import { dayAfter, monthOf, scopeOf, todayOf } from './desk.ts'
import { actOf } from './rules-read.ts'
import { latestVersion } from './rules-write.ts'
import { controlledIn, estimateView, randomSamples, samplesOf, yearBefore } from './samples.ts'

/** Days ahead. */
const SOON = 14
/** Days for which an expired rule is still listed. */
const REMEMBERED = 60

interface Row {
  readonly rule: string
  readonly version: number
  readonly title: string
  readonly review_on: string
  readonly valid_until: string
  readonly is_silent: boolean
  readonly answer: 'keep' | 'change' | 'retire' | null
  readonly reason: string | null
  readonly by: string | null
  readonly by_name: string | null
  readonly at: Date | null
}

export const listReviewsRoute = handle(listReviews, async (_input, { tx, facts, services }) => {
  const scope = scopeOf(facts)
  const today = todayOf(services, scope)
  const { rows } =
    await sql<Row>`select r.rule::text as rule, r.version, r.title, r.review_on::text as review_on, r.valid_until::text as valid_until,
      r.valid_until < ${today}::date or r.review_on < ${today}::date as is_silent, v.answer, v.reason, v.by, v.by_name, v.at
    from targeting.rules r left join lateral (select * from targeting.reviews v where v.authority = r.authority and v.rule = r.rule and v.version = r.version order by v.at desc, v.review desc limit 1) as v on true
    where r.authority = ${scope.authority} and r.desk = ${scope.desk} and r.state in ('released', 'expired') and r.valid_until >= ${dayAfter(today, -REMEMBERED)}::date
      and not exists (select 1 from targeting.rules n where n.authority = r.authority and n.rule = r.rule and n.version > r.version and n.state = 'released')
    order by r.valid_until, r.rule`.execute(tx)
  const controlled = await controlledIn(tx, scope, { from: yearBefore(today), to: monthOf(today) })
  const random = hajek(randomSamples(controlled))
  return {
    items: rows.flatMap((row): ReviewRow[] => {
      const estimate = hajek(samplesOf(controlled.filter(({ rule_hits: hits }) => hits.includes(ruleRef(row)))))
      const isBelow = reviewOf(liftBetween(estimate, random)) === 'propose-retirement'
      const found = whyOf(row, { isBelow, today })
      if (found === undefined) return []
      const act = actOf(row.by, row.by_name, row.at)
      return [
        {
          rule: row.rule,
          version: row.version,
          title: row.title,
          ...found,
          reviewOn: row.review_on,
          validUntil: row.valid_until,
          ...present({ precision: estimateView(estimate), random: estimateView(random) }),
          ...(act === undefined || row.answer === null ? {} : { lastAnswer: { ...act, answer: row.answer, reason: row.reason ?? '' } }),
        },
      ]
    }),
  }
})

function whyOf(
  row: Row,
  { isBelow, today }: { readonly isBelow: boolean; readonly today: string },
): Pick<ReviewRow, 'why' | 'proposal'> | undefined {
  if (row.is_silent) return { why: 'expired', proposal: 'renew' }
  if (isBelow) return { why: 'below-random', proposal: 'retire' }
  const soon = dayAfter(today, SOON)
  if (row.review_on <= soon && row.review_on < row.valid_until) return { why: 'review-date', proposal: 'review' }
  return row.valid_until <= soon ? { why: 'expiring', proposal: 'renew' } : undefined
}

export const answerReviewRoute = handle(answerReview, async ({ rule, version, answer, reason }, context) => {
  const { tx, facts, clock, services } = context
  const row = await latestVersion(context, rule, version)
  if (row.state !== 'released' && row.state !== 'expired')
    throw new AppError(409, 'targeting.rule-state', 'Only a released rule is reviewed.')
  const scope = scopeOf(facts)
  const at = clock.now()
  await sql`insert into targeting.reviews (authority, desk, rule, version, review, at, answer, reason, by, by_name, audience)
    values (${facts.authority}, ${facts.desk}, ${rule}, ${version}, ${uuidv7()}, ${at}, ${answer}, ${reason}, ${facts.officer}, ${facts.officerName}, ${[facts.desk]})`.execute(
    tx,
  )
  // Kept to its last day, which stands; a rule never outlives six months without its next version.
  if (answer === 'keep')
    await sql`update targeting.rules set review_on = valid_until, updated_at = ${at} where authority = ${facts.authority} and rule = ${rule}::uuid and version = ${version}`.execute(
      tx,
    )
  if (answer === 'retire')
    await sql`update targeting.rules set state = 'withdrawn', withdrawal_reason = ${reason}, withdrawn_by = ${facts.officer}, withdrawn_name = ${facts.officerName}, withdrawn_at = ${at},
      updated_at = ${at} where authority = ${facts.authority} and rule = ${rule}::uuid and version = ${version}`.execute(tx)
  await askToAssess(context, scope)
  await services.announce(tx, 'targeting', [facts.desk])
  return { rule, ...(answer === 'keep' ? { reviewOn: row.valid_until } : {}) }
})
