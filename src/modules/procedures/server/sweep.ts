/**
 * The sweep: looks at every clock whose next instant has come, fires what is due exactly once, and moves the case when the definition says so.
 * A rung is fired in the transaction that records it, so a node killed in between fires it at the next sweep, and never twice.
 */
import { sql } from 'kysely'
import { BUILT_IN_CALLS } from '#kernel/procedure/check-clocks.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { foldOf } from './case-fold.ts'
import { bindingOf, type CaseKey, type CaseRow, caseRow } from './case-row.ts'
import { type DerivedClock, deriveClocks, scheduleClocks } from './clocks.ts'
import { widenToBackup } from './escalate.ts'
import type { ProcedureTables } from './tables.ts'
import { moveBy } from './transition.ts'

const BATCH = 200
const HOUR = 3_600_000

/** Answers how many clocks were looked at. */
export async function sweepClocks(services: NodeServices): Promise<number> {
  let swept = 0
  for (;;) {
    const looked = await services.database.asWorker('procedures.sweep', async (tx) => {
      const due = await tx
        .withTables<ProcedureTables>()
        .selectFrom('procedures.clocks')
        .select(['authority', 'case_id'])
        .where('next_at', '<=', services.clock.now())
        .orderBy('next_at')
        .limit(BATCH)
        .modifyEnd(sql`for update skip locked`)
        .execute()
      const cases = new Map(due.map((each) => [`${each.authority} ${each.case_id}`, each]))
      for (const each of cases.values()) await ring({ tx, services }, { authority: each.authority, caseId: each.case_id })
      return due.length
    })
    swept += looked
    if (looked < BATCH) return swept
  }
}

async function ring(work: WorkContext, key: CaseKey): Promise<void> {
  const now = work.services.clock.now()
  const fired = await firedRungs(work, key)
  // One at a time, the earliest first: what a rung sets off may stop the clock that would have rung next.
  for (;;) {
    const row = await caseRow(work.tx, key)
    const clocks = row.is_open ? deriveClocks(work.services, { row, fold: await foldOf(work.tx, work.services, row), now }) : []
    const next = nextRinging(clocks, fired, now)
    if (next === undefined) return await scheduleClocks(work.tx, row, { clocks, fired })
    const done = fired.get(next.clock.id) ?? new Set<string>()
    fired.set(next.clock.id, done.add(next.rung))
    await fire(work, { ...key, ...next })
  }
}

function nextRinging(
  clocks: readonly DerivedClock[],
  fired: ReadonlyMap<string, ReadonlySet<string>>,
  now: Date,
): Pick<Ringing, 'clock' | 'rung' | 'call'> | undefined {
  return clocks
    .filter((clock) => clock.isLive)
    .flatMap((clock) => {
      const { ladder, onExpiry } = clock.definition
      const rungs = ladder.map(({ rung, call, hoursBefore }) => ({ clock, rung, call, at: clock.due.safe - hoursBefore * HOUR }))
      return [...rungs, { clock, rung: 'expired', call: onExpiry, at: clock.due.safe }].filter(
        ({ rung }) => !fired.get(clock.id)?.has(rung),
      )
    })
    .filter(({ at }) => at <= now.getTime())
    .sort((a, b) => a.at - b.at)[0]
}

async function firedRungs(
  work: WorkContext,
  key: { readonly authority: string; readonly caseId: string },
): Promise<Map<string, Set<string>>> {
  const rows = await work.tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.rungs')
    .select(['clock', 'rung'])
    .where('authority', '=', key.authority)
    .where('case_id', '=', key.caseId)
    .execute()
  const fired = new Map<string, Set<string>>()
  for (const { clock, rung } of rows) fired.set(clock, (fired.get(clock) ?? new Set()).add(rung))
  return fired
}

interface Ringing {
  readonly authority: string
  readonly caseId: string
  readonly clock: DerivedClock
  readonly rung: string
  readonly call: string
}

/** Notes the rung, then takes the system step of that name, or calls the slice, or does what the engine knows by itself. */
async function fire(work: WorkContext, ringing: Ringing): Promise<void> {
  const { authority, caseId, clock, rung, call } = ringing
  const row = await caseRow(work.tx, { authority, caseId })
  const { definition, effects } = bindingOf(work.services, row)
  const at = work.services.clock.now()
  await work.tx
    .withTables<ProcedureTables>()
    .insertInto('procedures.rungs')
    .values({ authority, case_id: caseId, clock: clock.id, rung, fired_at: at, audience: row.audience })
    .execute()
  await work.services.record(work.tx, {
    event: 'procedures.clock-rung',
    outcome: 'done',
    facts: null,
    by: 'job:procedures.sweep',
    subjects: [{ kind: 'case', id: caseId }],
    detail: { clock: clock.id, rung },
  })
  const step = definition.transitions.find((each) => each.id === call)
  if (step !== undefined) {
    // Of several nodes that see the clock run out, the one of the obliged desk takes the step and tells the others.
    const isOurs = clock.started.obligated === undefined || clock.started.obligated.desk === row.party
    if (isOurs && step.from.includes(row.state))
      await moveBy(work, {
        authority,
        caseId,
        transition: call,
        actor: null,
        facts: {},
        fields: {},
        at,
        stepId: `${row.subject}:${clock.id}:${rung}`,
      })
    return
  }
  const effect = effects[call]
  if (effect === undefined) return await builtIn(work, row, { clock, call })
  const { subject, party, role, state } = row
  const called = {
    name: call,
    authority,
    role,
    mirrored: false,
    caseId,
    subject,
    party,
    transition: rung,
    from: state,
    to: state,
    actor: null,
    at,
    fields: {},
  }
  await effect(called, work)
}

async function builtIn(
  work: WorkContext,
  row: CaseRow,
  { clock, call }: { readonly clock: DerivedClock; readonly call: string },
): Promise<void> {
  if (!BUILT_IN_CALLS.includes(call)) throw new Error(`Nobody binds ${call} of ${row.definition}.`)
  if (call === 'escalate') await widenToBackup(work, row, clock)
  await work.services.announce(work.tx, 'notices', row.audience)
}
