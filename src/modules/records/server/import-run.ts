/**
 * The job that reads a file into its collection, or only checks it. A run reads for a while, leaves its place in its row, and goes on in the next one, so that
 * a node that is killed goes on where the last batch ended. Cancelling is a change of state that the next batch finds.
 * Invariant: the place, the counts and what was written are of one transaction; two runs over one file never both write.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Selectable, sql } from 'kysely'
import type { Mapping } from '#kernel/record/csv-mapping.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { daysAfter } from './collections-marking.ts'
import { type ImportTarget, type Written, writeUnits } from './import-batch.ts'
import { beginCheck, type Check, checkUnits } from './import-check.ts'
import { unitsOfFile } from './import-open.ts'
import { forgetIds, knownIds, rememberedIds, type SeenIds } from './import-seen.ts'
import { isolate, noteProblems } from './import-trouble.ts'
import type { Unit } from './import-unit.ts'
import { RUN_SAVED_SEARCHES } from './saved-searches-run.ts'
import { searchDocOf } from './search-doc.ts'
import type { CollectionTable, ImportTable, RecordTables } from './tables.ts'
import type { InternedMarking } from './write-fragments.ts'

export const RUN_IMPORT = 'records.run-import'

/** Records of one transaction. */
const BATCH = 3000
/** Lines of one turn: others of this process, and the store between two statements, wait no longer than they take. */
const TURN = 25
/** After so long the run leaves its place and asks to go on. */
const SLICE_MS = 40_000
/** So many records at once are a table other than the one that was planned for. */
const MANY = 2000

export interface RunAsked {
  readonly org: string
  readonly import: string
  readonly run: number
}

export interface Running extends RunAsked {
  readonly services: NodeServices
  readonly row: Selectable<ImportTable>
  readonly collection: Selectable<CollectionTable>
  readonly marking: InternedMarking
  /** Byte to which this run has read. Another number in the row says that another process took over. */
  readonly at: { byte: number }
  readonly seen: { ids: SeenIds | undefined }
}

export async function runImport(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const asked: RunAsked = { org: String(data['org']), import: String(data['import']), run: Number(data['run']) }
  const running = await begin(services, asked)
  if (running === undefined) return
  const began = performance.now()
  const reading = await unitsOfImport(running)
  if (reading === undefined) return await end(running, { state: 'refused', refused: 'records.file-format' })
  const check = running.row.dry_run ? beginCheck() : undefined
  let units: Unit[] = []
  let records = 0
  let writing = Promise.resolve(true)
  let turn = 0
  const flush = async (): Promise<boolean> => {
    const batch = units
    units = []
    records = 0
    if (!(await writing)) return false
    // The next lines are read while the store is at work.
    writing = writeBatch(running, { units: batch, check })
    writing.catch(() => undefined)
    return true
  }
  for await (const unit of reading) {
    units.push(check === undefined ? withDocs(unit, running.marking.view) : unit)
    records += Math.max(1, unit.records.length)
    if (records >= BATCH && !(await flush())) return
    turn += 1
    if (turn % TURN === 0) await nextTurn()
    // A check keeps what it saw of ids in memory and is done in one go.
    if (check === undefined && records === 0 && performance.now() - began > SLICE_MS) {
      if (await writing) await goOn(running)
      return
    }
  }
  if (!(await flush()) || !(await writing)) return
  await end(running, { state: running.row.dry_run ? 'checked' : 'done' })
}

/** What its records are found by is made while the store writes those before. */
function withDocs(unit: Unit, view: string): Unit {
  if (unit.records.length === 0) return unit
  return {
    ...unit,
    records: unit.records.map((record) => ({ ...record, doc: searchDocOf({ schema: record.schema, vals: record.values }, view) })),
  }
}

/** The row as it stands, when this run is the one that is wanted. */
async function begin(services: NodeServices, asked: RunAsked): Promise<Running | undefined> {
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
      .select(['marking', 'view', 'purpose', 'audience'])
      .where('org', '=', asked.org)
      .where('marking', '=', collection.marking)
      .executeTakeFirstOrThrow()
    await dropReports(tx, asked, { all: row.dry_run })
    // A check that was interrupted begins again: it kept nothing but its report.
    if (!row.dry_run)
      return {
        ...asked,
        services,
        row,
        collection,
        marking,
        at: { byte: Number(row.bytes_read) },
        seen: { ids: knownIds(`${asked.import}:${asked.run}`) },
      }
    await resetCounts(tx, asked)
    return {
      ...asked,
      services,
      row: { ...row, bytes_read: 0, physical_lines: 0 },
      collection,
      marking,
      at: { byte: 0 },
      seen: { ids: undefined },
    }
  })
}

async function wanted(tx: Tx, { org, import: id, run }: RunAsked): Promise<Selectable<ImportTable> | undefined> {
  return await tx
    .withTables<RecordTables>()
    .selectFrom('records.imports')
    .selectAll()
    .where('org', '=', org)
    .where('import', '=', id)
    .where('run', '=', run)
    .where('state', 'in', ['checking', 'importing'])
    .forUpdate()
    .executeTakeFirst()
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
async function unitsOfImport({ services, row }: Running): Promise<AsyncIterable<Unit> | undefined> {
  return await unitsOfFile({
    content: services.content,
    file: { sha256: row.sha256, size: Number(row.size) },
    format: row.format === 'csv' ? 'csv' : 'ftm',
    collection: row.collection,
    mapping: row.mapping as unknown as Mapping,
    place: { byte: Number(row.bytes_read), lines: row.physical_lines },
  })
}

interface Batch {
  readonly units: readonly Unit[]
  readonly check: Check | undefined
}

/** False when the run is no longer wanted. */
async function writeBatch(running: Running, { units, check }: Batch): Promise<boolean> {
  if (units.length === 0) return true
  if (check !== undefined) return await save(running, async (tx, target) => await checkUnits(tx, target, { units, check }))
  return await isolate(units, async (some) => await save(running, async (tx, target) => await writeUnits(tx, target, some)))
}

/** One transaction: whether the run is wanted, what is written, what is told, and how far it is. */
async function save(running: Running, work: (tx: Tx, target: ImportTarget) => Promise<Written>): Promise<boolean> {
  const { services, org, import: id, run, collection, marking, row } = running
  let byte = running.at.byte
  const isSaved = await services.database.asWorker(RUN_IMPORT, async (tx) => {
    // What is lost when the machine fails is read again from the place that was lost with it.
    await sql`set local synchronous_commit = off`.execute(tx)
    const current = await wanted(tx, running)
    if (current === undefined) return false
    const seen = row.dry_run ? undefined : await idsSeen(tx, running)
    const recordedFrom = services.clock.now()
    const saved = await work(tx, {
      org,
      desk: row.desk,
      import: id,
      run,
      collection: row.collection,
      marking,
      recordedFrom,
      reviewAt: daysAfter(recordedFrom, collection.review_days),
      eraseAt: daysAfter(recordedFrom, collection.retention_days),
      mayHold: (entities) => seen?.mayHold(entities) ?? entities,
    })
    await advance(tx, { running, current, saved })
    byte = saved.units.at(-1)?.end.byte ?? byte
    return true
  })
  if (isSaved) running.at.byte = byte
  return isSaved
}

/**
 * Locks the collection against other writers. Ids that this run has seen, when it knows of all that the collection holds: it began with an empty one, nobody else wrote
 * since, and it is the same process still. Otherwise every record is looked up.
 */
async function idsSeen(tx: Tx, { org, import: id, run, row, seen }: Running): Promise<SeenIds | undefined> {
  const { rows } = await sql<{
    writer: string | null
  }>`select writer from records.collections where org = ${org} and collection = ${row.collection}::uuid for update`.execute(tx)
  const [{ writer } = { writer: null }] = rows
  const own = `${id}:${run}`
  if (writer === id) return seen.ids
  await sql`update records.collections set writer = ${id}::uuid where org = ${org} and collection = ${row.collection}::uuid`.execute(tx)
  seen.ids = writer === null && !(await hasFragments(tx, org, row.collection)) ? rememberedIds(own, Number(row.size)) : undefined
  return seen.ids
}

async function hasFragments(tx: Tx, org: string, collection: string): Promise<boolean> {
  const { rows } = await sql`select 1 from records.fragments where org = ${org} and collection = ${collection}::uuid limit 1`.execute(tx)
  return rows.length > 0
}

async function advance(
  tx: Tx,
  { running, current, saved }: { readonly running: Running; readonly current: Selectable<ImportTable>; readonly saved: Written },
): Promise<void> {
  const { services, org, import: id } = running
  const { units } = saved
  const sum = (count: (unit: Unit) => number) => units.reduce((total, unit) => total + count(unit), 0)
  const end = units.at(-1)?.end
  const [lines, warned, quarantined] = [sum((unit) => unit.lines), sum((unit) => unit.warned), sum((unit) => unit.quarantined)]
  const problems = await noteProblems(tx, running, { before: current.problems, problems: units.flatMap((unit) => unit.problems) })
  await sql`update records.imports set bytes_read = ${end?.byte ?? Number(current.bytes_read)}, physical_lines = ${end?.lines ?? current.physical_lines}, lines = lines + ${lines},
    accepted = accepted + ${lines - warned - quarantined}, warned = warned + ${warned}, quarantined = quarantined + ${quarantined}, entities = entities + ${saved.records},
    statements = statements + ${saved.statements}, problems = ${problems} where org = ${org} and import = ${id}::uuid`.execute(tx)
  await services.announce(tx, 'records', [running.row.desk])
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
    if (ended.state === 'done') await services.enqueue(tx, { name: RUN_SAVED_SEARCHES, data: {}, key: 'after-import' })
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
  })
}
