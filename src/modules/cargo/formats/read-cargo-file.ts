/**
 * The entry of intake: bytes of any size in, cargo events out, in the order of the file.
 * Invariant: never throws on content; the last event is `end`, with the refusal when there was one.
 */
import type { IntakeProblem } from '../model.ts'
import { DeclarationReader, declarationDelimiter } from './declarations-csv.ts'
import { DecompressionRefused, decompress } from './decompress.ts'
import { EdifactReader } from './edifact-reader.ts'
import type { CargoEvent, ReadOptions } from './events.ts'

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
  let reader: FormatReader | undefined
  let head: Uint8Array = new Uint8Array(0)
  let stopped: IntakeProblem | undefined
  try {
    for await (const chunk of decompress(source)) {
      let rest = chunk
      if (reader === undefined) {
        head = head.length === 0 ? chunk : Buffer.concat([head, chunk])
        if (head.length < HEAD_BYTES) continue
        reader = chooseReader(head, options)
        rest = reader instanceof DeclarationReader ? head.subarray(markLength(head)) : head
      }
      for (let from = 0; from < rest.length && !reader.isRefused; from += SLICE) {
        const events = reader.push(rest.subarray(from, from + SLICE))
        for (const event of events instanceof Promise ? await events : events) yield event
      }
      if (reader.isRefused) break
    }
  } catch (error) {
    if (!(error instanceof DecompressionRefused)) throw error
    stopped = { code: error.code, at: `byte ${error.byte}`, text: error.message }
  }
  if (reader === undefined) {
    reader = chooseReader(head, options)
    for (const event of await reader.push(reader instanceof DeclarationReader ? head.subarray(markLength(head)) : head)) yield event
  }
  for (const event of await reader.finish())
    yield event.kind === 'end' && stopped !== undefined ? { kind: 'end', summary: { ...event.summary, refused: stopped } } : event
}

function chooseReader(head: Uint8Array, options: ReadOptions): FormatReader {
  const mark = markLength(head)
  const delimiter = declarationDelimiter(Buffer.from(head.subarray(mark, HEAD_BYTES)).toString('latin1'))
  // Whatever is no table goes to the EDIFACT reader: it says, with the byte, why it cannot read it.
  return delimiter === undefined ? new EdifactReader(options) : new DeclarationReader(delimiter, mark, options)
}

function markLength(head: Uint8Array): number {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
}
