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
