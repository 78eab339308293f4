/** The second officer: releases a submitted version or sends it back. Whoever wrote, edited or submitted it does not; the version it replaces falls silent on the day the new one begins. */
import { sql } from 'kysely'
import { AppError } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { decideRule } from '../contract.ts'
import { askToAssess } from './assess.ts'
import { scopeOf, todayOf } from './desk.ts'
import { mayDecide } from './rules-read.ts'
import { latestVersion, requireDates, requireTests } from './rules-write.ts'

export const decideRuleRoute = handle(decideRule, async ({ rule, version, decision, note }, context) => {
  const { tx, facts, clock, services } = context
  const scope = scopeOf(facts)
  const row = await latestVersion(context, rule, version)
  if (row.state !== 'submitted') throw new AppError(409, 'targeting.rule-state', 'Only a submitted version is decided.')
  if (!mayDecide(row, facts.officer))
    throw new AppError(403, 'targeting.four-eyes', 'A second officer decides: not who wrote, edited or submitted it.')
  const state = decision === 'release' ? ('released' as const) : ('returned' as const)
  if (state === 'released') {
    requireDates({ validFrom: row.valid_from, validUntil: row.valid_until, reviewOn: row.review_on }, todayOf(services, scope))
    await requireTests(context, row)
    // A version that begins later leaves the earlier one at work until then.
    const today = todayOf(services, scope)
    await sql`update targeting.rules set state = 'replaced', updated_at = ${clock.now()}
      where authority = ${facts.authority} and rule = ${rule}::uuid and version < ${version} and state = 'released' and ${row.valid_from <= today}::boolean`.execute(
      tx,
    )
  }
  await sql`update targeting.rules set state = ${state}, decision = ${decision}, decision_note = ${note}, decided_by = ${facts.officer}, decided_name = ${facts.officerName},
    decided_at = ${clock.now()}, updated_at = ${clock.now()} where authority = ${facts.authority} and rule = ${rule}::uuid and version = ${version}`.execute(
    tx,
  )
  if (state === 'released') await askToAssess(context, scope)
  await services.announce(tx, 'targeting', [facts.desk])
  return { rule, version, state }
})
