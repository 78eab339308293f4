/**
 * The job that reads a document in the background: messages, containers, consignments and warnings go to the tables in batches, with progress.
 * At least once: it begins by removing what an interrupted reading left. In = accepted + warned + quarantined; the raw document stays.
 */
import { sql } from 'kysely'
import type { NodeServices } from '#platform/module/services.ts'
import type { DeclarationMapping } from '../contract/declaration-mappings.ts'
import type { FileSummary } from '../formats/events.ts'
import { readCargoFile } from '../formats/read-cargo-file.ts'
import { markDocument } from './alert-marks.ts'
import { answerDocument } from './answers.ts'
import { BrokenInterchanges, claimInterchanges } from './answers-claim.ts'
import { mappingsOf } from './channel-mappings.ts'
import type { IntakeTables } from './channel-tables.ts'
import { Batches, type Reading } from './read-batches.ts'
import { isDeclaration } from './read-rows.ts'

/** Everything that came out of a document, and goes before it is read again. */
const DERIVED = [
  'cargo.messages',
  'cargo.warnings',
  'cargo.equipment',
  'cargo.consignments',
  'cargo.orders',
  'cargo.port_calls',
  'cargo.statuses',
  'cargo.verified_masses',
  'cargo.received_answers',
  'cargo.given_answers',
] as const

export async function readDocument(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const authority = String(data['authority'])
  const document = String(data['document'])
  const desk = String(data['desk'])
  const begun = await begin(services, { authority, document, desk })
  if (begun === undefined) return
  const reading: Reading = { services, authority, desk, document, receivedAt: begun.received_at }
  const rows = new Batches(reading)
  const isKnown = await claimInterchanges(reading)
  const broken = new BrokenInterchanges(isKnown)
  const mappingFor = begun.mapping === null ? await mappingsOf(reading) : () => begun.mapping ?? undefined
  let summary: FileSummary | undefined
  for await (const event of readCargoFile(services.content.get(document), {
    document,
    isKnown,
    mappingFor,
    ics2Schemas: services.ics2Schemas,
  })) {
    if (event.kind === 'end') summary = event.summary
    broken.take(event)
    await rows.take(event)
  }
  if (summary === undefined) throw new Error('The reader ended without a summary.')
  await rows.flush(summary.bytes)
  const answers = summary.interchanges > 0 ? await answerDocument(reading) : 0
  await finish(reading, summary, { rows, broken, answers })
}

/** Marks the document as being read; undefined when it was read already. */
async function begin(
  services: NodeServices,
  key: { authority: string; document: string; desk: string },
): Promise<{ received_at: Date; mapping: DeclarationMapping | null } | undefined> {
  return await services.database.asWorker('cargo.read-document', async (tx) => {
    const db = tx.withTables<IntakeTables>()
    const row = await db
      .selectFrom('cargo.documents')
      .selectAll()
      .where('authority', '=', key.authority)
      .where('desk', '=', key.desk)
      .where('document', '=', key.document)
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) return undefined
    if (row.state === 'read' || row.state === 'refused') return undefined
    for (const table of DERIVED)
      await sql`delete from ${sql.table(table)} where authority = ${key.authority} and desk = ${key.desk} and document = ${key.document}`.execute(
        tx,
      )
    await db
      .updateTable('cargo.documents')
      .set({ state: 'reading', bytes_read: 0 })
      .where('authority', '=', key.authority)
      .where('desk', '=', key.desk)
      .where('document', '=', key.document)
      .execute()
    return { received_at: row.received_at, mapping: row.mapping }
  })
}

async function finish(
  reading: Reading,
  summary: FileSummary,
  { rows, broken, answers }: { readonly rows: Batches; readonly broken: BrokenInterchanges; readonly answers: number },
): Promise<void> {
  const { services, authority, desk, document } = reading
  await services.database.asWorker('cargo.read-document', async (tx) => {
    await tx
      .withTables<IntakeTables>()
      .updateTable('cargo.documents')
      .set({
        state: summary.refused === undefined ? 'read' : 'refused',
        kind: summary.format === 'csv' ? 'declarations' : summary.format,
        bytes_read: summary.bytes,
        accepted: summary.outcomes.accepted,
        warned: summary.outcomes.warned,
        quarantined: summary.outcomes.quarantined,
        types: rows.messageTypes,
        containers: summary.equipment,
        consignments: summary.consignments,
        others: summary.others ?? 0,
        interchanges: summary.interchanges,
        warnings: summary.warnings,
        refused: summary.refused === undefined ? null : JSON.stringify(summary.refused),
        vessel: rows.vessel.name,
        voyage: rows.vessel.voyage,
        generated: rows.isGenerated,
      })
      .where('authority', '=', authority)
      .where('desk', '=', desk)
      .where('document', '=', document)
      .execute()
    await services.record(tx, {
      event: 'cargo.document-processed',
      outcome: summary.refused === undefined ? 'done' : 'failed',
      facts: null,
      by: 'job:cargo.read-document',
      subjects: [{ kind: 'document', id: document }],
      detail: {
        messages: summary.messages,
        containers: summary.equipment,
        consignments: summary.consignments,
        others: summary.others ?? 0,
        warnings: summary.warnings,
        answers,
      },
    })
    await broken.store(tx, reading)
    await markDocument(tx, reading)
    if (summary.consignments > 0 && rows.messageTypes.some((type) => isDeclaration(type) || type === 'FWB' || type === 'FHL'))
      await services.enqueue(tx, { name: 'cargo.match-alerts', data: { authority }, key: `match:${authority}` })
    await services.enqueue(tx, {
      name: 'cargo.raise-signals',
      data: { authority, desk, document },
      key: `signals:${authority}:${desk}:${document}`,
    })
    await services.enqueue(tx, {
      name: 'cargo.check-routes',
      data: { authority, desk, document },
      key: `routes:${authority}:${desk}:${document}`,
    })
    await services.announce(tx, 'documents', [desk])
  })
}
