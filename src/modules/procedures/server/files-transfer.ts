/**
 * The bytes of files: read by whoever may see the file, asked for piece by piece from the desk that added it. Who may have them is decided at every piece;
 * each piece is a sealed message of its own, so a broken transfer goes on where it stopped. The whole counts only when its digest is the announced one.
 * Received pieces lie boxed, each under a key of its own, and end with the case.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { needsManifest } from '#kernel/procedure/manifest.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { messageType, type WorkContext } from '#platform/module/define-module.ts'
import { fetchFile, readFile } from '../contract.ts'
import type { CaseRow } from './case-row.ts'
import { noteReceived, requireSpeaker } from './files.ts'
import { ordersFiles } from './files-erased.ts'
import { filePartMessage, fileWantedMessage, sendLetter } from './files-message.ts'
import { caseAt, type FileRow, fileRow, knownFiles, type OwnCase, ownCase } from './files-row.ts'
import { desksOf, rolesOfDesk } from './parties.ts'

const PIECE = 256 * 1024

export const fetchFileRoute = handle(fetchFile, async (input, context) => {
  const own = await ownCase(context, input.case)
  const file = (await knownFiles(context.tx, own)).find((each) => each.file === input.file)
  if (file === undefined) throw notFound()
  context.about({ kind: 'file', id: file.file })
  if (file.stored) return { state: 'here' as const }
  if (needsManifest({ size: Number(file.size), channel: 'system' }))
    throw new AppError(
      422,
      'procedures.file-size',
      'What is larger than 25 600 kilobytes goes by other means, with a transmission manifest (Implementing Regulation (EU) 2025/1550, Annex, 3.2).',
    )
  await sql`update procedures.files set asked = true where authority = ${own.row.authority} and case_id = ${own.row.case_id} and file = ${file.file}`.execute(
    context.tx,
  )
  await want({ tx: context.tx, services: context.services }, own, { file, start: Number(file.received) })
  return { state: 'coming' as const }
})

export const readFileRoute = handle(readFile, async (input, context) => {
  const own = await ownCase(context, input.case)
  const { row } = own
  const found = (await knownFiles(context.tx, own)).find(({ file }) => file === input.file) ?? (await evidenceOf(context, row, input.file))
  if (found === undefined || !found.stored) throw notFound()
  context.about({ kind: 'file', id: input.file })
  const size = Number(found.size)
  const end = Math.min(size, input.start + PIECE)
  const isOwn = found.origin_desk === row.party
  const bytes = isOwn ? await context.services.content.slice(found.sha256, input.start, end) : await receivedPiece(context, row, input)
  return {
    name: found.name,
    size,
    bytes: Buffer.from(bytes).toString('base64'),
    ...(end < size ? { next: end } : {}),
  }
})

type Readable = Pick<FileRow, 'name' | 'size' | 'sha256' | 'origin_desk' | 'stored'>

/** Evidence of a signature is read like a file, by the id of the signature. */
async function evidenceOf(context: CaseContext, row: CaseRow, signature: string): Promise<Readable | undefined> {
  const { rows } = await sql<{ name: string; size: string; sha256: string }>`select name, size, sha256 from procedures.signatures
    where authority = ${row.authority} and case_id = ${row.case_id} and signature = ${signature}`.execute(context.tx)
  return rows[0] === undefined ? undefined : { ...rows[0], origin_desk: row.party, stored: true }
}

async function receivedPiece(
  context: CaseContext,
  row: CaseRow,
  at: { readonly file: string; readonly start: number },
): Promise<Uint8Array> {
  const { rows } = await sql<{ bytes: Buffer }>`select bytes from procedures.file_parts
    where authority = ${row.authority} and case_id = ${row.case_id} and file = ${at.file} and start = ${at.start}`.execute(context.tx)
  if (rows[0] === undefined) throw notFound()
  return unbox(context, rows[0].bytes)
}

async function want(work: WorkContext, own: OwnCase, { file, start }: { readonly file: FileRow; readonly start: number }): Promise<void> {
  const { origin_org: org, origin_desk: desk } = file
  // The desk left the case; what it added went with it, unless it gave its part to this one.
  if (desk !== own.row.originator && !desksOf(own.fold.parties).some((party) => party.desk === desk)) throw notFound()
  await sendLetter(work, {
    row: own.row,
    definition: own.definition,
    party: { org, desk },
    kind: 'request',
    type: 'procedures.file-wanted',
    data: { file: file.file, start },
    personal: false,
  })
}

/**
 * At the desk that added it: one piece, to a party that fills a role the file is for. Whoever does not gets no answer, as if there were no file; nobody gets
 * one once a step has ordered to erase what others sent.
 */
export const fileWanted = messageType({
  type: 'procedures.file-wanted',
  schema: fileWantedMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) {
      const own = await caseAt(work, { org, unit, ...data })
      const file = own === undefined ? undefined : await fileRow(work.tx, own.row, data.file)
      if (own === undefined || file === undefined || file.origin_desk !== unit) continue
      const { row, fold, definition } = own
      if (ordersFiles(definition, fold)) continue
      const roles = fold.reached.includes(message.from.unit) ? rolesOfDesk(fold.parties, message.from.unit) : []
      const party = desksOf(fold.parties).find(({ desk }) => desk === message.from.unit)
      const size = Number(file.size)
      if (party === undefined || !file.roles.some((role) => roles.includes(role))) continue
      if (needsManifest({ size, channel: 'system' }) || data.start > size) continue
      const bytes = await work.services.content.slice(file.sha256, data.start, Math.min(size, data.start + PIECE))
      await sendLetter(work, {
        row,
        definition,
        party,
        kind: 'response',
        urgency: 'routine',
        type: 'procedures.file-part',
        data: { file: file.file, start: data.start, bytes: Buffer.from(bytes).toString('base64') },
        personal: file.personal,
      })
    }
  },
})

export const filePart = messageType({
  type: 'procedures.file-part',
  schema: filePartMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) {
      const own = await caseAt(work, { org, unit, ...data })
      if (own === undefined) continue
      requireSpeaker(own, message.from.unit)
      const file = await fileRow(work.tx, own.row, data.file)
      if (file === undefined || file.origin_desk !== message.from.unit || file.stored || !file.asked) continue
      if (ordersFiles(own.definition, own.fold)) {
        // Should the order turn out to have no effect, it is asked for anew.
        await sql`update procedures.files set asked = false where authority = ${own.row.authority} and case_id = ${own.row.case_id} and file = ${file.file}`.execute(
          work.tx,
        )
        continue
      }
      // Only the piece that comes next; a repeat or a stray one changes nothing.
      if (Number(file.received) !== data.start) continue
      await takePiece(work, own, { file, start: data.start, bytes: Buffer.from(data.bytes, 'base64') })
    }
  },
})

async function takePiece(
  work: WorkContext,
  own: OwnCase,
  { file, start, bytes }: { readonly file: FileRow; readonly start: number; readonly bytes: Buffer },
): Promise<void> {
  const { row } = own
  const size = Number(file.size)
  const received = start + bytes.length
  // A piece is whole or the last: so that it is found by its start when it is read.
  if (received > size || (received < size && bytes.length !== PIECE)) return
  const at = sql`authority = ${row.authority} and case_id = ${row.case_id} and file = ${file.file}`
  await sql`insert into procedures.file_parts (authority, case_id, file, start, bytes, audience)
    values (${row.authority}, ${row.case_id}, ${file.file}, ${start}, ${box(work, bytes)}, ${row.audience}::text[]) on conflict do nothing`.execute(
    work.tx,
  )
  const isWhole = received === size
  if (isWhole && (await digestOf(work, row, file.file)) !== file.sha256) {
    // What came is not what was announced: it begins anew when it is asked for again.
    await sql`delete from procedures.file_parts where ${at}`.execute(work.tx)
    await sql`update procedures.files set received = 0, asked = false where ${at}`.execute(work.tx)
    await noteReceived(work, row, { file: file.file, from: file.origin_desk, refused: 'The bytes are not those that were announced.' })
    return
  }
  await sql`update procedures.files set received = ${received}, stored = ${isWhole} where ${at}`.execute(work.tx)
  if (isWhole) await noteReceived(work, row, { file: file.file, from: file.origin_desk })
  else await want(work, own, { file, start: received })
}

async function digestOf(work: WorkContext, row: CaseRow, file: string): Promise<string> {
  const { rows } = await sql<{ bytes: Buffer }>`select bytes from procedures.file_parts
    where authority = ${row.authority} and case_id = ${row.case_id} and file = ${file} order by start`.execute(work.tx)
  const hash = createHash('sha256')
  for (const { bytes } of rows) hash.update(unbox(work, bytes))
  return hash.digest('hex')
}

function box(work: Pick<WorkContext, 'services'>, bytes: Uint8Array): Buffer {
  return Buffer.from(JSON.stringify(work.services.box.seal(Buffer.from(bytes).toString('base64'))))
}

function unbox(work: Pick<WorkContext, 'services'>, boxed: Buffer): Buffer {
  return Buffer.from(work.services.box.open(JSON.parse(boxed.toString()) as { key: string; content: string }), 'base64')
}
