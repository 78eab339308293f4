/** Files whose reading is over move from `reading` to `done` or `refused`, with their report. The tables say how it ended; the folder only follows. */
import { lstat, readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import type { Selectable } from 'kysely'
import type { NodeServices } from '#platform/module/services.ts'
import type { IntakeTables } from './channel-tables.ts'
import type { DropDesk } from './drop-desk.ts'
import { keptName } from './drop-names.ts'
import { type DropReport, writeReport } from './drop-report.ts'

const FILES_A_SWEEP = 2000
const READING = /^([0-9a-f]{64})\.([\s\S]+)$/

export async function settleFiles(desk: DropDesk, services: NodeServices): Promise<void> {
  const names = (await readdir(path.join(desk.folder, 'reading'))).filter((name) => READING.test(name)).sort()
  for (const reading of names.slice(0, FILES_A_SWEEP)) await each(desk, services, async () => await settleFile(desk, reading, services))
}

/** One file that cannot be moved holds up no other; the next sweep tries it again. */
export async function each(desk: DropDesk, services: NodeServices, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    services.log.warn({ code: 'drop.file', desk: desk.desk, because: code }, 'a file of the drop folder is left for the next look')
  })
}

async function settleFile(desk: DropDesk, reading: string, services: NodeServices): Promise<void> {
  const [, document = '', name = ''] = READING.exec(reading) ?? []
  const row = await documentOf(services, desk, document)
  const from = path.join(desk.folder, 'reading', reading)
  if (row === undefined) return await putBack(desk, from, name)
  if (row.state !== 'read' && row.state !== 'refused') return
  const folder = row.state === 'read' ? 'done' : 'refused'
  const kept = keptName(document.slice(0, 16), name)
  // The report first: killed in between, the file is found again and the report written again.
  await writeReport(desk, { folder, name: kept }, reportOf(row, name, services.clock.now()))
  await rename(from, path.join(desk.folder, folder, kept))
}

/** The tables know nothing of it, as after going back to an older copy of them: it is dropped anew, unless the name is taken. */
async function putBack(desk: DropDesk, from: string, name: string): Promise<void> {
  const to = path.join(desk.folder, name)
  const taken = await lstat(to).catch(() => undefined)
  if (taken === undefined) await rename(from, to)
}

type Row = Selectable<IntakeTables['cargo.documents']>

async function documentOf(services: NodeServices, { authority, desk }: DropDesk, document: string): Promise<Row | undefined> {
  return await services.database.asWorker(
    'cargo.sweep-drop-folders',
    async (tx) =>
      await tx
        .withTables<IntakeTables>()
        .selectFrom('cargo.documents')
        .selectAll()
        .where('authority', '=', authority)
        .where('desk', '=', desk)
        .where('document', '=', document)
        .executeTakeFirst(),
  )
}

function reportOf(row: Row, file: string, now: Date): DropReport {
  const { accepted, warned, quarantined, containers, consignments, others, warnings, refused } = row
  return {
    file,
    state: row.state === 'read' ? 'read' : 'refused',
    at: now.toISOString(),
    document: row.document,
    messages: { accepted, warned, quarantined },
    containers,
    consignments,
    others,
    warnings,
    ...(refused === null ? {} : { refused }),
  }
}
