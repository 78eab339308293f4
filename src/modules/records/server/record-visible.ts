/**
 * Whether there is a record for the session: one rule for its page and for every route that names one. There is one as long as something of it is on its page, with its history at least; that there
 * was something whose values are erased is told to nobody. Not visible is answered like not existing.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { isRecorded } from './record-rows-captions.ts'

/** Condition on rows `f` of fragments: the session sees them as statements of their record. */
export const isShown = isRecorded({ history: true })

export async function isVisible(tx: Tx, org: string, entity: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from records.fragments f where f.org = ${org} and f.entity = ${entity} and ${isShown} limit 1`.execute(tx)
  return rows.length > 0
}
