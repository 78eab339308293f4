/** Messages of one container overtake each other; the state they lead to does not depend on it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrive, emptyRoom, nameOf, type Referenced, type WaitingRoom } from './arrival.ts'
import type { Act, EventBody, EventParty } from './event.ts'
import { foldRight, stageOf } from './fold.ts'
import { CUSTOMS, DRIVER, FORWARDER, HAULIER, LINE, ledger, SECOND, START, TERMINAL, VEHICLE } from './ledger.fixture.ts'

interface Message extends Referenced {
  readonly by: EventParty
  readonly body: EventBody
}

const message = (by: EventParty, reference: string, body: EventBody, after?: Referenced): Message => ({
  sender: by.desk,
  reference,
  by,
  body,
  ...(after === undefined ? {} : { after: { sender: after.sender, reference: after.reference } }),
})
const plannedAt = new Date(START + 9e7).toISOString()
const discharged = message(TERMINAL, 'T1', { kind: 'discharged', occurredAt: '2026-11-26T07:00:00.000Z' })
const cleared = message(CUSTOMS, 'C1', { kind: 'customs', state: 'clear' })
const release = message(LINE, 'L1', { kind: 'released', to: FORWARDER.desk })
const transfer = message(FORWARDER, 'F1', { kind: 'transferred', to: SECOND.desk }, release)
const order = message(SECOND, 'S1', { kind: 'transport-ordered', haulier: HAULIER.desk }, transfer)
const notify = message(HAULIER, 'H1', { kind: 'pre-notified', vehicle: VEHICLE, driver: DRIVER, plannedAt }, order)
const out = message(TERMINAL, 'T2', { kind: 'gated-out', occurredAt: '2026-11-27T07:00:00.000Z' }, notify)
const all = [discharged, cleared, release, transfer, order, notify, out]

function run(arrived: readonly Message[]) {
  const own = ledger()
  let room: WaitingRoom<Message> = emptyRoom()
  const outcomes: string[] = []
  for (const each of arrived) {
    const arrival = arrive(room, each)
    room = arrival.room
    outcomes.push(arrival.outcome)
    for (const { by, body } of arrival.due)
      if (body.kind === 'discharged' || body.kind === 'customs') own.note(by, body)
      else own.act(by, body as Act)
  }
  return { own, room, outcomes }
}

/** What is the same whatever the times at which the ledger took it in. */
function essence(events: Parameters<typeof foldRight>[0]) {
  const state = foldRight(events)
  return {
    stage: stageOf(state),
    passings: state.passings.map(({ from, to }) => `${from} ${to}`),
    haulier: state.order?.haulier,
    discharged: state.dischargedAt,
    cleared: state.clearedAt !== undefined,
    collected: state.collected,
    events: state.events,
  }
}

describe('any order and doubling of the messages', () => {
  it('leads to the same state, each message taken once and none left', () => {
    const expected = essence(run(all).own.events)
    expect(expected).toMatchObject({ stage: 'gated-out', events: 7 })
    const arrivals = fc
      .array(fc.constantFrom(...all), { maxLength: 10 })
      .chain((doubled) => fc.shuffledSubarray([...all, ...doubled], { minLength: all.length + doubled.length }))
    fc.assert(
      fc.property(arrivals, (arrived) => {
        const { own, room, outcomes } = run(arrived)
        expect(essence(own.events)).toEqual(expected)
        expect(room.waiting).toEqual([])
        expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(arrived.length - all.length)
      }),
    )
  })

  it('waits for the message it rests on and for no other', () => {
    const { own, room, outcomes } = run([notify, order, transfer])
    expect(outcomes).toEqual(['waiting', 'waiting', 'waiting'])
    expect(own.events).toEqual([])
    expect(room.waiting.map(nameOf)).toEqual([notify, order, transfer].map(nameOf))
  })

  it('never ends on messages that rest on each other or on themselves', () => {
    const a = message(LINE, 'A', release.body, { sender: LINE.desk, reference: 'B' })
    const b = message(LINE, 'B', release.body, { sender: LINE.desk, reference: 'A' })
    const self = message(LINE, 'S', release.body, { sender: LINE.desk, reference: 'S' })
    const { own, room } = run([a, b, self])
    expect(own.events).toEqual([])
    expect(room.waiting).toHaveLength(3)
  })
})
