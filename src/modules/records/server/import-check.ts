/**
 * What an import would do, found out without doing it: how many records and statements the collection does not have, and what would be told of each line.
 * Invariant: a check and the import that follows it, with nothing written between, say the same of every line and count the same.
 */
import { createLineRegister, type LineRegister } from '#kernel/record/line-register.ts'
import type { Tx } from '#platform/store/database.ts'
import type { Written } from './import-batch.ts'
import { withDecisions } from './import-decided.ts'
import { KnownRecord, type SaidBefore } from './import-known.ts'
import { contentOf, contentOfStanding, standingOf } from './import-standing.ts'
import type { ImportTarget } from './import-target.ts'
import { type LineProblem, type ReadRecord, recordId, refusedLine, type Unit, warning } from './import-unit.ts'
import { letGo, MOST_OF_RECORD, tooMany, warningsOf } from './import-warnings.ts'

/** What a check keeps in memory from one batch to the next. */
export interface Check {
  readonly register: LineRegister
  /** How many statements of a record the file has, where they are several. */
  readonly counts: Map<string, number>
  /** What the file has said of records, as numbers of 53 bits: two that meet by chance would be counted once. */
  readonly said: Set<number>
  /** Fragments whose place something in the file would take. */
  readonly ended: Set<string>
  /** Corrections of what the file says: they stay. */
  readonly kept: Set<string>
}

export function beginCheck(): Check {
  return { register: createLineRegister(), counts: new Map(), said: new Set(), ended: new Set(), kept: new Set() }
}

/** Units that are checked together. */
export class CheckedBatch {
  readonly #check: Check
  readonly #units: Unit[] = []
  readonly entities: ReadonlySet<string> = new Set()

  constructor(check: Check) {
    this.#check = check
  }

  get isEmpty(): boolean {
    return this.#units.length === 0
  }

  add(unit: Unit): void {
    this.#units.push(unit)
  }

  units(): readonly Unit[] {
    return this.#units
  }

  async write(tx: Tx, target: ImportTarget): Promise<Written> {
    return await checkUnits(tx, target, { units: this.#units, check: this.#check })
  }
}

interface Checked {
  readonly units: readonly Unit[]
  readonly check: Check
}

async function checkUnits(tx: Tx, target: ImportTarget, { units, check }: Checked): Promise<Written> {
  const idOf = ({ externalId }: ReadRecord) => recordId(target.collection, externalId)
  const knownOf = await knownRecords(tx, target, {
    entities: new Set(units.flatMap(({ records }) => records.map(idOf))),
    ended: check.ended,
  })
  let [records, statements] = [0, 0]
  const checked = units.map((unit) => {
    const told: LineProblem[] = []
    let refused = 0
    for (const record of unit.records) {
      const noted = problemsOfLine(check.register, unit, record)
      told.push(...noted)
      if (noted.some(({ severity }) => severity === 'quarantined')) {
        refused += 1
        continue
      }
      const entity = idOf(record)
      const news = newsOf(check, { record, entity, known: knownOf(entity) })
      told.push(...news.told)
      if (news.isRefused === true) refused += 1
      const count = countOf(check, record)
      if (news.isCounted && count > 0) check.counts.set(record.externalId, count + 1)
      // As in an import: of what persons decided away nothing stands that a later line could repeat or contradict.
      if (news.isKept) check.register.note(record.externalId, record.schema, record.line)
      records += news.isCounted ? 1 : 0
      statements += news.statements
    }
    return withTold(unit, told, refused === unit.records.length)
  })
  return { units: checked, records, statements }
}

interface AskedFor {
  readonly entities: ReadonlySet<string>
  readonly ended: Check['ended']
}

/** What the collection holds of each of these records, without what the file would have taken the place of. */
async function knownRecords(tx: Tx, target: ImportTarget, { entities, ended }: AskedFor): Promise<(entity: string) => KnownRecord> {
  const standing = await standingOf(tx, target, [...entities])
  for (const all of standing.values()) for (const each of all) if (ended.has(each.fragment)) each.ended = 'replaced'
  const known = new Map<string, KnownRecord>()
  return (entity) => {
    const record = known.get(entity) ?? new KnownRecord(standing.get(entity) ?? [])
    known.set(entity, record)
    return record
  }
}

/** What the register of ids says of a line; the records of one row may well be one. */
function problemsOfLine(register: LineRegister, unit: Unit, { externalId, schema, line }: ReadRecord): readonly LineProblem[] {
  return register
    .problemsOf(externalId, schema, line)
    .filter(({ code }) => unit.records.length === 1 || code !== 'record.id.repeated')
    .map((problem) => (problem.code === 'record.schema.contradiction' ? refusedLine(line, problem, externalId) : warning(line, problem)))
}

interface Asked {
  readonly record: ReadRecord
  readonly entity: string
  readonly known: KnownRecord
}

interface News {
  /** Written, or found again. */
  readonly isCounted: boolean
  /** Something of it stands, or would. */
  readonly isKept: boolean
  readonly isRefused?: boolean
  readonly statements: number
  readonly told: readonly LineProblem[]
}

const NO_NEWS: News = { isCounted: false, isKept: true, statements: 0, told: [] }

function newsOf(check: Check, asked: Asked): News {
  const { record, entity, known } = asked
  const { said } = check
  const content = contentOf(record)
  if (said.has(numberOf(entity, content))) return NO_NEWS
  const before = known.saidBefore({ ...record, entity, content })
  const decided = before.kind === 'new' ? withDecisions(record, known.decisions()) : { record, told: [] }
  if (decided.told.length === 0) return newsBeside(check, { ...asked, content, before })
  const own = contentOf(decided.record)
  const { told } = decided
  if (decided.record.values.length === 0) return { ...NO_NEWS, isKept: false, told }
  if (said.has(numberOf(entity, own))) return { ...NO_NEWS, told }
  const decidedBefore = known.saidBefore({ ...decided.record, entity, content: own })
  const news = newsBeside(check, { ...asked, record: decided.record, content: own, before: decidedBefore })
  return { ...news, told: [...told, ...news.told] }
}

interface Beside extends Asked {
  readonly content: string
  readonly before: SaidBefore
}

function newsBeside(check: Check, { record, entity, known, content, before }: Beside): News {
  const { said, ended, kept } = check
  const number = numberOf(entity, content)
  if (before.kind === 'let-go') return { ...NO_NEWS, isKept: false, told: [letGo(record.line, before.isErased)] }
  if (before.kind === 'stands') {
    const { standing, isCorrected } = before
    const isCounted = !kept.has(standing.fragment) && !said.has(numberOf(entity, contentOfStanding(standing)))
    if (isCorrected) kept.add(standing.fragment)
    else said.add(number)
    return { ...NO_NEWS, isCounted }
  }
  if (countOf(check, record) >= MOST_OF_RECORD)
    return { ...NO_NEWS, isKept: false, isRefused: true, told: [tooMany(record.line, record.externalId)] }
  said.add(number)
  const superseded = known.oldest((each) => kept.has(each.fragment) || said.has(numberOf(entity, contentOfStanding(each))))
  if (superseded !== undefined) {
    ended.add(superseded.fragment)
    known.end(superseded, 'replaced')
  }
  return { isCounted: true, isKept: true, statements: record.values.length, told: warningsOf(record, entity) }
}

/** Statements of the record that the file has so far: written, or found again. */
function countOf({ register, counts }: Check, { externalId }: ReadRecord): number {
  return register.schemaOf(externalId) === undefined ? 0 : (counts.get(externalId) ?? 1)
}

/** Ids of records are hashes already; of them and the content come 53 bits. */
function numberOf(entity: string, content: string): number {
  let [low, high] = [0x811c9dc5, Number.parseInt(entity.slice(1, 9), 16)]
  for (let at = 0; at < content.length; at++) {
    const code = content.charCodeAt(at)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ code, 0x5bd1e995) ^ (high >>> 15)
  }
  low ^= Number.parseInt(entity.slice(9, 17), 16)
  return (high >>> 11) * 2 ** 32 + (low >>> 0)
}

/** A unit of which nothing is left is quarantined with all its lines; one that is warned of now was accepted or warned of before. */
function withTold(unit: Unit, told: readonly LineProblem[], isRefused: boolean): Unit {
  if (told.length === 0) return unit
  const all = { ...unit, problems: [...unit.problems, ...told] }
  if (isRefused) return { ...all, warned: 0, quarantined: unit.lines }
  return unit.warned + unit.quarantined < unit.lines ? { ...all, warned: unit.warned + 1 } : all
}
