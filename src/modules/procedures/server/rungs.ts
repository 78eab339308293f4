/** Records that rungs fired: a row each, which exists once, and one entry of the log for each kind of rung in a batch, naming its cases. */
import { sql } from 'kysely'
import { appendEvents } from '#platform/audit/audit-log.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { Ringing } from './ringing.ts'

export async function noteRungs({ tx, services }: WorkContext, rung: readonly Ringing[]): Promise<void> {
  if (rung.length === 0) return
  const now = services.clock.now()
  const rows = rung.map(({ row: { authority, case_id, audience }, clock, rung: name }) => ({
    authority,
    case_id,
    audience,
    clock: clock.id,
    rung: name,
  }))
  await sql`insert into procedures.rungs (authority, case_id, clock, rung, fired_at, audience)
    select authority, case_id, clock, rung, ${now}::timestamptz, audience
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(authority text, case_id text, clock text, rung text, audience text[])`.execute(
    tx,
  )
  const kinds = Map.groupBy(rung, (each) => JSON.stringify([each.row.definition, each.clock.definition.id, each.rung]))
  const entries = [...kinds.values()].flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    return [
      {
        event: 'procedures.clock-rung',
        outcome: 'done' as const,
        facts: null,
        by: 'job:procedures.sweep',
        subjects: same.map(({ row }) => ({ kind: 'case', id: row.case_id })),
        detail: { procedure: first.row.definition, clock: first.clock.definition.id, rung: first.rung, cases: same.length },
      },
    ]
  })
  await appendEvents(tx, entries, { clock: services.clock, oversight: services.oversightDesks })
}
