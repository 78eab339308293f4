/** Waits until something that happens behind the answer has happened; fails with what was last seen. */
import { setTimeout as sleep } from 'node:timers/promises'

const PATIENCE_MS = 30_000
const PAUSE_MS = 50

export async function eventually<T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const seen = await look()
    if (holds(seen)) return seen
    if (Date.now() > deadline) throw new Error(`It did not happen in time; last seen: ${JSON.stringify(seen)?.slice(0, 2000)}`)
    await sleep(PAUSE_MS)
  }
}
