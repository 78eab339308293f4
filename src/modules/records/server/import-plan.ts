/**
 * What the records of some units bring about in their collection, worked out before anything is written: which are written and in the place of what, which stand already, and what
 * is told of each. Invariant: a line is held against what stands and against the lines before it, whether these are of the same batch or of an earlier one.
 */
import type { StatedBeside } from './import-beside.ts'
import { withDecisions } from './import-decided.ts'
import { KnownRecord, type SaidBefore } from './import-known.ts'
import { holdTo, type Shortened, type Writing, writeNew } from './import-plan-write.ts'
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
  /** What stands as the file says it, and is now restricted. */
  readonly freed: readonly Standing[]
  /** What stands as the file says it, and is now to go earlier. */
  readonly shortened: readonly Shortened[]
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
    freed: [],
    shortened: [],
    seen: [],
    told: new Map(),
    refused: new Set(),
  }
  for (const unit of units)
    for (const record of unit.records)
      place(planning, { unit, record, entity: record.entity ?? recordId(target.collection, record.externalId) })
  const { added, ended, freed, shortened, seen } = planning
  return { lookedUp, beside, units: units.map((unit) => withTold(unit, planning)), added, ended, freed, shortened, seen }
}

interface Planning extends Writing, Pick<Held, 'standing'> {
  /** As far as lines told of them. */
  readonly known: Map<string, KnownRecord>
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
    known.found(before.standing)
    for (const standing of known.alike(before.standing)) holdTo(planning, known, { record, standing })
    return
  }
  if (known.ofRun >= MOST_OF_RECORD) return refuse(tooMany(record.line, record.externalId))
  for (const problem of warningsOf(record, entity)) tell(planning, unit, problem)
  writeNew(planning, known, { record, entity })
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
