/**
 * Looks again at the arrivals ahead of a desk when a rule, a watch entry or the score at work has changed, and at all days that a new day makes begin or end. What has
 * arrived already, and what was controlled, keeps the assessment that its decision rested on.
 */
import { sql } from 'kysely'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { Assessor } from './assessor.ts'
import { type DeskScope, todayOf } from './desk.ts'
import type { ArrivalFacts } from './facts.ts'
import { loadAssessor } from './load-assessor.ts'
import { lockDesk } from './parties.ts'
import { isSettled } from './settled.ts'
import { type ArrivalCounted, type ArrivalToWrite, writeArrivals } from './write-arrivals.ts'

export const ASSESS = 'targeting.assess'
const BATCH = 1000

export const assessJob: Job = {
  name: ASSESS,
  meaning: 'Looks again at the arrivals ahead of a desk after a rule, a watch entry or the score changed',
  timeoutSeconds: 3600,
  retries: 3,
  run: async ({ authority, desk }, services) => await assessAhead(services, { authority: String(authority), desk: String(desk) }),
}

/** One run for each desk waits at most: a second change before it begins is looked at by the same run. */
export async function askToAssess({ tx, services }: Pick<CaseContext, 'tx' | 'services'>, { authority, desk }: DeskScope): Promise<void> {
  await services.enqueue(tx, { name: ASSESS, data: { authority, desk }, key: `${authority} ${desk}` })
}

export async function assessAhead(services: NodeServices, scope: DeskScope): Promise<void> {
  const today = todayOf(services, scope)
  const assessor = await services.database.asWorker(ASSESS, async (tx) => await loadAssessor(tx, scope, today))
  for (let after: string | undefined; ; ) {
    const last = await services.database.asWorker(ASSESS, async (tx) => {
      await lockDesk(tx, scope)
      const page = await pageAhead(tx, scope, { today, after })
      await writeArrivals(tx, scope, { rows: page.map((row) => assessed(row, assessor)), at: services.clock.now() })
      return page.length < BATCH ? undefined : page.at(-1)?.arrival
    })
    if (last === undefined) break
    after = last
  }
  await services.database.asWorker(ASSESS, async (tx) => await services.announce(tx, 'arrivals', [scope.desk]))
}

interface Ahead extends ArrivalCounted {
  readonly arrival: string
  readonly container: string
  readonly voyage_key: string
  readonly eta: Date | null
  readonly vessel: string | null
  readonly imo: string | null
  readonly voyage: string | null
  readonly facts: ArrivalFacts
  readonly signals: ArrivalToWrite['signals']
}

async function pageAhead(
  tx: Tx,
  { authority, desk }: DeskScope,
  page: { readonly today: string; readonly after: string | undefined },
): Promise<readonly Ahead[]> {
  const { rows } = await sql<Ahead>`
    select arrival::text as arrival, container, port, day::text as day, voyage_key, eta, vessel, imo, voyage, facts, signals, rule_hits, rule_unknown, mandatory from targeting.arrivals a
    where authority = ${authority} and desk = ${desk} and day >= ${page.today}::date and not ${isSettled('a', page.today)} and (${page.after ?? null}::uuid is null or arrival > ${page.after ?? null}::uuid)
    order by arrival limit ${BATCH} for update`.execute(tx)
  return rows
}

function assessed(row: Ahead, assessor: Assessor): ArrivalToWrite {
  const { arrival, container, port, day, vessel, imo, voyage, facts, signals } = row
  return {
    arrival,
    container,
    port,
    day,
    vessel,
    imo,
    voyage,
    facts,
    signals,
    voyageKey: row.voyage_key,
    eta: row.eta?.toISOString() ?? null,
    assessment: assessor.assess({ container, day, imo: imo ?? undefined, vessel: vessel ?? undefined, facts }),
    before: row,
  }
}
