/** Waits until something that happens behind the answer has happened; fails with what was last seen. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for what a node does at once. A file of thousands of containers is read in seconds, and in a minute where several nodes share two busy cores. */
const SOON = { patienceMs: 120_000, firstPauseMs: 50 }
/** Waits for what a node does by schedule. */
const IN_MINUTES = { patienceMs: 240_000, firstPauseMs: 1000 }
/** Who waits long looks less often: each look may be a request, and an address has so many in a minute. */
const LONGER = 1.2
const LONGEST_PAUSE_MS = 1000

export type Waiting = <T>(look: () => Promise<T>, holds: (seen: T) => boolean) => Promise<T>

export const eventually = waiting(SOON)
export const withinMinutes = waiting(IN_MINUTES)

function waiting({ patienceMs, firstPauseMs }: { readonly patienceMs: number; readonly firstPauseMs: number }): Waiting {
  return async (look, holds) => {
    const deadline = Date.now() + patienceMs
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * LONGER, LONGEST_PAUSE_MS)) {
      const seen = await look()
      if (holds(seen)) return seen
      if (Date.now() > deadline) throw new Error(`It did not happen in time; last seen: ${JSON.stringify(seen)?.slice(0, 2000)}`)
      await sleep(pauseMs)
    }
  }
}
