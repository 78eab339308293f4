/** Whether anything of a record is for the session: the question before every route that names one. Not visible is answered like not existing. */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'

export async function isVisible(tx: Tx, org: string, entity: string): Promise<boolean> {
  const { rows } = await sql`select 1 from records.fragments where org = ${org} and entity = ${entity} limit 1`.execute(tx)
  return rows.length > 0
}
