/** A partner sees its own link; two ledgers that differ elsewhere are the same to it, in what it sees and in what it is refused. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Act, EventBody, EventParty, LedgerEvent } from './event.ts'
import {
  CUSTOMS,
  DRIVER,
  FORWARDER,
  gateOut,
  HAULIER,
  type Ledger,
  LINE,
  ledger,
  notified,
  planned,
  released,
  SECOND,
  TERMINAL,
  VEHICLE,
  WRONG,
} from './ledger.fixture.ts'
import { ownLink, refusalTold } from './own-link.ts'

const seenBy = (own: { readonly events: readonly LedgerEvent[] }, party: EventParty) => ownLink(own.events, party.desk)

describe('the own link', () => {
  it('says who gave it and to whom it was passed, and nothing of the rest', () => {
    const own = released()
    own.act(FORWARDER, { kind: 'transferred', to: SECOND.desk })
    own.act(SECOND, { kind: 'transport-ordered', haulier: HAULIER.desk })
    own.act(HAULIER, { kind: 'pre-notified', vehicle: VEHICLE, driver: DRIVER, plannedAt: planned(own) })
    expect(seenBy(own, LINE)).toMatchObject({ as: 'line', state: 'passed', to: FORWARDER.desk, open: ['revoke'] })
    expect(seenBy(own, FORWARDER)).toMatchObject({ state: 'passed', from: LINE.desk, to: SECOND.desk, open: [] })
    expect(seenBy(own, SECOND)).toMatchObject({ state: 'ordered', from: FORWARDER.desk, to: HAULIER.desk, open: ['order'] })
    expect(seenBy(own, HAULIER)).toMatchObject({ as: 'haulier', state: 'pre-notified', from: SECOND.desk })
    expect(seenBy(own, TERMINAL)).toMatchObject({ as: 'terminal', state: 'held' })
    const said = JSON.stringify(seenBy(own, HAULIER))
    for (const other of [LINE, FORWARDER, TERMINAL]) expect(said).not.toContain(other.desk)
    expect(said).not.toContain(VEHICLE)
  })

  it('is none for whoever has no part, whatever it tried', () => {
    const own = notified()
    own.note(WRONG, { kind: 'read', account: 'a' })
    own.act(WRONG, { kind: 'pre-notified', vehicle: VEHICLE, driver: DRIVER, plannedAt: planned(own) })
    expect(seenBy(own, WRONG)).toBeUndefined()
    expect(refusalTold(seenBy(own, WRONG), { kind: 'transferred', to: 'x' }, 'not-holder')).toBeUndefined()
  })

  it('goes from a haulier that was replaced', () => {
    const own = notified()
    own.act(FORWARDER, { kind: 'transport-ordered', haulier: WRONG.desk })
    expect(seenBy(own, HAULIER)).toBeUndefined()
    expect(seenBy(own, WRONG)).toMatchObject({ as: 'haulier', state: 'ordered', from: FORWARDER.desk })
  })

  it('lets a holder drive itself, and change its mind', () => {
    const own = released()
    own.act(FORWARDER, { kind: 'transport-ordered', haulier: FORWARDER.desk })
    expect(seenBy(own, FORWARDER)).toMatchObject({ as: 'haulier', state: 'ordered', open: ['pre-notify', 'order'] })
    own.act(FORWARDER, { kind: 'transport-ordered', haulier: HAULIER.desk })
    expect(seenBy(own, FORWARDER)).toMatchObject({ as: 'forwarder', state: 'ordered', to: HAULIER.desk })
  })

  it('tells of a revocation whoever has a hand on the box, and nobody who passed it on', () => {
    const own = released()
    own.act(FORWARDER, { kind: 'transferred', to: SECOND.desk })
    own.act(CUSTOMS, { kind: 'revoked', power: 'customs' })
    expect(seenBy(own, SECOND)?.state).toBe('revoked')
    expect(seenBy(own, FORWARDER)?.state).toBe('passed')
    expect(seenBy(own, LINE)?.state).toBe('passed')
  })
})

/** What may happen after a forwarder passed its right on, in any mixture: none of it is for that forwarder. */
const LATER: readonly ((own: Ledger) => void)[] = [
  (own) => own.act(SECOND, { kind: 'transport-ordered', haulier: HAULIER.desk }),
  (own) => own.act(SECOND, { kind: 'transferred', to: 'fr.forwarder' }),
  (own) => own.act(HAULIER, { kind: 'pre-notified', vehicle: VEHICLE, driver: DRIVER, plannedAt: planned(own) }),
  (own) => own.act(WRONG, { kind: 'pre-notified', vehicle: VEHICLE, driver: DRIVER, plannedAt: planned(own) }),
  (own) => own.act(TERMINAL, { kind: 'gate-matched', vehicle: VEHICLE, driver: DRIVER }),
  (own) => own.act(TERMINAL, gateOut(own) as Act),
  (own) => own.act(CUSTOMS, { kind: 'revoked', power: 'court' }),
  (own) => own.act(LINE, { kind: 'revoked', power: 'line' }),
  (own) => own.act(LINE, { kind: 'released', to: SECOND.desk }),
  (own) => own.note(CUSTOMS, { kind: 'customs', state: 'hold', until: planned(own) }),
  (own) => own.note(CUSTOMS, { kind: 'customs', state: 'selected' }),
  (own) => own.note(CUSTOMS, { kind: 'customs', state: 'clear' }),
  (own) => own.note(WRONG, { kind: 'read', account: 'thief' }),
  (own) => own.note(TERMINAL, { kind: 'moved', occurredAt: own.now() }),
  (own) => own.note(TERMINAL, { kind: 'foreign-code', system: 'port', event: 'read', readBy: WRONG.desk } satisfies EventBody),
]
const later = fc.array(fc.constantFrom(...LATER), { maxLength: 12 })

describe('two worlds', () => {
  it('that differ in what became of a right later are the same to the forwarder who passed it on', () => {
    const act = fc.constantFrom<Act>(
      { kind: 'transferred', to: WRONG.desk },
      { kind: 'transport-ordered', haulier: WRONG.desk },
      { kind: 'pre-notified', vehicle: VEHICLE, driver: DRIVER, plannedAt: '2026-12-01T00:00:00.000Z' },
      { kind: 'revoked', power: 'line' },
    )
    fc.assert(
      fc.property(later, later, act, (one, other, tried) => {
        const [a, b] = [one, other].map((events) => {
          const own = released()
          own.act(FORWARDER, { kind: 'transferred', to: SECOND.desk })
          for (const event of events) event(own)
          const link = seenBy(own, FORWARDER)
          const because = own.act(FORWARDER, tried)
          return JSON.stringify({ link, told: because === undefined ? 'taken' : refusalTold(link, tried, because) })
        })
        expect(a).toBe(b)
      }),
      { numRuns: 400 },
    )
  })

  it('that differ in anything at all are the same to a haulier outside the chain', () => {
    const tried: Act = { kind: 'pre-notified', vehicle: VEHICLE, driver: DRIVER, plannedAt: '2026-12-01T00:00:00.000Z' }
    fc.assert(
      fc.property(fc.boolean(), later, (isReleased, events) => {
        const own = isReleased ? released() : ledger()
        for (const event of events) event(own)
        const link = seenBy(own, WRONG)
        const because = own.act(WRONG, tried)
        expect(link).toBeUndefined()
        expect(because).toBeDefined()
        expect(because === undefined ? 'taken' : refusalTold(link, tried, because)).toBeUndefined()
      }),
    )
  })

  it('that differ before a haulier was ordered are the same to it', () => {
    const viaOne = released()
    viaOne.act(FORWARDER, { kind: 'transferred', to: SECOND.desk })
    const viaMany = released()
    viaMany.act(FORWARDER, { kind: 'transferred', to: 'fr.forwarder' })
    viaMany.act({ desk: 'fr.forwarder', role: 'forwarder' }, { kind: 'transferred', to: SECOND.desk })
    viaOne.note(WRONG, { kind: 'read', account: 'thief' })
    for (const own of [viaOne, viaMany]) own.act(SECOND, { kind: 'transport-ordered', haulier: HAULIER.desk })
    expect(JSON.stringify(seenBy(viaOne, HAULIER))).toBe(JSON.stringify(seenBy(viaMany, HAULIER)))
  })
})
