/**
 * Reads lines of FollowTheMoney: entities, one a line, or statements, of which those of one entity that follow each other are one record.
 * Values are brought to the form of their type; what is left is told with its line and place.
 */
import { clean } from '#kernel/record/clean.ts'
import { cleanEntity } from '#kernel/record/clean-entity.ts'
import { quarantine, type RecordEntity } from '#kernel/record/entity.ts'
import { readEntityLine } from '#kernel/record/ftm-lines.ts'
import type { EntityRead } from '#kernel/record/line-reading.ts'
import { commonSchema, propertyOf } from '#kernel/record/model.ts'
import type { StatementLine } from '#kernel/record/statement-line.ts'
import { formatOf } from '#kernel/record/value-identifier.ts'
import type { Problem } from '#kernel/result/problem.ts'
import { readLinesEnd } from '../contract.ts'
import { decodeLine, type Written } from './import-encoding.ts'
import type { LinePlace, RawLine } from './import-lines.ts'
import {
  asideValue,
  foreignLine,
  isStorable,
  type LineProblem,
  type ReadRecord,
  refusedLine,
  storable,
  storedValue,
  type Unit,
  warning,
} from './import-unit.ts'
import { parsePhone } from './phone.ts'
import type { StoredValue } from './tables.ts'

const MOST_CONTEXT = 65_536
/** Of one entity, and the signs of their values; beyond, another record of the same id begins. */
const MOST_STATEMENTS = 5000
const MOST_SIGNS = 8 * 1024 * 1024

export interface FtmReading {
  readonly collection: string
  readonly written: Written
}

export class FtmReader {
  readonly #reading: FtmReading
  #group: StatementGroup | undefined

  constructor(reading: FtmReading) {
    this.#reading = reading
  }

  /** Units that these lines complete. */
  *read(lines: readonly RawLine[]): Iterable<Unit> {
    for (const raw of lines) {
      const before = this.#group
      const unit = this.#line(raw)
      // A line that is not of the group ends it.
      if (before !== undefined && before !== this.#group) yield before.unit()
      if (unit !== undefined) yield unit
    }
  }

  /** What waits for more lines that will not come. */
  *finish(): Iterable<Unit> {
    if (this.#group !== undefined) yield this.#group.unit()
    this.#group = undefined
  }

  /** Undefined for a statement, which waits in its group for more. */
  #line(raw: RawLine): Unit | undefined {
    const end = { byte: raw.end, lines: raw.line }
    if (raw.bytes === undefined) {
      this.#group = undefined
      const problem = { code: 'record.line.too-long', at: 'line', message: `The line has ${raw.length} bytes; at most 8 MiB are read.` }
      return refusedUnit(raw.line, end, refusedLine(raw.line, problem, undefined))
    }
    const { text, foreign: readAs } = decodeLine(raw.bytes, this.#reading.written.encoding)
    const foreign = readAs === undefined ? [] : [foreignLine(raw.line, readAs)]
    // What each page of an export of ours ends with.
    const read = readLinesEnd(text) === undefined ? readEntityLine(text, raw.line) : ({ kind: 'blank' } as const)
    if (read.kind === 'statement') {
      const { statement } = read
      if (this.#group?.takes(statement) !== true) this.#group = new StatementGroup(this.#reading.collection, raw.line)
      const told = read.problems.map((problem) => warning(raw.line, problem))
      this.#group.add(statement, { line: raw.line, end, problems: [...foreign, ...told] })
      return undefined
    }
    this.#group = undefined
    if (read.kind === 'blank') return { line: raw.line, lines: 0, warned: 0, quarantined: 0, records: [], problems: [], end }
    if (read.kind === 'refused')
      return refusedUnit(raw.line, end, ...read.problems.map((problem) => refusedLine(raw.line, problem, text)), ...foreign)
    return this.#entity(read, { line: raw.line, end, problems: foreign })
  }

  #entity(
    read: EntityRead,
    { line, end, problems }: { readonly line: number; readonly end: LinePlace; readonly problems: LineProblem[] },
  ): Unit {
    const cleaned = cleanEntity(read.entity, { parsePhone })
    for (const problem of read.problems) problems.push(warning(line, problem))
    for (const problem of cleaned.problems) problems.push(warning(line, problem))
    for (const each of read.quarantined) problems.push(asideValue(line, each))
    for (const each of cleaned.quarantined) problems.push(asideValue(line, each))
    if (!isStorable(cleaned.entity.context) || !isStorable(cleaned.entity.datasets)) problems.push(notStorable(line))
    const record = recordOf(this.#reading.collection, cleaned.entity, line)
    const tooMuch =
      record.context === undefined || JSON.stringify(record.context).length <= MOST_CONTEXT
        ? undefined
        : contextTooLarge(line, record.context)
    if (tooMuch !== undefined) problems.push(tooMuch)
    const kept = tooMuch === undefined ? record : { ...record, context: undefined }
    return { line, lines: 1, warned: problems.length > 0 ? 1 : 0, quarantined: 0, records: [kept], problems, end }
  }
}

function notStorable(line: number): LineProblem {
  const message = 'Zero signs and halves of characters in what stands beside the values are now the sign for unreadable.'
  return warning(line, { code: 'record.text.half-character', at: 'line', message })
}

function refusedUnit(line: number, end: LinePlace, ...problems: readonly LineProblem[]): Unit {
  return { line, lines: 1, warned: 0, quarantined: 1, records: [], problems, end }
}

function recordOf(collection: string, { id, schema, properties, datasets, context }: RecordEntity, line: number): ReadRecord {
  const values: StoredValue[] = []
  for (const prop of Object.keys(properties))
    for (const value of properties[prop] ?? []) values.push(storedValue(collection, { schema, prop, value }))
  const beside = datasets === undefined ? context : { ...context, datasets }
  let hasContext = datasets !== undefined
  for (const _ in context) hasContext = true
  return { externalId: id, schema, values, line, ...(hasContext ? { context: storable(beside) as Record<string, unknown> } : {}) }
}

function contextTooLarge(line: number, context: object): LineProblem {
  const text = JSON.stringify(context)
  const problem = {
    code: 'record.context.too-large',
    at: 'line',
    message: `What the line says beside its values has ${text.length} signs; at most ${MOST_CONTEXT} are kept.`,
  }
  return refusedLine(line, problem, text)
}

interface Added {
  readonly line: number
  readonly end: LinePlace
  readonly problems: readonly LineProblem[]
}

/** Printed by an export of ours, which says more than others do. */
function isOwn({ context }: StatementLine): boolean {
  return Object.hasOwn(context, 'record') && Object.hasOwn(context, 'marking')
}

/** Since or until when a value holds; what is no date is told and left out. */
function dateOf({ context }: StatementLine, member: 'valid_from' | 'valid_to', tell: (problem: Problem) => void): string | undefined {
  const given = context[member]
  if (given === undefined || given === null || given === '') return undefined
  const text = typeof given === 'string' ? given : JSON.stringify(given)
  const { value } = clean('date', text)
  if (value === undefined)
    tell({ code: 'record.period', at: member, message: `It is no date, so the value stands without it: ${text.slice(0, 100)}` })
  return value
}

/** Statements of one entity that follow each other. */
class StatementGroup {
  readonly #collection: string
  readonly #line: number
  readonly #values = new Map<string, StoredValue>()
  readonly #problems: LineProblem[] = []
  #first: StatementLine | undefined
  #schema = ''
  #end: LinePlace = { byte: 0, lines: 0 }
  #lines = 0
  #signs = 0
  #warned = 0
  #quarantined = 0
  #context: Readonly<Record<string, unknown>> | undefined
  readonly #datasets = new Set<string>()

  constructor(collection: string, line: number) {
    this.#collection = collection
    this.#line = line
  }

  takes(statement: StatementLine): boolean {
    // An export of ours begins every fragment with the statement that its record exists.
    if (isOwn(statement) && statement.property === 'id') return false
    return (
      this.#first?.entityId === statement.entityId &&
      commonSchema(this.#schema, statement.schema) !== undefined &&
      this.#lines < MOST_STATEMENTS &&
      this.#signs + statement.value.length <= MOST_SIGNS
    )
  }

  add(statement: StatementLine, { line, end, problems }: Added): void {
    this.#schema = this.#first === undefined ? statement.schema : (commonSchema(this.#schema, statement.schema) ?? this.#schema)
    this.#first ??= statement
    this.#end = end
    this.#lines += 1
    this.#signs += statement.value.length
    if (statement.dataset !== undefined && !isOwn(statement)) this.#datasets.add(statement.dataset)
    const { schema, property: prop, value: given, lang } = statement
    const property = propertyOf(schema, prop)
    // The statement that the entity exists says nothing more, but for what an export of ours puts there.
    if (property === undefined) {
      const { context } = statement.context
      if (typeof context === 'object' && context !== null && !Array.isArray(context))
        this.#context = context as Readonly<Record<string, unknown>>
      if (problems.length > 0) this.#warn(problems)
      return
    }
    // Statements of a country may come later: a telephone number is read by its own country code alone.
    const { value, problems: found } = clean(property.type, given, { format: formatOf(property), parsePhone })
    if (value === undefined) {
      const problem = found.at(-1) ?? { code: 'record.empty', at: prop, message: 'There is no value.' }
      const aside = quarantine({ at: prop, property: prop, value: given, code: '', message: '' })
      this.#problems.push(asideValue(line, { ...aside, problem: { ...problem, at: prop } }), ...problems)
      this.#quarantined += 1
      return
    }
    const told = [...problems, ...found.map((problem) => warning(line, { ...problem, at: prop }))]
    const [from, to] = (['valid_from', 'valid_to'] as const).map((member) =>
      dateOf(statement, member, (problem) => told.push(warning(line, problem))),
    )
    const { pointer } = statement.context
    const key = JSON.stringify([prop, value, from, to, lang])
    if (this.#values.has(key))
      told.push(warning(line, { code: 'record.value.repeated', at: prop, message: 'The value was stated before and is kept once.' }))
    else {
      const extra = { lang, from, to, pointer: typeof pointer === 'string' ? pointer : undefined }
      this.#values.set(key, storedValue(this.#collection, { schema, prop, value }, extra))
    }
    if (told.length > 0) this.#warn(told)
  }

  #warn(problems: readonly LineProblem[]): void {
    this.#problems.push(...problems)
    this.#warned += 1
  }

  unit(): Unit {
    const entityId = this.#first?.entityId ?? ''
    const beside = { ...this.#context, ...(this.#datasets.size === 0 ? {} : { datasets: [...this.#datasets] }) }
    const context = Object.keys(beside).length === 0 ? {} : { context: storable(beside) as Record<string, unknown> }
    const isEmpty = this.#quarantined === this.#lines
    const record: ReadRecord = {
      externalId: entityId,
      schema: this.#schema,
      values: [...this.#values.values()],
      line: this.#line,
      ...context,
    }
    return {
      line: this.#line,
      lines: this.#lines,
      warned: this.#warned,
      quarantined: this.#quarantined,
      records: isEmpty ? [] : [record],
      problems: this.#problems,
      end: this.#end,
    }
  }
}
