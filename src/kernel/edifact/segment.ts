/**
 * One segment as offsets into the scanner's buffer. One object is reused for all segments: whoever keeps a value copies it
 * before returning. Elements count from 1 (0 is the tag), components and repetitions from 1.
 */
import { type Charset, decodeAscii, decodeBytes, type ForeignDecoder } from './charset.ts'

/** A token is one component: start, end, flags. */
export const TOKEN_WORDS = 3
export const RELEASED = 1
export const WRAPPED = 2
export const CONTROLLED = 4
export const NOT_ASCII = 8
/** The token repeats the element before it, rather than opening the next component. */
export const REPEATED = 16

/** More different codes than any message uses; hostile ones do not pile up. */
const CODES_KEPT = 4096

export class Segment {
  buffer: Uint8Array = new Uint8Array(0)
  /** Offset in the document of the buffer's first byte. */
  base = 0
  /** Position in the document, counted from 1; UNA does not count. */
  ordinal = 0
  start = 0
  /** One past the last byte of the last component. */
  end = 0
  tokens: Int32Array
  tokenCount = 0
  /** Index of the first token of each element; one more entry closes the last element. */
  elementFirst: Int32Array
  /** Data elements, tag not counted. */
  elementCount = 0
  /** All token flags of the segment. */
  flags = 0
  /** The three bytes of the tag, packed by `tagOf`; 0 when the tag has another length. */
  tag = 0
  /** False for what stood at the end of the file without a terminator. */
  isTerminated = true
  release = 0
  charset: Charset = 'guess'
  foreign: ForeignDecoder | undefined = undefined

  /** Makes a text of ASCII bytes; a host may lend a faster one than the kernel can write. */
  ascii: (bytes: Uint8Array, start: number, end: number) => string = decodeAscii
  readonly #codes = new Map<number, string>()

  constructor(components: number) {
    this.tokens = new Int32Array(components * TOKEN_WORDS)
    this.elementFirst = new Int32Array(components + 1)
  }

  /** Index into `tokens` of a component, or -1 when the segment does not reach that far. */
  find(element: number, component: number): number {
    if (element > this.elementCount) return -1
    const first = this.elementFirst[element] as number
    const token = first + component - 1
    if (token >= (this.elementFirst[element + 1] as number)) return -1
    if ((this.flags & REPEATED) !== 0)
      for (let index = first + 1; index <= token; index++)
        if (((this.tokens[index * TOKEN_WORDS + 2] as number) & REPEATED) !== 0) return -1
    return token * TOKEN_WORDS
  }

  /** Decoded and unreleased; empty when absent. */
  text(element: number, component = 1): string {
    const token = this.find(element, component)
    return token < 0 ? '' : this.textOf(token)
  }

  textOf(token: number): string {
    const start = this.tokens[token] as number
    const end = this.tokens[token + 1] as number
    if (start === end) return ''
    const flags = this.tokens[token + 2] as number
    if (flags === 0 || flags === REPEATED) return end - start < 4 ? this.#short(start, end) : this.ascii(this.buffer, start, end)
    if ((flags & (RELEASED | WRAPPED)) === 0)
      return decodeBytes(this.buffer, start, end, (flags & NOT_ASCII) === 0 ? 'ascii' : this.charset, this.foreign)
    const plain = new Uint8Array(end - start)
    let length = 0
    for (let at = start; at < end; at++) {
      let byte = this.buffer[at] as number
      if (byte === this.release && (flags & RELEASED) !== 0) byte = this.buffer[++at] as number
      else if ((byte === 0x0d || byte === 0x0a) && (flags & WRAPPED) !== 0) continue
      plain[length++] = byte
    }
    return decodeBytes(plain, 0, length, (flags & NOT_ASCII) === 0 ? 'ascii' : this.charset, this.foreign)
  }

  isEmpty(element: number, component = 1): boolean {
    const token = this.find(element, component)
    return token < 0 || this.tokens[token] === this.tokens[token + 1]
  }

  /** How many components the element has; repetitions count as components here. */
  componentCount(element: number): number {
    if (element > this.elementCount) return 0
    return (this.elementFirst[element + 1] as number) - (this.elementFirst[element] as number)
  }

  /** Codes of up to three signs come again and again: one text serves them all. */
  #short(start: number, end: number): string {
    let packed = 0
    for (let at = start; at < end; at++) packed = (packed << 8) | (this.buffer[at] as number)
    const known = this.#codes.get(packed)
    if (known !== undefined) return known
    const text = decodeAscii(this.buffer, start, end)
    if (this.#codes.size < CODES_KEPT) this.#codes.set(packed, text)
    return text
  }
}

/** Packs a tag so that comparing two is comparing two integers. */
export function tagOf(tag: string): number {
  return (tag.charCodeAt(0) << 16) | (tag.charCodeAt(1) << 8) | tag.charCodeAt(2)
}

/** The inverse of `tagOf`; empty for a tag of another length. */
export function tagName(tag: number): string {
  return tag === 0 ? '' : String.fromCharCode((tag >> 16) & 0xff, (tag >> 8) & 0xff, tag & 0xff)
}
