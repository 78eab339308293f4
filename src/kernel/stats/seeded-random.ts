/**
 * Repeatable randomness: the same seed gives the same sequence on every machine. Not for secrets.
 * Source: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators" (2021): xoshiro128**; state filled by SplitMix32.
 */
export interface SeededRandom {
  /** In [0, 1), 32 bits. */
  next(): number
  /** A whole number, both ends included. */
  integer(low: number, high: number): number
  chance(probability: number): boolean
  /** Throws on an empty list: there is nothing to pick. */
  pick<T>(list: readonly T[]): T
}

export function createSeededRandom(seed: number): SeededRandom {
  let filler = seed >>> 0
  const fill = (): number => {
    filler = (filler + 0x9e3779b9) >>> 0
    let mixed = Math.imul(filler ^ (filler >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
  let [a, b, c, d] = [fill(), fill(), fill(), fill()]
  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotate(d, 11)
    return result / 0x1_0000_0000
  }
  return {
    next,
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('Nothing to pick from an empty list.')
      return list[Math.floor(next() * list.length)] as T
    },
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}
