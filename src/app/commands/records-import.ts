/**
 * `breakwater records import FILE`: brings a file into a collection of the own desk at a running node, checks it or reads it in, and waits with its progress on stderr.
 * The file is sent as it lies on the disk, never held whole; the run goes on at the node when the command is stopped.
 */
import { openAsBlob, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Mapping, unmappedColumns } from '#kernel/record/csv-mapping.ts'
import { errors, type ImportView, showImport, startImport, uploadImport } from '#modules/records/contract'
import type { Client } from '../client.ts'
import { printable } from './records-search.ts'
import type { CommandOutput } from './usage.ts'

export interface ImportedFile {
  readonly file: string
  readonly collection: string
  readonly format: 'ftm' | 'csv'
  /** File with the mapping of a table; the one that the node proposes without it. */
  readonly mapping?: string | undefined
  readonly check: boolean
  readonly json: boolean
}

const LOOK_EVERY_MS = 500
const SHOWN = 50

/** 0 when every line was taken; 1 when some could not be, there were none, or the run did not end. */
export async function recordsImport(
  { file, collection, format, mapping, check, json }: ImportedFile,
  client: Client,
  io: CommandOutput,
): Promise<number> {
  // A file as a Blob is read while it is sent; `fetch` takes it where the client says bytes.
  const bytes = (await openAsBlob(file)) as unknown as Uint8Array
  const name = file.split(/[\\/]/).at(-1) ?? file
  const uploaded = await client.upload(uploadImport, { collection, name: name.slice(0, 200), format }, bytes)
  const given = mapping === undefined ? uploaded.suggested : (JSON.parse(readFileSync(mapping, 'utf8')) as Record<string, unknown>)
  const leftOut = given === undefined ? [] : unmappedColumns(given as unknown as Mapping, uploaded.headers ?? [])
  await client.call(startImport, { import: uploaded.import, dryRun: check, ...(given === undefined ? {} : { mapping: given }) })
  const view = await ended(client, uploaded.import, io)
  const { problemRows, problemsLeftOut } = view
  for (const column of leftOut) io.err(printable(`column ${column}: the mapping takes nothing from it`))
  if (view.state === 'refused') io.err(printable(`${name} was refused: ${reasonOf(view.refused)}`))
  else if (view.state === 'cancelled') io.err(printable(`${name} was stopped before its end`))
  else if (view.totals.in === 0) io.err(printable(`${name} has no line that could be read`))
  if (json) io.out(JSON.stringify(view))
  else {
    const { totals } = view
    for (const { line, at, code, text } of problemRows.slice(0, SHOWN)) io.out(printable(`${name}:${line}: ${at}: ${text} [${code}]`))
    const more = problemsLeftOut + Math.max(0, problemRows.length - SHOWN)
    if (more > 0) io.out(`and ${more} more problems; all that are kept are in the report of import ${view.import}`)
    io.out(`${totals.in} lines: ${totals.accepted} accepted, ${totals.warned} warned, ${totals.quarantined} quarantined`)
    io.out(`${totals.entities} records, ${totals.statements} ${check ? 'statements would be new; nothing was kept' : 'new statements'}`)
  }
  return view.state === (check ? 'checked' : 'done') && view.totals.in > 0 && view.totals.quarantined === 0 ? 0 : 1
}

function reasonOf(code = ''): string {
  return (errors as Readonly<Record<string, string>>)[code] ?? code
}

async function ended(client: Client, id: string, io: CommandOutput) {
  let shown = -1
  for (;;) {
    const view = await client.call(showImport, { import: id })
    const percent = Math.floor(view.progress * 100)
    if (percent !== shown) io.err(`${percent} % of ${view.name}: ${view.totals.in} lines`)
    shown = percent
    if (isOver(view)) return view
    await sleep(LOOK_EVERY_MS)
  }
}

function isOver({ state }: ImportView): boolean {
  return state === 'done' || state === 'checked' || state === 'refused' || state === 'cancelled'
}
