/** Tells the log that rungs fired: one entry for each kind of rung in a batch, naming its cases. That they did stands in the row of each clock (`fired-rungs.ts`). */
import { appendEvents } from '#platform/audit/audit-log.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { Ringing } from './ringing.ts'

export async function noteRungs({ tx, services }: WorkContext, rung: readonly Ringing[]): Promise<void> {
  if (rung.length === 0) return
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
