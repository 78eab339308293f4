/**
 * Share found among the best of a list: precision at p, with k = ⌊n·p⌋ and ties in the order of the rows. What a capacity buys, and what terms are chosen
 * by.
 */
export interface Precision {
  readonly k: number
  readonly hits: number
  /** NaN where k is 0. */
  readonly precision: number
  /** Of everything found, the part among the best. */
  readonly recall: number
}

export function precisionAt(scores: ArrayLike<number>, found: ArrayLike<number>, shares: readonly number[]): readonly Precision[] {
  const order = new Int32Array(scores.length).map((_, row) => row)
  order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
  let all = 0
  for (let row = 0; row < scores.length; row++) all += found[row] ?? 0
  return shares.map((share) => {
    const k = Math.floor(scores.length * share)
    const hits = order.subarray(0, k).reduce((sum, row) => sum + (found[row] ?? 0), 0)
    return { k, hits, precision: hits / k, recall: hits / all }
  })
}

/**
 * The same for whole scores, many times over the same rows: score and row are packed into one number, which sorts without a comparison function. Needs
 * |score| · rows < 2⁵³.
 */
export class RepeatedPrecision {
  private readonly packed: Float64Array
  private readonly found: Uint8Array

  constructor(found: Uint8Array) {
    this.found = found
    this.packed = new Float64Array(found.length)
  }

  /** Found among the best k, for each k. */
  hitsAmong(scoreOf: (row: number) => number, counts: readonly number[]): readonly number[] {
    const { packed, found } = this
    const rows = found.length
    for (let row = 0; row < rows; row++) packed[row] = scoreOf(row) * rows + (rows - 1 - row)
    packed.sort()
    return counts.map((count) => {
      let hits = 0
      for (let at = rows - count; at < rows; at++) {
        const left = (packed[at] ?? 0) % rows
        hits += found[rows - 1 - (left < 0 ? left + rows : left)] ?? 0
      }
      return hits
    })
  }
}
