/** A ledger in memory: acts decided and chained as the store does it, for tests of the kernel. */
// oxlint-disable no-restricted-globals -- a test tells the time
import { createHash } from 'node:crypto'
import { refusalOf } from './decide.ts'
import { type Act, chainEvent, type EventBody, type EventParty, type EventRole, type LedgerEvent, type Refusal } from './event.ts'
import { foldRight, type RightState } from './fold.ts'

export const GENESIS = 'a'.repeat(32)
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
export const START = Date.parse('2026-11-26T08:00:00Z')
const MINUTE = 60_000

export const LINE: EventParty = { desk: 'nl.line', role: 'line' }
export const TERMINAL: EventParty = { desk: 'be.terminal', role: 'terminal' }
export const FORWARDER: EventParty = { desk: 'be.forwarder', role: 'forwarder' }
export const SECOND: EventParty = { desk: 'de.forwarder', role: 'forwarder' }
export const HAULIER: EventParty = { desk: 'be.haulier', role: 'haulier' }
export const WRONG: EventParty = { desk: 'nl.haulier', role: 'haulier' }
export const CUSTOMS: EventParty = { desk: 'be.customs.antwerp', role: 'customs' }

export interface Ledger {
  readonly events: LedgerEvent[]
  state(): RightState
  now(): string
  later(minutes: number): void
  /** Chains what happened. */
  note(by: EventParty, body: EventBody): LedgerEvent
  /** Decides and chains an act; answers the reason of a refusal. */
  act(by: EventParty, act: Act): Refusal | undefined
}

export function ledger(): Ledger {
  const events: LedgerEvent[] = []
  let now = START
  const at = () => new Date(now).toISOString()
  const note = (by: EventParty, body: EventBody): LedgerEvent => {
    now += MINUTE
    const event = chainEvent({ previous: events.at(-1)?.hash ?? GENESIS, at: at(), by, body }, sha256)
    events.push(event)
    return event
  }
  return {
    events,
    state: () => foldRight(events),
    now: at,
    later: (minutes) => {
      now += minutes * MINUTE
    },
    note,
    act: (by, act) => {
      const because = refusalOf(foldRight(events), { by, act, now: new Date(now + MINUTE).toISOString() })
      note(by, because === undefined ? act : { kind: 'refused', act, because })
      return because
    },
  }
}

export const VEHICLE = 'v'.repeat(32)
export const DRIVER = 'd'.repeat(32)
export const planned = (own: Ledger, hours = 48): string => new Date(Date.parse(own.now()) + hours * 3_600_000).toISOString()

/** Discharged, cleared, released to the forwarder. */
export function released(): Ledger {
  const own = ledger()
  own.note(TERMINAL, { kind: 'discharged', occurredAt: own.now() })
  own.note(CUSTOMS, { kind: 'customs', state: 'clear' })
  own.act(LINE, { kind: 'released', to: FORWARDER.desk })
  return own
}

/** Ordered from the haulier and pre-notified. */
export function notified(hours = 48): Ledger {
  const own = released()
  own.act(FORWARDER, { kind: 'transport-ordered', haulier: HAULIER.desk })
  own.act(HAULIER, { kind: 'pre-notified', vehicle: VEHICLE, driver: DRIVER, plannedAt: planned(own, hours) })
  return own
}

export const gateOut = (own: Ledger): EventBody => ({ kind: 'gated-out', occurredAt: own.now() })
export const party = (desk: string, role: EventRole): EventParty => ({ desk, role })
