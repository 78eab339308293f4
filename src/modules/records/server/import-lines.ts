/**
 * Lines of a stored file from any byte on, with their numbers and the byte after each, so that reading goes on where it stopped. The file is never held whole,
 * and a line beyond the limit is counted and passed over, not held either.
 */
import { LINE_FEED, RETURN, type Written } from './import-encoding.ts'

/** Longest line that is read. */
export const MOST_LINE_BYTES = 8 * 1024 * 1024
const WINDOW = 4 * 1024 * 1024
/** Lines that are held at once. */
const SOME = 256

export interface RawLine {
  /** Counted from 1. */
  readonly line: number
  /** Without its end; undefined for a line that is too long. */
  readonly bytes: Uint8Array | undefined
  readonly length: number
  /** The byte after its end: where the next line begins. */
  readonly end: number
}

export interface LinePlace {
  readonly byte: number
  /** Lines before it. */
  readonly lines: number
}

/** A file, wherever its bytes come from: the store of a node, or one beside a command. */
export interface FileBytes {
  readonly size: number
  slice(start: number, end: number): Promise<Uint8Array>
}

/** Bytes of a file from a place on, a few MiB at a time. */
export async function* bytesFrom(file: FileBytes, byte: number): AsyncIterable<Uint8Array> {
  for (let at = byte; at < file.size; ) {
    // Windows begin at whole frames of the store, so that none is opened twice.
    const end = Math.min(file.size, (Math.floor(at / WINDOW) + 1) * WINDOW)
    yield await file.slice(at, end)
    at = end
  }
}

type Ends = Pick<Written, 'width' | 'encoding' | 'lineEnd'>

/** Some lines at a time: as many as a chunk holds, or `SOME`. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, ends: Ends, from: LinePlace): AsyncIterable<readonly RawLine[]> {
  const { width } = ends
  let [line, at] = [from.lines, from.byte]
  let held: Uint8Array[] = []
  let length = 0
  const take = (part: Uint8Array): void => {
    length += part.length
    if (length > MOST_LINE_BYTES) held = []
    else if (part.length > 0) held.push(part)
  }
  const finish = (endBytes: number): RawLine => {
    const isTooLong = length > MOST_LINE_BYTES
    at += length + endBytes
    line += 1
    const [only] = held
    const bytes = isTooLong ? undefined : withoutReturn(held.length > 1 || only === undefined ? Buffer.concat(held) : only, ends)
    const finished = { line, bytes, length, end: at }
    held = []
    length = 0
    return finished
  }
  for await (const chunk of chunks) {
    const lines: RawLine[] = []
    let start = 0
    for (let end = endOfLine(chunk, start, ends); end >= 0; end = endOfLine(chunk, start, ends)) {
      take(chunk.subarray(start, end))
      lines.push(finish(width))
      start = end + width
      if (lines.length === SOME) yield lines.splice(0)
    }
    if (start < chunk.length) take(chunk.subarray(start))
    if (lines.length > 0) yield lines
  }
  if (length > 0) yield [finish(0)]
}

function endOfLine(chunk: Uint8Array, start: number, { width, encoding, lineEnd }: Ends): number {
  if (width === 1) return chunk.indexOf(lineEnd, start)
  const offset = encoding === 'utf-16be' ? 1 : 0
  for (let at = chunk.indexOf(lineEnd, start); at >= 0; at = chunk.indexOf(lineEnd, at + 1))
    // The two bytes of a sign begin at an even place; windows and lines do, too.
    if ((at - start) % 2 === offset && chunk[at + 1 - 2 * offset] === 0) return at - offset
  return -1
}

function withoutReturn(bytes: Uint8Array, { width, encoding, lineEnd }: Ends): Uint8Array {
  const start = bytes.length - width
  if (start < 0 || lineEnd !== LINE_FEED) return bytes
  const high = encoding === 'utf-16be' ? bytes[start] : bytes[start + 1]
  const low = encoding === 'utf-16be' ? bytes[start + 1] : bytes[start]
  return low === RETURN && (width === 1 || high === 0) ? bytes.subarray(0, start) : bytes
}
