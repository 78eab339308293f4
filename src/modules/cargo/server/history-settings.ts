/** How a desk has set its detectors. What is not set stands as shipped; a row that says nothing sensible changes nothing (`detectors/settings.ts`). */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { DetectorSettings } from '../detectors/settings.ts'
import type { DeskScope } from './dossiers.ts'

export async function readSettings(tx: Tx, { authority, desk, today }: DeskScope & { readonly today: Date }): Promise<DetectorSettings> {
  const { rows } = await sql<{ detector: string; enabled: boolean; parameters: Record<string, number> }>`
    select detector, enabled, parameters from cargo.detector_settings where authority = ${authority} and desk = ${desk}`.execute(tx)
  return {
    byDetector: new Map(rows.map(({ detector, enabled, parameters }) => [detector, { enabled, parameters }])),
    today: today.toISOString().slice(0, 10),
  }
}

/** Sets one. Two officers, by the table's own rule too. */
export async function writeSetting(
  tx: Tx,
  { authority, desk }: DeskScope,
  setting: {
    readonly detector: string
    readonly enabled: boolean
    readonly parameters: Readonly<Record<string, number>>
    readonly proposedBy: string
    readonly approvedBy: string
    readonly at: Date
  },
): Promise<void> {
  const { detector, enabled, parameters, proposedBy, approvedBy, at } = setting
  await sql`insert into cargo.detector_settings as s (authority, desk, detector, enabled, parameters, version, proposed_by, approved_by, decided_at, audience)
    values (${authority}, ${desk}, ${detector}, ${enabled}, ${JSON.stringify(parameters)}::jsonb, 1, ${proposedBy}, ${approvedBy}, ${at}, ${[desk]})
    on conflict (authority, desk, detector) do update set enabled = excluded.enabled, parameters = excluded.parameters, version = s.version + 1, proposed_by = excluded.proposed_by,
      approved_by = excluded.approved_by, decided_at = excluded.decided_at`.execute(tx)
}
