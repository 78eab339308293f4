/**
 * The entry of intake: bytes of any size in, cargo events out, in the order of the file.
 * Invariant: never throws on content; the last event is `end`, with the refusal when there was one.
 */
import type { IntakeProblem } from '../model.ts'
import { AirReader, isAirMessage } from './air-reader.ts'
import { type TableHead, tableHead } from './declaration-mapping.ts'
import { DeclarationReader, declarationDelimiter } from './declarations-csv.ts'
import { DecompressionRefused, decompress } from './decompress.ts'
import { EdifactReader } from './edifact-reader.ts'
import type { CargoEvent, FileSummary, ReadOptions } from './events.ts'
import { readJsonCargo } from './json-cargo.ts'
import { readXmlCargo } from './xml-reader.ts'

/** Enough to tell the format: a header row, or the first segment. */
const HEAD_BYTES = 4096
/** Events of one slice are held together, so the slice bounds them. */
const SLICE = 4 * 1024

interface FormatReader {
  readonly isRefused: boolean
  push(chunk: Uint8Array): CargoEvent[] | Promise<CargoEvent[]>
  finish(): CargoEvent[] | Promise<CargoEvent[]>
}

export async function* readCargoFile(source: AsyncIterable<Uint8Array>, options: ReadOptions = {}): AsyncGenerator<CargoEvent> {
  const { head, bytes } = await beginning(source)
  const readWhole = wholeReader(head)
  if (readWhole === undefined) yield* readStream(chooseReader(head, options), { head, bytes })
  else yield* readDocument(readWhole, bytes, options)
}

async function* readStream(
  reader: FormatReader,
  { head, bytes }: { readonly head: Uint8Array; readonly bytes: AsyncIterable<Uint8Array> },
): AsyncGenerator<CargoEvent> {
  let stopped: IntakeProblem | undefined
  // Tables begin behind the byte order mark; the EDIFACT reader knows it.
  let skip = reader instanceof DeclarationReader ? markLength(head) : 0
  try {
    for await (const chunk of bytes) {
      const rest = chunk.subarray(skip)
      skip = 0
      for (let from = 0; from < rest.length && !reader.isRefused; from += SLICE) {
        const events = reader.push(rest.subarray(from, from + SLICE))
        for (const event of events instanceof Promise ? await events : events) yield event
      }
      if (reader.isRefused) break
    }
  } catch (error) {
    stopped = refusalOf(error)
  }
  for (const event of await reader.finish())
    yield event.kind === 'end' && stopped !== undefined ? { kind: 'end', summary: { ...event.summary, refused: stopped } } : event
}

type WholeReader = (bytes: AsyncIterable<Uint8Array>, options: ReadOptions) => AsyncIterable<CargoEvent>

/** JSON and XML are documents: their readers take them whole, within limits of their own. */
async function* readDocument(read: WholeReader, bytes: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncGenerator<CargoEvent> {
  try {
    yield* read(bytes, options)
  } catch (error) {
    // They take all bytes before they tell anything, so that nothing was told of a file that cannot be unpacked.
    const outcomes = { accepted: 0, warned: 0, quarantined: 0 }
    const counts = { bytes: 0, interchanges: 0, messages: 0, outcomes, equipment: 0, consignments: 0, warnings: 0 }
    yield { kind: 'end', summary: { format: 'unknown', ...counts, refused: refusalOf(error) } }
  }
}

function wholeReader(head: Uint8Array): WholeReader | undefined {
  // UTF-16 has a zero beside each sign of the markup.
  const text = Buffer.from(head.subarray(0, 256)).toString('latin1').replaceAll('\0', '')
  const [sign] = /^(?:\xef\xbb\xbf|\xfe\xff|\xff\xfe)?\s*([{[<])/.exec(text)?.slice(1) ?? []
  if (sign === undefined) return undefined
  return sign === '<' ? readXmlCargo : readJsonCargo
}

/** The first bytes, and all bytes from the first on. What goes wrong in unpacking goes wrong where it stands. */
async function beginning(source: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; bytes: AsyncIterable<Uint8Array> }> {
  const chunks = decompress(source)[Symbol.asyncIterator]()
  let head: Uint8Array = new Uint8Array(0)
  let failure: unknown
  let isOver = false
  while (head.length < HEAD_BYTES && !isOver) {
    try {
      const next = await chunks.next()
      if (next.done === true) isOver = true
      else head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
    } catch (error) {
      failure = error
      isOver = true
    }
  }
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      yield head
      if (failure !== undefined) throw failure
      for (let next = isOver ? undefined : await chunks.next(); next !== undefined && next.done !== true; next = await chunks.next())
        yield next.value
    } finally {
      await chunks.return?.(undefined)
    }
  }
  return { head, bytes: bytes() }
}

function refusalOf(error: unknown): IntakeProblem {
  if (!(error instanceof DecompressionRefused)) throw error
  return { code: error.code, at: `byte ${error.byte}`, text: error.message }
}

function chooseReader(head: Uint8Array, options: ReadOptions): FormatReader {
  const mark = markLength(head)
  const bytes = Buffer.from(head.subarray(mark, HEAD_BYTES))
  const text = bytes.toString('latin1')
  const table = tableHead(headText(bytes))
  const mapping = table === undefined ? undefined : options.mappingFor?.(table.headers)
  if (mapping !== undefined) return new DeclarationReader(mapping.delimiter, mark, { ...options, mapping })
  const delimiter = declarationDelimiter(text)
  if (delimiter !== undefined) return new DeclarationReader(delimiter, mark, options)
  if (table !== undefined) return new UnmappedTable()
  if (isAirMessage(text)) return new AirReader(options)
  // Whatever is none of these goes to the EDIFACT reader: it says, with the byte, why it cannot read it.
  return new EdifactReader(options)
}

/** The header row of a table, from its first bytes; undefined for what is no table. */
export async function readTableHead(source: AsyncIterable<Uint8Array>): Promise<TableHead | undefined> {
  let head: Uint8Array = new Uint8Array(0)
  try {
    for await (const chunk of decompress(source)) {
      head = Buffer.concat([head, chunk])
      if (head.length >= HEAD_BYTES) break
    }
  } catch (error) {
    if (!(error instanceof DecompressionRefused)) throw error
  }
  return tableHead(headText(Buffer.from(head.subarray(markLength(head), HEAD_BYTES))))
}

/** Headers as people write them: UTF-8, and Windows-1252 where it is not. The cut may fall into a sign, which is no fault. */
function headText(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(bytes)
  return text.slice(0, -1).includes('\ufffd') ? new TextDecoder('windows-1252').decode(bytes) : text
}

/** A table whose columns nobody has named yet: nothing of it is read until a mapping says what they are. */
class UnmappedTable implements FormatReader {
  readonly isRefused = false
  #bytes = 0

  push(chunk: Uint8Array): CargoEvent[] {
    this.#bytes += chunk.length
    return []
  }

  finish(): CargoEvent[] {
    const summary: FileSummary = {
      format: 'csv',
      bytes: this.#bytes,
      interchanges: 0,
      messages: 0,
      outcomes: { accepted: 0, warned: 0, quarantined: 0 },
      equipment: 0,
      consignments: 0,
      warnings: 0,
      refused: { code: 'csv.no-mapping', at: 'row 1', text: 'A table whose columns are not known: say which column is which.' },
    }
    return [{ kind: 'end', summary }]
  }
}

function markLength(head: Uint8Array): number {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
}
