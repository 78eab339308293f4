/** Records that rungs fired: a row each, which exists once, and one entry of the log for each kind of rung in a batch, naming its cases. */
import { sql } from 'kysely'
import { appendEvents } from '#platform/audit/audit-log.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { inCommon } from './in-common.ts'
import type { Ringing } from './ringing.ts'

export async function noteRungs({ tx, services }: WorkContext, rung: readonly Ringing[]): Promise<void> {
  if (rung.length === 0) return
  const now = services.clock.now()
  const { kinds, places } = inCommon(
    rung,
    ({ row, clock, rung: name }) => `${row.authority}\n${clock.id}\n${name}\n${row.audience.join(' ')}`,
    ({ row: { authority, audience }, clock, rung: name }) => ({ authority, audience, clock: clock.id, rung: name }),
  )
  await sql`insert into procedures.rungs (authority, case_id, clock, rung, fired_at, audience)
    select authority, case_id, clock, rung, ${now}::timestamptz, audience
    from unnest(${rung.map(({ row }) => row.case_id)}::text[], ${places}::int[]) as r(case_id, kind)
    join rows from (jsonb_to_recordset(${JSON.stringify(kinds)}::jsonb) as (authority text, audience text[], clock text, rung text)) with ordinality
      as k(authority, audience, clock, rung, kind) using (kind)`.execute(tx)
  const told = Map.groupBy(rung, (each) => `${each.row.definition}\n${each.clock.definition.id}\n${each.rung}`)
  const entries = [...told.values()].flatMap((same) => {
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
