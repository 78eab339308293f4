/**
 * Quantile by nearest rank: the least value at or below which at least the given share of all values lies. It is always a value that occurred, so a
 * median of durations is a duration somebody saw.
 * Source: R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996) 361–365, definition 1.
 */
export function quantile(values: readonly number[], share: number): number | undefined {
  if (!(share > 0 && share <= 1)) throw new RangeError('A quantile needs 0 < share ≤ 1.')
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * share) - 1]
}
