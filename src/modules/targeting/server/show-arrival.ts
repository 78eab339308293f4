/** One arrival with everything that speaks for and against it, and everything that was decided about it. */
import { sql } from 'kysely'
import { notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { type DecisionView, showArrival } from '../contract.ts'
import { arrivalColumns, arrivalView, present, type StoredArrival } from './arrival-rows.ts'
import { ruleRef } from './assessor.ts'
import { scopeOf, todayOf } from './desk.ts'
import { actOf } from './rules-read.ts'
import { precisionOf } from './samples.ts'

interface DecisionRow {
  readonly verdict: DecisionView['decision']
  readonly reason: string | null
  readonly reroute_to: DecisionView['to'] | null
  readonly note: string | null
  readonly by: string
  readonly by_name: string
  readonly at: Date
  readonly undone_by: string | null
  readonly undone_name: string | null
  readonly undone_at: Date | null
}

export const showArrivalRoute = handle(showArrival, async ({ arrival }, context) => {
  const { tx, facts, services } = context
  const scope = scopeOf(facts)
  const mine = sql<boolean>`a.authority = ${scope.authority} and a.desk = ${scope.desk} and a.arrival = ${arrival}::uuid`
  const { rows } = await sql<
    StoredArrival & { rule_unknown: string[] }
  >`select ${arrivalColumns}, a.rule_unknown from targeting.arrivals a where ${mine}`.execute(tx)
  const [row] = rows
  if (row === undefined) throw notFound()
  context.about({ kind: 'arrival', id: arrival })
  const unknown = await sql<{
    rule: string
    version: number
    title: string
  }>`select r.rule::text as rule, r.version, r.title from targeting.rules r
    where r.authority = ${scope.authority} and r.desk = ${scope.desk} and r.rule::text || '/' || r.version = any(${row.rule_unknown}::text[]) order by r.title`.execute(
    tx,
  )
  const hits = await sql<{ watch: string; title: string; field: string; value: string; strength: number; term: string | null }>`
    select h.watch::text as watch, w.title, h.field, h.value, h.strength, w.terms -> h.ordinal ->> 'value' as term from targeting.watch_hits h
    join targeting.watches w on w.authority = h.authority and w.watch = h.watch where h.authority = ${scope.authority} and h.desk = ${scope.desk} and h.arrival = ${arrival}::uuid
    order by w.title, h.ordinal, h.field`.execute(tx)
  const decisions =
    await sql<DecisionRow>`select verdict, reason, reroute_to, note, by, by_name, at, undone_by, undone_name, undone_at from targeting.decisions
    where authority = ${scope.authority} and desk = ${scope.desk} and arrival = ${arrival}::uuid order by at desc, decision desc`.execute(
      tx,
    )
  const precision = await precisionOf(tx, scope, { refs: row.fired.map(ruleRef), today: todayOf(services, scope) })
  return {
    arrival: arrivalView(row),
    ...(row.terms === null
      ? {}
      : {
          score: {
            ...present({ version: row.terms.version }),
            base: row.terms.base,
            terms: [...row.terms.terms],
            others: row.terms.others,
            total: row.terms.score,
          },
        }),
    rules: row.fired.map((rule) => ({ ...rule, ...present({ precision: precision.get(ruleRef(rule)) }) })),
    unknownRules: unknown.rows,
    signals: [...row.signals],
    watchHits: hits.rows.map((hit) => ({ ...hit, term: hit.term ?? '' })),
    decisions: decisions.rows.map(decisionOf),
  }
})

function decisionOf(row: DecisionRow): DecisionView {
  return {
    officer: row.by,
    name: row.by_name,
    at: row.at.toISOString(),
    decision: row.verdict,
    ...present({
      reason: row.reason,
      to: row.reroute_to,
      note: row.note,
      undone: actOf(row.undone_by, row.undone_name, row.undone_at),
    }),
  }
}
