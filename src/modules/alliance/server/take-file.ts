/**
 * The job that carries out a file of messages, line by line. Each line commits with what it did: a node that is killed goes on at the next one.
 * Invariant: in = accepted + duplicate + waiting + unused + refused + quarantined; no line is lost, none is done twice.
 */
import { sql } from 'kysely'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { storableText } from '#platform/store/storable-text.ts'
import { carryOut, type Outcome } from './carry-out.ts'
import { OWN_FAULTS } from './messages.ts'
import { type ReadLine, readLines } from './read-lines.ts'

export const TAKE_FILE = 'alliance.take-file'

interface FileKey {
  readonly authority: string
  readonly desk: string
  readonly file: string
}

interface FileRow {
  document: string
  keeper: string | null
  lines: string
}

export const takeFileJob: Job = {
  name: TAKE_FILE,
  meaning: 'Carries out what the messages of a partner ask of the ledger',
  timeoutSeconds: 3600,
  retries: 5,
  run: async (data, services) => {
    const key = { authority: String(data['authority']), desk: String(data['desk']), file: String(data['file']) }
    const row = await waitingFile(services, key)
    if (row === undefined) return
    const done = Number(row.lines)
    let line = 0
    for await (const event of readLines(services.content.get(row.document), row.document)) {
      if (event.kind === 'end') await finish(services, key, { lines: line, problem: event.problem })
      else {
        line += 1
        if (line > done) await takeLine(services, { ...key, keeper: row.keeper }, { line, read: event.line })
      }
    }
  },
}

async function waitingFile(services: NodeServices, { authority, desk, file }: FileKey): Promise<FileRow | undefined> {
  return await services.database.asWorker(TAKE_FILE, async (tx) => {
    const { rows } = await sql<FileRow>`
      select document, keeper, (select count(*) from alliance.file_lines l where l.authority = f.authority and l.desk = f.desk and l.file = f.file) as lines
      from alliance.message_files f where authority = ${authority} and desk = ${desk} and file = ${file} and state = 'waiting'`.execute(tx)
    return rows[0]
  })
}

interface Numbered {
  readonly line: number
  readonly read: ReadLine
}

async function takeLine(
  services: NodeServices,
  key: FileKey & { readonly keeper: string | null },
  { line, read }: Numbered,
): Promise<void> {
  try {
    await services.database.asWorker(TAKE_FILE, async (tx) => {
      if (gives(read)) await requireSealing(tx, services.clock.now())
      await write(tx, key, { line, read, result: await carryOut({ tx, services }, { desk: key.desk, keeper: key.keeper }, read) })
    })
  } catch (error) {
    const because = error instanceof AppError ? OWN_FAULTS[error.code] : undefined
    if (because === undefined) throw error
    // What the line had begun was rolled back with its transaction.
    const result = { outcome: 'quarantined', because } as const
    await services.database.asWorker(TAKE_FILE, async (tx) => await write(tx, key, { line, read, result }))
  }
}

/** What takes back, and what happened anyway, never waits for the log. */
function gives({ asked }: ReadLine): boolean {
  return (
    asked.outcome === 'act' && asked.acts.some(({ kind }) => kind === 'released' || kind === 'transport-ordered' || kind === 'pre-notified')
  )
}

async function write(
  tx: Tx,
  { authority, desk, file }: FileKey,
  { line, read, result }: Numbered & { readonly result: Outcome },
): Promise<void> {
  await sql`insert into alliance.file_lines (authority, desk, file, line, message, type, place, container, act, keeper, reference, outcome, because, audience)
    values (${authority}, ${desk}, ${file}, ${line}, ${read.message}, ${storableText(read.type)}, ${read.place}, ${read.container === undefined ? null : storableText(read.container)}, ${read.act ?? null}, ${result.keeper ?? null},
      ${result.reference ?? null}, ${result.outcome}, ${result.because ?? null}, ${[desk]})`.execute(tx)
}

async function finish(
  services: NodeServices,
  { authority, desk, file }: FileKey,
  { lines, problem }: { readonly lines: number; readonly problem: { readonly code: string; readonly at: string } | undefined },
): Promise<void> {
  await services.database.asWorker(TAKE_FILE, async (tx) => {
    await sql`update alliance.message_files set state = ${problem === undefined ? 'read' : 'refused'}, problem = ${problem === undefined ? null : JSON.stringify(problem)}
      where authority = ${authority} and desk = ${desk} and file = ${file}`.execute(tx)
    await services.record(tx, {
      event: 'alliance.file-taken',
      outcome: problem === undefined ? 'done' : 'failed',
      facts: null,
      by: `job:${TAKE_FILE}`,
      subjects: [{ kind: 'message-file', id: file }],
      detail: { lines },
    })
    await services.announce(tx, 'alliance-files', [desk])
  })
}
