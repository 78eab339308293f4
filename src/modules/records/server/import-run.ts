/**
 * The job that reads a file into its collection, or only checks it. A run reads for a while, leaves its place in its row, and goes on in the next one, so that
 * a node that is killed goes on where the last batch ended. Cancelling is a change of state that the next batch finds.
 * Invariant: the place, the counts and what was written are of one transaction; two runs over one file never both write.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Mapping } from '#kernel/record/csv-mapping.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { beginCheck, CheckedBatch } from './import-check.ts'
import { destroyFiles, fileOf } from './import-file.ts'
import type { FileBytes } from './import-lines.ts'
import { unitsOfFile } from './import-open.ts'
import { PreparedBatch } from './import-prepared.ts'
import { RUN_IMPORT, type RunAsked, type Running, wanted } from './import-running.ts'
import { savesOf } from './import-save.ts'
import { forgetIds, knownIds } from './import-seen.ts'
import { SpareRows } from './import-spare-rows.ts'
import type { Unit } from './import-unit.ts'
import { surveyKeys } from './large-keys.ts'
import { enqueueSearches } from './saved-searches-run.ts'
import type { RecordTables } from './tables.ts'
import type { MarkingBody } from './write-fragments.ts'

/** Records of one transaction: keys that several of them have are filed once. And bytes of the file, since a record may have some MiB and the store takes a message of at most 1 GB. */
export const BATCH = 12_000
const BATCH_BYTES = 32 * 1024 * 1024
/** Lines of one turn: others of this process, and the store between two statements, wait no longer than they take. */
const TURN = 25
/** After so long the run leaves its place and asks to go on. */
const SLICE_MS = 40_000
/** So many records at once are a table other than the one that was planned for. */
const MANY = 2000

export async function runImport(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const asked: RunAsked = { org: String(data['org']), import: String(data['import']), run: Number(data['run']) }
  const begun = await begin(services, asked)
  if (begun === undefined) return
  const { running, file } = begun
  const began = performance.now()
  const { row, marking } = running
  if (file === undefined) return await end(running, { state: 'refused', refused: 'records.file-gone' })
  const reading = await unitsOfImport(running, file)
  if (reading === undefined) return await end(running, { state: 'refused', refused: 'records.file-format' })
  const check = running.row.dry_run ? beginCheck() : undefined
  // The next lines are read while the store is at work.
  const saves = savesOf(running)
  const spare = new SpareRows(marking.view)
  const newBatch = () => (check === undefined ? new PreparedBatch(row.collection, spare) : new CheckedBatch(check))
  let batch = newBatch()
  let [records, read] = [0, running.at.byte]
  let from = read
  let turn = 0
  const flush = async (): Promise<boolean> => {
    const full = batch
    batch = newBatch()
    records = 0
    from = read
    return await saves.add(full)
  }
  for await (const some of reading)
    for (const unit of some) {
      batch.add(unit)
      records += Math.max(1, unit.records.length)
      read = unit.end.byte
      if ((records >= BATCH || read - from >= BATCH_BYTES) && !(await flush())) return
      turn += 1
      if (turn % TURN === 0) await nextTurn()
      // A check keeps what it saw of ids in memory and is done in one go.
      if (check === undefined && records === 0 && performance.now() - began > SLICE_MS) {
        if (await saves.finish()) await goOn(running)
        return
      }
    }
  if (!(await flush()) || !(await saves.finish())) return
  await end(running, { state: running.row.dry_run ? 'checked' : 'done' })
}

interface Begun {
  readonly running: Running
  /** Undefined when its bytes are destroyed. */
  readonly file: FileBytes | undefined
}

/** The row as it stands, when this run is the one that is wanted. */
async function begin(services: NodeServices, asked: RunAsked): Promise<Begun | undefined> {
  return await services.database.asWorker(RUN_IMPORT, async (tx) => {
    const row = await wanted(tx, asked)
    if (row === undefined) return undefined
    const db = tx.withTables<RecordTables>()
    const collection = await db
      .selectFrom('records.collections')
      .selectAll()
      .where('org', '=', asked.org)
      .where('collection', '=', row.collection)
      .executeTakeFirstOrThrow()
    const marking = await db
      .selectFrom('records.markings')
      .select(['marking', 'view', 'purpose', 'audience', 'body'])
      .where('org', '=', asked.org)
      .where('marking', '=', collection.marking)
      .executeTakeFirstOrThrow()
    await dropReports(tx, asked, { all: row.dry_run })
    const file = await fileOf(tx, services.content, asked)
    const found = { ...asked, services, collection, marking: { ...marking, body: marking.body as MarkingBody } }
    if (!row.dry_run) {
      const byte = Number(row.bytes_read)
      return { file, running: { ...found, row, at: { byte }, seen: { ids: knownIds(`${asked.import}:${asked.run}`, byte) } } }
    }
    // A check that was interrupted begins again: it kept nothing but its report.
    await resetCounts(tx, asked)
    return { file, running: { ...found, row: { ...row, bytes_read: 0, physical_lines: 0 }, at: { byte: 0 }, seen: { ids: undefined } } }
  })
}

/** Counts as if nothing had been read. */
export async function resetCounts(tx: Tx, { org, import: id }: Pick<RunAsked, 'org' | 'import'>): Promise<void> {
  await tx
    .withTables<RecordTables>()
    .updateTable('records.imports')
    .set({
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
    })
    .where('org', '=', org)
    .where('import', '=', id)
    .execute()
}

/** What earlier runs over the file said, or all that was said of it. */
async function dropReports(tx: Tx, { org, import: id, run }: RunAsked, { all }: { readonly all: boolean }): Promise<void> {
  await sql`delete from records.import_problems where org = ${org} and import = ${id}::uuid and (${all}::boolean or run <> ${run}::int)`.execute(
    tx,
  )
}

/** Units from the place of the row on. Undefined when the file is not of its form. */
async function unitsOfImport({ row, marking, services }: Running, file: FileBytes): Promise<AsyncIterable<Iterable<Unit>> | undefined> {
  return await unitsOfFile({
    file,
    format: row.format === 'csv' ? 'csv' : 'ftm',
    collection: row.collection,
    mapping: row.mapping as unknown as Mapping,
    place: { byte: Number(row.bytes_read), lines: row.physical_lines },
    terms: { body: marking.body, now: services.clock.now() },
  })
}

async function goOn({ services, org, import: id, run, row }: Running): Promise<void> {
  await services.database.asWorker(RUN_IMPORT, async (tx) => {
    const current = await wanted(tx, { org, import: id, run })
    if (current !== undefined) await enqueueRun(services, tx, { org, import: id, run })
    await services.announce(tx, 'records', [row.desk])
  })
}

export async function enqueueRun(services: NodeServices, tx: Tx, asked: RunAsked): Promise<void> {
  const { org, import: id, run } = asked
  await services.enqueue(tx, { name: RUN_IMPORT, data: { org, import: id, run }, key: `${org}:${id}:${run}` })
}

async function end(running: Running, ended: { readonly state: 'done' | 'checked' | 'refused'; readonly refused?: string }): Promise<void> {
  const { services, org, import: id, row } = running
  forgetIds(`${id}:${running.run}`)
  const records = await services.database.asWorker(RUN_IMPORT, async (tx) => {
    const current = await wanted(tx, running)
    if (current === undefined) return 0
    await tx
      .withTables<RecordTables>()
      .updateTable('records.imports')
      .set({
        state: ended.state,
        refused: ended.refused ?? null,
        finished_at: services.clock.now(),
        ...(ended.state === 'refused' ? {} : { bytes_read: row.size }),
      })
      .where('org', '=', org)
      .where('import', '=', id)
      .execute()
    await sql`delete from records.import_seen where org = ${org} and import = ${id}::uuid`.execute(tx)
    await destroyFiles(tx, { which: sql`i.org = ${org} and i.import = ${id}::uuid`, at: services.clock.now() })
    if (ended.state === 'done') await enqueueSearches(services, tx, { org, ...running.marking })
    const { lines, accepted, warned, quarantined, entities, statements } = current
    await services.record(tx, {
      event: 'records.import-finished',
      outcome: ended.state === 'refused' ? 'failed' : 'done',
      facts: null,
      by: `job:${RUN_IMPORT}`,
      subjects: [
        { kind: 'import', id },
        { kind: 'collection', id: row.collection },
      ],
      detail: { lines, accepted, warned, quarantined, entities, statements, check: row.dry_run },
    })
    await services.announce(tx, 'records', [row.desk])
    return ended.state === 'done' ? entities : 0
  })
  if (records < MANY) return
  await services.database.asWorker(RUN_IMPORT, async (tx) => {
    await sql`select records.refresh_statistics()`.execute(tx)
    await surveyKeys(tx, org, { marking: running.marking, written: records })
  })
}
