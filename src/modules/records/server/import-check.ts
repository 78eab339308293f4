/**
 * What an import would do, found out without doing it: how many records and statements the collection does not have, and what would be told of each line.
 * Invariant: a check and the import that follows it, with nothing written between, say the same of every line and count the same.
 */
import { createLineRegister, type LineRegister } from '#kernel/record/line-register.ts'
import type { Tx } from '#platform/store/database.ts'
import type { ImportTarget, Written } from './import-batch.ts'
import { decisionsOn, withDecisions } from './import-decided.ts'
import { contentOf, contentOfStanding, isCurrent, type SaidBefore, type Standing, saidBefore, standingOf } from './import-standing.ts'
import { type LineProblem, type ReadRecord, recordId, refusedLine, type Unit, warning } from './import-unit.ts'
import { letGo, warningsOf } from './import-warnings.ts'

/** What a check keeps in memory from one batch to the next. */
export interface Check {
  readonly register: LineRegister
  /** What the file has said of records, as numbers of 53 bits: two that meet by chance would be counted once. */
  readonly said: Set<number>
  /** Fragments whose place something in the file would take. */
  readonly ended: Set<string>
  /** Corrections of what the file says: they stay. */
  readonly kept: Set<string>
}

export function beginCheck(): Check {
  return { register: createLineRegister(), said: new Set(), ended: new Set(), kept: new Set() }
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
  const standing = await standingOf(tx, target, [...new Set(units.flatMap(({ records }) => records.map(idOf)))])
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
      const news = newsOf(check, { record, entity, known: standing.get(entity) ?? [] })
      told.push(...news.told)
      // As in an import: of what persons decided away nothing stands that a later line could repeat or contradict.
      if (news.isKept) check.register.note(record.externalId, record.schema, record.line)
      records += news.isCounted ? 1 : 0
      statements += news.statements
    }
    return withTold(unit, told, refused === unit.records.length)
  })
  return { units: checked, records, statements }
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
  readonly known: readonly Standing[]
}

interface News {
  /** Written, or found again. */
  readonly isCounted: boolean
  /** Something of it stands, or would. */
  readonly isKept: boolean
  readonly statements: number
  readonly told: readonly LineProblem[]
}

const NO_NEWS: News = { isCounted: false, isKept: true, statements: 0, told: [] }

function newsOf(check: Check, asked: Asked): News {
  const { record, entity, known } = asked
  const { said, ended } = check
  const content = contentOf(record)
  if (said.has(numberOf(entity, content))) return NO_NEWS
  const left = known.filter(({ fragment }) => !ended.has(fragment))
  const before = saidBefore(left, { ...record, entity, content })
  const decided = before.kind === 'new' ? withDecisions(record, decisionsOn(known)) : { record, told: [] }
  if (decided.told.length === 0) return newsBeside(check, { ...asked, left, content, before })
  const own = contentOf(decided.record)
  const { told } = decided
  if (decided.record.values.length === 0) return { ...NO_NEWS, isKept: false, told }
  if (said.has(numberOf(entity, own))) return { ...NO_NEWS, told }
  const decidedBefore = saidBefore(left, { ...decided.record, entity, content: own })
  const news = newsBeside(check, { record: decided.record, entity, left, content: own, before: decidedBefore })
  return { ...news, told: [...told, ...news.told] }
}

interface Beside extends Pick<Asked, 'record' | 'entity'> {
  /** What is known of the record and stands where the file has come to. */
  readonly left: readonly Standing[]
  readonly content: string
  readonly before: SaidBefore
}

function newsBeside({ said, ended, kept }: Check, { record, entity, left, content, before }: Beside): News {
  const number = numberOf(entity, content)
  if (before.kind === 'let-go') return { ...NO_NEWS, isKept: false, told: [letGo(record.line, before.isErased)] }
  if (before.kind === 'stands') {
    const { standing, isCorrected } = before
    const isCounted = !kept.has(standing.fragment) && !said.has(numberOf(entity, contentOfStanding(standing)))
    if (isCorrected) kept.add(standing.fragment)
    else said.add(number)
    return { ...NO_NEWS, isCounted }
  }
  said.add(number)
  const superseded = left.find(
    (each) => isCurrent(each) && !kept.has(each.fragment) && !said.has(numberOf(entity, contentOfStanding(each))),
  )
  if (superseded !== undefined) ended.add(superseded.fragment)
  return { isCounted: true, isKept: true, statements: record.values.length, told: warningsOf(record, entity) }
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
