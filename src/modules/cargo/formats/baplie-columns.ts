/**
 * BAPLIE straight to typed columns, without an object or a text per container: for scans over many plans.
 * One row per equipment with a number, in the order of the file; both generations, grouped like `baplie.ts`, the location first.
 * Units: kilograms. Keys: `container-bytes.ts`; places and types are packed by `packCode`.
 */
import type { Refusal } from '#kernel/edifact/limits.ts'
import { Scanner } from '#kernel/edifact/scanner.ts'
import { type Segment, TOKEN_WORDS, tagOf } from '#kernel/edifact/segment.ts'
import { type ContainerBytes, readContainerBytes } from './container-bytes.ts'

export const FULL = 1
export const EMPTY = 2
export const BAD_CHECK_DIGIT = 4
export const VERIFIED_WEIGHT = 8

export interface BaplieColumns {
  readonly count: number
  /** Container key; -1 - n for a number that is not ISO 6346, n being its index in `others`. */
  readonly key: Float64Array
  readonly loading: Uint32Array
  readonly discharge: Uint32Array
  /** NaN: none stated. */
  readonly weight: Float32Array
  readonly isoType: Uint32Array
  /** Bay, row and tier as one number of up to seven digits; 0: none stated. */
  readonly position: Uint32Array
  readonly flags: Uint8Array
  readonly others: readonly string[]
  readonly refusal?: Refusal
}

const UNH = tagOf('UNH')
const LOC = tagOf('LOC')
const EQD = tagOf('EQD')
const MEA = tagOf('MEA')
const UNT = tagOf('UNT')
const BAPLIE = 'BAPLIE'
/** Letters and digits, one value for none and one for any other sign. */
const BASE = 38
const OTHER = 37

export function readBaplieColumns(chunks: Iterable<Uint8Array>): BaplieColumns {
  const builder = new ColumnBuilder()
  const scanner = new Scanner(builder)
  for (const chunk of chunks) scanner.push(chunk)
  scanner.finish()
  return builder.columns(scanner.refusal)
}

/** Up to five signs as one integer; 0 when empty or longer. Signs that are no letter or digit all read back as `*`. */
export function packCode(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 5) return 0
  let code = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    const value = byte >= 0x41 && byte <= 0x5a ? byte - 0x41 + 11 : byte >= 0x30 && byte <= 0x39 ? byte - 0x30 + 1 : OTHER
    code = code * BASE + value
  }
  return code
}

export function unpackCode(code: number): string {
  let text = ''
  for (let rest = code; rest > 0; rest = Math.floor(rest / BASE)) {
    const value = rest % BASE
    text = (value === OTHER ? '*' : value > 10 ? String.fromCharCode(0x41 + value - 11) : String(value - 1)) + text
  }
  return text
}

class ColumnBuilder {
  #count = 0
  #capacity = 4096
  #key = new Float64Array(this.#capacity)
  #loading = new Uint32Array(this.#capacity)
  #discharge = new Uint32Array(this.#capacity)
  #weight = new Float32Array(this.#capacity)
  #isoType = new Uint32Array(this.#capacity)
  #position = new Uint32Array(this.#capacity)
  #flags = new Uint8Array(this.#capacity)
  readonly #others: string[] = []
  readonly #read: ContainerBytes = { key: -1, digit: 0, isDigitRight: false }
  #isInPlan = false
  #isOpen = false
  #hasNumber = false
  #hasEquipment = false
  #comesFirst: boolean | undefined

  segment(segment: Segment): void {
    const { tag } = segment
    if (tag === UNH) {
      this.#isInPlan = segment.text(2) === BAPLIE
      this.#comesFirst = undefined
    } else if (!this.#isInPlan) return
    else if (tag === LOC) this.#location(segment)
    else if (tag === EQD) this.#equipment(segment)
    else if (tag === MEA) this.#measure(segment)
    else if (tag === UNT) {
      this.#close()
      this.#isInPlan = false
    }
  }

  columns(refusal: Refusal | undefined): BaplieColumns {
    const count = this.#count
    const columns = {
      count,
      key: this.#key.subarray(0, count),
      loading: this.#loading.subarray(0, count),
      discharge: this.#discharge.subarray(0, count),
      weight: this.#weight.subarray(0, count),
      isoType: this.#isoType.subarray(0, count),
      position: this.#position.subarray(0, count),
      flags: this.#flags.subarray(0, count),
      others: this.#others,
    }
    return refusal === undefined ? columns : { ...columns, refusal }
  }

  #location(segment: Segment): void {
    const { buffer, tokens } = segment
    const code = segment.find(1, 1)
    if (code < 0) return
    const start = tokens[code] as number
    const length = (tokens[code + 1] as number) - start
    const first = buffer[start] as number
    const second = buffer[start + 1] as number
    if (length === 3 && first === 0x31 && second === 0x34 && buffer[start + 2] === 0x37) return this.#stowage(segment)
    if (!this.#isOpen || length > 2) return
    const isLoading = length === 1 && (first === 0x39 || first === 0x36)
    const isDischarge = length === 2 && first === 0x31 && (second === 0x31 || second === 0x32)
    if (!isLoading && !isDischarge) return
    const place = segment.find(2, 1)
    if (place < 0) return
    const column = isLoading ? this.#loading : this.#discharge
    column[this.#count] = packCode(buffer, tokens[place] as number, tokens[place + 1] as number)
  }

  #stowage(segment: Segment): void {
    // Equipment before its location: the location belongs to the row that is open.
    if (!(this.#comesFirst === true && this.#isOpen)) {
      this.#close()
      this.#open()
    }
    const token = segment.find(2, 1)
    if (token >= 0)
      this.#position[this.#count] = digitsOf(segment.buffer, segment.tokens[token] as number, segment.tokens[token + 1] as number)
  }

  #equipment(segment: Segment): void {
    this.#comesFirst ??= !this.#isOpen
    if (!this.#isOpen || this.#hasEquipment) {
      const row = this.#count
      const wasOpen = this.#isOpen
      this.#close()
      this.#open()
      if (wasOpen && !this.#comesFirst) this.#copyPlace(row, this.#count)
    }
    this.#hasEquipment = true
    const { buffer, tokens } = segment
    const number = segment.find(2, 1)
    if (number < 0 || tokens[number] === tokens[number + 1]) return
    this.#hasNumber = true
    const row = this.#count
    let flags = 0
    if (readContainerBytes(buffer, tokens[number] as number, tokens[number + 1] as number, this.#read)) {
      this.#key[row] = this.#read.key
      if (!this.#read.isDigitRight) flags |= BAD_CHECK_DIGIT
    } else this.#key[row] = -this.#others.push(segment.textOf(number))
    const type = segment.find(3, 1)
    if (type >= 0) this.#isoType[row] = packCode(buffer, tokens[type] as number, tokens[type + 1] as number)
    const load = segment.find(6, 1)
    if (load >= 0 && (tokens[load + 1] as number) - (tokens[load] as number) === 1) {
      const sign = buffer[tokens[load] as number]
      if (sign === 0x34) flags |= EMPTY
      else if (sign === 0x35 || sign === 0x37 || sign === 0x38) flags |= FULL
    }
    this.#flags[row] = (this.#flags[row] as number) | flags
  }

  /** The verified weight wins over any other; tare and volumes are passed over. */
  #measure(segment: Segment): void {
    if (!this.#isOpen) return
    const { buffer, tokens } = segment
    const kind = segment.find(2, 1)
    const unit = segment.find(3, 1)
    if (kind < 0 || unit < 0 || segment.find(3, 2) < 0) return
    const start = tokens[kind] as number
    const length = (tokens[kind + 1] as number) - start
    const [first, second, third] = [buffer[start], buffer[start + 1], buffer[start + 2]]
    const isVerified = length === 3 && first === 0x56 && second === 0x47 && third === 0x4d
    // Empty, G, WT, AET and AAE: the weight as loaded.
    const isLoaded = length === 3 && first === 0x41 && ((second === 0x45 && third === 0x54) || (second === 0x41 && third === 0x45))
    const isGross = isLoaded || length === 0 || (length === 1 && first === 0x47) || (length === 2 && first === 0x57 && second === 0x54)
    const row = this.#count
    if (!isVerified && (!isGross || ((this.#flags[row] as number) & VERIFIED_WEIGHT) !== 0)) return
    const factor = unitFactor(buffer, tokens[unit] as number, tokens[unit + 1] as number)
    if (factor === 0) return
    this.#weight[row] = decimalOf(buffer, tokens[unit + TOKEN_WORDS] as number, tokens[unit + TOKEN_WORDS + 1] as number) * factor
    if (isVerified) this.#flags[row] = (this.#flags[row] as number) | VERIFIED_WEIGHT
  }

  #open(): void {
    if (this.#count === this.#capacity) this.#grow()
    const row = this.#count
    this.#isOpen = true
    this.#hasNumber = false
    this.#hasEquipment = false
    this.#loading[row] = 0
    this.#discharge[row] = 0
    this.#weight[row] = Number.NaN
    this.#isoType[row] = 0
    this.#position[row] = 0
    this.#flags[row] = 0
  }

  #close(): void {
    if (this.#isOpen && this.#hasNumber) this.#count++
    this.#isOpen = false
  }

  #copyPlace(from: number, to: number): void {
    if (from === to) return
    this.#position[to] = this.#position[from] as number
    this.#loading[to] = this.#loading[from] as number
    this.#discharge[to] = this.#discharge[from] as number
  }

  #grow(): void {
    this.#capacity *= 2
    this.#key = enlarged(this.#key, new Float64Array(this.#capacity))
    this.#loading = enlarged(this.#loading, new Uint32Array(this.#capacity))
    this.#discharge = enlarged(this.#discharge, new Uint32Array(this.#capacity))
    this.#weight = enlarged(this.#weight, new Float32Array(this.#capacity))
    this.#isoType = enlarged(this.#isoType, new Uint32Array(this.#capacity))
    this.#position = enlarged(this.#position, new Uint32Array(this.#capacity))
    this.#flags = enlarged(this.#flags, new Uint8Array(this.#capacity))
  }
}

function enlarged<T extends { set(from: ArrayLike<number>): void }>(from: ArrayLike<number>, to: T): T {
  to.set(from)
  return to
}

/** 0 for anything but kilograms, tonnes and pounds. */
function unitFactor(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 3) return 0
  const [first, second, third] = [bytes[start], bytes[start + 1], bytes[start + 2]]
  if (first === 0x4b && second === 0x47) return 1
  if (first === 0x54 && second === 0x4e && third === 0x45) return 1000
  return first === 0x4c && second === 0x42 && third === 0x52 ? 0.45359237 : 0
}

function digitsOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 7) return 0
  let number = 0
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - 0x30
    if (digit < 0 || digit > 9) return 0
    number = number * 10 + digit
  }
  return number
}

function decimalOf(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || end - start > 15) return Number.NaN
  let number = 0
  let scale = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    if (byte === 0x2e || byte === 0x2c) {
      if (scale !== 0) return Number.NaN
      scale = 1
      continue
    }
    if (byte < 0x30 || byte > 0x39) return Number.NaN
    number = number * 10 + byte - 0x30
    scale *= 10
  }
  return scale > 1 ? number / scale : number
}
