/**
 * Rows as typed arrays of equal length. A block may hold some of the columns: those that were asked for. The arrays may lie in shared memory, so that
 * threads read them without a copy. Who evaluates does not write.
 */
import type { Problem } from '../result/problem.ts'
import type { CodeBook } from './column-codes.ts'
import {
  COLUMN_NAMES,
  type ColumnName,
  type Element,
  FLAGS,
  INDICATORS,
  LEDGER_INDICATORS,
  missingBit,
  OUTCOMES,
  type StatedColumn,
  specOf,
  UNKNOWN_PARTY,
  VALUE_COLUMNS,
} from './column-layout.ts'
import { type ConsignmentRow, fit } from './column-row.ts'

export type ColumnArray = Uint8Array | Uint16Array | Uint32Array | Int16Array | Int32Array | Float32Array | Float64Array

export interface ColumnBlock {
  readonly count: number
  readonly columns: { readonly [Name in ColumnName]?: ColumnArray }
}

const ARRAYS = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i16: Int16Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const satisfies Record<Element, unknown>

export function bytesOf(column: ColumnName): number {
  return ARRAYS[specOf(column).element].BYTES_PER_ELEMENT
}

export function createBlock(
  count: number,
  columns: readonly ColumnName[] = COLUMN_NAMES,
  allocate: (bytes: number) => ArrayBufferLike = (bytes) => new ArrayBuffer(bytes),
): ColumnBlock {
  return {
    count,
    columns: Object.fromEntries(
      columns.map((name) => {
        const Column: new (buffer: ArrayBufferLike, at: number, length: number) => ColumnArray = ARRAYS[specOf(name).element]
        return [name, new Column(allocate(count * bytesOf(name)), 0, count)]
      }),
    ),
  }
}

/** The rows from one up to another, without a copy. */
export function sliceBlock(block: ColumnBlock, from: number, until: number): ColumnBlock {
  const columns = Object.entries(block.columns).map(([name, array]) => [name, array.subarray(from, until)] as const)
  return { count: until - from, columns: Object.fromEntries(columns) }
}

export function columnOf(block: ColumnBlock, name: ColumnName): ColumnArray {
  const column = block.columns[name]
  if (column === undefined) throw new RangeError(`The block holds no column ${name}.`)
  return column
}

/** Writes one row into a block with every column; what does not fit, or has no number left, is missing and named. */
export function writeRow(
  block: ColumnBlock,
  at: number,
  { row, codes }: { readonly row: ConsignmentRow; readonly codes: CodeBook },
): readonly Problem[] {
  const problems: Problem[] = []
  let missing = 0
  for (const column of VALUE_COLUMNS) {
    const number = encode(column, row[column], { codes, problems })
    if (number === undefined) missing |= 1 << missingBit(column)
    columnOf(block, column)[at] = number ?? (specOf(column).meaning === 'party' ? UNKNOWN_PARTY : 0)
  }
  columnOf(block, 'missing')[at] = missing >>> 0
  writeBits(block, at, { column: 'flags', ids: FLAGS, known: row.flags ?? {} })
  writeBits(block, at, { column: 'indicators', ids: INDICATORS, known: row.indicators ?? {} })
  writeBits(block, at, { column: 'ledgerIndicators', ids: LEDGER_INDICATORS, known: row.indicators ?? {} })
  columnOf(block, 'port')[at] = encode('port', row.port, { codes, problems }) ?? 0
  columnOf(block, 'outcome')[at] = OUTCOMES.indexOf(row.outcome ?? 'none')
  columnOf(block, 'probability')[at] = probabilityOf(row, problems)
  return problems
}

function encode(
  column: StatedColumn,
  value: unknown,
  { codes, problems }: { readonly codes: CodeBook; readonly problems: Problem[] },
): number | undefined {
  if (value === undefined) return undefined
  const fitted = fit(column, value)
  problems.push(...fitted.problems)
  if (!fitted.ok || typeof fitted.value === 'number') return fitted.ok ? (fitted.value as number) : undefined
  const { dictionary } = specOf(column)
  if (dictionary === undefined) return Number(fitted.value)
  const number = codes.take(dictionary, fitted.value)
  if (number === undefined) {
    problems.push({
      code: 'column.codes-full',
      at: column,
      message: `The list of codes (${dictionary}) is full; the value counts as missing.`,
    })
  }
  return number
}

interface Bits {
  readonly column: 'flags' | 'indicators' | 'ledgerIndicators'
  readonly ids: readonly string[]
  readonly known: Readonly<Record<string, boolean | undefined>>
}

function writeBits(block: ColumnBlock, at: number, { column, ids, known }: Bits): void {
  let yes = 0
  let unknown = 0
  for (const [bit, id] of ids.entries()) {
    if (known[id] === true) yes |= 1 << bit
    else if (known[id] !== false) unknown |= 1 << bit
  }
  columnOf(block, column)[at] = yes >>> 0
  columnOf(block, `${column}Unknown`)[at] = unknown >>> 0
}

function probabilityOf({ probability }: ConsignmentRow, problems: Problem[]): number {
  if (probability === undefined) return 0
  if (Math.fround(probability) > 0 && probability <= 1) return probability
  problems.push({
    code: 'column.misfit',
    at: 'probability',
    message: 'A probability of selection lies above 0 and is at most 1; it counts as not recorded.',
  })
  return 0
}
