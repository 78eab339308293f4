/**
 * The one door through which a document comes in, whichever way: a row for the desk and a job that reads it, in one transaction.
 * The same bytes again make no second row; the job runs all the same, so that a reading that was interrupted is taken up.
 */
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { DocumentWay, IntakeTables } from './channel-tables.ts'

export interface IncomingDocument {
  readonly authority: string
  readonly desk: string
  readonly document: string
  readonly name: string
  readonly size: number
  readonly purpose: string
  readonly way: DocumentWay
}

/** True when the desk has the document already. */
export async function takeIn(tx: Tx, services: NodeServices, incoming: IncomingDocument): Promise<boolean> {
  const { authority, desk, document } = incoming
  const row = await tx
    .withTables<IntakeTables>()
    .insertInto('cargo.documents')
    .values({ ...incoming, received_at: services.clock.now(), vessel: null, voyage: null, audience: [desk] })
    .onConflict((conflict) => conflict.columns(['authority', 'desk', 'document']).doNothing())
    .returning('document')
    .executeTakeFirst()
  await services.enqueue(tx, {
    name: 'cargo.read-document',
    data: { authority, document, desk },
    key: `read:${authority}:${document}:${desk}`,
  })
  return row === undefined
}
