/**
 * The last state of each container in an open-addressing table: 24 bytes a slot in shared memory, 64 shards that grow on their own.
 * Invariant: the newest state stands whatever the order of arrival, and equal times are decided by content, so any order and any repetition of the same states
 * ends in the same table. Fifty million boxes take 64 × 2²⁰ slots = 1.6 GB.
 * Slot, in 32-bit words: key low · key high 8 | flags 8 | place 16 · minutes since 1970 · seals · type 16 | tare 16 · voyage.
 * Source: D. E. Knuth, The Art of Computer Programming 3, 6.4, algorithm L (linear probing); mixing as in MurmurHash3's finaliser.
 */
import { LAST_KEY } from './container-key.ts'

const WORDS = 6
const SHARDS = 64
/** Beyond this share linear probing gets long. */
const FULL = 0.8

/** Whole numbers only; texts are known elsewhere by their number or hash. */
export interface LastState {
  /** Number of the place in the caller's dictionary, below 2^16. */
  readonly place: number
  /** Minutes since 1970-01-01, below 2^32. */
  readonly minutes: number
  /** Fullness and event as the caller codes them, below 2^8. */
  readonly flags: number
  /** Hash of the set of seals, 32 bits. */
  readonly seals: number
  /** Number of the size and type, below 2^16. */
  readonly type: number
  /** Kilograms, below 2^16. */
  readonly tare: number
  /** Hash of the voyage, 32 bits. */
  readonly voyage: number
}

/** What another thread needs to read the same memory. */
export interface SharedStates {
  readonly buffers: readonly SharedArrayBuffer[]
  readonly counts: readonly number[]
}

export class LastStates {
  readonly #shards: Uint32Array[]
  readonly #counts: number[]

  constructor(options: { readonly expected: number } | SharedStates) {
    if ('buffers' in options) {
      this.#shards = options.buffers.map((buffer) => new Uint32Array(buffer))
      this.#counts = [...options.counts]
      return
    }
    const slots = 2 ** Math.max(4, Math.ceil(Math.log2(options.expected / SHARDS / FULL)))
    this.#shards = Array.from({ length: SHARDS }, () => emptyShard(slots))
    this.#counts = this.#shards.map(() => 0)
  }

  get size(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0)
  }

  get byteLength(): number {
    return this.#shards.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  share(): SharedStates {
    return { buffers: this.#shards.map(({ buffer }) => buffer as SharedArrayBuffer), counts: [...this.#counts] }
  }

  get(key: number): LastState | undefined {
    const hash = hashOf(key)
    const words = this.#shards[hash >>> 26] as Uint32Array
    const at = slotOf(words, key, hash)
    return words[at] === 0 && ((words[at + 1] as number) & 0xff) === 0 ? undefined : stateAt(words, at)
  }

  /** True when the state took the place of an older one or is the first; false when a newer one stands. */
  put(key: number, state: LastState): boolean {
    if (!Number.isInteger(key) || key < 0 || key > LAST_KEY) throw new RangeError('A key lies between 0 and 2^40 − 2.')
    const hash = hashOf(key)
    const shard = hash >>> 26
    let words = this.#shards[shard] as Uint32Array
    let at = slotOf(words, key, hash)
    const isNew = words[at] === 0 && ((words[at + 1] as number) & 0xff) === 0
    if (!isNew && !isNewer(words, at, state)) return false
    if (isNew) {
      const count = (this.#counts[shard] as number) + 1
      if (count > (words.length / WORDS) * FULL) {
        words = grown(words)
        this.#shards[shard] = words
        at = slotOf(words, key, hash)
      }
      this.#counts[shard] = count
    }
    words.set([(key + 1) >>> 0, ...wordsOf(state, Math.floor((key + 1) / 0x1_0000_0000))], at)
    return true
  }
}

function emptyShard(slots: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(slots * WORDS * 4))
}

function hashOf(key: number): number {
  let hash = Math.imul((key >>> 0) ^ Math.imul(Math.floor(key / 0x1_0000_0000) + 1, 0x9e3779b1), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Index of the first word of the slot that holds the key, or of the empty one where it would go. Stored keys are one more than keys: zero means empty. */
function slotOf(words: Uint32Array, key: number, hash: number): number {
  const low = (key + 1) >>> 0
  const high = Math.floor((key + 1) / 0x1_0000_0000)
  const slots = words.length / WORDS
  let slot = hash & (slots - 1)
  for (;;) {
    const at = slot * WORDS
    const [heldLow, heldHigh] = [words[at], (words[at + 1] as number) & 0xff]
    if ((heldLow === low && heldHigh === high) || (heldLow === 0 && heldHigh === 0)) return at
    slot = (slot + 1) & (slots - 1)
  }
}

function wordsOf(state: LastState, high: number): readonly [number, number, number, number, number] {
  return [
    (high | ((state.flags & 0xff) << 8) | ((state.place & 0xffff) << 16)) >>> 0,
    state.minutes >>> 0,
    state.seals >>> 0,
    ((state.type & 0xffff) | ((state.tare & 0xffff) << 16)) >>> 0,
    state.voyage >>> 0,
  ]
}

function isNewer(words: Uint32Array, at: number, state: LastState): boolean {
  const held = words[at + 2] as number
  if (state.minutes >>> 0 !== held) return state.minutes >>> 0 > held
  const given = wordsOf(state, (words[at + 1] as number) & 0xff)
  for (const [index, word] of given.entries()) if (word !== words[at + 1 + index]) return word > (words[at + 1 + index] as number)
  return false
}

function stateAt(words: Uint32Array, at: number): LastState {
  const second = words[at + 1] as number
  const fourth = words[at + 4] as number
  return {
    place: second >>> 16,
    minutes: words[at + 2] as number,
    flags: (second >>> 8) & 0xff,
    seals: words[at + 3] as number,
    type: fourth & 0xffff,
    tare: fourth >>> 16,
    voyage: words[at + 5] as number,
  }
}

function grown(words: Uint32Array): Uint32Array {
  const wider = emptyShard((words.length / WORDS) * 2)
  for (let at = 0; at < words.length; at += WORDS) {
    const [low, high] = [words[at] as number, (words[at + 1] as number) & 0xff]
    if (low === 0 && high === 0) continue
    const key = high * 0x1_0000_0000 + low - 1
    wider.set(words.subarray(at, at + WORDS), slotOf(wider, key, hashOf(key)))
  }
  return wider
}
