/**
 * State of the drop folder of one desk, for its officers: what waits, what is being read, what was refused and why.
 * Invariants: only the own folder of the desk, and only for the purpose that its documents are read for; nothing is followed through a link,
 * and nothing counted or read without end.
 */
import { constants } from 'node:fs'
import { lstat, open, opendir } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { handle } from '#platform/http/route.ts'
import { DROP_SHOWN, showDropFolder } from '../contract/drop-folder.ts'
import { deskOf, OWN_FOLDERS } from './drop-folder.ts'

type State = z.input<(typeof showDropFolder)['ok']>
type Waiting = State['waiting'][number]
type Refused = State['refused'][number]

const MOST_COUNTED = 10_000
const REPORT = '.report.json'
/** A report is far smaller; what is larger is none of ours. */
const REPORT_BYTES = 64 * 1024

const shape = showDropFolder.ok.shape.refused.element.shape
const refusedReport = z.object({
  file: shape.file.max(1000),
  at: shape.at,
  document: shape.document,
  refused: z.object({ code: shape.code.max(100), text: shape.text.max(1000) }),
})

const NOTHING = { files: 0, isMore: false }
const EMPTY: Pick<State, 'waiting' | 'refused' | 'counts'> = {
  waiting: [],
  refused: [],
  counts: { waiting: NOTHING, reading: NOTHING, done: NOTHING, refused: NOTHING },
}

export const showDropFolderRoute = handle(showDropFolder, async (_input, { facts, services }) => {
  const root = services.dropFolder
  const desk = deskOf(services, root, facts.desk)
  const named = { folder: facts.desk, purpose: desk?.purpose ?? '' }
  if (root === '') return { ...named, ...EMPTY, state: 'unset' as const }
  if (desk === undefined || !(await isFolder(desk.folder))) return { ...named, ...EMPTY, state: 'missing' as const }
  // Rows of documents are shown for a purpose; names of files are no less.
  if (desk.purpose !== facts.purpose) return { ...named, ...EMPTY, state: 'other-purpose' as const }
  for (const name of OWN_FOLDERS) {
    const found = await lstat(path.join(desk.folder, name)).catch(() => undefined)
    if (found !== undefined && !found.isDirectory()) return { ...named, ...EMPTY, state: 'blocked' as const }
  }
  const names = await namesIn(desk.folder, (name) => !OWN_FOLDERS.has(name))
  const reports = await namesIn(path.join(desk.folder, 'refused'), (name) => name.endsWith(REPORT))
  const filesIn = async (folder: string) => countOf(await namesIn(path.join(desk.folder, folder), (name) => !name.endsWith(REPORT)))
  return {
    ...named,
    state: 'watched' as const,
    waiting: await waitingFiles(desk.folder, names.list),
    refused: await refusals(path.join(desk.folder, 'refused'), reports.list),
    counts: { waiting: countOf(names), reading: await filesIn('reading'), done: await filesIn('done'), refused: await filesIn('refused') },
  }
})

interface Names {
  readonly list: readonly string[]
  readonly isMore: boolean
}

/** Names that begin with a dot are files that are not ready. */
async function namesIn(folder: string, isWanted: (name: string) => boolean): Promise<Names> {
  const list: string[] = []
  const entries = await opendir(folder).catch(() => undefined)
  if (entries === undefined) return { list, isMore: false }
  // Leaving the loop closes the folder.
  for await (const { name } of entries) {
    if (name.startsWith('.') || !isWanted(name)) continue
    if (list.length >= MOST_COUNTED) return { list, isMore: true }
    list.push(name)
  }
  return { list, isMore: false }
}

function countOf({ list, isMore }: Names): { files: number; isMore: boolean } {
  return { files: list.length, isMore }
}

async function waitingFiles(folder: string, names: readonly string[]): Promise<Waiting[]> {
  const waiting: Waiting[] = []
  for (const name of [...names].sort().slice(0, DROP_SHOWN)) {
    const found = await lstat(path.join(folder, name)).catch(() => undefined)
    if (found !== undefined) waiting.push({ name, size: found.size, changedAt: found.mtime.toISOString(), isFolder: found.isDirectory() })
  }
  return waiting
}

/** The newest refusals, by when their reports were written. */
async function refusals(folder: string, names: readonly string[]): Promise<Refused[]> {
  const dated: { readonly name: string; readonly ms: number }[] = []
  for (const name of names) {
    const found = await lstat(path.join(folder, name)).catch(() => undefined)
    if (found?.isFile() === true) dated.push({ name, ms: found.mtimeMs })
  }
  const refused: Refused[] = []
  for (const { name } of dated.sort((a, b) => b.ms - a.ms || (a.name < b.name ? -1 : 1)).slice(0, DROP_SHOWN)) {
    const report = await readReport(path.join(folder, name))
    if (report !== undefined) refused.push({ file: report.file, at: report.at, document: report.document, ...report.refused })
  }
  return refused
}

/** Whoever may write into the folder may write there too: what is no report of ours is left out. */
async function readReport(file: string): Promise<z.infer<typeof refusedReport> | undefined> {
  const report = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => undefined)
  if (report === undefined) return undefined
  try {
    const { buffer, bytesRead } = await report.read(Buffer.alloc(REPORT_BYTES + 1), 0, REPORT_BYTES + 1, 0)
    return bytesRead > REPORT_BYTES ? undefined : refusedReport.parse(JSON.parse(buffer.toString('utf8', 0, bytesRead)))
  } catch {
    return undefined
  } finally {
    await report.close()
  }
}

async function isFolder(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined)
  return found?.isDirectory() === true
}
