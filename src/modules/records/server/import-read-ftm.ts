/**
 * Reads lines of FollowTheMoney: entities, one a line, or statements, of which those of one entity that follow each other are one record.
 * Values are brought to the form of their type; what is left is told with its line and place.
 */
import { cleanEntity } from '#kernel/record/clean-entity.ts'
import type { RecordEntity } from '#kernel/record/entity.ts'
import { readEntityLine } from '#kernel/record/ftm-lines.ts'
import type { EntityRead } from '#kernel/record/line-reading.ts'
import { readLinesEnd } from '../contract.ts'
import { decodeLine, type Written } from './import-encoding.ts'
import type { LinePlace, RawLine } from './import-lines.ts'
import { StatementGroup, type StatementReading } from './import-read-statements.ts'
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
export interface FtmReading extends StatementReading {
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
      if (this.#group?.takes(statement) !== true) this.#group = new StatementGroup(this.#reading, raw.line)
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
