/** A file as units, from its beginning or from the place where a run stopped: lines of FollowTheMoney, or a table by its mapping. */
import type { Mapping } from '#kernel/record/csv-mapping.ts'
import type { Encoding, Written } from './import-encoding.ts'
import { ftmHead, tableHead } from './import-head.ts'
import { bytesFrom, type FileBytes, type LinePlace, linesOf } from './import-lines.ts'
import type { ImportTerms } from './import-marking.ts'
import { CsvReader } from './import-read-csv.ts'
import { FtmReader } from './import-read-ftm.ts'
import { type Unit, warning } from './import-unit.ts'

export interface OpenedFile {
  readonly file: FileBytes
  readonly format: 'ftm' | 'csv'
  /** Its id is in the ids of the records. */
  readonly collection: string
  /** Of a table; checked against its headers. */
  readonly mapping: Mapping
  readonly place: LinePlace
  /** Of the collection; undefined where nothing is kept. */
  readonly terms?: ImportTerms | undefined
}

/** Undefined when the file is not of its form. */
export async function unitsOfFile({
  file,
  format,
  collection,
  mapping,
  place,
  terms,
}: OpenedFile): Promise<AsyncIterable<Iterable<Unit>> | undefined> {
  if (format === 'ftm') {
    const written = await ftmHead(file)
    if (written === undefined) return undefined
    const from = place.byte === 0 ? { byte: written.skip, lines: 0 } : place
    const units = unitsOf(new FtmReader({ collection, written, terms }), linesOf(bytesFrom(file, from.byte), written, from))
    return isGuessed(written, place) ? precededBy(encodingNote(written, from), units) : units
  }
  const head = await tableHead(file)
  if (head === undefined) return undefined
  const { table, headers, written } = head
  const from = place.byte === 0 ? head.from : place
  const reader = new CsvReader({ collection, table, headers, mapping, from })
  const units = unitsOf(reader, linesOf(bytesFrom(file, from.byte), written, from))
  return isGuessed(written, place) ? precededBy(encodingNote(written, from), units) : units
}

function isGuessed(written: Written, { byte }: LinePlace): boolean {
  return written.isGuessed && byte === 0
}

const READ_AS: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'windows-1252': 'Windows-1252',
  'utf-16le': 'UTF-16, low byte first',
  'utf-16be': 'UTF-16, high byte first',
}

/** Not a line of its own: it is told of the first one. */
function encodingNote({ encoding }: Written, end: LinePlace): Unit {
  const problem = { code: 'record.file.encoding', at: 'file', message: `The file is not UTF-8 and was read as ${READ_AS[encoding]}.` }
  return { line: 1, lines: 0, warned: 0, quarantined: 0, records: [], problems: [warning(1, problem)], end }
}

async function* precededBy(first: Unit, units: AsyncIterable<Iterable<Unit>>): AsyncIterable<Iterable<Unit>> {
  yield [first]
  yield* units
}

type Reader = Pick<FtmReader, 'read' | 'finish'>

/** Each to be gone through before the next is asked for. */
async function* unitsOf(reader: Reader, lines: ReturnType<typeof linesOf>): AsyncIterable<Iterable<Unit>> {
  for await (const some of lines) yield reader.read(some)
  yield reader.finish()
}
