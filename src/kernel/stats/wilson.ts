/**
 * Wilson score interval of a proportion: holds its level for small counts and at the ends, where the plain one fails.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209–212.
 * `hits` of `trials`, both counts; answers fractions within [0, 1]. Zero trials tell nothing: the interval is everything.
 */
export interface Interval {
  readonly low: number
  readonly high: number
}

const Z_95 = 1.959_963_984_540_054

export function wilsonInterval(hits: number, trials: number, z: number = Z_95): Interval {
  if (!(hits >= 0 && trials >= hits)) throw new RangeError('A proportion needs 0 ≤ hits ≤ trials.')
  if (trials === 0) return { low: 0, high: 1 }
  const share = hits / trials
  const square = (z * z) / trials
  const middle = (share + square / 2) / (1 + square)
  const half = (z * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials))) / (1 + square)
  return { low: hits === 0 ? 0 : Math.max(0, middle - half), high: hits === trials ? 1 : Math.min(1, middle + half) }
}
