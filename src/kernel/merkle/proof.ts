/**
 * Inclusion and consistency: which ranges a proof holds, and what a verifier makes of it. A proof of any other than the exact length is refused.
 * Source: RFC 9162 sections 2.1.3 and 2.1.4.
 */
import { areEqual, type Hash, nodeHash } from './hashing.ts'
import type { Range } from './tree.ts'

/** Ranges whose roots make the inclusion proof of a leaf, from the leaf's sibling upward. */
export function inclusionRanges(index: number, size: number): readonly Range[] {
  const path = (start: number, end: number): Range[] => {
    if (end - start === 1) return []
    const middle = start + split(end - start)
    return index < middle ? [...path(start, middle), { start: middle, end }] : [...path(middle, end), { start, end: middle }]
  }
  return index >= 0 && index < size ? path(0, size) : []
}

/** Ranges whose roots prove that the tree of `first` leaves is the beginning of the tree of `second`. */
export function consistencyRanges(first: number, second: number): readonly Range[] {
  const prove = (start: number, end: number, isWhole: boolean): Range[] => {
    if (end === first) return isWhole ? [] : [{ start, end }]
    const middle = start + split(end - start)
    return first <= middle
      ? [...prove(start, middle, isWhole), { start: middle, end }]
      : [...prove(middle, end, false), { start, end: middle }]
  }
  return first > 0 && first < second ? prove(0, second, true) : []
}

/** The largest power of two below `size`. */
function split(size: number): number {
  let width = 1
  while (width * 2 < size) width *= 2
  return width
}

export interface Inclusion {
  readonly leafHash: Uint8Array
  readonly index: number
  readonly size: number
  readonly path: readonly Uint8Array[]
}

/** The root that a leaf and its path lead to; undefined when the path has not exactly the length that place and size demand. */
export function rootFrom({ leafHash, index, size, path }: Inclusion, hash: Hash): Uint8Array | undefined {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size || leafHash.length === 0) return undefined
  let value = leafHash
  let [place, last] = [index, size - 1]
  let used = 0
  while (last > 0) {
    if (place % 2 === 1 || place < last) {
      const sibling = path[used]
      if (sibling === undefined) return undefined
      used += 1
      value = place % 2 === 1 ? nodeHash(sibling, value, hash) : nodeHash(value, sibling, hash)
    }
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  return used === path.length ? value : undefined
}

export interface Consistency {
  readonly first: number
  readonly second: number
  readonly firstRoot: Uint8Array
  readonly secondRoot: Uint8Array
  readonly path: readonly Uint8Array[]
}

/**
 * True when the proof shows that the first tree is the beginning of the second. Two trees of one size are consistent when they are one. The empty
 * tree is the beginning of every tree: nothing is proved by it, so it is refused.
 */
export function isConsistent({ first, second, firstRoot, secondRoot, path }: Consistency, hash: Hash): boolean {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(second) || first < 1 || first > second) return false
  if (first === second) return path.length === 0 && areEqual(firstRoot, secondRoot)
  const isPowerOfTwo = (size: number): boolean => {
    let width = 1
    while (width < size) width *= 2
    return width === size
  }
  const steps = isPowerOfTwo(first) ? [firstRoot, ...path] : [...path]
  const begin = steps.shift()
  if (begin === undefined) return false
  let [place, last] = [first - 1, second - 1]
  while (place % 2 === 1) {
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  let [older, newer] = [begin, begin]
  for (const step of steps) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      older = nodeHash(step, older, hash)
      newer = nodeHash(step, newer, hash)
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2)
        last = Math.floor(last / 2)
      }
    } else newer = nodeHash(newer, step, hash)
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && areEqual(older, firstRoot) && areEqual(newer, secondRoot)
}
