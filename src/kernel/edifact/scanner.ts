/**
 * Bytes to segments: one pass, offsets only, no text. Chunks of any size give the same segments.
 * Invariant: the buffer never grows beyond one segment plus one slice, whatever arrives; after a refusal nothing more is read.
 * Source: ISO 9735 syntax 1 to 4. Departs where real files do: blanks and line breaks between segments, a byte order mark, several
 * interchanges in a file, no interchange envelope at all.
 */
import { DEFAULT_LIMITS, type EdifactLimits, type Refusal } from './limits.ts'
import { CONTROLLED, NOT_ASCII, RELEASED, REPEATED, Segment, TOKEN_WORDS, tagOf, WRAPPED } from './segment.ts'
import {
  COMPONENT,
  CONTROL,
  classifyBytes,
  ELEMENT,
  HIGH,
  LEVEL_A,
  LEVEL_B,
  LINE_BREAK,
  PLAIN,
  RELEASE,
  REPETITION,
  readServiceAdvice,
  type ServiceCharacters,
  TERMINATOR,
} from './service-characters.ts'

export interface SegmentSink {
  segment(segment: Segment): void
  /** Bytes between two segments that are neither blank nor a segment. */
  stray?(byte: number): void
}

const SLICE = 64 * 1024
const UNB = tagOf('UNB')
const FIRST_TAGS = ['UNA', 'UNB', 'UNG', 'UNH', 'BGM']

export class Scanner {
  readonly segment: Segment
  refusal: Refusal | undefined
  readonly #limits: EdifactLimits
  readonly #sink: SegmentSink
  readonly #buffer: Uint8Array
  #base = 0
  #filled = 0
  #position = 0
  #segmentStart = 0
  #tokenStart = 0
  #tokenFlags = 0
  #isInside = false
  #hasStarted = false
  #isEnding = false
  #characters: ServiceCharacters = LEVEL_A
  #classes = classifyBytes(LEVEL_A, false)
  #hasAdvice = false
  #interchangeStart = 0

  constructor(sink: SegmentSink, limits: EdifactLimits = DEFAULT_LIMITS) {
    this.#sink = sink
    this.#limits = limits
    this.#buffer = new Uint8Array(limits.segmentBytes + SLICE)
    this.segment = new Segment(limits.segmentComponents)
    this.segment.buffer = this.#buffer
    this.segment.release = LEVEL_A.release
  }

  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length && this.refusal === undefined; ) {
      if (this.#filled === this.#buffer.length) this.#compact()
      const length = Math.min(chunk.length - from, this.#buffer.length - this.#filled)
      this.#buffer.set(chunk.subarray(from, from + length), this.#filled)
      this.#filled += length
      from += length
      this.#scan()
    }
  }

  /** No more bytes come. What stands without a terminator is handed over as such. */
  finish(): void {
    if (this.refusal !== undefined) return
    this.#isEnding = true
    this.#scan()
    if (this.refusal !== undefined) return
    if (!this.#hasStarted) {
      this.refuse('edifact.empty', 0, 'The document holds no segment.')
      return
    }
    if (!this.#isInside) return
    this.#position = Math.min(this.#position, this.#filled)
    if (this.#closeToken(this.#filled, 0)) this.#emit(this.#filled, false)
  }

  refuse(code: Refusal['code'], byte: number, text: string): void {
    this.refusal ??= { code, byte, text }
  }

  #compact(): void {
    const keep = this.#isInside ? this.#segmentStart : this.#position
    this.#buffer.copyWithin(0, keep, this.#filled)
    this.#base += keep
    this.#filled -= keep
    this.#position -= keep
    this.#segmentStart -= keep
    this.#tokenStart -= keep
    const { tokens, tokenCount } = this.segment
    if (this.#isInside)
      for (let token = 0; token < tokenCount * TOKEN_WORDS; token += TOKEN_WORDS) {
        tokens[token] = (tokens[token] as number) - keep
        tokens[token + 1] = (tokens[token + 1] as number) - keep
      }
  }

  #scan(): void {
    const buffer = this.#buffer
    while (this.refusal === undefined) {
      if (!this.#isInside && !this.#begin()) break
      const classes = this.#classes
      const filled = this.#filled
      let position = this.#position
      let kind = PLAIN
      while (position < filled) {
        kind = classes[buffer[position] as number] as number
        if (kind === PLAIN) position++
        else if (kind === COMPONENT || kind === ELEMENT || kind === REPETITION) {
          if (!this.#closeToken(position, kind)) return
          position++
        } else if (kind === TERMINATOR) break
        else if (kind === RELEASE) {
          if (position + 1 >= filled) break
          this.#tokenFlags |= RELEASED
          if ((buffer[position + 1] as number) >= 0x80) this.#tokenFlags |= NOT_ASCII
          position += 2
        } else {
          this.#tokenFlags |= kind === HIGH ? NOT_ASCII : kind === CONTROL ? CONTROLLED : kind === LINE_BREAK ? WRAPPED : 0
          position++
        }
      }
      this.#position = position
      if (position - this.#segmentStart >= this.#limits.segmentBytes) {
        this.refuse(
          'edifact.segment-too-long',
          this.#base + this.#segmentStart + this.#limits.segmentBytes,
          `A segment is longer than ${this.#limits.segmentBytes} bytes.`,
        )
        return
      }
      if (position >= filled || kind !== TERMINATOR) return
      if (!this.#closeToken(position, kind)) return
      this.#position = position + 1
      this.#emit(position, true)
    }
  }

  /** Skips what may stand between segments and opens the next one. False: more bytes are needed. */
  #begin(): boolean {
    const buffer = this.#buffer
    if (!this.#hasStarted && !this.#skipMark()) return false
    while (this.#position < this.#filled) {
      const byte = buffer[this.#position] as number
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) this.#position++
      else if (byte === 0 && this.#hasStarted) {
        this.#sink.stray?.(this.#base + this.#position)
        this.#position++
      } else if (byte === 0x55 || !this.#hasStarted) {
        // U: the segment may be UNA or UNB, which set the characters for what follows; the first bytes tell whether this is EDIFACT.
        const known = this.#filled - this.#position
        if (known < 4 && !this.#isEnding) return false
        const tag = String.fromCharCode(...buffer.subarray(this.#position, this.#position + 3))
        if (!this.#hasStarted && !this.#isPlausibleStart(tag)) return false
        if (tag === 'UNA') {
          if (known < 9 && !this.#isEnding) return false
          if (!this.#takeAdvice(known)) return false
          continue
        }
        if (tag === 'UNB') this.#openInterchange()
        return this.#open()
      } else return this.#open()
      if (!this.#isWithinInterchange()) return false
    }
    return false
  }

  #open(): boolean {
    if (!this.#isWithinInterchange()) return false
    this.#isInside = true
    this.#hasStarted = true
    this.#segmentStart = this.#position
    this.#tokenStart = this.#position
    this.#tokenFlags = 0
    const { segment } = this
    segment.tokenCount = 0
    segment.elementCount = 0
    segment.elementFirst[0] = 0
    segment.flags = 0
    return true
  }

  #isWithinInterchange(): boolean {
    const length = this.#base + this.#position - this.#interchangeStart
    if (length <= this.#limits.interchangeBytes) return true
    this.refuse(
      'edifact.interchange-too-long',
      this.#interchangeStart + this.#limits.interchangeBytes,
      `An interchange is longer than ${this.#limits.interchangeBytes} bytes.`,
    )
    return false
  }

  #skipMark(): boolean {
    const buffer = this.#buffer
    if (this.#base + this.#position > 0) return true
    if (this.#filled < 3 && !this.#isEnding) return false
    if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf && this.#filled >= 3) this.#position = 3
    if ((buffer[0] === 0xff && buffer[1] === 0xfe) || (buffer[0] === 0xfe && buffer[1] === 0xff)) {
      this.refuse('edifact.utf-16', 0, 'The document is UTF-16; EDIFACT is read byte by byte in ASCII, ISO 8859 or UTF-8.')
      return false
    }
    return true
  }

  #isPlausibleStart(tag: string): boolean {
    const after = this.#buffer[this.#position + 3] as number
    const separator = tag === 'UNA' || after === LEVEL_A.element || (after === LEVEL_B.element && tag === 'UNB')
    if (FIRST_TAGS.includes(tag) && separator && this.#filled - this.#position > 3) return true
    if (this.#filled === this.#position) return false
    this.refuse('edifact.not-edifact', this.#base + this.#position, 'The document does not begin with UNA, UNB, UNG, UNH or BGM.')
    return false
  }

  #takeAdvice(known: number): boolean {
    const characters = known < 9 ? undefined : readServiceAdvice(this.#buffer, this.#position + 3)
    if (characters === undefined) {
      this.refuse('edifact.service-characters', this.#base + this.#position, 'UNA does not give six service characters that differ.')
      return false
    }
    this.#setCharacters(characters, false)
    this.#hasAdvice = true
    this.#hasStarted = true
    this.#interchangeStart = this.#base + this.#position
    this.#position += 9
    return true
  }

  #openInterchange(): void {
    if (!this.#hasAdvice) {
      this.#interchangeStart = this.#base + this.#position
      this.#setCharacters(this.#buffer[this.#position + 3] === LEVEL_B.element ? LEVEL_B : LEVEL_A, false)
    }
    // One UNA serves one interchange; the next one without its own falls back to the defaults.
    this.#hasAdvice = false
  }

  #setCharacters(characters: ServiceCharacters, repeats: boolean): void {
    this.#characters = characters
    this.#classes = classifyBytes(characters, repeats)
    this.segment.release = characters.release
  }

  #closeToken(end: number, kind: number): boolean {
    const { segment } = this
    const { tokens, elementFirst } = segment
    const count = segment.tokenCount
    if (count >= this.#limits.segmentComponents) {
      this.refuse('edifact.too-many-components', this.#base + end, `A segment has more than ${this.#limits.segmentComponents} components.`)
      return false
    }
    const word = count * TOKEN_WORDS
    const flags = this.#tokenFlags
    tokens[word] = this.#tokenStart
    tokens[word + 1] = end
    tokens[word + 2] = flags
    segment.flags |= flags
    segment.tokenCount = count + 1
    this.#tokenStart = end + 1
    this.#tokenFlags = kind === REPETITION ? REPEATED : 0
    if (kind === ELEMENT) elementFirst[++segment.elementCount] = count + 1
    return true
  }

  #emit(end: number, isTerminated: boolean): void {
    const { segment } = this
    segment.elementFirst[segment.elementCount + 1] = segment.tokenCount
    segment.base = this.#base
    segment.start = this.#segmentStart
    segment.end = end
    segment.ordinal++
    segment.isTerminated = isTerminated
    segment.tag = this.#tag()
    this.#isInside = false
    if (segment.tag === UNB) this.#setCharacters(this.#characters, segment.text(1, 2) === '4')
    this.#sink.segment(segment)
  }

  /** A tag may be wrapped by a line break of the carrier like any other value. */
  #tag(): number {
    const { tokens } = this.segment
    const start = tokens[0] as number
    if (((tokens[2] as number) & WRAPPED) !== 0) {
      const text = this.segment.text(0)
      return text.length === 3 ? tagOf(text) : 0
    }
    if ((tokens[1] as number) - start !== 3) return 0
    return ((this.#buffer[start] as number) << 16) | ((this.#buffer[start + 1] as number) << 8) | (this.#buffer[start + 2] as number)
  }
}
