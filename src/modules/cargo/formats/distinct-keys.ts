/**
 * A set of integers below 2⁴⁰ - 1 in five bytes a slot: a stowage plan of 500 MB names millions of containers, and an object per
 * container would not fit the memory that one file may take. Open addressing with linear probing, in shards of different sizes that grow
 * one at a time, so that growing never doubles the whole.
 */
const EMPTY_LOW = 0xffffffff
const EMPTY_HIGH = 0xff
const SHARDS = 64
const FIRST_SLOTS = 32
const LOAD = 0.85
const GROWTH = 1.2

interface Shard {
  size: number
  low: Uint32Array
  high: Uint8Array
}

export class DistinctKeys {
  size = 0
  readonly #shards: Shard[] = Array.from({ length: SHARDS }, (_, index) =>
    emptyShard(FIRST_SLOTS + Math.floor((index * FIRST_SLOTS) / SHARDS)),
  )

  /** True when the key was not there. */
  add(key: number): boolean {
    const high = Math.floor(key / 0x1_0000_0000)
    const low = key >>> 0
    const hash = mix(low, high)
    const index = hash & (SHARDS - 1)
    const shard = this.#shards[index] as Shard
    if (!insert(shard, low, high)) return false
    shard.size++
    this.size++
    if (shard.size > shard.low.length * LOAD) this.#shards[index] = enlarged(shard)
    return true
  }
}

function emptyShard(slots: number): Shard {
  return { size: 0, low: new Uint32Array(slots).fill(EMPTY_LOW), high: new Uint8Array(slots).fill(EMPTY_HIGH) }
}

function mix(low: number, high: number): number {
  let mixed = Math.imul(low ^ Math.imul(high + 1, 0x9e3779b1), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  return (mixed ^ (mixed >>> 13)) >>> 0
}

function insert(shard: Shard, low: number, high: number): boolean {
  const slots = shard.low.length
  let slot = (mix(low, high) >>> 6) % slots
  for (;;) {
    const heldLow = shard.low[slot]
    const heldHigh = shard.high[slot]
    if (heldLow === EMPTY_LOW && heldHigh === EMPTY_HIGH) break
    if (heldLow === low && heldHigh === high) return false
    slot = slot + 1 === slots ? 0 : slot + 1
  }
  shard.low[slot] = low
  shard.high[slot] = high
  return true
}

function enlarged(shard: Shard): Shard {
  const larger = emptyShard(Math.ceil(shard.low.length * GROWTH))
  larger.size = shard.size
  for (let slot = 0; slot < shard.low.length; slot++) {
    const low = shard.low[slot] as number
    const high = shard.high[slot] as number
    if (low !== EMPTY_LOW || high !== EMPTY_HIGH) insert(larger, low, high)
  }
  return larger
}
