/**
 * Distributions kept as counts of bins, so that they grow by addition and two desks' days can be added in any order. A value falls into the bin of its lower
 * edge; a quantile is the lower edge of the bin that holds it: within one width of the true one, and never above it.
 */
export const WEIGHT_BIN = 250
export const HOUR_BIN = 6
/** Width of a bin of what is left over when goods and tare are taken off the verified mass, in kilograms. */
export const RESIDUAL_BIN = 50

/** Bins beyond this number are added to the last one: a mistyped weight must not open a million rows. */
const LAST_BIN = 400

export function binOf(value: number, width: number): number {
  return Math.max(-LAST_BIN, Math.min(LAST_BIN, Math.floor(value / width)))
}

/** Counts by number of the bin, written as text as the tables keep it. */
export type BinCounts = Readonly<Record<string, number>>

export function countIn(bins: BinCounts): number {
  return Object.values(bins).reduce((sum, count) => sum + count, 0)
}

/** Undefined without any value. */
export function quantileOfBins(bins: BinCounts, share: number, width: number): number | undefined {
  const total = countIn(bins)
  if (total === 0) return undefined
  const wanted = Math.max(1, Math.ceil(total * share))
  let sum = 0
  for (const [bin, count] of Object.entries(bins).sort(([a], [b]) => Number(a) - Number(b))) {
    sum += count
    if (sum >= wanted) return Number(bin) * width
  }
  return undefined
}
