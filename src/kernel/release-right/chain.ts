/**
 * The order of a ledger and the proof that it was not altered. Events carry the hash of their predecessor, so a set of them has one order whatever
 * the order in which they arrived and however often each came; what has no way to the start waits.
 * Invariant: where two events name the same predecessor the chain ends before both: neither is preferred, and the problem says so.
 */
import type { Problem } from '#kernel/result/problem.ts'
import { type HashText, hashOfEvent, type LedgerEvent } from './event.ts'

export interface OrderedChain {
  readonly ordered: readonly LedgerEvent[]
  /** Events whose predecessor is not here, or lies behind a fork; by hash. */
  readonly waiting: readonly LedgerEvent[]
  /** By place, the hash of the event. */
  readonly problems: readonly Problem[]
}

/** `genesis` is what the first event names as its predecessor: the id of the right. */
export function orderChain(events: Iterable<LedgerEvent>, genesis: string, hash: HashText): OrderedChain {
  const problems = new Map<string, Problem>()
  const byHash = new Map<string, LedgerEvent>()
  for (const event of events) {
    if (isIntact(event, hash)) byHash.set(event.hash, event)
    else
      problems.set(
        `altered ${event.hash}`,
        problem('chain.altered', event.hash, 'The event does not hash to what it is known by: it was altered.'),
      )
  }
  const followers = new Map<string, LedgerEvent[]>()
  for (const event of byHash.values()) followers.set(event.previous, [...(followers.get(event.previous) ?? []), event])
  const ordered: LedgerEvent[] = []
  let at = genesis
  for (;;) {
    const next = followers.get(at) ?? []
    const [event] = next
    if (next.length > 1) problems.set(`fork ${at}`, problem('chain.fork', at, `${next.length} events name the same predecessor.`))
    if (event === undefined || next.length > 1) break
    ordered.push(event)
    byHash.delete(event.hash)
    at = event.hash
  }
  return {
    ordered,
    waiting: [...byHash.values()].sort((a, b) => compare(a.hash, b.hash)),
    problems: [...problems.keys()].sort(compare).flatMap((key) => problems.get(key) ?? []),
  }
}

export interface Verification {
  readonly intact: boolean
  readonly events: number
  /** Hash of the last event that still stands. */
  readonly head: string
  /** Hash by which the first broken event is known. */
  readonly broken?: string
  readonly because?: string
}

/**
 * Checks events as they are stored, in stored order, against the head and the number that were written down beside them: an event altered, taken out,
 * put in, exchanged or cut off at the end is found.
 */
export function verifyChain(
  events: readonly LedgerEvent[],
  stated: { readonly genesis: string; readonly head: string; readonly count: number },
  hash: HashText,
): Verification {
  let head = stated.genesis
  for (const [index, event] of events.entries()) {
    if (event.previous !== head)
      return broken(index, head, {
        at: event.hash,
        because: 'It does not follow the event before it: one was taken out, put in or exchanged.',
      })
    if (!isIntact(event, hash))
      return broken(index, head, { at: event.hash, because: 'It does not hash to what it is known by: it was altered.' })
    head = event.hash
  }
  if (head !== stated.head || events.length !== stated.count)
    return broken(events.length, head, { at: stated.head, because: 'The last events are missing, or more are here than were written.' })
  return { intact: true, events: events.length, head }
}

function broken(events: number, head: string, fault: { readonly at: string; readonly because: string }): Verification {
  return { intact: false, events, head, broken: fault.at, because: fault.because }
}

/** An event that canonical JSON cannot hold was never made by the ledger. */
function isIntact(event: LedgerEvent, hash: HashText): boolean {
  try {
    return hashOfEvent(event, hash) === event.hash
  } catch {
    return false
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const problem = (code: string, at: string, message: string): Problem => ({ code, at, message })
