/** L1 to L8: each with a case that it finds, the nearest that it does not, and one where what it needs is missing. */
import { describe, expect, it } from 'vitest'
import type { Act, LedgerEvent } from '../event.ts'
import { foldRight } from '../fold.ts'
import {
  CUSTOMS,
  DRIVER,
  FORWARDER,
  GENESIS,
  gateOut,
  HAULIER,
  type Ledger,
  LINE,
  ledger,
  notified,
  planned,
  released,
  SECOND,
  sha256,
  TERMINAL,
  VEHICLE,
  WRONG,
} from '../ledger.fixture.ts'
import type { KeeperKnowledge } from './evidence.ts'
import { evaluateEvent, releaseDetectors } from './index.ts'

const RIGHT = { container: 'MSCU6639870', voyage: 'MSC AURORA 123N', port: 'BEANR' }

/** Findings on the last event, as the store asks when it is chained. */
function findings(own: { readonly events: readonly LedgerEvent[] }, known: KeeperKnowledge = {}) {
  const event = own.events.at(-1)
  if (event === undefined) throw new Error('Nothing has happened.')
  const history = own.events.slice(0, -1)
  return evaluateEvent({ right: RIGHT, before: foldRight(history), history, event, known }, GENESIS, sha256)
}
const raised = (own: Ledger, known?: KeeperKnowledge) => findings(own, known).signals.map(({ detector }) => detector.id)
const missingFor = (own: Ledger, known?: KeeperKnowledge) => findings(own, known).notComputable.map(({ detector }) => detector)
const notify = (own: Ledger, change: Partial<Extract<Act, { kind: 'pre-notified' }>> = {}): Act => ({
  kind: 'pre-notified',
  vehicle: VEHICLE,
  driver: DRIVER,
  plannedAt: planned(own),
  ...change,
})
const read = (account = 'a1') => ({ kind: 'read', account }) as const

describe('L1, read outside the chain', () => {
  it('is raised when a party without a part reads a released box, with the event it stands in', () => {
    const own = released()
    const event = own.note(WRONG, read())
    const [signal] = findings(own).signals
    expect(signal).toMatchObject({ detector: { id: 'L1' }, explanation: expect.stringContaining(WRONG.desk) })
    expect(signal?.facts[0]).toMatchObject({ name: 'reader', value: WRONG.desk, at: { document: event.hash, segment: 3 } })
  })

  it('is not raised for a party of the chain, for customs, or before there is anything to take', () => {
    const own = released()
    for (const party of [LINE, TERMINAL, FORWARDER, CUSTOMS]) {
      own.note(party, read())
      expect(raised(own)).toEqual([])
    }
    const early = ledger()
    early.note(TERMINAL, { kind: 'discharged', occurredAt: early.now() })
    early.note(WRONG, read())
    expect(raised(early)).toEqual([])
  })

  it('says a repeat once, and speaks again after a new release', () => {
    const own = released()
    own.note(WRONG, read())
    own.note(WRONG, read())
    expect(raised(own)).toEqual([])
    own.note(WRONG, read('a2'))
    expect(raised(own)).toEqual(['L1'])
    own.act(LINE, { kind: 'revoked', power: 'line' })
    own.act(LINE, { kind: 'released', to: SECOND.desk })
    own.note(WRONG, read())
    expect(raised(own)).toEqual(['L1'])
  })

  it('says that reads of the account are missing for L8, and not that nothing was found', () => {
    const own = released()
    own.note(WRONG, read())
    expect(missingFor(own)).toEqual(['L8'])
  })
})

describe('L2, a haulier outside the chain', () => {
  it('is raised when a haulier that nobody ordered pre-notifies, and names none of the chain', () => {
    const own = released()
    own.act(WRONG, notify(own))
    const [signal, ...more] = findings(own).signals
    expect(more).toEqual([])
    expect(signal).toMatchObject({ detector: { id: 'L2' }, explanation: expect.stringContaining('refused') })
    expect(JSON.stringify(signal)).not.toContain(FORWARDER.desk)
  })

  it('is raised after a revocation, even for the haulier that was ordered', () => {
    const own = notified()
    own.act(LINE, { kind: 'revoked', power: 'line' })
    own.act(HAULIER, notify(own))
    expect(findings(own).signals).toMatchObject([{ detector: { id: 'L2' }, explanation: expect.stringContaining('revoked') }])
  })

  it('is raised when the ordered haulier was never seen here, and not when it was', () => {
    const own = notified()
    expect(raised(own, { haulierCollections: 0 })).toEqual(['L2'])
    expect(raised(own, { haulierCollections: 1 })).toEqual([])
    expect(missingFor(own)).toEqual(['L2'])
  })

  it('says a repeat once', () => {
    const own = released()
    own.act(WRONG, notify(own))
    own.act(WRONG, notify(own))
    expect(raised(own)).toEqual([])
  })
})

describe('L3, faster than ever', () => {
  const out = (minutes: number, known: KeeperKnowledge) => {
    const own = notified()
    const release = own.events.find(({ body }) => body.kind === 'released')?.at ?? ''
    own.act(TERMINAL, { kind: 'gate-matched', vehicle: VEHICLE, driver: DRIVER })
    own.act(TERMINAL, { kind: 'gated-out', occurredAt: new Date(Date.parse(release) + minutes * 60_000).toISOString() })
    return { raised: raised(own, known), missing: missingFor(own, known) }
  }
  const earlier = [300, 500, 90, 600, 700]

  it('is raised below the fastest of the earlier boxes, and not at it', () => {
    expect(out(89, { receiverMinutes: earlier }).raised).toEqual(['L3'])
    expect(out(90, { receiverMinutes: earlier }).raised).toEqual([])
  })

  it('cannot be said with fewer than five earlier boxes', () => {
    expect(out(1, { receiverMinutes: earlier.slice(1) })).toEqual({ raised: [], missing: ['L3'] })
  })
})

describe('L4, a late change', () => {
  it('is raised when the driver is another less than a day before pick-up', () => {
    const own = notified(23)
    own.act(HAULIER, notify(own, { driver: 'x'.repeat(32), plannedAt: planned(own, 23) }))
    expect(findings(own, { haulierCollections: 3 }).signals).toMatchObject([
      { detector: { id: 'L4' }, explanation: expect.stringContaining('driver') },
    ])
    expect(JSON.stringify(findings(own).signals)).not.toContain('xxxx')
  })

  it('is raised when another haulier is ordered then', () => {
    const own = notified(23)
    own.act(FORWARDER, { kind: 'transport-ordered', haulier: WRONG.desk })
    expect(findings(own).signals).toMatchObject([{ detector: { id: 'L4' }, explanation: expect.stringContaining('haulier') }])
  })

  it('is raised when the driver is another, though a message between named none', () => {
    const own = notified(23)
    own.act(HAULIER, { kind: 'pre-notified', vehicle: VEHICLE, plannedAt: planned(own, 23) })
    expect(raised(own, { haulierCollections: 3 })).toEqual([])
    own.act(HAULIER, notify(own, { driver: 'x'.repeat(32), plannedAt: planned(own, 23) }))
    expect(raised(own, { haulierCollections: 3 })).toEqual(['L4'])
  })

  it('is not raised when the driver is named that a message left open', () => {
    const own = released()
    own.act(FORWARDER, { kind: 'transport-ordered', haulier: HAULIER.desk })
    own.act(HAULIER, { kind: 'pre-notified', vehicle: VEHICLE, plannedAt: planned(own, 10) })
    own.act(HAULIER, notify(own, { plannedAt: planned(own, 10) }))
    expect(raised(own, { haulierCollections: 3 })).toEqual([])
  })

  it('is not raised a day before, nor for the same driver, nor for another vehicle', () => {
    const early = notified(48)
    early.act(HAULIER, notify(early, { driver: 'x'.repeat(32), plannedAt: planned(early, 25) }))
    expect(raised(early, { haulierCollections: 3 })).toEqual([])
    const same = notified(10)
    same.act(HAULIER, notify(same, { vehicle: 'y'.repeat(32), plannedAt: planned(same, 10) }))
    expect(raised(same, { haulierCollections: 3 })).toEqual([])
  })
})

describe('L5, a second pick-up', () => {
  it('is raised for each party that comes for a box that is gone, once', () => {
    const own = notified()
    own.act(TERMINAL, gateOut(own) as Act)
    own.act(HAULIER, notify(own))
    expect(raised(own)).toEqual(['L5'])
    own.act(HAULIER, notify(own))
    expect(raised(own)).toEqual([])
    own.act(TERMINAL, { kind: 'gate-matched', vehicle: VEHICLE, driver: DRIVER })
    expect(raised(own)).toEqual(['L5'])
  })

  it('is not raised when somebody wants to pass on what is gone', () => {
    const own = notified()
    own.act(TERMINAL, gateOut(own) as Act)
    own.act(FORWARDER, { kind: 'transferred', to: SECOND.desk })
    expect(raised(own)).toEqual([])
  })
})

describe('L6, moved before inspection', () => {
  it('is raised for a move in the yard and for a gate-out after the choice', () => {
    const own = released()
    own.note(CUSTOMS, { kind: 'customs', state: 'selected' })
    own.note(TERMINAL, { kind: 'moved', occurredAt: own.now() })
    expect(raised(own)).toEqual(['L6'])
    own.act(TERMINAL, gateOut(own) as Act)
    expect(raised(own, { receiverMinutes: [] })).toContain('L6')
  })

  it('is not raised for a move before the choice, or after the clearance', () => {
    const own = released()
    const before = own.now()
    own.note(CUSTOMS, { kind: 'customs', state: 'selected' })
    own.note(TERMINAL, { kind: 'moved', occurredAt: before })
    expect(raised(own)).toEqual([])
    own.note(CUSTOMS, { kind: 'customs', state: 'clear' })
    own.note(TERMINAL, { kind: 'moved', occurredAt: own.now() })
    expect(raised(own)).toEqual([])
  })
})

describe('L7, out without release', () => {
  const leave = (prepare: (own: Ledger) => void) => {
    const own = notified()
    prepare(own)
    own.act(TERMINAL, gateOut(own) as Act)
    return findings(own, { receiverMinutes: [] }).signals.find(({ detector }) => detector.id === 'L7')?.explanation
  }
  const match = (own: Ledger) => void own.act(TERMINAL, { kind: 'gate-matched', vehicle: VEHICLE, driver: DRIVER })

  it('is not raised for a cleared box whose truck was matched', () => {
    expect(leave(match)).toBeUndefined()
  })

  it('says whether customs held it, had not cleared it, the right was revoked or nobody was matched', () => {
    expect(
      leave((own) => {
        match(own)
        own.note(CUSTOMS, { kind: 'customs', state: 'hold', until: planned(own) })
      }),
    ).toContain('customs held it')
    expect(
      leave((own) => {
        match(own)
        own.act(CUSTOMS, { kind: 'revoked', power: 'customs' })
      }),
    ).toContain('the right was revoked')
    expect(leave(() => undefined)).toContain('no truck was matched')
    const never = ledger()
    never.act(TERMINAL, gateOut(never) as Act)
    expect(raised(never, { receiverMinutes: [] })).toEqual(['L7'])
  })

  it('is raised when the clearance came after the box had left', () => {
    const own = ledger()
    const left = own.now()
    own.note(CUSTOMS, { kind: 'customs', state: 'clear' })
    own.act(TERMINAL, { kind: 'gated-out', occurredAt: left })
    expect(findings(own).signals[0]?.facts).toContainEqual({ name: 'customs state', value: 'cleared afterwards' })
  })
})

describe('L8, many unrelated reads', () => {
  const others = Array.from({ length: 40 }, (_, index) => index % 6)
  const look = (accountReads: KeeperKnowledge['accountReads']) => {
    const own = released()
    own.note(FORWARDER, read())
    return {
      raised: raised(own, accountReads === undefined ? {} : { accountReads }),
      missing: missingFor(own, accountReads === undefined ? {} : { accountReads }),
    }
  }

  it('is raised above the bound of the role, and not at it', () => {
    expect(look({ own: 6, others, wasRaised: false }).raised).toEqual(['L8'])
    expect(look({ own: 5, others, wasRaised: false }).raised).toEqual([])
    expect(look({ own: 9, others, wasRaised: true }).raised).toEqual([])
  })

  it('cannot be said with few accounts or without the reads', () => {
    expect(look({ own: 9, others: others.slice(0, 19), wasRaised: false })).toEqual({ raised: [], missing: ['L8'] })
    expect(look(undefined).missing).toEqual(['L8'])
  })

  it('counts accounts and names none', () => {
    const own = released()
    own.note(FORWARDER, read('token-of-an-account'))
    expect(JSON.stringify(findings(own, { accountReads: { own: 60, others, wasRaised: false } }).signals)).not.toContain(
      'token-of-an-account',
    )
  })
})

it('gives the same bytes for the same events', () => {
  const [one, other] = [released(), released()]
  for (const own of [one, other]) own.act(WRONG, notify(own))
  expect(JSON.stringify(findings(one))).toBe(JSON.stringify(findings(other)))
})

it('says of each detector what it cannot see, what else it may be, on which basis and until when', () => {
  expect(releaseDetectors.map(({ id }) => id)).toEqual(['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7', 'L8'])
  for (const detector of releaseDetectors) {
    expect(detector.knownLimits.length).toBeGreaterThan(40)
    expect(detector.innocentAlternatives.length).toBeGreaterThan(1)
    expect(Date.parse(detector.reviewUntil)).toBeGreaterThan(Date.parse(detector.version))
  }
})
