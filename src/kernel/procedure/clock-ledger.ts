/**
 * The ledger of a clock: what happened to it after its start, append-only, in order of time.
 * Invariants: the first stop ends the ledger; a suspension counts from the start of the clock at the earliest; nothing that begins after the end revives a
 * clock, neither a suspension nor an extension (policy: a period that has expired is over); what changed nothing is counted as void, never dropped silently.
 */
import type { Budget } from './definition.ts'

export type LedgerEvent =
  | {
      readonly kind: 'suspend' | 'resume' | 'stop'
      readonly at: number
      readonly reason: string
    }
  | {
      readonly kind: 'extend'
      readonly at: number
      readonly by: Budget
      readonly reason: string
    }

/** What of a ledger moves the end of a clock. */
export interface Moves {
  readonly extensions: readonly Budget[]
  readonly suspendedMs: number
  /** End of the last suspension, or the present while it goes on. Absent without any. */
  readonly resumedAt?: number
}

export interface LedgerReading extends Moves {
  readonly suspensions: number
  readonly isSuspended: boolean
  readonly stoppedAt?: number
  /** Events that changed nothing: too late, or a suspension of what was suspended. */
  readonly voidEvents: number
}

const UNTOUCHED: LedgerReading = { extensions: [], suspendedMs: 0, suspensions: 0, isSuspended: false, voidEvents: 0 }

/** `endWith` tells the end in force, given what moved it so far. */
export function readLedger(
  ledger: readonly LedgerEvent[],
  clock: { readonly startedAt: number; readonly now: number },
  endWith: (moves: Moves) => number,
): LedgerReading {
  if (ledger.length === 0) return UNTOUCHED
  const extensions: Budget[] = []
  let suspendedMs = 0
  let suspensions = 0
  let voidEvents = 0
  let since: number | undefined
  let resumedAt: number | undefined
  let isSuspended = false
  let stoppedAt: number | undefined
  const hasEnded = (at: number) => at > endWith({ extensions, suspendedMs, ...(resumedAt === undefined ? {} : { resumedAt }) })
  for (const event of ledger) {
    if (stoppedAt !== undefined) {
      voidEvents += 1
      continue
    }
    switch (event.kind) {
      case 'stop':
        stoppedAt = event.at
        break
      case 'suspend':
        if (since !== undefined || hasEnded(event.at)) voidEvents += 1
        else since = Math.max(event.at, clock.startedAt)
        break
      case 'resume':
        if (since === undefined) {
          voidEvents += 1
          break
        }
        resumedAt = Math.max(since, event.at)
        suspendedMs += resumedAt - since
        suspensions += 1
        isSuspended ||= since <= clock.now && clock.now < event.at
        since = undefined
        break
      case 'extend':
        if (since === undefined && hasEnded(event.at)) voidEvents += 1
        else extensions.push(event.by)
        break
    }
  }
  if (since !== undefined) {
    resumedAt = Math.max(since, stoppedAt ?? clock.now)
    suspendedMs += resumedAt - since
    suspensions += 1
    isSuspended ||= stoppedAt === undefined && since <= clock.now
  }
  return {
    extensions,
    suspendedMs,
    suspensions,
    isSuspended,
    voidEvents,
    ...(resumedAt === undefined ? {} : { resumedAt }),
    ...(stoppedAt === undefined ? {} : { stoppedAt }),
  }
}

/** How much more a clock may be extended by, in the unit of the limit; below zero when it was extended too far. */
export function extensionLeft(limit: { readonly max: number; readonly unit: Budget['unit'] }, ledger: readonly LedgerEvent[]): number {
  return ledger.reduce((left, event) => (event.kind === 'extend' && event.by.unit === limit.unit ? left - event.by.n : left), limit.max)
}
