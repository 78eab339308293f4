/**
 * Batches of a run on their way into the store, in the order of the file. Some are at work at a time, so that neither the store nor reading waits for the other: a later one
 * writes its rows while those before it do, and takes its turn when the one before has ended. That holds for a batch of records of which the collection has none; any other is
 * alone, since it looks up what those before it wrote.
 * Invariant: the place, the counts and what was written are of one transaction; they grow in the order of the file; rows that all share (the import, its collection, its view)
 * are locked last and in turn. A batch that finds in its turn that somebody else wrote, or changed by hand what it looked up, is undone and written again, alone.
 */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { daysAfter } from './collections-marking.ts'
import { type Written, writeUnits } from './import-batch.ts'
import { OutOfTurn, RUN_IMPORT, type Running, wanted } from './import-running.ts'
import { rememberedIds, type SeenIds } from './import-seen.ts'
import type { ImportTarget } from './import-target.ts'
import { isOfValue, isolate, noteProblems } from './import-trouble.ts'
import type { Unit } from './import-unit.ts'
import type { ImportTable } from './tables.ts'

/** Units that are saved together. */
export interface Batch {
  readonly isEmpty: boolean
  /** Ids of their records, where they are to be written. */
  readonly entities: ReadonlySet<string>
  units(): readonly Unit[]
  write(tx: Tx, target: ImportTarget): Promise<Written>
  /** It is saved, and nothing is asked of it any more. */
  release?(): void
}

export interface Saves {
  /** Resolves when there is room for more. False when the run is no longer wanted. */
  add(batch: Batch): Promise<boolean>
  /** When all of them are saved. */
  finish(): Promise<boolean>
}

/** Batches that the store has at once: while one is in its turn the others write their rows, and more only hold memory. */
const AT_WORK = 3

export function savesOf(running: Running): Saves {
  /** In their order. */
  const atWork: Promise<boolean>[] = []
  let last = Promise.resolve(true)
  let isLastNoted = false
  const add = async (batch: Batch): Promise<boolean> => {
    if (atWork.length >= AT_WORK && !(await atWork.shift())) return false
    if (!isLastNoted && !(await last)) return false
    const noted = noteIds(running.seen.ids, batch)
    const isAhead = noted?.held.length === 0
    if (!isAhead && !(await last)) return false
    const saved = saveBatch(running, batch, { noted, prior: isAhead ? last : undefined })
    void saved.then(
      () => batch.release?.(),
      () => undefined,
    )
    atWork.push(saved)
    last = saved
    isLastNoted = noted !== undefined
    return true
  }
  const finish = async () => {
    for (const saved of atWork) if (!(await saved)) return false
    return true
  }
  return { add, finish }
}

interface Noted {
  readonly ids: SeenIds
  /** Records of which the collection may hold something. */
  readonly held: readonly string[]
}

/** From now on the run has seen these records. Undefined while it does not know what the collection holds. */
function noteIds(ids: SeenIds | undefined, { entities }: Batch): Noted | undefined {
  return ids === undefined ? undefined : { ids, held: ids.mayHold(entities) }
}

interface Turn {
  readonly noted?: Noted | undefined
  /** The batch before, where this one is written beside it. */
  readonly prior?: Promise<boolean> | undefined
}

async function saveBatch(running: Running, batch: Batch, turn: Turn): Promise<boolean> {
  const { prior } = turn
  if (batch.isEmpty) return prior === undefined || (await prior)
  try {
    return await save(running, turn, async (tx, target) => await batch.write(tx, target))
  } catch (error) {
    if (running.row.dry_run || !isOfValue(error)) throw error
  }
  return await isolate(
    batch.units(),
    async (some) =>
      (prior === undefined || (await prior)) && (await save(running, {}, async (tx, target) => await writeUnits(tx, target, some))),
  )
}

/** One transaction: whether the run is wanted, what is written, what is told, and how far it is. False when it is not. */
async function save(running: Running, turn: Turn, work: (tx: Tx, target: ImportTarget) => Promise<Written>): Promise<boolean> {
  const { services } = running
  try {
    const byte = await services.database.asWorker(RUN_IMPORT, async (tx) => {
      // What is lost when the machine fails is read again from the place that was lost with it.
      await sql`set local synchronous_commit = off`.execute(tx)
      const taken = turn.prior === undefined ? await takeTurn(tx, running, turn) : undefined
      let inTurn = taken
      const saved = await work(tx, {
        ...targetOf(running),
        mayHold: (entities) => (turn.prior === undefined ? (taken?.ids?.(entities) ?? [...entities]) : []),
        inTurn: async () => {
          inTurn ??= await takeTurn(tx, running, turn)
        },
      })
      inTurn ??= await takeTurn(tx, running, turn)
      await advance(tx, { running, current: inTurn.current, saved })
      return saved.units.at(-1)?.end.byte ?? running.at.byte
    })
    running.at.byte = byte
    if (running.seen.ids !== undefined) running.seen.ids.upTo = byte
    return true
  } catch (error) {
    if (!(error instanceof OutOfTurn)) throw error
    return error.isOvertaken ? await save(running, {}, work) : false
  }
}

function targetOf({ services, org, import: id, run, collection, marking, row }: Running): Omit<ImportTarget, 'mayHold' | 'inTurn'> {
  const recordedFrom = services.clock.now()
  // The desk has had them since the file came, however late it is run.
  const eraseAt = daysAfter(row.at, collection.retention_days)
  const reviewAt = daysAfter(recordedFrom, collection.review_days)
  return {
    org,
    desk: row.desk,
    import: id,
    run,
    collection: row.collection,
    marking,
    recordedFrom,
    reviewAt: reviewAt < eraseAt ? reviewAt : eraseAt,
    eraseAt,
  }
}

interface Taken {
  readonly current: Selectable<ImportTable>
  /** Those that the collection may hold; undefined when any may be. */
  readonly ids: ImportTarget['mayHold'] | undefined
}

/** When all before it are saved: the rows that others may wait for, locked in one order. */
async function takeTurn(tx: Tx, running: Running, { noted, prior }: Turn): Promise<Taken> {
  // What went wrong with the one before is said where that one is waited for.
  if (prior !== undefined && !(await prior.catch(() => false))) throw new OutOfTurn(false)
  const current = await wanted(tx, running)
  // Another place than where this run left it: another process took over.
  if (current === undefined || Number(current.bytes_read) !== running.at.byte) throw new OutOfTurn(false)
  if (running.row.dry_run) return { current, ids: undefined }
  const ids = await idsSeen(tx, running)
  if (prior !== undefined && ids !== noted?.ids) throw new OutOfTurn(true)
  if (ids === undefined) return { current, ids: undefined }
  return { current, ids: (entities) => (ids === noted?.ids ? noted.held : ids.mayHold(entities)) }
}

/**
 * Locks the collection against other writers. Ids that this run has seen, when it knows of all that the collection holds: it began with an empty one, nobody else wrote
 * since, and this process wrote all that the run has written. Otherwise every record is looked up.
 */
async function idsSeen(tx: Tx, { org, import: id, run, row, at, seen }: Running): Promise<SeenIds | undefined> {
  const { rows } = await sql<{
    writer: string | null
  }>`select writer from records.collections where org = ${org} and collection = ${row.collection}::uuid for update`.execute(tx)
  const [{ writer } = { writer: null }] = rows
  const own = `${id}:${run}`
  if (writer === id) return seen.ids
  await sql`update records.collections set writer = ${id}::uuid where org = ${org} and collection = ${row.collection}::uuid`.execute(tx)
  const isFirst = writer === null && !(await hasFragments(tx, org, row.collection))
  seen.ids = isFirst ? rememberedIds(own, { bytes: Number(row.size), upTo: at.byte }) : undefined
  return seen.ids
}

async function hasFragments(tx: Tx, org: string, collection: string): Promise<boolean> {
  const { rows } = await sql`select 1 from records.fragments where org = ${org} and collection = ${collection}::uuid limit 1`.execute(tx)
  return rows.length > 0
}

interface Advance {
  readonly running: Running
  readonly current: Selectable<ImportTable>
  readonly saved: Written
}

async function advance(tx: Tx, { running, current, saved }: Advance): Promise<void> {
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
