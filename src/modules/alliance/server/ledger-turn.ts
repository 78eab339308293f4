/**
 * Work on the ledger from within a request. A session may not see the chains that its act is decided on, so the ledger works in a transaction of its own
 * beside that of the request. The two take their connections from pools of their own, so they cannot wait for each other for ever; what is bounded here is
 * how much of both the ledger may hold, so that other requests and background work go on when many come for one box.
 */
import { AppError } from '#platform/http/app-error.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'

/** Of the ten connections of background work, and together of the ten of requests. */
const MOST_AT_WORK = 6
const MOST_WAITING = 2

interface Turns {
  atWork: number
  readonly waiting: (() => void)[]
}

const turnsOf = new WeakMap<NodeServices, Turns>()

export async function inLedger<T>(services: NodeServices, work: (tx: Tx) => Promise<T>): Promise<T> {
  const turns = turnsOf.get(services) ?? { atWork: 0, waiting: [] }
  turnsOf.set(services, turns)
  if (turns.atWork < MOST_AT_WORK) turns.atWork += 1
  else if (turns.waiting.length < MOST_WAITING)
    // Whoever ends gives its turn to the first that waits.
    await new Promise<void>((resolve) => turns.waiting.push(resolve))
  else throw new AppError(429, 'rate-limited', 'The ledger is busy; come again in a moment.', { retryAfter: 1 })
  try {
    return await services.database.asWorker('alliance.ledger', work)
  } finally {
    const next = turns.waiting.shift()
    if (next === undefined) turns.atWork -= 1
    else next()
  }
}
