/** The mark `alert` in a desk's table of containers: set where an alert that the desk may see is about the box, gone with the alert. */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { DeskScope } from './dossiers.ts'

/** After an alert was issued or received. */
export async function markContainer(tx: Tx, { authority, desk, container }: DeskScope & { readonly container: string }): Promise<void> {
  await sql`update cargo.equipment set flags = array_append(flags, 'alert')
    where authority = ${authority} and desk = ${desk} and container = ${container} and not flags @> '{alert}'`.execute(tx)
}

/** After a document was read. */
export async function markDocument(tx: Tx, { authority, desk, document }: DeskScope & { readonly document: string }): Promise<void> {
  await sql`update cargo.equipment e set flags = array_append(e.flags, 'alert') from cargo.alerts a
    where e.authority = ${authority} and e.desk = ${desk} and e.document = ${document} and a.authority = e.authority and a.container = e.container
      and a.audience @> array[${desk}]::text[] and not e.flags @> '{alert}'`.execute(tx)
}

/** Before an alert loses its content for a desk, and for whoever stood in for it. */
export async function unmark(
  tx: Tx,
  { authority, alert, desk }: { readonly authority: string; readonly alert: string; readonly desk: string },
): Promise<void> {
  await sql`update cargo.equipment e set flags = array_remove(e.flags, 'alert') from cargo.alerts a
    where a.authority = ${authority} and a.alert = ${alert} and a.desk = ${desk} and a.container <> '' and e.authority = ${authority} and e.container = a.container
      and e.desk = any(a.audience)`.execute(tx)
}
