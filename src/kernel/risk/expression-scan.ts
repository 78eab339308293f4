/**
 * One term over one slice of rows, as bits: row r of the slice is bit r mod 32 of word r div 32. Each loop meets one type of array only, so that the engine
 * compiles it to plain arithmetic; words in which no row is of interest are passed over and hold anything.
 */
export const SLICE_ROWS = 4096
export const SLICE_WORDS = SLICE_ROWS / 32

/** Where a scan writes, and which words are of interest (any bit set). */
export interface Target {
  readonly out: Int32Array
  readonly live: Int32Array
}

export type Scan<Values> = (values: Values, target: Target) => void

const LEAST = -(2 ** 31)
const MOST = 2 ** 31 - 1

/** Whole numbers from low to high, both included. */
export function wholeRange(low: number, high: number): Scan<Int32Array> {
  const from = Math.max(Math.ceil(low), LEAST)
  const until = Math.min(Math.floor(high), MOST)
  if (from > until) return none
  return (values, { out, live }) => {
    for (let word = 0; word < SLICE_WORDS; word++) {
      if (live[word] === 0) continue
      const first = word << 5
      let bits = 0
      for (let bit = 0; bit < 32; bit++) {
        const value = values[first + bit] as number
        if (value >= from && value <= until) bits |= 1 << bit
      }
      out[word] = bits
    }
  }
}

export function realRange(low: number, high: number): Scan<Float64Array> {
  return (values, { out, live }) => {
    for (let word = 0; word < SLICE_WORDS; word++) {
      if (live[word] === 0) continue
      const first = word << 5
      let bits = 0
      for (let bit = 0; bit < 32; bit++) {
        const value = values[first + bit] as number
        if (value >= low && value <= high) bits |= 1 << bit
      }
      out[word] = bits
    }
  }
}

/** Members of a set of numbers from 0 to 65,535: one bit each. */
export function codeMember(members: readonly number[]): Scan<Int32Array> {
  if (members.length === 0) return none
  if (members.length === 1) return wholeRange(members[0] as number, members[0] as number)
  const set = new Int32Array(2048)
  for (const member of members) set[member >>> 5] = (set[member >>> 5] as number) | (1 << (member & 31))
  return (values, { out, live }) => {
    for (let word = 0; word < SLICE_WORDS; word++) {
      if (live[word] === 0) continue
      const first = word << 5
      let bits = 0
      for (let bit = 0; bit < 32; bit++) {
        const value = values[first + bit] as number
        bits |= (((set[(value & 0xffff) >>> 5] as number) >>> (value & 31)) & 1) << bit
      }
      out[word] = bits
    }
  }
}

/** Members of any set of numbers; the table is at most half full, so most misses end at once. */
export function realMember(members: readonly number[]): Scan<Float64Array> {
  if (members.length === 0) return none
  if (members.length === 1) return realRange(members[0] as number, members[0] as number)
  const table = new Float64Array(2 ** Math.ceil(Math.log2(2 * members.length))).fill(Number.NaN)
  for (const member of members) table[freePlace(table, member)] = member
  const mask = table.length - 1
  return (values, { out, live }) => {
    for (let word = 0; word < SLICE_WORDS; word++) {
      if (live[word] === 0) continue
      const first = word << 5
      let bits = 0
      for (let bit = 0; bit < 32; bit++) {
        const value = values[first + bit] as number
        let place = mix(value) & mask
        let held = table[place] as number
        while (held !== value && held === held) {
          place = (place + 1) & mask
          held = table[place] as number
        }
        if (held === value) bits |= 1 << bit
      }
      out[word] = bits
    }
  }
}

export function oneBit(bit: number): Scan<Int32Array> {
  return (values, { out, live }) => {
    for (let word = 0; word < SLICE_WORDS; word++) {
      if (live[word] === 0) continue
      const first = word << 5
      let bits = 0
      for (let row = 0; row < 32; row++) bits |= (((values[first + row] as number) >>> bit) & 1) << row
      out[word] = bits
    }
  }
}

function none(_values: unknown, { out }: Target): void {
  out.fill(0)
}

function freePlace(table: Float64Array, member: number): number {
  const mask = table.length - 1
  let place = mix(member) & mask
  while (!Number.isNaN(table[place])) place = (place + 1) & mask
  return place
}

/** Both halves of the number, mixed. Source of the constants: MurmurHash3, A. Appleby (public domain). */
function mix(value: number): number {
  let hash = (value | 0) ^ Math.imul((value / 0x1_0000_0000) | 0, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
