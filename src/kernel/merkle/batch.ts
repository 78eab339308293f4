/**
 * A small Merkle tree over statements that are signed together: one signature over the root, and for each statement the path that binds it to the
 * root, so that each can be shown alone. Hashing as RFC 6962 section 2.1 (leaf 0x00, node 0x01), so that no leaf can pass as a node.
 * The hash function is a parameter: bytes in, bytes out, 32 of them in this product.
 */
export type Hash = (bytes: Uint8Array) => Uint8Array

export interface Batch {
  readonly root: Uint8Array
  /** For each leaf, the siblings from the leaf upward. */
  readonly paths: readonly (readonly Uint8Array[])[]
}

export function batchOf(leaves: readonly Uint8Array[], hash: Hash): Batch {
  if (leaves.length === 0) throw new RangeError('A batch has at least one leaf.')
  const paths: Uint8Array[][] = leaves.map(() => [])
  let level = leaves.map((leaf, index) => ({ value: hash(concat([0], leaf)), below: [index] }))
  while (level.length > 1) {
    const next: typeof level = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at], level[at + 1]]
      if (left === undefined) continue
      // A node without a sibling rises as it is.
      if (right === undefined) next.push(left)
      else {
        for (const leaf of left.below) paths[leaf]?.push(right.value)
        for (const leaf of right.below) paths[leaf]?.push(left.value)
        next.push({ value: hash(concat([1], left.value, right.value)), below: [...left.below, ...right.below] })
      }
    }
    level = next
  }
  return { root: level[0]?.value ?? new Uint8Array(), paths }
}

export interface Membership {
  readonly leaf: Uint8Array
  readonly index: number
  readonly size: number
  readonly path: readonly Uint8Array[]
}

/** The root that a leaf and its path lead to; undefined when the path has not exactly the length that place and size demand. */
export function rootOf({ leaf, index, size, path }: Membership, hash: Hash): Uint8Array | undefined {
  if (!Number.isInteger(index) || !Number.isInteger(size) || index < 0 || index >= size) return undefined
  let value = hash(concat([0], leaf))
  let [place, last] = [index, size - 1]
  let used = 0
  while (last > 0) {
    if (place % 2 === 1 || place < last) {
      const sibling = path[used]
      if (sibling === undefined) return undefined
      used += 1
      value = place % 2 === 1 ? hash(concat([1], sibling, value)) : hash(concat([1], value, sibling))
    }
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  return used === path.length ? value : undefined
}

function concat(prefix: readonly number[], ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(prefix.length + parts.reduce((sum, part) => sum + part.length, 0))
  bytes.set(prefix)
  let at = prefix.length
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
