/**
 * A column that grows while it is filled, and two columns sorted together by the first: least significant digit first, eleven bits at a time, stable, so records of
 * one key stay in order. O(n). Source: D. E. Knuth, TAOCP 3, 5.2.5 (radix sorting).
 */
export class GrowingColumn {
  #values = new Uint32Array(1024)
  #length = 0

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const longer = new Uint32Array(this.#values.length * 2)
      longer.set(this.#values)
      this.#values = longer
    }
    this.#values[this.#length++] = value
  }

  /** A view: what is pushed later may not show in it. */
  values(): Uint32Array<ArrayBuffer> {
    return this.#values.subarray(0, this.#length)
  }
}

const DIGITS = [0, 11, 22] as const
const MASK = 0x7ff

/** Both columns have the same length and are used as working space. */
export function sortByHash(
  hashes: Uint32Array<ArrayBuffer>,
  owners: Uint32Array<ArrayBuffer>,
): readonly [Uint32Array<ArrayBuffer>, Uint32Array<ArrayBuffer>] {
  let [fromHashes, fromOwners] = [hashes, owners]
  let [toHashes, toOwners] = [new Uint32Array(hashes.length), new Uint32Array(owners.length)]
  for (const shift of DIGITS) {
    const starts = new Uint32Array(MASK + 2)
    for (let at = 0; at < fromHashes.length; at++) {
      const digit = ((fromHashes[at] ?? 0) >>> shift) & MASK
      starts[digit + 1] = (starts[digit + 1] ?? 0) + 1
    }
    for (let digit = 1; digit < starts.length; digit++) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0)
    for (let at = 0; at < fromHashes.length; at++) {
      const hash = fromHashes[at] ?? 0
      const digit = (hash >>> shift) & MASK
      const to = starts[digit] ?? 0
      starts[digit] = to + 1
      toHashes[to] = hash
      toOwners[to] = fromOwners[at] ?? 0
    }
    ;[fromHashes, toHashes] = [toHashes, fromHashes]
    ;[fromOwners, toOwners] = [toOwners, fromOwners]
  }
  return [fromHashes, fromOwners]
}
