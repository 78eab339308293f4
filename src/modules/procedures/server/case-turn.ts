/**
 * Messages about one case of one desk are taken in one after the other, whoever they come from. The row of a case that is not here yet cannot be locked:
 * a case and a step that overtook it, taken in at the same time, would each miss the other, and the step would wait for ever for a case that came.
 * Invariant: whoever takes in what belongs to a case holds its turn before it looks whether the case is here.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'

/** Until the transaction ends. What is read afterwards shows what the one before has written. */
export async function takeTurn(tx: Tx, at: { readonly org: string; readonly desk: string; readonly reference: string }): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`procedures.case ${at.org} ${at.desk} ${at.reference}`}, 0))`.execute(tx)
}
