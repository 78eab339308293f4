/**
 * Writes the records of some units into their collection. Reading the same line again changes nothing; a line that says something else of a record than an earlier
 * file takes the place of what that file said. Records that a newer file no longer has stay as they are: a file that lacks a line does not say that it is wrong.
 * Invariants: what is written, what is counted and how far reading has come are one transaction; what somebody did by hand to a record while the plan was made is part of the plan.
 */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { commonSchema } from '#kernel/record/model.ts'
import type { Tx } from '#platform/store/database.ts'
import { type StatedBeside, statedBeside } from './import-beside.ts'
import { type Decision, decisionsOn, withDecisions } from './import-decided.ts'
import { OutOfTurn, RUN_IMPORT } from './import-running.ts'
import { contentOf, isCurrent, type SaidBefore, type Standing, saidBefore, standingOf } from './import-standing.ts'
import { type LineProblem, type ReadRecord, recordId, refusedLine, type Unit, warning } from './import-unit.ts'
import { letGo, warningsOf } from './import-warnings.ts'
import { endLocked, type InternedMarking, lockCurrent, type NewFragment, writeFragments } from './write-fragments.ts'
import { arrayOf, textArray } from './write-fragments-arrays.ts'

export interface ImportTarget {
  readonly org: string
  readonly desk: string
  readonly import: string
  readonly run: number
  readonly collection: string
  readonly marking: InternedMarking
  readonly recordedFrom: Date
  readonly reviewAt: Date
  readonly eraseAt: Date
  /** Of these records the collection may hold something; of others it holds nothing. */
  readonly mayHold: (entities: ReadonlySet<string>) => readonly string[]
  /** Waited for before rows are locked that others share. */
  readonly inTurn: () => Promise<void>
}

export interface Written {
  readonly units: readonly Unit[]
  readonly records: number
  readonly statements: number
}

/** What there is of records before more is written of them. */
export interface Held {
  /** In the collection, by record. */
  readonly standing: Map<string, Standing[]>
  /** Stated by the desk otherwise. */
  readonly beside: readonly StatedBeside[]
}

export async function heldOf(tx: Tx, target: ImportTarget, entities: readonly string[]): Promise<Held> {
  const standing = await standingOf(tx, target, entities)
  return { standing, beside: await statedBeside(tx, { ...target, entities, held: currentOf(standing) }) }
}

function currentOf(standing: Held['standing']): readonly Standing[] {
  return [...standing.values()].flat().filter(isCurrent)
}

/** Units with what writing found out about them. `held`: what there is of their records, where it was looked up already. */
// oxlint-disable-next-line max-params -- where, for whom and what, with what is known already
export async function writeUnits(tx: Tx, target: ImportTarget, units: readonly Unit[], held?: Held): Promise<Written> {
  const { org } = target
  const ids = new Map<ReadRecord, string>()
  for (const unit of units)
    for (const record of unit.records) ids.set(record, record.entity ?? recordId(target.collection, record.externalId))
  const { standing, beside } = held ?? (await heldOf(tx, target, target.mayHold(new Set(ids.values()))))
  const lookedUp = currentOf(standing)
  const plan: Plan = {
    lookedUp,
    beside,
    restricted: new Set([...lookedUp, ...beside].filter(({ restricted }) => restricted).map(({ entity }) => entity)),
    target,
    standing,
    added: [],
    ended: [],
    seen: [],
    decisions: new Map(),
    told: new Map(),
    refused: new Set(),
  }
  for (const unit of units) for (const record of unit.records) place(plan, { unit, record, entity: ids.get(record) ?? '' })
  await holdPlan(tx, org, plan)
  const ended = plan.ended.map(({ fragment }) => fragment)
  const note = `import ${target.import}`
  await endLocked(tx, org, ended, { reason: 'superseded', by: `job:${RUN_IMPORT}`, note, at: target.recordedFrom })
  const gone = new Set(ended)
  const left = new Set(lookedUp.filter(({ fragment }) => !gone.has(fragment)).map(({ entity }) => entity))
  await writeFragments(tx, org, plan.added, { isNew: (entity) => !left.has(entity), inTurn: target.inTurn })
  if (plan.seen.length > 0)
    await sql`insert into records.import_seen (org, import, run, fragment, purpose, audience)
      select ${org}, ${target.import}::uuid, ${target.run}::int, t.fragment, ${target.marking.purpose}, ${textArray([target.desk])}::text[] from unnest(${arrayOf(plan.seen)}::uuid[]) as t(fragment)
      on conflict do nothing`.execute(tx)
  return {
    units: units.map((unit) => withTold(unit, plan)),
    records: plan.added.length + plan.seen.length,
    statements: plan.added.reduce((sum, { values }) => sum + values.length, 0),
  }
}

/** What the plan puts something in the place of, or beside, is still as it was when the plan was made, and stays so. */
async function holdPlan(tx: Tx, org: string, { lookedUp, beside, added }: Plan): Promise<void> {
  const grown = new Set(added.map(({ entity }) => entity))
  const relied = [...lookedUp, ...beside].filter(({ entity }) => grown.has(entity)).map(({ fragment }) => fragment)
  if ((await lockCurrent(tx, org, relied)).length < relied.length) throw new OutOfTurn(true)
}

interface Plan {
  /** Current when the plan was made. */
  readonly lookedUp: readonly Standing[]
  /** As current, and stated by the desk otherwise than in the collection. */
  readonly beside: readonly StatedBeside[]
  /** Records that the desk has restricted, whatever is left of them, and those of which the file says so as far as it was read. */
  readonly restricted: Set<string>
  readonly target: ImportTarget
  readonly standing: Map<string, Standing[]>
  readonly added: NewFragment[]
  readonly ended: Standing[]
  readonly seen: string[]
  /** By record. */
  readonly decisions: Map<string, readonly Decision[]>
  readonly told: Map<Unit, LineProblem[]>
  /** Records that contradict what the same file said before. */
  readonly refused: Set<ReadRecord>
}

interface Placed {
  readonly unit: Unit
  readonly record: ReadRecord
  readonly entity: string
}

function place(plan: Plan, { unit, record: said, entity }: Placed): void {
  const { target, standing } = plan
  const known = standing.get(entity) ?? []
  const { record, before, told } = heldAgainst(plan, { record: said, entity, known })
  const ofRun = known.filter((each) => each.isOfRun && isCurrent(each))
  const contradicted = ofRun.find((each) => commonSchema(each.schema, record.schema) === undefined)
  if (contradicted !== undefined) {
    const message = `The id stands in this file as ${contradicted.schema} already, which is no ${record.schema}.`
    tell(plan, unit, refusedLine(record.line, { code: 'record.schema.contradiction', at: 'schema', message }, record.externalId))
    plan.refused.add(said)
    return
  }
  for (const problem of told) tell(plan, unit, problem)
  if (ofRun.length > 0 && unit.records.length === 1) {
    const first = ofRun[0]?.line
    const where = first === null || first === undefined ? 'before' : `in line ${first} already`
    tell(
      plan,
      unit,
      warning(record.line, { code: 'record.id.repeated', at: 'id', message: `The id stands ${where}; both tell of one record.` }),
    )
  }
  if (before === undefined) return
  if (before.kind === 'let-go') return tell(plan, unit, letGo(record.line, before.isErased))
  if (before.kind === 'stands') {
    const stands = before.standing
    if (!stands.isOfRun) {
      plan.seen.push(stands.fragment)
      stands.isOfRun = true
    }
    return
  }
  for (const problem of warningsOf(record, entity)) tell(plan, unit, problem)
  // A record whose processing is restricted stays restricted when its source says something else of it.
  if (record.restricted === true) plan.restricted.add(entity)
  const restricted = plan.restricted.has(entity)
  const superseded = known.find((each) => isCurrent(each) && !each.isOfRun)
  const fragment = uuidv7()
  if (superseded !== undefined) {
    plan.ended.push(superseded)
    known.splice(known.indexOf(superseded), 1)
  }
  known.push({
    fragment,
    entity,
    schema: record.schema,
    line: record.line,
    vals: record.values,
    context: record.context ?? null,
    supersedes: null,
    restricted,
    digest: null,
    ended: undefined,
    isOfRun: true,
  })
  standing.set(entity, known)
  const { marking, recordedFrom, reviewAt, eraseAt, collection } = target
  const { schema, externalId, values, context, line } = record
  plan.added.push({
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

interface HeldAgainst extends Pick<Placed, 'record'> {
  /** Undefined when persons decided on all that the line says. */
  readonly before: SaidBefore | undefined
  readonly told: readonly LineProblem[]
}

/** The record as far as it is news, by what is known of it and what persons decided. */
function heldAgainst(
  { decisions }: Plan,
  { record, entity, known }: Pick<Placed, 'record' | 'entity'> & { readonly known: readonly Standing[] },
): HeldAgainst {
  if (known.length === 0) return { record, before: { kind: 'new' }, told: [] }
  const saidOf = (each: ReadRecord) => saidBefore(known, { ...each, entity, content: contentOf(each) })
  const before = saidOf(record)
  // By what stood when the plan was made.
  const made = decisions.get(entity) ?? decisionsOn(known)
  decisions.set(entity, made)
  const decided = before.kind === 'new' ? withDecisions(record, made) : { record, told: [] }
  if (decided.told.length === 0) return { record, before, told: [] }
  return { ...decided, before: decided.record.values.length === 0 ? undefined : saidOf(decided.record) }
}

/** Those of the collection, and none of them after the last day that the source says. */
function daysWithin(days: Pick<NewFragment, 'reviewAt' | 'eraseAt'>, last: Date | undefined): Pick<NewFragment, 'reviewAt' | 'eraseAt'> {
  if (last === undefined) return days
  return { reviewAt: days.reviewAt < last ? days.reviewAt : last, eraseAt: days.eraseAt < last ? days.eraseAt : last }
}

function tell({ told }: Plan, unit: Unit, problem: LineProblem): void {
  const before = told.get(unit)
  if (before === undefined) told.set(unit, [problem])
  else before.push(problem)
}

/** A unit of which nothing is left is quarantined with all its lines; one that is warned of now was accepted or warned of before. */
function withTold(unit: Unit, { told, refused }: Plan): Unit {
  const problems = told.get(unit)
  if (problems === undefined) return unit
  const all = { ...unit, problems: [...unit.problems, ...problems] }
  if (unit.records.every((record) => refused.has(record))) return { ...all, warned: 0, quarantined: unit.lines }
  return unit.warned + unit.quarantined < unit.lines ? { ...all, warned: unit.warned + 1 } : all
}
