/**
 * How many signs differ between two field values: inserted, left out, replaced, or two neighbours swapped, one each. Every sign of every script counts the
 * same, unlike the distance for names, which knows which letters are taken for one another. Never more than `limit` + 1; O(length × limit).
 * Source: F. J. Damerau, Comm. ACM 7 (1964), as optimal string alignment; E. Ukkonen (1985) for the band.
 */
const WIDTH = 201
// Rows of the table, written over in each call: nothing is kept between calls.
const ROWS = [new Int32Array(WIDTH), new Int32Array(WIDTH), new Int32Array(WIDTH)] as const

/** Throws a RangeError on values of more than 200 signs: callers shorten them first. */
export function signsApart(a: string, b: string, limit: number): number {
  if (a === b) return 0
  if (a.length >= WIDTH || b.length >= WIDTH) throw new RangeError('A field value has at most 200 signs.')
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  const most = limit + 1
  let [before, above, row] = ROWS
  const width = b.length
  for (let j = 0; j <= width; j++) above[j] = Math.min(j, most)
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - limit)
    const to = Math.min(width, i + limit)
    const sign = a.charCodeAt(i - 1)
    row[0] = Math.min(i, most)
    if (from > 1) row[from - 1] = most
    let least = from === 1 ? (row[0] ?? most) : most
    for (let j = from; j <= to; j++) {
      const other = b.charCodeAt(j - 1)
      let cost = Math.min((above[j - 1] ?? most) + (sign === other ? 0 : 1), (above[j] ?? most) + 1, (row[j - 1] ?? most) + 1)
      if (i > 1 && j > 1 && sign === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other)
        cost = Math.min(cost, (before[j - 2] ?? most) + 1)
      row[j] = Math.min(cost, most)
      if (cost < least) least = cost
    }
    if (to < width) row[to + 1] = most
    if (least > limit) return most
    const spare = before
    before = above
    above = row
    row = spare
  }
  return above[width] ?? most
}

/** One bit for each of 32 classes of signs that occur in the text. */
export function signMask(text: string): number {
  let mask = 0
  for (let at = 0; at < text.length; at++) mask |= 1 << (text.charCodeAt(at) & 31)
  return mask
}

/** At least so many signs differ: one edit brings in at most one class that the other text lacks. */
export function leastApart(a: number, b: number): number {
  return Math.max(bits(a & ~b), bits(b & ~a))
}

function bits(word: number): number {
  let left = word - ((word >>> 1) & 0x55555555)
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333)
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
