/**
 * What the records of some units bring about in their collection, worked out before anything is written: which are written and in the place of what, which stand already, and what
 * is told of each. Invariant: a line is held against what stands and against the lines before it, whether these are of the same batch or of an earlier one.
 */
import { uuidv7 } from 'uuidv7'
import type { StatedBeside } from './import-beside.ts'
import { withDecisions } from './import-decided.ts'
import { KnownRecord, type SaidBefore } from './import-known.ts'
import { contentOf, isCurrent, type Standing } from './import-standing.ts'
import type { ImportTarget } from './import-target.ts'
import { type LineProblem, type ReadRecord, recordId, refusedLine, type Unit, warning } from './import-unit.ts'
import { letGo, MOST_OF_RECORD, tooMany, warningsOf } from './import-warnings.ts'
import type { NewFragment } from './write-fragments.ts'

/** What there is of records before more is written of them. */
export interface Held {
  /** In the collection, by record. */
  readonly standing: ReadonlyMap<string, readonly Standing[]>
  /** Stated by the desk otherwise. */
  readonly beside: readonly StatedBeside[]
}

export interface Plan {
  /** Current when the plan was made. */
  readonly lookedUp: readonly Standing[]
  /** As current, and stated by the desk otherwise than in the collection. */
  readonly beside: readonly StatedBeside[]
  /** With what was found out about them. */
  readonly units: readonly Unit[]
  readonly added: readonly NewFragment[]
  readonly ended: readonly Standing[]
  /** What stands as the file says it. */
  readonly seen: readonly string[]
}

export function currentOf(standing: Held['standing']): readonly Standing[] {
  return [...standing.values()].flat().filter(isCurrent)
}

export function planOf(target: ImportTarget, units: readonly Unit[], { standing, beside }: Held): Plan {
  const lookedUp = currentOf(standing)
  const planning: Planning = {
    target,
    standing,
    restricted: new Set([...lookedUp, ...beside].filter(({ restricted }) => restricted).map(({ entity }) => entity)),
    known: new Map(),
    added: [],
    ended: [],
    seen: [],
    told: new Map(),
    refused: new Set(),
  }
  for (const unit of units)
    for (const record of unit.records)
      place(planning, { unit, record, entity: record.entity ?? recordId(target.collection, record.externalId) })
  const { added, ended, seen } = planning
  return { lookedUp, beside, units: units.map((unit) => withTold(unit, planning)), added, ended, seen }
}

interface Planning extends Pick<Held, 'standing'> {
  readonly target: ImportTarget
  /** Records that the desk has restricted, whatever is left of them, and those of which the file says so as far as it was read. */
  readonly restricted: Set<string>
  /** As far as lines told of them. */
  readonly known: Map<string, KnownRecord>
  readonly added: NewFragment[]
  readonly ended: Standing[]
  readonly seen: string[]
  readonly told: Map<Unit, LineProblem[]>
  /** Records that contradict what the same file said before, or are more than are taken. */
  readonly refused: Set<ReadRecord>
}

interface Placed {
  readonly unit: Unit
  readonly record: ReadRecord
  readonly entity: string
}

function place(planning: Planning, { unit, record: said, entity }: Placed): void {
  const known = knownOf(planning, entity)
  const refuse = (problem: LineProblem): void => {
    tell(planning, unit, problem)
    planning.refused.add(said)
  }
  const { record, before, told } = heldAgainst(known, said, entity)
  const contradicted = known.contradicted(record.schema)
  if (contradicted !== undefined) {
    const message = `The id stands in this file as ${contradicted.schema} already, which is no ${record.schema}.`
    return refuse(refusedLine(record.line, { code: 'record.schema.contradiction', at: 'schema', message }, record.externalId))
  }
  for (const problem of told) tell(planning, unit, problem)
  const first = known.firstOfRun
  if (first !== undefined && unit.records.length === 1) {
    const where = first.line === null ? 'before' : `in line ${first.line} already`
    const message = `The id stands ${where}; both tell of one record.`
    tell(planning, unit, warning(record.line, { code: 'record.id.repeated', at: 'id', message }))
  }
  if (before === undefined) return
  if (before.kind === 'let-go') return tell(planning, unit, letGo(record.line, before.isErased))
  if (before.kind === 'stands') {
    if (!before.standing.isOfRun) planning.seen.push(before.standing.fragment)
    return known.found(before.standing)
  }
  if (known.ofRun >= MOST_OF_RECORD) return refuse(tooMany(record.line, record.externalId))
  for (const problem of warningsOf(record, entity)) tell(planning, unit, problem)
  write(planning, known, { record, entity })
}

function knownOf({ known, standing }: Planning, entity: string): KnownRecord {
  const before = known.get(entity)
  if (before !== undefined) return before
  const record = new KnownRecord(standing.get(entity) ?? [])
  known.set(entity, record)
  return record
}

interface HeldAgainst extends Pick<Placed, 'record'> {
  /** Undefined when persons decided on all that the line says. */
  readonly before: SaidBefore | undefined
  readonly told: readonly LineProblem[]
}

/** The record as far as it is news, by what is known of it and what persons decided. */
function heldAgainst(known: KnownRecord, record: ReadRecord, entity: string): HeldAgainst {
  if (known.isEmpty) return { record, before: { kind: 'new' }, told: [] }
  const saidOf = (each: ReadRecord) => known.saidBefore({ ...each, entity, content: contentOf(each) })
  const before = saidOf(record)
  const decided = before.kind === 'new' ? withDecisions(record, known.decisions()) : { record, told: [] }
  if (decided.told.length === 0) return { record, before, told: [] }
  return { ...decided, before: decided.record.values.length === 0 ? undefined : saidOf(decided.record) }
}

function write(planning: Planning, known: KnownRecord, { record, entity }: Omit<Placed, 'unit'>): void {
  const { target, restricted: all } = planning
  // A record whose processing is restricted stays restricted when its source says something else of it.
  if (record.restricted === true) all.add(entity)
  const restricted = all.has(entity)
  const superseded = known.oldest(({ isOfRun }) => isOfRun)
  if (superseded !== undefined) {
    planning.ended.push(superseded)
    known.end(superseded, 'replaced')
  }
  const fragment = uuidv7()
  const { schema, externalId, values, context, line } = record
  known.add({
    fragment,
    entity,
    schema,
    line,
    vals: values,
    context: context ?? null,
    supersedes: null,
    restricted,
    digest: null,
    ended: undefined,
    isOfRun: true,
  })
  const { marking, recordedFrom, reviewAt, eraseAt, collection } = target
  planning.added.push({
    fragment,
    entity,
    schema,
    collection,
    externalId,
    import: target.import,
    run: target.run,
    line,
    values,
    context,
    marking,
    recordedFrom,
    ...daysWithin({ reviewAt, eraseAt }, record.eraseAt),
    supersedes: superseded?.fragment,
    restricted,
  })
}

/** Those of the collection, and none of them after the last day that the source says. */
function daysWithin(days: Pick<NewFragment, 'reviewAt' | 'eraseAt'>, last: Date | undefined): Pick<NewFragment, 'reviewAt' | 'eraseAt'> {
  if (last === undefined) return days
  return { reviewAt: days.reviewAt < last ? days.reviewAt : last, eraseAt: days.eraseAt < last ? days.eraseAt : last }
}

function tell({ told }: Planning, unit: Unit, problem: LineProblem): void {
  const before = told.get(unit)
  if (before === undefined) told.set(unit, [problem])
  else before.push(problem)
}

/** A unit of which nothing is left is quarantined with all its lines; one that is warned of now was accepted or warned of before. */
function withTold(unit: Unit, { told, refused }: Planning): Unit {
  const problems = told.get(unit)
  if (problems === undefined) return unit
  const all = { ...unit, problems: [...unit.problems, ...problems] }
  if (unit.records.every((record) => refused.has(record))) return { ...all, warned: 0, quarantined: unit.lines }
  return unit.warned + unit.quarantined < unit.lines ? { ...all, warned: unit.warned + 1 } : all
}
