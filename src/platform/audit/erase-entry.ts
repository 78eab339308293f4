/** Erases the content of one entry: who, what about and why are gone, its digest stays in the tree, and the erasure is an entry itself. */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'

/** Background work only. The caller logs the erasure. False when there is no such entry, or nothing of it is left. */
export async function eraseEntry(tx: Tx, event: string): Promise<boolean> {
  const { rows } = await sql<{ event_id: string }>`delete from audit.salts where event_id = ${event} returning event_id`.execute(tx)
  if (rows.length === 0) return false
  await sql`set local audit.erasing = 'yes'`.execute(tx)
  await sql`update audit.events set officer = null, subjects = '[]'::jsonb, subject_ids = '{}', reason = null, detail = null where id = ${event}`.execute(
    tx,
  )
  await sql`set local audit.erasing = 'no'`.execute(tx)
  return true
}
