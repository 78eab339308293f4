/** Files that a desk brings in: kept as they came, looked at, checked or read in by a run, and what became of each line. */
import { type Selectable, sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { cancelImport, type ImportView, listImports, type ProblemRow, showImport } from '../contract.ts'
import { type KeptFile, keptUntil } from './import-file.ts'
import type { ImportTable, RecordTables } from './tables.ts'

const PROBLEMS_SHOWN = 500

export const listImportsRoute = handle(listImports, async (input, { tx, facts, clock }) => {
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'records.cursor' })
  let query = tx
    .withTables<RecordTables>()
    .selectFrom('records.imports')
    .selectAll()
    .select(keptUntil.as('kept_until'))
    .where('org', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .orderBy('at', 'desc')
    .orderBy(sql`import::text`, 'desc')
    .limit(input.limit + 1)
  if (input.collection !== undefined) query = query.where('collection', '=', input.collection)
  if (mark !== undefined)
    query = query.where(sql<boolean>`(at, import::text) < (${new Date(String(mark[0]))}::timestamptz, ${String(mark[1])})`)
  const rows = await query.execute()
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => importView(row, clock.now())),
    ...(rows.length > input.limit && last ? { next: writeMark([last.at.toISOString(), last.import]) } : {}),
  }
})

export const showImportRoute = handle(showImport, async (input, context) => {
  const row = await ownImport(context, input.import)
  const problemRows = await problemsOf(context.tx, row, { from: input.from, limit: PROBLEMS_SHOWN })
  return {
    ...importView(row, context.clock.now()),
    problemRows,
    problemsLeftOut: Math.max(0, row.problems - input.from - problemRows.length),
  }
})

export const cancelImportRoute = handle(cancelImport, async (input, context) => {
  const row = await ownImport(context, input.import)
  if (row.state !== 'checking' && row.state !== 'importing') throw new AppError(409, 'records.import-state', 'Nothing runs over this file.')
  await context.tx
    .withTables<RecordTables>()
    .updateTable('records.imports')
    .set({ state: 'cancelled', finished_at: context.clock.now() })
    .where('org', '=', row.org)
    .where('import', '=', row.import)
    .execute()
  return { state: 'cancelled' as const }
})

export interface ImportRow extends Selectable<ImportTable> {
  /** Null once its bytes are destroyed. */
  readonly kept_until: Date | null
}

/** One of the own desk, locked until the transaction ends. */
export async function ownImport({ tx, facts, about }: CaseContext, id: string): Promise<ImportRow> {
  const row = await tx
    .withTables<RecordTables>()
    .selectFrom('records.imports')
    .selectAll()
    .select(keptUntil.as('kept_until'))
    .where('org', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('import', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  about({ kind: 'import', id })
  return row
}

/** Problems of the last run by their order in the file; `from` counts those before. */
export async function problemsOf(
  tx: Tx,
  { org, import: id, run }: Pick<Selectable<ImportTable>, 'org' | 'import' | 'run'>,
  { from, limit }: { readonly from: number; readonly limit: number },
): Promise<ProblemRow[]> {
  const rows = await tx
    .withTables<RecordTables>()
    .selectFrom('records.import_problems')
    .select(['line', 'place', 'code', 'severity', 'text', 'raw'])
    .where('org', '=', org)
    .where('import', '=', id)
    .where('run', '=', run)
    .orderBy('ordinal')
    .offset(from)
    .limit(limit)
    .execute()
  return rows.map(({ place, severity, raw, ...rest }) => ({
    ...rest,
    at: place,
    severity: severity === 'warning' ? 'warning' : 'quarantined',
    ...(raw === null ? {} : { raw }),
  }))
}

export function importView(row: ImportRow, now: Date): ImportView {
  const size = Number(row.size)
  const isOver = row.state === 'done' || row.state === 'checked' || row.state === 'refused'
  return {
    import: row.import,
    collection: row.collection,
    name: row.name,
    format: row.format as ImportView['format'],
    state: row.state as ImportView['state'],
    dryRun: row.dry_run,
    progress: isOver ? 1 : size === 0 ? 0 : Math.min(1, Number(row.bytes_read) / size),
    totals: {
      in: row.lines,
      accepted: row.accepted,
      warned: row.warned,
      quarantined: row.quarantined,
      entities: row.entities,
      statements: row.statements,
    },
    problems: row.problems,
    ...(row.refused === null ? {} : { refused: row.refused }),
    ...(row.kept_until === null || row.kept_until <= now ? {} : { keptUntil: row.kept_until.toISOString() }),
    at: row.at.toISOString(),
    by: row.officer_name,
  }
}

export interface NewImport extends Pick<ImportTable, 'collection' | 'name' | 'format'> {
  readonly file: KeptFile
}

export async function insertImport({ tx, facts, clock }: CaseContext, { collection, name, format, file }: NewImport): Promise<string> {
  const id = uuidv7()
  await tx
    .withTables<RecordTables>()
    .insertInto('records.imports')
    .values({
      collection,
      name,
      format,
      sha256: file.sha256,
      size: file.size,
      file: file.name,
      org: facts.authority,
      desk: facts.desk,
      import: id,
      state: 'uploaded',
      dry_run: false,
      mapping: null,
      bytes_read: 0,
      physical_lines: 0,
      lines: 0,
      accepted: 0,
      warned: 0,
      quarantined: 0,
      entities: 0,
      statements: 0,
      problems: 0,
      refused: null,
      run: 0,
      officer: facts.officer,
      officer_name: facts.officerName,
      at: clock.now(),
      finished_at: null,
      purpose: facts.purpose ?? '',
      audience: [facts.desk],
    })
    .execute()
  await tx
    .withTables<RecordTables>()
    .insertInto('records.import_keys')
    .values({ org: facts.authority, import: id, key: file.key, purpose: facts.purpose ?? '', audience: [facts.desk] })
    .execute()
  return id
}
