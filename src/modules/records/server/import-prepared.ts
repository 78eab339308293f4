/**
 * Records of a batch as the rows they will be, made as they are read, while the store writes those before: what is kept of them until it is their turn are a few columns of
 * bytes instead of many objects. Where the batch turns out to hold a record twice, or one that the collection may have already, the records are read from the rows again
 * and written one by one.
 * Invariant: rows and units say the same of the same lines.
 */
import { randomFillSync } from 'node:crypto'
import { V7Generator } from 'uuidv7'
import type { Tx } from '#platform/store/database.ts'
import { heldOf, type Written, writeUnits } from './import-batch.ts'
import type { GatheredColumns, SpareRows } from './import-spare-rows.ts'
import type { ImportTarget } from './import-target.ts'
import { type LineProblem, type ReadRecord, recordId, type Unit } from './import-unit.ts'
import { warningsOf } from './import-warnings.ts'
import { writeGathered } from './write-fragments.ts'

/** Randomness for ids, many at a time: asked for each by itself it costs more than all else about an id. */
const random = new Uint32Array(1024)
let taken = random.length
const ids = new V7Generator({
  nextUint32: () => {
    if (taken === random.length) {
      randomFillSync(random)
      taken = 0
    }
    taken += 1
    return random[taken - 1] ?? 0
  },
})

const NO_RECORDS: readonly ReadRecord[] = []
const NO_PROBLEMS: readonly LineProblem[] = []

export class PreparedBatch {
  readonly #collection: string
  /** Without their records. */
  readonly #units: Unit[] = []
  /** How many records each of them has. */
  readonly #counts: number[] = []
  /** By place of the unit: what is told of it when all its records are written. */
  readonly #told = new Map<number, LineProblem[]>()
  readonly #spare: SpareRows
  readonly #rows: GatheredColumns
  readonly #entities = new Set<string>()
  /** What records by their place have of their own, where the others share it: such are written one by one. */
  readonly #apart = new Map<number, Pick<ReadRecord, 'restricted' | 'eraseAt'>>()
  #records = 0
  #statements = 0

  constructor(collection: string, spare: SpareRows) {
    this.#collection = collection
    this.#spare = spare
    this.#rows = spare.take()
  }

  get entities(): ReadonlySet<string> {
    return this.#entities
  }

  get isEmpty(): boolean {
    return this.#units.length === 0
  }

  add({ line, lines, warned, quarantined, records, problems, end }: Unit): void {
    for (const record of records) this.#addRecord(record)
    this.#counts.push(records.length)
    const kept = problems.length === 0 ? NO_PROBLEMS : problems
    this.#units.push({ line, lines, warned, quarantined, records: NO_RECORDS, problems: kept, end })
  }

  #addRecord(record: ReadRecord): void {
    const entity = recordId(this.#collection, record.externalId)
    const { schema, externalId, values, context, line } = record
    const part = { fragment: ids.generate().bytes, entity, schema, externalId, values, context, line, supersedes: undefined }
    this.#rows.fragments.add(part)
    this.#rows.found.add(part)
    this.#entities.add(entity)
    const { restricted, eraseAt } = record
    if (restricted !== undefined || eraseAt !== undefined) this.#apart.set(this.#records, { restricted, eraseAt })
    this.#records += 1
    this.#statements += values.length
    const told = warningsOf(record, entity)
    if (told.length > 0) this.#told.set(this.#units.length, [...(this.#told.get(this.#units.length) ?? []), ...told])
  }

  /** With their records. */
  units(): readonly Unit[] {
    const [said, apart] = [this.#rows.fragments.said(), this.#apart]
    let from = 0
    return this.#units.map((unit, at) => {
      const [first, to] = [from, from + (this.#counts[at] ?? 0)]
      const records = said.slice(from, to).map((each, index) => ({ ...each, ...apart.get(first + index), line: unit.line }))
      from = to
      return { ...unit, records }
    })
  }

  /** Once it is saved: nothing is asked of it any more. */
  release(): void {
    this.#spare.give(this.#rows)
  }

  async write(tx: Tx, target: ImportTarget): Promise<Written> {
    const held = await heldOf(tx, target, target.mayHold(this.#entities))
    const isNew = held.standing.size === 0 && held.beside.length === 0
    const isPlain = isNew && this.#entities.size === this.#records && this.#apart.size === 0
    if (!isPlain) return await writeUnits(tx, target, this.units(), held)
    const { org, collection, import: id, run, marking, recordedFrom, reviewAt, eraseAt, inTurn } = target
    const shared = { collection, import: id, run, marking, recordedFrom, reviewAt, eraseAt, restricted: false }
    const records = this.#records
    if (records > 0) await writeGathered(tx, org, { shared, ...this.#rows, records }, inTurn)
    return { units: this.#units.map((unit, at) => withTold(unit, this.#told.get(at))), records, statements: this.#statements }
  }
}

function withTold(unit: Unit, told: readonly LineProblem[] | undefined): Unit {
  if (told === undefined) return unit
  const warned = unit.warned + unit.quarantined < unit.lines ? unit.warned + 1 : unit.warned
  return { ...unit, warned, problems: [...unit.problems, ...told] }
}
