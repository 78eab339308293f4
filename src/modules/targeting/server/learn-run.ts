/** The job that learns a version of the score: reads the controlled outcomes of the desk, learns in a thread, keeps the version. Nothing is put to work by it. */
import { sql } from 'kysely'
import { packTrees } from '#kernel/risk/forest-pack.ts'
import type { MonthCount } from '#kernel/risk/scorecard-learn.ts'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { monthNumber } from './assessor.ts'
import { riskRow } from './attributes.ts'
import type { DeskScope } from './desk.ts'
import type { ArrivalFacts } from './facts.ts'
import type { LearnCase } from './learn.ts'
import { learnAside } from './learn-thread.ts'

export const LEARN = 'targeting.learn-score'
const PAGE = 5000
/** The latest of them, when there are more. */
const MOST_CASES = 200_000

export const learnJob: Job = {
  name: LEARN,
  meaning: 'Learns a version of the score from the controlled outcomes of a desk',
  timeoutSeconds: 3600,
  retries: 1,
  run: async ({ authority, desk, version }, services) =>
    await learnVersion(services, { authority: String(authority), desk: String(desk) }, String(version)),
}

export async function learnVersion(services: NodeServices, scope: DeskScope, version: string): Promise<void> {
  const mine = sql<boolean>`authority = ${scope.authority} and desk = ${scope.desk} and version = ${version}::uuid`
  const begun = await services.database.asWorker(LEARN, async (tx) => {
    const { rows } =
      await sql`update targeting.scores set state = 'learning' where ${mine} and state in ('waiting', 'learning') returning version`.execute(
        tx,
      )
    return rows.length > 0
  })
  if (!begun) return
  try {
    const cases = await controlledCases(services, scope)
    const learned = await learnAside({ cases, seed: seedOf(version) })
    const counts = { outcomes: cases.length, found: cases.filter(({ verdict }) => verdict === 'found').length }
    await services.database.asWorker(LEARN, async (tx) => {
      const at = services.clock.now()
      if (learned.kind === 'not-enough')
        await sql`update targeting.scores set state = 'not-enough', progress = 1, finished_at = ${at}, outcomes = ${counts.outcomes}, found = ${counts.found}, failure = ${learned.lacks}
          where ${mine} and state = 'learning'`.execute(tx)
      else
        await sql`update targeting.scores set state = 'learned', progress = 1, finished_at = ${at}, outcomes = ${counts.outcomes}, found = ${counts.found},
            model = ${JSON.stringify(learned.scorecard)}::jsonb, forest = ${Buffer.from(packTrees(learned.forest.trees))},
            forest_features = ${JSON.stringify(learned.forest.features)}::jsonb, report = ${JSON.stringify(learned.report)}::jsonb where ${mine} and state = 'learning'`.execute(
          tx,
        )
      await services.record(tx, {
        event: 'targeting.score-learned',
        outcome: 'done',
        facts: null,
        by: `job:${LEARN}`,
        subjects: [
          { kind: 'score', id: version },
          { kind: 'desk', id: scope.desk },
        ],
        detail: { ...counts, result: learned.kind },
      })
      await services.announce(tx, 'targeting', [scope.desk])
    })
  } catch (error) {
    services.log.warn(
      { code: 'targeting.learn', version, because: error instanceof Error ? error.name : 'unknown' },
      'a score was not learned',
    )
    await services.database.asWorker(LEARN, async (tx) => {
      await sql`update targeting.scores set state = 'failed', failure = 'Learning did not go through; start it again.', finished_at = ${services.clock.now()}
        where ${mine} and state = 'learning'`.execute(tx)
    })
  }
}

/** 32 bits of the version's own id: whoever learns it again from the same outcomes gets the same forest. */
function seedOf(version: string): number {
  return Number.parseInt(version.slice(0, 8), 16)
}

async function controlledCases(services: NodeServices, scope: DeskScope): Promise<readonly LearnCase[]> {
  const cases: LearnCase[] = []
  for (let after: { at: Date; arrival: string } | undefined; cases.length < MOST_CASES; ) {
    const page = await services.database.asWorker(LEARN, async (tx) => await casePage(tx, scope, after))
    for (const row of page) cases.push(caseOf(row))
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) break
    after = { at: last.outcome_at, arrival: last.arrival }
  }
  return cases
}

export interface CaseRow {
  readonly arrival: string
  readonly outcome_at: Date
  readonly day: string
  readonly outcome: string
  readonly stratum: string
  readonly pi: number | null
  readonly facts: ArrivalFacts
}

export async function casePage(
  tx: Tx,
  { authority, desk }: DeskScope,
  after: { readonly at: Date; readonly arrival: string } | undefined,
): Promise<readonly CaseRow[]> {
  const { rows } =
    await sql<CaseRow>`select arrival::text as arrival, outcome_at, day::text as day, outcome, stratum, pi, facts from targeting.arrivals
    where authority = ${authority} and desk = ${desk} and outcome in ('nothing', 'found', 'seal-broken')
      and (${after?.at ?? null}::timestamptz is null or (outcome_at, arrival) < (${after?.at ?? null}::timestamptz, ${after?.arrival ?? null}::uuid))
    order by outcome_at desc, arrival desc limit ${PAGE}`.execute(tx)
  return rows
}

/** The same cases, counted by month: what a screen needs to say whether they suffice. */
export async function controlledByMonth(tx: Tx, { authority, desk }: DeskScope): Promise<readonly MonthCount[]> {
  const { rows } = await sql<MonthCount>`
    select (extract(year from day) * 12 + extract(month from day) - 1)::int as month, count(*)::int as cases, (count(*) filter (where outcome <> 'nothing'))::int as found
    from (select day, outcome from targeting.arrivals where authority = ${authority} and desk = ${desk} and outcome in ('nothing', 'found', 'seal-broken')
      order by outcome_at desc, arrival desc limit ${MOST_CASES}) as latest group by 1`.execute(tx)
  return rows
}

export function caseOf({ day, outcome, stratum, pi, facts }: CaseRow): LearnCase {
  return {
    month: monthNumber(day),
    verdict: outcome === 'nothing' ? 'nothing' : 'found',
    values: riskRow(facts),
    pi: stratum === 'officer' ? null : pi,
  }
}
