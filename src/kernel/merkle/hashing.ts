/** Hashing of a Merkle tree as RFC 6962 section 2.1: leaf 0x00, node 0x01, so that no leaf can pass as a node. The hash function is a parameter. */
export type Hash = (bytes: Uint8Array) => Uint8Array

export function leafHash(leaf: Uint8Array, hash: Hash): Uint8Array {
  return hash(concat([0], leaf))
}

export function nodeHash(left: Uint8Array, right: Uint8Array, hash: Hash): Uint8Array {
  return hash(concat([1], left, right))
}

export function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
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
