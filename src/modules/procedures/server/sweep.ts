/**
 * The sweep: looks at every clock whose next instant has come, fires what is due exactly once, and moves the case when the definition says so.
 * A rung is fired in the transaction that records it, so a node killed in between fires it at the next sweep, and never twice.
 */
import { sql } from 'kysely'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { bindingOf, caseRow } from './case-row.ts'
import { type DerivedClock, deriveClocks, refreshInstants } from './clocks.ts'
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

async function ring(work: WorkContext, key: { readonly authority: string; readonly caseId: string }): Promise<void> {
  const row = await caseRow(work.tx, key)
  const { definition } = bindingOf(work.services, row.definition)
  const now = work.services.clock.now()
  const fired = await firedRungs(work, key)
  // One at a time, the earliest first: what a rung sets off may stop the clock that would have rung next.
  for (;;) {
    const clocks = await deriveClocks(work.tx, definition, { row: await caseRow(work.tx, key), now })
    const next = nextRinging(clocks, fired, now)
    if (next === undefined) break
    const done = fired.get(next.clock.definition.id) ?? new Set<string>()
    fired.set(next.clock.definition.id, done.add(next.rung))
    await fire(work, { ...key, ...next })
  }
  await refreshInstants(work.tx, definition, {
    row: await caseRow(work.tx, key),
    now,
    fired,
  })
}

function nextRinging(
  clocks: readonly DerivedClock[],
  fired: ReadonlyMap<string, ReadonlySet<string>>,
  now: Date,
): Pick<Ringing, 'clock' | 'rung' | 'call'> | undefined {
  return clocks
    .filter((clock) => clock.isLive)
    .flatMap((clock) => {
      const { id, ladder, onExpiry } = clock.definition
      const rungs = ladder.map(({ rung, call, hoursBefore }) => ({ clock, rung, call, at: clock.due.safe - hoursBefore * HOUR }))
      return [...rungs, { clock, rung: 'expired', call: onExpiry, at: clock.due.safe }].filter(({ rung }) => !fired.get(id)?.has(rung))
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

/** Notes the rung, then either takes the system step of that name or calls the slice. */
async function fire(work: WorkContext, ringing: Ringing): Promise<void> {
  const { authority, caseId, clock, rung, call } = ringing
  const row = await caseRow(work.tx, { authority, caseId })
  const { definition, effects } = bindingOf(work.services, row.definition)
  const at = work.services.clock.now()
  await work.tx
    .withTables<ProcedureTables>()
    .insertInto('procedures.rungs')
    .values({
      authority,
      case_id: caseId,
      clock: clock.definition.id,
      rung,
      fired_at: at,
      audience: row.audience,
    })
    .execute()
  const subjects = [{ kind: 'case', id: caseId }]
  await work.services.record(work.tx, {
    event: 'procedures.clock-rung',
    outcome: 'done',
    facts: null,
    by: 'job:procedures.sweep',
    subjects,
    detail: { clock: clock.definition.id, rung },
  })
  const step = definition.transitions.find((each) => each.id === call)
  if (step !== undefined) {
    if (step.from.includes(row.state))
      await moveBy(work, {
        authority,
        caseId,
        transition: call,
        actor: null,
        facts: {},
        fields: {},
        at,
        mirrored: false,
      })
    return
  }
  const effect = effects[call]
  if (effect === undefined) throw new Error(`The slice of ${row.definition} does not bind ${call}.`)
  const { subject, party, role, state } = row
  await effect(
    {
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
    },
    work,
  )
}
