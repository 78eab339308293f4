/** Any order and doubling of the same events gives the same ledger, and whatever is changed in a stored one is found. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderChain, verifyChain } from './chain.ts'
import { chainEvent, type LedgerEvent } from './event.ts'
import { foldRight } from './fold.ts'
import { GENESIS, gateOut, LINE, notified, sha256, TERMINAL } from './ledger.fixture.ts'

function whole(): readonly LedgerEvent[] {
  const own = notified()
  own.note({ desk: 'be.x', role: 'forwarder' }, { kind: 'read', account: 'a1' })
  own.act(TERMINAL, gateOut(own) as never)
  return own.events
}

const verify = (events: readonly LedgerEvent[], of: readonly LedgerEvent[] = whole()) =>
  verifyChain(events, { genesis: GENESIS, head: of.at(-1)?.hash ?? GENESIS, count: of.length }, sha256)

describe('order', () => {
  const events = whole()

  it('is that of the chain, whatever the order of arrival and however often each came', () => {
    const arrivals = fc
      .array(fc.nat({ max: events.length - 1 }), { maxLength: 12 })
      .chain((doubled) =>
        fc.shuffledSubarray([...events, ...doubled.flatMap((index) => events[index] ?? [])], { minLength: events.length + doubled.length }),
      )
    fc.assert(
      fc.property(arrivals, (arrived) => {
        const { ordered, waiting, problems } = orderChain(arrived, GENESIS, sha256)
        expect(ordered).toEqual(events)
        expect([waiting, problems]).toEqual([[], []])
        expect(foldRight(ordered)).toEqual(foldRight(events))
      }),
    )
  })

  it('lets what comes early wait for what it follows, and takes it in then', () => {
    fc.assert(
      fc.property(fc.nat({ max: events.length - 1 }), fc.nat(), (absent, seed) => {
        const arrived = events
          .filter((_, index) => index !== absent)
          .toSorted((a, b) => (sha256(a.hash + seed) < sha256(b.hash + seed) ? -1 : 1))
        const first = orderChain(arrived, GENESIS, sha256)
        expect(first.ordered).toEqual(events.slice(0, absent))
        expect(first.waiting).toHaveLength(events.length - absent - 1)
        expect(orderChain([...first.waiting, ...events.slice(absent, absent + 1), ...first.ordered], GENESIS, sha256).ordered).toEqual(
          events,
        )
      }),
    )
  })

  it('prefers none of two events that follow the same one', () => {
    const [first, second] = events
    if (first === undefined || second === undefined) throw new Error('The chain is too short.')
    const rival = chainEvent({ previous: first.hash, at: second.at, by: LINE, body: { kind: 'released', to: 'nl.thief' } }, sha256)
    for (const arrived of [
      [...events, rival],
      [rival, ...events],
    ]) {
      const { ordered, waiting, problems } = orderChain(arrived, GENESIS, sha256)
      expect(ordered).toEqual([first])
      expect(waiting).toHaveLength(events.length)
      expect(problems).toMatchObject([{ code: 'chain.fork', at: first.hash }])
    }
  })

  it('leaves out an altered event with all behind it, and names it', () => {
    const altered = events.map((event, index) => (index === 2 ? { ...event, by: { ...event.by, desk: 'nl.thief' } } : event))
    const { ordered, problems } = orderChain(altered, GENESIS, sha256)
    expect(ordered).toEqual(events.slice(0, 2))
    expect(problems).toMatchObject([{ code: 'chain.altered', at: events[2]?.hash }])
  })
})

describe('verification', () => {
  it('passes a ledger that was not touched', () => {
    expect(verify(whole())).toMatchObject({ intact: true, events: 7 })
    expect(verifyChain([], { genesis: GENESIS, head: GENESIS, count: 0 }, sha256).intact).toBe(true)
  })

  it('finds every event of which any part was altered, wherever it stands', () => {
    const events = whole()
    const changes: readonly ((event: LedgerEvent) => LedgerEvent)[] = [
      (event) => ({ ...event, at: '2026-11-26T07:00:00.000Z' }),
      (event) => ({ ...event, by: { ...event.by, desk: 'nl.thief' } }),
      (event) => ({ ...event, by: { ...event.by, role: 'system' } }),
      (event) => ({ ...event, body: { kind: 'moved', occurredAt: event.at } }),
      (event) => ({ ...event, previous: 'b'.repeat(32) }),
      (event) => ({ ...event, hash: 'c'.repeat(64) }),
      // Hashed anew, as somebody with the whole table would.
      (event) => chainEvent({ ...event, by: { ...event.by, desk: 'nl.thief' } }, sha256),
    ]
    for (const [place, event] of events.entries())
      for (const [which, change] of changes.entries())
        expect(verify(events.with(place, change(event))), `change ${which} at ${place}`).toMatchObject({ intact: false })
  })

  it('finds what was taken out, put in, exchanged or cut off', () => {
    const events = whole()
    const [first, second] = events
    if (first === undefined || second === undefined) throw new Error('The chain is too short.')
    for (const touched of [
      events.slice(1),
      events.slice(0, -1),
      events.toSpliced(3, 1),
      events.toSpliced(2, 0, first),
      [second, first, ...events.slice(2)],
      [],
    ])
      expect(verify(touched).intact).toBe(false)
  })

  it('finds a ledger written anew from one event on, by the head that was written down', () => {
    const events = whole()
    const anew: LedgerEvent[] = events.slice(0, 2)
    for (const event of events.slice(2))
      anew.push(chainEvent({ ...event, previous: anew.at(-1)?.hash ?? GENESIS, by: { desk: 'nl.thief', role: 'line' } }, sha256))
    expect(verify(anew)).toMatchObject({ intact: false, because: expect.stringContaining('last events') })
  })
})
