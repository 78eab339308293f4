/** One figure of `npm run bench`, beside what a peer reaches in the same run on the same input. */
export interface BenchRow {
  readonly name: string
  readonly ours: number
  /** Absent: the peer cannot do it, or there is none. */
  readonly peer?: number
  readonly unit: string
  /** How much better ours is: above 1 is better, whichever way the unit counts. */
  readonly ratio?: number
  /** What the figure has to reach, in words: `≥ 120 MB/s`. */
  readonly target?: string
}
