/** Rules of the desk as rows, and how they are shown. A released rule whose last day or unanswered review has passed is shown as expired at once, whether or not the sweep has told it. */
import { sql } from 'kysely'
import { notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import {
  type Act,
  type EstimateView,
  listRules,
  type RuleExpression,
  type RuleRow,
  type RuleState,
  type RuleVersion,
  showRule,
} from '../contract.ts'
import { ruleRef } from './assessor.ts'
import { type DeskScope, scopeOf, todayOf } from './desk.ts'
import { readExpression } from './expressions.ts'
import { officerWorld } from './load-assessor.ts'
import { type KeptTest, tryTests } from './rule-tests.ts'
import { precisionOf } from './samples.ts'

export interface StoredRule {
  readonly rule: string
  readonly version: number
  /** As shown on the day it was read for. */
  readonly state: RuleState
  readonly title: string
  readonly why: string
  readonly expression: RuleExpression
  readonly printed: string
  readonly weight: number
  readonly mandatory: boolean
  readonly legal_basis: { readonly act: string; readonly article: string }
  readonly purpose: string
  readonly valid_from: string
  readonly valid_until: string
  readonly review_on: string
  readonly tests: readonly KeptTest[]
  readonly author_by: string
  readonly author_name: string
  readonly author_at: Date
  readonly submitted_by: string | null
  readonly submitted_name: string | null
  readonly submitted_at: Date | null
  readonly decision: 'release' | 'return' | null
  readonly decision_note: string | null
  readonly decided_by: string | null
  readonly decided_name: string | null
  readonly decided_at: Date | null
  readonly withdrawal_reason: string | null
  readonly withdrawn_by: string | null
  readonly withdrawn_name: string | null
  readonly withdrawn_at: Date | null
  readonly editors: readonly string[]
  readonly updated_at: Date
  readonly is_running: boolean
  readonly review_due: boolean
}

/** Days before its review from which a rule counts as due. */
const REVIEW_SOON = 14

const columns = (
  today: string,
) => sql`r.rule::text as rule, r.version, r.title, r.why, r.expression, r.printed, r.weight, r.mandatory, r.legal_basis, r.purpose, r.tests,
  r.valid_from::text as valid_from, r.valid_until::text as valid_until, r.review_on::text as review_on, r.author_by, r.author_name, r.author_at, r.submitted_by, r.submitted_name,
  r.submitted_at, r.decision, r.decision_note, r.decided_by, r.decided_name, r.decided_at, r.withdrawal_reason, r.withdrawn_by, r.withdrawn_name, r.withdrawn_at, r.editors, r.updated_at,
  case when r.state = 'released' and (r.valid_until < ${today}::date or r.review_on < ${today}::date) then 'expired' else r.state end as state,
  r.state = 'released' and r.valid_from <= ${today}::date and r.valid_until >= ${today}::date and r.review_on >= ${today}::date as is_running,
  r.state = 'released' and r.review_on <= ${today}::date + ${REVIEW_SOON}::int and r.review_on < r.valid_until as review_due`

/** All versions of a rule of the own desk, the latest first. `lock` holds them against another writer. */
export async function versionsOf(
  tx: Tx,
  scope: DeskScope,
  asked: { readonly rule: string; readonly today: string; readonly lock?: true },
): Promise<readonly StoredRule[]> {
  const { rows } = await sql<StoredRule>`select ${columns(asked.today)} from targeting.rules r
    where r.authority = ${scope.authority} and r.desk = ${scope.desk} and r.rule = ${asked.rule}::uuid order by r.version desc ${asked.lock === true ? sql`for update` : sql``}`.execute(
    tx,
  )
  return rows
}

export const listRulesRoute = handle(listRules, async (input, context) => {
  const { tx, services, facts } = context
  const scope = scopeOf(facts)
  const today = todayOf(services, scope)
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'targeting.cursor' })
  const latest = sql`select distinct on (r.rule) ${columns(today)} from targeting.rules r where r.authority = ${scope.authority} and r.desk = ${scope.desk} order by r.rule, r.version desc`
  const running = sql<boolean>`exists (select 1 from targeting.rules r where r.authority = ${scope.authority} and r.rule = l.rule::uuid and r.state = 'released'
    and r.valid_from <= ${today}::date and r.valid_until >= ${today}::date and r.review_on >= ${today}::date)`
  const wanted = [
    ...(input.state === undefined ? [] : [sql<boolean>`l.state = ${input.state}`]),
    ...(input.running === undefined ? [] : [input.running === 'yes' ? running : sql<boolean>`not ${running}`]),
    ...(mark === undefined
      ? []
      : [
          sql<boolean>`(date_trunc('milliseconds', l.updated_at), l.rule) < (${new Date(String(mark[0]))}::timestamptz, ${String(mark[1])})`,
        ]),
  ]
  const { rows } = await sql<StoredRule & { any_running: boolean }>`select l.*, ${running} as any_running from (${latest}) as l
    where ${sql.join([sql<boolean>`true`, ...wanted], sql` and `)} order by date_trunc('milliseconds', l.updated_at) desc, l.rule desc limit ${input.limit + 1}`.execute(
    tx,
  )
  const counts = await sql<{
    waiting: number
    due: number
  }>`select count(*) filter (where l.state = 'submitted')::int as waiting, count(*) filter (where l.review_due)::int as due
    from (${latest}) as l`.execute(tx)
  const shown = rows.slice(0, input.limit)
  const precision = await precisionOf(tx, scope, { refs: shown.map(ruleRef), today })
  const last = shown.at(-1)
  return {
    items: shown.map((row) => ({ ...ruleRowOf(row, precision.get(ruleRef(row))), running: row.any_running })),
    ...(rows.length > input.limit && last ? { next: writeMark([last.updated_at.toISOString(), last.rule]) } : {}),
    waiting: counts.rows[0]?.waiting ?? 0,
    reviewsDue: counts.rows[0]?.due ?? 0,
  }
})

export const showRuleRoute = handle(showRule, async ({ rule }, context) => {
  const { tx, services, facts } = context
  const scope = scopeOf(facts)
  const today = todayOf(services, scope)
  const versions = await versionsOf(tx, scope, { rule, today })
  if (versions.length === 0) throw notFound()
  context.about({ kind: 'rule', id: rule })
  const precision = await precisionOf(tx, scope, { refs: versions.map(ruleRef), today })
  const views: RuleVersion[] = []
  for (const version of versions) views.push(await versionView(context, version, { today, precision: precision.get(ruleRef(version)) }))
  return { rule, versions: views }
})

async function versionView(
  { tx, facts }: CaseContext,
  row: StoredRule,
  { today, precision }: { readonly today: string; readonly precision: EstimateView | undefined },
): Promise<RuleVersion> {
  const scope = scopeOf(facts)
  const { parties, vocabulary } = await officerWorld(tx, scope, { day: today, expression: row.expression })
  const submitted = actOf(row.submitted_by, row.submitted_name, row.submitted_at)
  const decided = actOf(row.decided_by, row.decided_name, row.decided_at)
  const withdrawn = actOf(row.withdrawn_by, row.withdrawn_name, row.withdrawn_at)
  return {
    ...ruleRowOf(row, precision),
    why: row.why,
    expression: row.expression,
    legalBasis: row.legal_basis,
    purpose: row.purpose,
    desk: facts.desk,
    ...(submitted === undefined ? {} : { submitted }),
    ...(decided === undefined || row.decision === null
      ? {}
      : { decided: { ...decided, decision: row.decision, note: row.decision_note ?? '' } }),
    ...(withdrawn === undefined ? {} : { withdrawn: { ...withdrawn, reason: row.withdrawal_reason ?? '' } }),
    tests: [...tryTests(row.tests, readExpression(row.expression, parties, vocabulary).evaluate)],
    mayDecide: row.state === 'submitted' && mayDecide(row, facts.officer),
  }
}

export function mayDecide(row: Pick<StoredRule, 'author_by' | 'submitted_by' | 'editors'>, officer: string): boolean {
  return ![row.author_by, row.submitted_by, ...row.editors].includes(officer)
}

function ruleRowOf(row: StoredRule, precision: EstimateView | undefined): RuleRow {
  const approver = row.decision === 'release' ? actOf(row.decided_by, row.decided_name, row.decided_at) : undefined
  return {
    rule: row.rule,
    version: row.version,
    title: row.title,
    state: row.state,
    running: row.is_running,
    printed: row.printed,
    mandatory: row.mandatory,
    weight: row.weight,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    reviewOn: row.review_on,
    reviewDue: row.review_due,
    author: { officer: row.author_by, name: row.author_name, at: row.author_at.toISOString() },
    ...(approver === undefined ? {} : { approver }),
    ...(precision === undefined ? {} : { precision }),
  }
}

export function actOf(officer: string | null, name: string | null, at: Date | null): Act | undefined {
  return officer === null || at === null ? undefined : { officer, name: name ?? officer, at: at.toISOString() }
}
