/**
 * Statements of one entity that follow each other, as one record: each value once for each of its times and languages, brought to the form of its type.
 * What an export of ours says beside its values (marking, restriction, last day) is held to.
 */
import { clean } from '#kernel/record/clean.ts'
import { quarantine } from '#kernel/record/entity.ts'
import { commonSchema, propertyOf } from '#kernel/record/model.ts'
import type { StatementLine } from '#kernel/record/statement-line.ts'
import { formatOf } from '#kernel/record/value-identifier.ts'
import type { Problem } from '#kernel/result/problem.ts'
import type { LinePlace } from './import-lines.ts'
import { type ImportTerms, isOwn, type StatedTerms, statedTerms } from './import-marking.ts'
import { asideValue, type LineProblem, type ReadRecord, refusedLine, storable, storedValue, type Unit, warning } from './import-unit.ts'
import { parsePhone } from './phone.ts'
import type { StoredValue } from './tables.ts'

/** Of one entity, and the signs of their values; beyond, another record of the same id begins. */
const MOST_STATEMENTS = 5000
const MOST_SIGNS = 8 * 1024 * 1024

export interface StatementReading {
  readonly collection: string
  /** Of the collection; undefined where nothing is kept. */
  readonly terms?: ImportTerms | undefined
}

interface Added {
  readonly line: number
  readonly end: LinePlace
  readonly problems: readonly LineProblem[]
}

/** Since or until when a value holds; what is no date is told and left out. */
function dateOf(
  { context }: StatementLine,
  member: 'valid_from' | 'valid_to',
  tell: (problem: Problem, raw: string) => void,
): string | undefined {
  const given = context[member]
  if (given === undefined || given === null || given === '') return undefined
  const text = typeof given === 'string' ? given : JSON.stringify(given)
  const { value } = clean('date', text)
  if (value === undefined) tell({ code: 'record.period', at: member, message: 'It is no date, so the value stands without it.' }, text)
  return value
}

/** Statements of one entity that follow each other. */
export class StatementGroup {
  readonly #collection: string
  readonly #line: number
  readonly #terms: ImportTerms | undefined
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

  /** What its first statement says of the marking, and where it stands as text. */
  #stated: StatedTerms | undefined
  #marking = ''

  constructor({ collection, terms }: StatementReading, line: number) {
    this.#collection = collection
    this.#terms = terms
    this.#line = line
  }

  takes(statement: StatementLine): boolean {
    // An export of ours begins every fragment with the statement that its record exists.
    if (isOwn(statement) && statement.property === 'id') return false
    return (
      this.#first?.entityId === statement.entityId &&
      commonSchema(this.#schema, statement.schema) !== undefined &&
      markingText(statement) === this.#marking &&
      this.#lines < MOST_STATEMENTS &&
      this.#signs + statement.value.length <= MOST_SIGNS
    )
  }

  add(statement: StatementLine, { line, end, problems }: Added): void {
    this.#schema = this.#first === undefined ? statement.schema : (commonSchema(this.#schema, statement.schema) ?? this.#schema)
    if (this.#first === undefined) {
      this.#marking = markingText(statement)
      this.#stated = statedTerms(statement, this.#terms)
      if (this.#stated?.told !== undefined) this.#problems.push(warning(line, this.#stated.told))
    }
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
      dateOf(statement, member, (problem, raw) => told.push(warning(line, problem, raw))),
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
    if (this.#stated?.refused !== undefined) return this.#refused(this.#stated.refused, entityId)
    const beside = { ...this.#context, ...(this.#datasets.size === 0 ? {} : { datasets: [...this.#datasets] }) }
    const context = Object.keys(beside).length === 0 ? {} : { context: storable(beside) as Record<string, unknown> }
    const isEmpty = this.#quarantined === this.#lines
    const record: ReadRecord = {
      externalId: entityId,
      schema: this.#schema,
      values: [...this.#values.values()],
      line: this.#line,
      ...context,
      ...(this.#stated === undefined ? {} : { restricted: this.#stated.restricted, eraseAt: this.#stated.eraseAt }),
    }
    // What is told of the marking is told of one line.
    const warned = this.#warned === 0 && this.#stated?.told !== undefined && !isEmpty ? 1 : this.#warned
    return {
      line: this.#line,
      lines: this.#lines,
      warned,
      quarantined: this.#quarantined,
      records: isEmpty ? [] : [record],
      problems: this.#problems,
      end: this.#end,
    }
  }
  #refused(problem: Problem, entityId: string): Unit {
    const problems = [refusedLine(this.#line, problem, entityId)]
    return { line: this.#line, lines: this.#lines, warned: 0, quarantined: this.#lines, records: [], problems, end: this.#end }
  }
}

function markingText(statement: StatementLine): string {
  const { marking, restricted } = statement.context
  return isOwn(statement) ? JSON.stringify([marking, restricted]) : ''
}
