/** Files of messages as the partner that sends them sees them: bringing one, and what became of each line. */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { storableText } from '#platform/store/storable-text.ts'
import { FILE_BYTES, type FileLine, listMessageFiles, type MessageFile, showMessageFile, uploadMessageFile } from '../contract.ts'
import { requireVettedAnywhere } from './standing.ts'
import { TAKE_FILE } from './take-file.ts'

interface FileRow {
  authority: string
  desk: string
  file: string
  name: string
  size: string
  way: MessageFile['way']
  received_at: Date
  state: MessageFile['state']
  problem: MessageFile['problem'] | null
}

type LineRow = Pick<FileLine, 'line' | 'message' | 'type' | 'place' | 'outcome'> & {
  container: string | null
  act: string | null
  because: FileLine['because'] | null
}

export const uploadMessageFileRoute = handle(uploadMessageFile, async (input, context) => {
  const { facts, tx, services, clock } = context
  await requireVettedAnywhere(context)
  const empty = new AppError(400, 'alliance.file-empty', 'The file has no bytes.')
  if (context.upload === undefined) throw empty
  const { sha256, size } = await services.content.put(context.upload, FILE_BYTES)
  if (size === 0) throw empty
  const file = uuidv7()
  await sql`insert into alliance.message_files (authority, desk, file, document, name, size, way, received_at, audience)
    values (${facts.authority}, ${facts.desk}, ${file}, ${sha256}, ${storableText(input.name)}, ${size}, 'upload', ${clock.now()}, ${[facts.desk]})`.execute(
    tx,
  )
  await services.enqueue(tx, { name: TAKE_FILE, data: { authority: facts.authority, desk: facts.desk, file }, key: file })
  context.about({ kind: 'message-file', id: file })
  return { file, size }
})

export const listMessageFilesRoute = handle(listMessageFiles, async (input, { facts, tx }) => {
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'alliance.cursor' })
  const { rows } = await sql<FileRow>`
    select authority, desk, file, name, size, way, received_at, state, problem from alliance.message_files
    where authority = ${facts.authority} and desk = ${facts.desk}
      and (${mark?.[0] ?? null}::timestamptz is null or (received_at, file) < (${mark?.[0] ?? null}::timestamptz, ${mark?.[1] ?? null}::text))
    order by received_at desc, file desc limit ${input.limit + 1}`.execute(tx)
  const page = rows.slice(0, input.limit)
  const counts = await countsOf(tx, page)
  const last = page.at(-1)
  return {
    items: page.map((row) => fileView(row, counts)),
    ...(rows.length > input.limit && last !== undefined ? { next: writeMark([last.received_at.toISOString(), last.file]) } : {}),
  }
})

export const showMessageFileRoute = handle(showMessageFile, async (input, context) => {
  const { facts, tx } = context
  const mark = readMark(input.cursor, { parts: ['number'], code: 'alliance.cursor' })
  const { rows: files } = await sql<FileRow>`
    select authority, desk, file, name, size, way, received_at, state, problem from alliance.message_files
    where authority = ${facts.authority} and desk = ${facts.desk} and file = ${input.file}`.execute(tx)
  const [file] = files
  if (file === undefined) throw notFound()
  context.about({ kind: 'message-file', id: file.file })
  const { rows } = await sql<LineRow>`
    select line, message, type, place, container, act, outcome, because from alliance.file_lines
    where authority = ${facts.authority} and desk = ${facts.desk} and file = ${input.file} and line > ${mark?.[0] ?? 0}
      and (${input.outcome ?? null}::text is null or outcome = ${input.outcome ?? null}) order by line limit ${input.limit + 1}`.execute(tx)
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    file: fileView(file, await countsOf(tx, [file])),
    items: page.map(({ container, act, because, ...row }) => ({
      ...row,
      ...(container === null ? {} : { container }),
      ...(act === null ? {} : { act }),
      ...(because === null ? {} : { because }),
    })),
    ...(rows.length > input.limit && last !== undefined ? { next: writeMark([last.line]) } : {}),
  }
})

const NO_COUNTS: MessageFile['counts'] = { accepted: 0, duplicate: 0, waiting: 0, unused: 0, refused: 0, quarantined: 0 }

/** Counted when asked: a line that waits is decided later. */
async function countsOf(tx: Tx, files: readonly FileRow[]): Promise<ReadonlyMap<string, MessageFile['counts']>> {
  const [first] = files
  if (first === undefined) return new Map()
  const { rows } = await sql<{ file: string; outcome: FileLine['outcome']; n: string }>`
    select file, outcome, count(*) as n from alliance.file_lines
    where authority = ${first.authority} and desk = ${first.desk} and file = any(${files.map(({ file }) => file)}::text[]) group by file, outcome`.execute(
    tx,
  )
  const counts = new Map<string, MessageFile['counts']>()
  for (const { file, outcome, n } of rows) counts.set(file, { ...(counts.get(file) ?? NO_COUNTS), [outcome]: Number(n) })
  return counts
}

function fileView(
  { file, name, size, way, received_at, state, problem }: FileRow,
  counts: ReadonlyMap<string, MessageFile['counts']>,
): MessageFile {
  return {
    file,
    name,
    size: Number(size),
    way,
    receivedAt: received_at.toISOString(),
    state,
    ...(problem === null || problem === undefined ? {} : { problem }),
    counts: counts.get(file) ?? NO_COUNTS,
  }
}
