/**
 * Bytes of a document as text, with the way back: every sign of the text knows its byte.
 * Invariant: bytes are never replaced; what is no text of the stated character set is refused with the first byte that is wrong.
 */
import { isUtf8 } from 'node:buffer'
import type { IntakeProblem } from '../model.ts'

/** Signs between two remembered bytes: lookups walk at most this far. */
const STRIDE = 1024

export class ByteMap {
  readonly #text: string
  readonly #offset: number
  /** Byte of every STRIDE-th sign; undefined when each sign is one byte. */
  readonly #marks: Uint32Array | undefined
  /** The last answer: questions come mostly in the order of the text. */
  #last = 0
  #lastBytes = 0

  constructor(text: string, offset: number, isOneByteEach: boolean) {
    this.#text = text
    this.#offset = offset
    if (isOneByteEach) return
    const marks = new Uint32Array(Math.floor(text.length / STRIDE) + 1)
    let bytes = 0
    for (let index = 0; index < text.length; index++) {
      if (index % STRIDE === 0) marks[index / STRIDE] = bytes
      bytes += width(text.charCodeAt(index))
    }
    this.#marks = marks
  }

  /** Byte in the document of the sign at this index of the text. */
  byteOf(index: number): number {
    if (this.#marks === undefined) return this.#offset + index
    const mark = Math.floor(index / STRIDE)
    const isAhead = this.#last <= index && this.#last >= mark * STRIDE
    let bytes = isAhead ? this.#lastBytes : (this.#marks[mark] ?? 0)
    for (let at = isAhead ? this.#last : mark * STRIDE; at < index; at++) bytes += width(this.#text.charCodeAt(at))
    this.#last = index
    this.#lastBytes = bytes
    return this.#offset + bytes
  }
}

/** Half of a pair is two of its four bytes. */
function width(code: number): number {
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code >= 0xd800 && code <= 0xdfff ? 2 : 3
}

export type DecodedText =
  | { readonly ok: true; readonly text: string; readonly map: ByteMap }
  | { readonly ok: false; readonly problem: IntakeProblem }

export function decodeUtf8(bytes: Uint8Array): DecodedText {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const body = bytes.subarray(mark)
  if (!isUtf8(body)) {
    const byte = mark + firstNoUtf8(body)
    return { ok: false, problem: { code: 'charset.invalid-utf-8', at: `byte ${byte}`, text: 'The bytes from here are not UTF-8.' } }
  }
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8')
  return { ok: true, text, map: new ByteMap(text, mark, text.length === body.length) }
}

export function decodeLatin1(bytes: Uint8Array): DecodedText {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  return { ok: true, text, map: new ByteMap(text, 0, true) }
}

/** The longest beginning that is UTF-8 ends here. Halves the range: each half is checked by native code. */
function firstNoUtf8(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length
  while (bad - good > 4) {
    const middle = boundary(bytes, good + Math.ceil((bad - good) / 2))
    if (middle <= good || middle >= bad) break
    if (isUtf8(bytes.subarray(good, middle))) good = middle
    else bad = middle
  }
  for (let end = good + 1; end < bad; end++) if (isUtf8(bytes.subarray(good, end))) return firstAfter(bytes, end, bad)
  return good
}

function firstAfter(bytes: Uint8Array, good: number, bad: number): number {
  let from = good
  for (let end = from + 1; end <= bad; end++) if (isUtf8(bytes.subarray(from, end))) from = end
  return from
}

/** Never cuts a sign in two: moves to the next byte that begins one. */
function boundary(bytes: Uint8Array, at: number): number {
  let index = at
  while (index < bytes.length && ((bytes[index] as number) & 0xc0) === 0x80) index++
  return index
}
