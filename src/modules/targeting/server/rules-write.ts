/**
 * A rule from draft to submission. A draft is edited in place and every editor is remembered, because none of them may release it; what was released is never changed:
 * its next version is drafted beside it. No rule names a natural person, and none is kept with an expression that the evaluator would not take.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { once } from '#platform/http/answer-once.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { checkRule, MOST_RULE_DAYS, type RuleBody, type RuleExpression, saveRule, submitRule, withdrawRule } from '../contract.ts'
import { askToAssess } from './assess.ts'
import { daysBetween, scopeOf, todayOf } from './desk.ts'
import { partyProblems, type ReadExpression, readExpression } from './expressions.ts'
import { officerWorld } from './load-assessor.ts'
import { keepTests, testsSuffice, tryTests } from './rule-tests.ts'
import { type StoredRule, versionsOf } from './rules-read.ts'

export async function readForOfficer({ tx, facts, services }: CaseContext, expression: RuleExpression): Promise<ReadExpression> {
  const scope = scopeOf(facts)
  const { parties, vocabulary } = await officerWorld(tx, scope, { day: todayOf(services, scope), expression })
  const read = readExpression(expression, parties, vocabulary)
  const problems = [...read.problems, ...partyProblems(expression)]
  return problems.length === 0 ? read : { problems, printed: undefined, evaluate: undefined, expression: undefined }
}

export function ruleInvalid({ problems }: Pick<ReadExpression, 'problems'>): AppError {
  return new AppError(422, 'targeting.rule-invalid', 'The expression has problems; each is listed with its place.', {
    problems: problems.map(({ code, at, text }) => ({ code, at, message: text })),
  })
}

export const checkRuleRoute = handle(checkRule, async ({ expression, tests }, context) => {
  const read = await readForOfficer(context, expression)
  return {
    problems: [...read.problems],
    ...(read.printed === undefined ? {} : { printed: read.printed }),
    tests: [...tryTests(await keepTests(context.tx, scopeOf(context.facts), tests), read.evaluate)],
  }
})

export const saveRuleRoute = handle(saveRule, async ({ rule, body, key }, context) => {
  const { tx, facts, services } = context
  const scope = scopeOf(facts)
  const answer = await once(context, { route: saveRule.id, key }, async () => {
    const read = await readForOfficer(context, body.expression)
    if (read.printed === undefined) throw ruleInvalid(read)
    requireDates(body, todayOf(services, scope))
    const tests = await keepTests(tx, scope, body.tests)
    const versions = rule === undefined ? [] : await versionsOf(tx, scope, { rule, today: todayOf(services, scope), lock: true })
    const [latest] = versions
    if (rule !== undefined && latest === undefined) throw notFound()
    if (latest?.state === 'submitted')
      throw new AppError(409, 'targeting.rule-state', 'It waits for a second officer: have it sent back first.')
    const isOpen = latest?.state === 'draft' || latest?.state === 'returned'
    const place = { rule: rule ?? randomUUID(), version: latest === undefined ? 1 : latest.version + (isOpen ? 0 : 1) }
    const editors = [...new Set([...(isOpen ? (latest?.editors ?? []) : []), facts.officer])]
    const at = context.clock.now()
    await sql`insert into targeting.rules (authority, desk, rule, version, state, title, why, expression, printed, weight, mandatory, legal_basis, purpose, valid_from, valid_until, review_on,
        tests, author_by, author_name, author_at, editors, updated_at, audience)
      values (${facts.authority}, ${facts.desk}, ${place.rule}, ${place.version}, 'draft', ${body.title}, ${body.why}, ${JSON.stringify(body.expression)}::jsonb, ${read.printed.slice(0, 4000)},
        ${body.weight}, ${body.mandatory}, ${JSON.stringify(body.legalBasis)}::jsonb, ${facts.purpose}, ${body.validFrom}::date, ${body.validUntil}::date, ${body.reviewOn}::date,
        ${JSON.stringify(tests)}::jsonb, ${facts.officer}, ${facts.officerName}, ${at}, ${editors}::text[], ${at}, ${[facts.desk]})
      on conflict (authority, rule, version) do update set state = 'draft', title = excluded.title, why = excluded.why, expression = excluded.expression, printed = excluded.printed,
        weight = excluded.weight, mandatory = excluded.mandatory, legal_basis = excluded.legal_basis, purpose = excluded.purpose, valid_from = excluded.valid_from,
        valid_until = excluded.valid_until, review_on = excluded.review_on, tests = excluded.tests, author_by = excluded.author_by, author_name = excluded.author_name,
        author_at = excluded.author_at, submitted_by = null, submitted_name = null, submitted_at = null, editors = excluded.editors, updated_at = excluded.updated_at`.execute(
      tx,
    )
    await services.announce(tx, 'targeting', [facts.desk])
    return place
  })
  context.about({ kind: 'rule', id: answer.rule })
  return answer
})

/** A rule has a last day and a review, both within six months of its first. */
export function requireDates(body: Pick<RuleBody, 'validFrom' | 'validUntil' | 'reviewOn'>, today: string): void {
  const { validFrom, validUntil, reviewOn } = body
  const fits =
    validFrom <= validUntil &&
    daysBetween(validFrom, validUntil) <= MOST_RULE_DAYS &&
    reviewOn >= validFrom &&
    reviewOn <= validUntil &&
    validUntil >= today
  if (!fits)
    throw new AppError(
      422,
      'targeting.rule-dates',
      `Its last day lies ahead and at most ${MOST_RULE_DAYS} days after its first, and its review between both.`,
    )
}

export const submitRuleRoute = handle(submitRule, async ({ rule, version }, context) => {
  const { tx, facts, clock, services } = context
  const row = await latestVersion(context, rule, version)
  if (row.state !== 'draft') throw new AppError(409, 'targeting.rule-state', 'Only a draft is submitted.')
  requireDates({ validFrom: row.valid_from, validUntil: row.valid_until, reviewOn: row.review_on }, todayOf(services, scopeOf(facts)))
  await requireTests(context, row)
  await sql`update targeting.rules set state = 'submitted', submitted_by = ${facts.officer}, submitted_name = ${facts.officerName}, submitted_at = ${clock.now()}, updated_at = ${clock.now()}
    where authority = ${facts.authority} and rule = ${rule}::uuid and version = ${version}`.execute(tx)
  await services.announce(tx, 'targeting', [facts.desk])
  return { rule, version }
})

export async function requireTests(context: CaseContext, row: StoredRule): Promise<void> {
  const read = await readForOfficer(context, row.expression)
  if (read.printed === undefined) throw ruleInvalid(read)
  if (!testsSuffice(tryTests(row.tests, read.evaluate)))
    throw new AppError(422, 'targeting.rule-tests', 'A rule needs a test that fires and one that does not, and none that fails.')
}

/** The version named must be the latest: who decides must have seen what there is. */
export async function latestVersion(context: CaseContext, rule: string, version: number): Promise<StoredRule> {
  const { tx, facts, services } = context
  const scope = scopeOf(facts)
  const [latest] = await versionsOf(tx, scope, { rule, today: todayOf(services, scope), lock: true })
  if (latest === undefined) throw notFound()
  context.about({ kind: 'rule', id: rule })
  if (latest.version !== version) throw new AppError(409, 'targeting.rule-state', 'There is a later version of this rule.')
  return latest
}

export const withdrawRuleRoute = handle(withdrawRule, async ({ rule, reason }, context) => {
  const { tx, facts, clock, services } = context
  const scope = scopeOf(facts)
  const versions = await versionsOf(tx, scope, { rule, today: todayOf(services, scope), lock: true })
  if (versions.length === 0) throw notFound()
  context.about({ kind: 'rule', id: rule })
  const open = versions.filter(({ state }) => ['draft', 'returned', 'submitted', 'released'].includes(state)).map(({ version }) => version)
  if (open.length === 0) throw new AppError(409, 'targeting.rule-state', 'Every version of it has ended already.')
  await sql`update targeting.rules set state = 'withdrawn', withdrawal_reason = ${reason}, withdrawn_by = ${facts.officer}, withdrawn_name = ${facts.officerName}, withdrawn_at = ${clock.now()},
    updated_at = ${clock.now()} where authority = ${facts.authority} and rule = ${rule}::uuid and version = any(${open}::int[])`.execute(tx)
  await askToAssess(context, scope)
  await services.announce(tx, 'targeting', [facts.desk])
  return { rule }
})
