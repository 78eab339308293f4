/** Documents: taking them in, listing them, showing one with its warnings, and the bytes behind a value. */

import type { Selectable } from 'kysely'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { type DocumentRow, documentRow, listDocuments, showDocument, showSource, uploadDocument } from '../contract.ts'
import { takeIn } from './channel-take-in.ts'
import { MESSAGE_REACH, maskNumbers } from './masked-numbers.ts'
import { sourceRange } from './source-range.ts'
import type { CargoTables, DocumentTable } from './tables.ts'

const WARNINGS_SHOWN = 1000
const SOURCE_CONTEXT = 160
const SOURCE_LIMIT = 4096

export const uploadDocumentRoute = handle(uploadDocument, async (input, context) => {
  if (context.upload === undefined) throw new AppError(400, 'cargo.document-empty', 'The document has no bytes.')
  const { sha256, size } = await context.services.content.put(context.upload, uploadDocument.upload.maxBytes)
  if (size === 0) throw new AppError(400, 'cargo.document-empty', 'The document has no bytes.')
  const { authority, desk, purpose } = context.facts
  const known = await takeIn(context.tx, context.services, {
    authority,
    desk,
    document: sha256,
    name: input.name,
    size,
    purpose: purpose ?? '',
    way: 'upload',
  })
  context.about({ kind: 'document', id: sha256 })
  return { document: sha256, size, known }
})

export const listDocumentsRoute = handle(listDocuments, async (input, context) => {
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'cargo.cursor' })
  let query = context.tx
    .withTables<CargoTables>()
    .selectFrom('cargo.documents')
    .selectAll()
    .where('authority', '=', context.facts.authority)
    .orderBy('received_at', 'desc')
    .orderBy('document', 'desc')
    .limit(input.limit + 1)
  if (input.state !== undefined) query = query.where('state', '=', input.state)
  if (mark !== undefined)
    query = query.where((is) => is(is.refTuple('received_at', 'document'), '<', is.tuple(new Date(String(mark[0])), String(mark[1]))))
  const rows = await query.execute()
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(documentRowOf),
    ...(rows.length > input.limit && last ? { next: writeMark([last.received_at.toISOString(), last.document]) } : {}),
  }
})

export const showDocumentRoute = handle(showDocument, async (input, context) => {
  const { authority } = context.facts
  const row = await findDocument(context.tx, {
    authority,
    document: input.document,
  })
  if (row === undefined) throw notFound()
  context.about({ kind: 'document', id: input.document })
  const db = context.tx.withTables<CargoTables>()
  const messages = await db
    .selectFrom('cargo.messages')
    .select(['ordinal', 'type', 'directory', 'reference', 'segments', 'outcome'])
    .where('authority', '=', authority)
    .where('document', '=', input.document)
    .orderBy('ordinal')
    .limit(5000)
    .execute()
  const warnings = await db
    .selectFrom('cargo.warnings')
    .select(['message', 'code', 'place', 'text'])
    .where('authority', '=', authority)
    .where('document', '=', input.document)
    .orderBy('ordinal')
    .limit(WARNINGS_SHOWN)
    .execute()
  return {
    document: documentRowOf(row),
    messages,
    warnings: warnings.map(({ message, code, place, text }) => ({
      message,
      code,
      at: place,
      text,
    })),
    warningsLeftOut: Math.max(0, row.warnings - warnings.length),
  }
})

export const showSourceRoute = handle(showSource, async (input, context) => {
  const row = await findDocument(context.tx, {
    authority: context.facts.authority,
    document: input.document,
  })
  if (row === undefined) throw notFound()
  const outside = new AppError(400, 'cargo.range', 'The range lies outside the document or is longer than 4,096 bytes.')
  if (input.end < input.start || input.end - input.start > SOURCE_LIMIT) throw outside
  context.about({ kind: 'document', id: input.document })
  const from = Math.max(0, input.start - SOURCE_CONTEXT)
  const reach = Math.max(0, from - MESSAGE_REACH)
  const bytes = await sourceRange(context.services.content, input.document, { start: reach, end: input.end + MESSAGE_REACH })
  if (bytes.length < input.end - reach) throw outside
  // Latin-1 shows every byte as one sign, so offsets stay true whatever the charset of the message is.
  const source = bytes.toString('latin1')
  const to = Math.min(source.length, input.end + SOURCE_CONTEXT - reach)
  const text = maskNumbers(source, { from: from - reach, to })
  return {
    before: text.slice(0, input.start - from),
    text: text.slice(input.start - from, input.end - from),
    after: text.slice(input.end - from),
  }
})

async function findDocument(tx: Tx, key: { authority: string; document: string }): Promise<Selectable<DocumentTable> | undefined> {
  return await tx
    .withTables<CargoTables>()
    .selectFrom('cargo.documents')
    .selectAll()
    .where('authority', '=', key.authority)
    .where('document', '=', key.document)
    .executeTakeFirst()
}

function documentRowOf(row: Selectable<DocumentTable>): DocumentRow {
  const size = Number(row.size)
  return {
    document: row.document,
    name: row.name,
    size,
    // A kind that the wire does not name yet is shown as unknown rather than not at all.
    kind: documentRow.shape.kind.safeParse(row.kind).data ?? 'unknown',
    state: row.state as DocumentRow['state'],
    progress: row.state === 'read' || row.state === 'refused' ? 1 : size === 0 ? 0 : Math.min(1, Number(row.bytes_read) / size),
    receivedAt: row.received_at.toISOString(),
    messages: {
      accepted: row.accepted,
      warned: row.warned,
      quarantined: row.quarantined,
    },
    types: row.types,
    containers: row.containers,
    consignments: row.consignments,
    warnings: row.warnings,
    ...(row.refused === null ? {} : { refused: row.refused }),
    ...(row.vessel === null ? {} : { vessel: row.vessel }),
    ...(row.voyage === null ? {} : { voyage: row.voyage }),
    generated: row.generated,
  }
}
