/** Only the holder passes a right on, only the ordered haulier announces, only the terminal with the box opens the gate. */
import { describe, expect, it } from 'vitest'
import { customsAt, holderOf, isReady, stageOf } from './fold.ts'
import {
  CUSTOMS,
  DRIVER,
  FORWARDER,
  gateOut,
  HAULIER,
  LINE,
  ledger,
  notified,
  party,
  planned,
  released,
  SECOND,
  TERMINAL,
  VEHICLE,
  WRONG,
} from './ledger.fixture.ts'

const match = { kind: 'gate-matched', vehicle: VEHICLE, driver: DRIVER } as const
const notify = (own: ReturnType<typeof ledger>) =>
  ({ kind: 'pre-notified', vehicle: VEHICLE, driver: DRIVER, plannedAt: planned(own) }) as const

describe('the way of a box', () => {
  it('goes from the line by two forwarders to a haulier and out of the gate, and no step of it needs a code', () => {
    const own = released()
    expect(own.act(FORWARDER, { kind: 'transferred', to: SECOND.desk })).toBeUndefined()
    expect(own.act(SECOND, { kind: 'transport-ordered', haulier: HAULIER.desk })).toBeUndefined()
    expect(own.act(HAULIER, notify(own))).toBeUndefined()
    expect(isReady(own.state(), own.now())).toBe(true)
    expect(own.act(TERMINAL, match)).toBeUndefined()
    expect(own.act(TERMINAL, gateOut(own) as never)).toBeUndefined()
    expect(stageOf(own.state())).toBe('gated-out')
    expect(JSON.stringify(own.events)).not.toMatch(/pin|code/i)
  })

  it('may begin with the release, before the ship is in; only the gate needs discharge and customs', () => {
    const own = ledger()
    expect(own.act(LINE, { kind: 'released', to: FORWARDER.desk })).toBeUndefined()
    own.act(FORWARDER, { kind: 'transport-ordered', haulier: HAULIER.desk })
    own.act(HAULIER, notify(own))
    expect(own.act(TERMINAL, match)).toBe('not-your-role')
    own.note(TERMINAL, { kind: 'discharged', occurredAt: own.now() })
    expect(own.act(TERMINAL, match)).toBe('not-ready')
    own.note(CUSTOMS, { kind: 'customs', state: 'clear' })
    expect(own.act(TERMINAL, match)).toBeUndefined()
  })
})

describe('who may not', () => {
  it('refuses whoever does not hold the right, and whoever passed it on', () => {
    const own = released()
    expect(own.act(SECOND, { kind: 'transferred', to: WRONG.desk })).toBe('not-holder')
    own.act(FORWARDER, { kind: 'transferred', to: SECOND.desk })
    expect(own.act(FORWARDER, { kind: 'transferred', to: WRONG.desk })).toBe('already-passed')
    expect(own.act(FORWARDER, { kind: 'transport-ordered', haulier: WRONG.desk })).toBe('already-passed')
    expect(holderOf(own.state())).toBe(SECOND.desk)
  })

  it('passes a right to exactly one next party, never to oneself, and not once a transport is ordered', () => {
    const own = released()
    expect(own.act(FORWARDER, { kind: 'transferred', to: FORWARDER.desk })).toBe('same-party')
    own.act(FORWARDER, { kind: 'transport-ordered', haulier: HAULIER.desk })
    expect(own.act(FORWARDER, { kind: 'transferred', to: SECOND.desk })).toBe('already-ordered')
  })

  it('refuses the pre-notification of a haulier that was not ordered, or no longer is', () => {
    const own = notified()
    expect(own.act(WRONG, notify(own))).toBe('not-ordered')
    own.act(FORWARDER, { kind: 'transport-ordered', haulier: WRONG.desk })
    expect(own.act(HAULIER, notify(own))).toBe('not-ordered')
    expect(own.act(TERMINAL, match)).toBe('not-pre-notified')
  })

  it('opens the gate to the announced vehicle with the announced driver, at the terminal that has the box', () => {
    const own = notified()
    expect(own.act(TERMINAL, { ...match, driver: 'x'.repeat(32) })).toBe('wrong-vehicle-or-driver')
    expect(own.act(TERMINAL, { ...match, vehicle: 'x'.repeat(32) })).toBe('wrong-vehicle-or-driver')
    expect(own.act(party('be.other', 'terminal'), match)).toBe('not-your-role')
    expect(own.act(FORWARDER, match)).toBe('not-your-role')
    expect(own.act(TERMINAL, match)).toBeUndefined()
  })

  it('keeps the gate shut as long as no driver is named, whoever stands there', () => {
    const own = notified()
    own.act(HAULIER, { kind: 'pre-notified', vehicle: VEHICLE, plannedAt: planned(own) })
    expect(own.act(TERMINAL, match)).toBe('wrong-vehicle-or-driver')
    own.act(HAULIER, notify(own))
    expect(own.act(TERMINAL, match)).toBeUndefined()
  })

  it('lets only a line release, once, and only the line that the discharge named', () => {
    const own = ledger()
    own.note(TERMINAL, { kind: 'discharged', occurredAt: own.now(), line: LINE.desk })
    expect(own.act(party('xx.line', 'line'), { kind: 'released', to: WRONG.desk })).toBe('not-your-role')
    expect(own.act(FORWARDER, { kind: 'released', to: WRONG.desk })).toBe('not-your-role')
    expect(own.act(LINE, { kind: 'released', to: FORWARDER.desk })).toBeUndefined()
    expect(own.act(LINE, { kind: 'released', to: SECOND.desk })).toBe('already-released')
  })

  it('takes nothing more once the box is out', () => {
    const own = notified()
    own.act(TERMINAL, gateOut(own) as never)
    for (const attempt of [match, notify(own), { kind: 'revoked', power: 'line' }, { kind: 'transferred', to: SECOND.desk }] as const)
      expect(own.act(FORWARDER, attempt)).toBe('already-collected')
  })
})

describe('revocation', () => {
  it('by the line ends every hand on the box, and the line may release anew', () => {
    const own = notified()
    expect(own.act(FORWARDER, { kind: 'revoked', power: 'line' })).toBe('not-your-role')
    expect(own.act(LINE, { kind: 'revoked', power: 'line' })).toBeUndefined()
    expect(own.act(HAULIER, notify(own))).toBe('revoked')
    expect(own.act(FORWARDER, { kind: 'transferred', to: SECOND.desk })).toBe('revoked')
    expect(own.act(TERMINAL, match)).toBe('revoked')
    expect(own.act(LINE, { kind: 'released', to: SECOND.desk })).toBeUndefined()
    expect(own.act(HAULIER, notify(own))).toBe('not-ordered')
    expect(holderOf(own.state())).toBe(SECOND.desk)
  })

  it('by customs or a court closes the right until customs clears it, and no line opens it before', () => {
    const own = released()
    expect(own.act(LINE, { kind: 'revoked', power: 'court' })).toBe('not-your-role')
    expect(own.act(CUSTOMS, { kind: 'revoked', power: 'court' })).toBeUndefined()
    expect(own.act(LINE, { kind: 'revoked', power: 'line' })).toBeUndefined()
    expect(own.act(LINE, { kind: 'released', to: SECOND.desk })).toBe('revoked')
    own.note(CUSTOMS, { kind: 'customs', state: 'clear' })
    expect(own.act(LINE, { kind: 'released', to: SECOND.desk })).toBeUndefined()
  })

  it('has nothing to take back before a release', () => {
    expect(ledger().act(CUSTOMS, { kind: 'revoked', power: 'customs' })).toBe('not-released')
  })
})

describe('a hold', () => {
  it('ends by itself at its end, and what customs said before holds again', () => {
    const own = notified()
    const until = new Date(Date.parse(own.now()) + 3_600_000).toISOString()
    own.note(CUSTOMS, { kind: 'customs', state: 'hold', until, portAction: 'p1' })
    expect(customsAt(own.state(), own.now())).toMatchObject({ state: 'hold', hold: { until, portAction: 'p1' } })
    expect(own.act(TERMINAL, match)).toBe('not-ready')
    own.later(61)
    expect(customsAt(own.state(), own.now())).toEqual({ state: 'clear' })
    expect(own.act(TERMINAL, match)).toBeUndefined()
  })

  it('of two the later counts, and a clearance ends both', () => {
    const own = released()
    const until = (hours: number) => new Date(Date.parse(own.now()) + hours * 3_600_000).toISOString()
    own.note(CUSTOMS, { kind: 'customs', state: 'hold', until: until(1) })
    own.note(CUSTOMS, { kind: 'customs', state: 'hold', until: until(5) })
    own.later(120)
    expect(customsAt(own.state(), own.now()).state).toBe('hold')
    own.note(CUSTOMS, { kind: 'customs', state: 'clear' })
    expect(customsAt(own.state(), own.now()).state).toBe('clear')
  })
})
