/**
 * The last day of what requests with a key were answered. Policy: 90 days; a repeat comes within minutes from a person, and within days from a system that
 * was cut off. Whoever repeats after that does it anew. In batches, so that no request waits for long.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'

export const ANSWERS_KEPT = 'P90D'

/** Gives the number of answers that are gone: as many as `most` while there may be more. */
export async function eraseAnswers(tx: Tx, { now, most }: { readonly now: Date; readonly most: number }): Promise<number> {
  const { numAffectedRows = 0n } = await sql`delete from platform.answers where (authority, desk, purpose, route, key) in (
    select authority, desk, purpose, route, key from platform.answers where at < ${now}::timestamptz - ${ANSWERS_KEPT}::interval
    order by at limit ${most} for update skip locked)`.execute(tx)
  return Number(numAffectedRows)
}
