/**
 * A set of integers below 2⁴⁰ in five bytes a slot: a stowage plan of 500 MB names millions of containers, and an object per
 * container would not fit the memory that one file may take. Open addressing, linear probing, doubled at two thirds.
 */
const EMPTY = 0xffffffff

export class DistinctKeys {
  size = 0
  #low = new Uint32Array(1024).fill(EMPTY)
  #high = new Uint8Array(1024).fill(0xff)

  /** True when the key was not there. */
  add(key: number): boolean {
    const high = Math.floor(key / 0x1_0000_0000)
    const low = key >>> 0
    if (!this.#insert(low, high)) return false
    this.size++
    if (this.size * 3 > this.#low.length * 2) this.#grow()
    return true
  }

  #insert(low: number, high: number): boolean {
    const mask = this.#low.length - 1
    let slot = (Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b) >>> 7) & mask
    for (;;) {
      const held = this.#low[slot] as number
      // The pair of both marks is above 2⁴⁰ - 1 only for the empty slot, because keys never reach it.
      if (held === EMPTY && this.#high[slot] === 0xff) break
      if (held === low && this.#high[slot] === high) return false
      slot = (slot + 1) & mask
    }
    this.#low[slot] = low
    this.#high[slot] = high
    return true
  }

  #grow(): void {
    const low = this.#low
    const high = this.#high
    this.#low = new Uint32Array(low.length * 2).fill(EMPTY)
    this.#high = new Uint8Array(low.length * 2).fill(0xff)
    for (let slot = 0; slot < low.length; slot++)
      if (low[slot] !== EMPTY || high[slot] !== 0xff) this.#insert(low[slot] as number, high[slot] as number)
  }
}
