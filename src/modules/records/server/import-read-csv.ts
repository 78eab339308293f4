/** Reads rows of a table by a mapping: each row one unit with the records it makes, each value with the column it came from. */
import { type Mapping, mapRow } from '#kernel/record/csv-mapping.ts'
import { isSecretName } from '#kernel/record/entity.ts'
import type { LinePlace, RawLine } from './import-lines.ts'
import { RowReader, type Table, type TableRow } from './import-rows.ts'
import { asideValue, foreignLine, type LineProblem, type ReadRecord, refusedLine, storedValue, type Unit, warning } from './import-unit.ts'
import { parsePhone } from './phone.ts'
import type { StoredValue } from './tables.ts'

export interface CsvReading {
  readonly collection: string
  readonly table: Table
  readonly headers: readonly string[]
  readonly mapping: Mapping
  /** The first line with values; what lies before is read already. */
  readonly from: LinePlace
}

const FAULTS: Readonly<Record<NonNullable<TableRow['fault']>, readonly [code: string, message: string]>> = {
  'too-long': ['record.line.too-long', 'The line has more than 8 MiB, which is more than is read.'],
  quote: ['record.row.quote', 'A quoted cell begins here and does not end.'],
  cells: ['record.row.cells', 'The row cannot be taken apart into cells.'],
}

export class CsvReader {
  readonly #reading: CsvReading
  readonly #rows: RowReader
  /** Some column holds secret keys: nothing of the table is quoted. */
  readonly #isSecret: boolean

  constructor(reading: CsvReading) {
    this.#reading = reading
    this.#isSecret = reading.headers.some(isSecretName)
    this.#rows = new RowReader(reading.table)
  }

  *read(lines: readonly RawLine[]): Iterable<Unit> {
    for (const row of this.#rows.read(lines)) yield this.#told(this.#unit(row))
  }

  *finish(): Iterable<Unit> {
    for (const row of this.#rows.finish()) yield this.#told(this.#unit(row))
  }

  #told(unit: Unit): Unit {
    return this.#isSecret ? { ...unit, problems: unit.problems.map((problem) => ({ ...problem, raw: undefined })) } : unit
  }

  #unit(row: TableRow): Unit {
    const { line, end, cells, fault } = row
    if (cells === undefined) {
      const [code, message] = FAULTS[fault ?? 'cells']
      const problems = [refusedLine(line, { code, at: 'row', message }, row.text === '' ? undefined : row.text)]
      return { line, lines: 1, warned: 0, quarantined: 1, records: [], problems, end }
    }
    if (cells.every((cell) => cell.trim() === '')) return { line, lines: 0, warned: 0, quarantined: 0, records: [], problems: [], end }
    const { headers, mapping } = this.#reading
    const problems: LineProblem[] = []
    if (row.foreign !== undefined) problems.push(foreignLine(line, row.foreign))
    if (cells.length !== headers.length) problems.push(...unevenRow(line, cells, headers.length))
    const values: Record<string, string> = Object.fromEntries(headers.map((header, index) => [header, cells[index] ?? '']))
    const mapped = mapRow(mapping, values, { rowNumber: line, parsePhone })
    for (const problem of mapped.problems) problems.push(warning(line, problem))
    for (const each of mapped.quarantined) problems.push(asideValue(line, each))
    const records = mapped.entities.map(({ entity, pointers }) => this.#record(entity, pointers, line))
    if (records.length === 0) {
      const said =
        problems.length > 0
          ? problems
          : [refusedLine(line, { code: 'record.row.empty', at: 'row', message: 'The row makes no record.' }, row.text)]
      return { line, lines: 1, warned: 0, quarantined: 1, records: [], problems: said, end }
    }
    return { line, lines: 1, warned: problems.length > 0 ? 1 : 0, quarantined: 0, records, problems, end }
  }

  #record(
    entity: { readonly id: string; readonly schema: string; readonly properties: Readonly<Record<string, readonly string[]>> },
    pointers: Readonly<Record<string, readonly string[]>>,
    line: number,
  ): ReadRecord {
    const { schema, properties } = entity
    const values: StoredValue[] = []
    for (const [prop, stated] of Object.entries(properties))
      for (const [index, value] of stated.entries()) {
        const pointer = pointers[prop]?.[index]?.replaceAll(`line ${line} `, '')
        values.push(storedValue(this.#reading.collection, { schema, prop, value }, { pointer: pointer === '' ? undefined : pointer }))
      }
    return { externalId: entity.id, schema, values, line }
  }
}

/** Cells without a column are kept aside; columns without a cell have no value. */
function unevenRow(line: number, cells: readonly string[], columns: number): readonly LineProblem[] {
  const surplus = cells.slice(columns)
  if (surplus.length === 0)
    return [
      warning(line, { code: 'record.row.short', at: 'row', message: `The row has ${cells.length} cells, the table ${columns} columns.` }),
    ]
  const problem = { code: 'record.row.long', at: 'row', message: `The row has ${surplus.length} cells more than the table has columns.` }
  return [{ ...refusedLine(line, problem, surplus.join(' | ')) }]
}
