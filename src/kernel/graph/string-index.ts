/**
 * Entity ids and the dense numbers that stand for them in a graph: numbered from 0 in the order they were first added, whatever the seed. Texts lie in
 * one byte array (one byte for each UTF-16 unit where all fit, else two; lone surrogates survive), numbers in an open-addressing table. Ids come from
 * files of others, so the hash is keyed: without the seed nobody can make ids that all fall into one place.
 * Memory: for each id 9 bytes, its own units, and 6 to 12 bytes of table, twice that at most after growing. Limits: 2^29 ids, 2^32 − 1 bytes of text.
 * Source: J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF" (2012): the rounds of HalfSipHash-1-3.
 */
export interface StringIndex {
  readonly size: number
  /** Bytes held. */
  readonly byteLength: number
  /** The number of an id, a new one where it is new. An id that cannot be taken is left out and says why. */
  add(id: string): number | 'too-long' | 'full'
  find(id: string): number | undefined
  /** The id of a number. Throws on a number that was never given. */
  at(number: number): string
}

export interface StringIndexOptions {
  /** 32 random bits twice; the numbers given do not depend on them. */
  readonly seed: readonly [number, number]
  /** Longest id in UTF-16 units. */
  readonly maxLength?: number
  /** Most ids. */
  readonly maxSize?: number
  /** Ids to make room for at once. */
  readonly expected?: number
}

const MOST_IDS = 2 ** 29
const MOST_BYTES = 2 ** 32 - 1
const EMPTY = -1

export function createStringIndex({ seed, maxLength = 1024, maxSize = MOST_IDS, expected = 1024 }: StringIndexOptions): StringIndex {
  const limit = Math.min(maxSize, MOST_IDS)
  let capacity = Math.max(16, Math.min(expected, limit))
  let starts = new Uint32Array(capacity + 1)
  let hashes = new Int32Array(capacity)
  let table = new Int32Array(tableSize(capacity)).fill(EMPTY)
  let text = new Uint8Array(capacity * 16)
  let size = 0

  /** The number in whose place the id stands, or the free place as −1 − place. */
  const locate = (id: string, hash: number): number => {
    const mask = table.length - 1
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const number = table[place] as number
      if (number === EMPTY) return -1 - place
      if (hashes[number] === hash && isAt(number, id)) return number
    }
  }
  const isAt = (number: number, id: string): boolean => {
    const start = (starts[number] as number) + 1
    const end = starts[number + 1] as number
    const width = text[start - 1] as number
    if (end - start !== id.length * width) return false
    for (let index = 0; index < id.length; index++) {
      const unit = width === 1 ? (text[start + index] as number) : wideUnit(start + 2 * index)
      if (unit !== id.charCodeAt(index)) return false
    }
    return true
  }
  const wideUnit = (at: number): number => (text[at] as number) | ((text[at + 1] as number) << 8)
  const grow = (): void => {
    capacity = Math.min(limit, capacity * 2)
    starts = copied(new Uint32Array(capacity + 1), starts)
    hashes = copied(new Int32Array(capacity), hashes)
    table = new Int32Array(tableSize(capacity)).fill(EMPTY)
    const mask = table.length - 1
    for (let number = 0; number < size; number++) {
      let place = (hashes[number] as number) & mask
      while (table[place] !== EMPTY) place = (place + 1) & mask
      table[place] = number
    }
  }
  return {
    get size() {
      return size
    },
    get byteLength() {
      return starts.byteLength + hashes.byteLength + table.byteLength + text.byteLength
    },
    add(id) {
      if (id.length > maxLength) return 'too-long'
      if (size === capacity && capacity < limit) grow()
      const hash = halfSipHash(id, seed)
      const found = locate(id, hash)
      if (found >= 0) return found
      const width = isNarrow(id) ? 1 : 2
      const start = starts[size] as number
      const end = start + 1 + id.length * width
      if (size >= limit || end > MOST_BYTES) return 'full'
      if (end > text.length) text = copied(new Uint8Array(Math.min(MOST_BYTES, Math.max(end, text.length * 2))), text)
      text[start] = width
      for (let index = 0, at = start + 1; index < id.length; index++, at += width) {
        const unit = id.charCodeAt(index)
        text[at] = unit & 0xff
        if (width === 2) text[at + 1] = unit >> 8
      }
      starts[size + 1] = end
      hashes[size] = hash
      table[-1 - found] = size
      size += 1
      return size - 1
    },
    find(id) {
      const found = locate(id, halfSipHash(id, seed))
      return found < 0 ? undefined : found
    },
    at(number) {
      if (!Number.isInteger(number) || number < 0 || number >= size)
        throw new RangeError(`No id has the number ${number}: there are ${size}.`)
      const start = (starts[number] as number) + 1
      const end = starts[number + 1] as number
      const width = text[start - 1] as number
      let id = ''
      for (let at = start; at < end; at += width) id += String.fromCharCode(width === 1 ? (text[at] as number) : wideUnit(at))
      return id
    },
  }
}

/** A power of two that leaves a third of the places free. */
function tableSize(capacity: number): number {
  return 2 ** Math.ceil(Math.log2(capacity * 1.5))
}

function copied<T extends Uint8Array | Uint32Array | Int32Array>(wider: T, from: T): T {
  wider.set(from)
  return wider
}

function isNarrow(id: string): boolean {
  for (let index = 0; index < id.length; index++) if (id.charCodeAt(index) > 0xff) return false
  return true
}

/** Two UTF-16 units a word, the length in the last. */
function halfSipHash(id: string, seed: readonly [number, number]): number {
  let v0 = seed[0] | 0
  let v1 = seed[1] | 0
  let v2 = 0x6c796765 ^ v0
  let v3 = 0x74656462 ^ v1
  const words = (id.length >> 1) + 1
  for (let word = 0; word < words + 3; word++) {
    let input = 0
    if (word < words - 1) input = id.charCodeAt(2 * word) | (id.charCodeAt(2 * word + 1) << 16)
    else if (word === words - 1) input = (id.length << 16) | (id.length % 2 === 1 ? id.charCodeAt(id.length - 1) : 0)
    else if (word === words) v2 ^= 0xff
    v3 ^= input
    v0 = (v0 + v1) | 0
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
    v0 = (v0 << 16) | (v0 >>> 16)
    v2 = (v2 + v3) | 0
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
    v0 = (v0 + v3) | 0
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
    v2 = (v2 + v1) | 0
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
    v2 = (v2 << 16) | (v2 >>> 16)
    v0 ^= input
  }
  return v1 ^ v3
}
