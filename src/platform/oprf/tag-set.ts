/**
 * What an owner gives an entitled requester: rows of 32 bytes, the first half of an output as the tag, the handle masked with the next 16 bytes.
 * Invariants: the number of rows is a power of two; padding is random and of the same length; rows are sorted by their bytes, so their order says
 * nothing; a handle can be read only by whoever obtained the whole output, so nobody can name a handle without a hit.
 */
export const TAG_BYTES = 16
export const HANDLE_BYTES = 16
export const ROW_BYTES = TAG_BYTES + HANDLE_BYTES
/** A set of fewer rows is filled up to this: a small index must not tell that it is small. */
export const SMALLEST_SET = 64

export interface TagSetEntry {
  /** Whole output of the entry's input. */
  readonly output: Uint8Array
  readonly handle: Uint8Array
}

export function paddedSize(rows: number): number {
  let size = SMALLEST_SET
  while (size < rows) size *= 2
  return size
}

/** `random` gives that many random bytes. */
export function buildTagSet(entries: readonly TagSetEntry[], random: (size: number) => Uint8Array): Uint8Array {
  const rows = entries.map(({ output, handle }) => Buffer.concat([output.subarray(0, TAG_BYTES), masked(handle, output)]))
  const missing = paddedSize(rows.length) - rows.length
  const padding = random(missing * ROW_BYTES)
  for (let at = 0; at < missing; at++) rows.push(Buffer.from(padding.subarray(at * ROW_BYTES, (at + 1) * ROW_BYTES)))
  return Buffer.concat(rows.sort(Buffer.compare))
}

/** The handle behind an output, when the set holds its tag. */
export function findHandle(set: Uint8Array, output: Uint8Array): Uint8Array | undefined {
  const tag = output.subarray(0, TAG_BYTES)
  let low = 0
  let high = set.length / ROW_BYTES
  while (low < high) {
    const middle = (low + high) >>> 1
    if (Buffer.compare(set.subarray(middle * ROW_BYTES, middle * ROW_BYTES + TAG_BYTES), tag) < 0) low = middle + 1
    else high = middle
  }
  const row = set.subarray(low * ROW_BYTES, (low + 1) * ROW_BYTES)
  if (row.length < ROW_BYTES || Buffer.compare(row.subarray(0, TAG_BYTES), tag) !== 0) return undefined
  return masked(row.subarray(TAG_BYTES), output)
}

function masked(handle: Uint8Array, output: Uint8Array): Uint8Array {
  return Uint8Array.from(handle, (byte, index) => byte ^ (output[TAG_BYTES + index] as number))
}
