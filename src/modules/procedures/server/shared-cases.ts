/**
 * The rows by which a desk that was let in finds a case (`widen-audience.ts`). They repeat what a queue is ordered and counted by, and are written again
 * wherever that is written, in the same transaction.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { type CaseOf, ofCases } from './of-cases.ts'

export async function repeatOrder(tx: Tx, rows: readonly CaseOf[]): Promise<void> {
  await sql`update procedures.shared_cases s set is_open = k.is_open, own_turn = k.own_turn, is_suspended = k.is_suspended, due_key = k.due_key
    from ${ofCases(rows)} join procedures.cases k on k.authority = c.authority and k.case_id = c.case_id
    where s.authority = c.authority and s.case_id = c.case_id
      and (s.is_open, s.own_turn, s.is_suspended, s.due_key) is distinct from (k.is_open, k.own_turn, k.is_suspended, k.due_key)`.execute(
    tx,
  )
}
