/** The beginning of a file: whether it is what it is said to be, in which characters, and for a table its headers, first rows and the sign between cells. */
import { readEntityLine } from '#kernel/record/ftm-lines.ts'
import { decodeLine, type Written, writtenIn } from './import-encoding.ts'
import { type FileBytes, type LinePlace, linesOf, type RawLine } from './import-lines.ts'
import { delimiterOf, RowReader, type Table } from './import-rows.ts'

const HEAD = 1024 * 1024
const SAMPLE = 20
const MOST_COLUMNS = 2000
const MOST_HEADER = 500

export interface TableHead {
  readonly written: Written
  readonly table: Table
  readonly headers: readonly string[]
  readonly sample: readonly (readonly string[])[]
  /** The first line behind the headers. */
  readonly from: LinePlace
}

/** How the lines of a file of FollowTheMoney are written; undefined when its first line is none. */
export async function ftmHead(file: FileBytes): Promise<Written | undefined> {
  const head = await headLines(file)
  if (head === undefined) return undefined
  const [first] = head.lines.filter(({ bytes }) => bytes === undefined || bytes.some((byte) => byte > 32))
  if (first?.bytes === undefined) return undefined
  const { text } = decodeLine(first.bytes, head.written.encoding)
  const read = readEntityLine(text, 1)
  // A first line that is an object with a fault is for the report on the file; anything else says that the file is of another form.
  const isObject = read.kind !== 'refused' || (/^\s*\{/.test(text) && !/^\s*\{\s*$/.test(text))
  return isObject ? head.written : undefined
}

export async function tableHead(file: FileBytes): Promise<TableHead | undefined> {
  const head = await headLines(file)
  if (head === undefined) return undefined
  const { written } = head
  const lines = withoutSeparator(head.lines, written)
  const texts = lines.slice(0, SAMPLE).flatMap(({ bytes }) => (bytes === undefined ? [] : [decodeLine(bytes, written.encoding).text]))
  const table: Table = { encoding: written.encoding, delimiter: delimiterOf(texts.filter((text) => text.trim() !== '')) }
  const reader = new RowReader(table)
  const rows = [...reader.read(lines), ...reader.finish()].filter(
    ({ cells }) => cells === undefined || cells.some((cell) => cell.trim() !== ''),
  )
  const [first, ...others] = rows
  if (first?.cells === undefined || first.cells.length > MOST_COLUMNS) return undefined
  const headers = first.cells.map((cell) => cell.trim())
  if (headers.some((header) => header.length > MOST_HEADER)) return undefined
  const sample = others.flatMap(({ cells }) => (cells === undefined ? [] : [cells])).slice(0, SAMPLE)
  return { written, table, headers, sample, from: first.end }
}

/** Spreadsheets take a first line such as `sep=;` for the sign between cells, and it is none of the table. The sign itself is found by the rows. */
function withoutSeparator(lines: readonly RawLine[], { encoding }: Written): readonly RawLine[] {
  const [first] = lines
  const isSeparator =
    first?.bytes !== undefined && first.bytes.length < 40 && /^"?sep=.?"?$/i.test(decodeLine(first.bytes, encoding).text.trim())
  return isSeparator ? lines.slice(1) : lines
}

async function headLines(file: FileBytes): Promise<{ readonly written: Written; readonly lines: readonly RawLine[] } | undefined> {
  const bytes = await file.slice(0, Math.min(file.size, HEAD))
  const written = writtenIn(bytes)
  if (written === undefined) return undefined
  const lines: RawLine[] = []
  for await (const some of linesOf(only(bytes.subarray(written.skip)), written, { byte: written.skip, lines: 0 })) lines.push(...some)
  // The last one may be cut off.
  return { written, lines: file.size > HEAD && lines.length > 1 ? lines.slice(0, -1) : lines }
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes)
}
