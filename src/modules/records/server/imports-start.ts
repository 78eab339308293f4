/** Bringing a file in, and starting a run over it: a check that keeps only its report, or reading it into its collection. */
import type { Selectable } from 'kysely'
import { repeatedColumns } from '#kernel/record/csv-mapping.ts'
import { checkMapping } from '#kernel/record/csv-mapping-check.ts'
import { suggestMapping } from '#kernel/record/csv-suggest.ts'
import type { Problem } from '#kernel/result/problem.ts'
import { canonicalJson, type Json } from '#kernel/seal/canonical-json.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { startImport, uploadImport } from '../contract.ts'
import { ownCollection } from './collections.ts'
import { bytesOf, fileOf } from './import-file.ts'
import { ftmHead, type TableHead, tableHead } from './import-head.ts'
import type { FileBytes } from './import-lines.ts'
import { enqueueRun, resetCounts } from './import-run.ts'
import { insertImport, ownImport } from './imports.ts'
import { mappingFor, saveMapping } from './mappings.ts'
import type { ImportTable, RecordTables } from './tables.ts'

/** What a screen shows of a cell before the import. */
const SHOWN_CELL = 200
const SHOWN_ROWS = 10

export const uploadImportRoute = handle(uploadImport, async (input, context) => {
  const { upload, services } = context
  const { kind, state } = await ownCollection(context, input.collection)
  if (kind !== 'import' || state !== 'open')
    throw new AppError(409, 'records.import-state', 'Files are brought into an open collection of that kind.')
  if (upload === undefined) throw new AppError(400, 'records.file-empty', 'The file has no bytes.')
  const kept = await services.content.erasable.put(upload, uploadImport.upload.maxBytes)
  try {
    const head = await headOf(bytesOf(services.content, kept), input.format)
    const id = await insertImport(context, { ...input, file: kept })
    context.about({ kind: 'import', id })
    context.about({ kind: 'collection', id: input.collection })
    return { import: id, ...(head === undefined ? {} : await proposal(context, head)) }
  } catch (error) {
    // Its key goes with this transaction.
    await services.content.erasable.remove(kept.name)
    throw error
  }
})

/** Of a table its head; throws when the file is not of the form. */
async function headOf(file: FileBytes, format: 'ftm' | 'csv'): Promise<TableHead | undefined> {
  if (file.size === 0) throw new AppError(400, 'records.file-empty', 'The file has no bytes.')
  const head = format === 'csv' ? await tableHead(file) : undefined
  if (format === 'csv' ? head === undefined : (await ftmHead(file)) === undefined)
    throw new AppError(422, 'records.file-format', 'The file is not of that form.')
  return head
}

async function proposal(context: CaseContext, { headers, sample }: TableHead) {
  const saved = await mappingFor(context, headers)
  const rows = sample.map((cells) => Object.fromEntries(headers.map((header, index) => [header, cells[index] ?? ''])))
  const suggested = saved?.definition ?? (suggestMapping(headers, rows).mapping as unknown as Readonly<Record<string, unknown>>)
  return {
    headers: [...headers],
    sample: sample.slice(0, SHOWN_ROWS).map((cells) => cells.map((cell) => cell.slice(0, SHOWN_CELL))),
    suggested,
    ...(saved === undefined ? {} : { mapping: saved.mapping }),
  }
}

export const startImportRoute = handle(startImport, async (input, context) => {
  const row = await ownImport(context, input.import)
  const isOpen = ['uploaded', 'checked', 'cancelled'].includes(row.state)
  if (!isOpen) throw new AppError(409, 'records.import-state', `The file is ${row.state}.`)
  const { state } = await ownCollection(context, row.collection)
  if (state !== 'open') throw new AppError(409, 'records.import-state', 'The collection is closed.')
  const { tx, services, clock } = context
  const file = row.kept_until === null || row.kept_until <= clock.now() ? undefined : await fileOf(tx, services.content, row)
  if (file === undefined)
    throw new AppError(409, 'records.file-gone', 'The file is kept no longer: its time has been over since it was uploaded.')
  const mapping = row.format === 'csv' ? await mappingOf(context, { row, file, given: input.mapping, saveAs: input.saveMappingAs }) : null
  const place = { org: row.org, import: row.import, run: row.run + 1 }
  // A run that was stopped goes on, unless rows would be read otherwise than before.
  const goesOn = row.state === 'cancelled' && !row.dry_run && !input.dryRun && isSame(row.mapping, mapping)
  const run = goesOn ? row.run : place.run
  await tx
    .withTables<RecordTables>()
    .updateTable('records.imports')
    .set({
      state: input.dryRun ? 'checking' : 'importing',
      dry_run: input.dryRun,
      mapping: mapping === null ? null : JSON.stringify(mapping),
      run,
      finished_at: null,
    })
    .where('org', '=', row.org)
    .where('import', '=', row.import)
    .execute()
  if (!goesOn) await resetCounts(tx, place)
  await enqueueRun(services, tx, { ...place, run })
  return { state: input.dryRun ? ('checking' as const) : ('importing' as const) }
})

/** Whatever order the store gives its members. */
function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a as Json) === canonicalJson(b as Json)
}

interface Mapped {
  readonly file: FileBytes
  readonly row: Selectable<ImportTable>
  readonly given: Readonly<Record<string, unknown>> | undefined
  readonly saveAs: string | undefined
}

async function mappingOf(context: CaseContext, { row, file, given, saveAs }: Mapped): Promise<Readonly<Record<string, unknown>>> {
  const head = await tableHead(file)
  const definition = given ?? row.mapping
  if (head === undefined || definition === null)
    throw refusedMapping([{ code: 'records.mapping', at: 'mapping', message: 'A table is read by a mapping.' }])
  const checked = checkMapping(definition, head.headers)
  if (!checked.ok) throw refusedMapping(checked.problems)
  const repeated = repeatedColumns(checked.value, head.headers)
  if (repeated.length > 0) throw refusedMapping(repeated)
  if (saveAs !== undefined) await saveMapping(context, { title: saveAs, headers: head.headers, definition })
  return definition
}

function refusedMapping(problems: readonly Problem[]): AppError {
  return new AppError(422, 'records.mapping', 'The mapping cannot be used as it stands.', { problems: problems.slice(0, 50) })
}
