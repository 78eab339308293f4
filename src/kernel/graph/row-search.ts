/**
 * The first slot of an ascending run of slots whose neighbour is at least `wanted`; the run's end when there is none. Steps double before the interval is
 * halved, so that a search that goes on from the last one costs O(log distance).
 * Source: J. L. Bentley, A. C.-C. Yao, "An almost optimal algorithm for unbounded searching", Information Processing Letters 5 (1976).
 */
export function firstAtLeast(neighbours: Int32Array, wanted: number, run: { readonly begin: number; readonly end: number }): number {
  let low = run.begin
  let stride = 1
  while (low + stride < run.end && (neighbours[low + stride] as number) < wanted) {
    low += stride
    stride *= 2
  }
  let high = Math.min(run.end, low + stride)
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2)
    if ((neighbours[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return low
}
