import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, dateOf, dayOf, isoDay, localDay, startOfDay, type WorkingCalendar, weekdayOf } from './civil-time.ts'
import { dueOf, type LedgerEvent } from './clock.ts'
import type { ClockDef } from './definition.ts'

/** Central European rules for 2026: summer time from 29 March to 25 October. */
const cet = {
  offsetAt: (instant: number) => (instant >= Date.UTC(2026, 2, 29, 1) && instant < Date.UTC(2026, 9, 25, 1) ? 120 : 60),
}
const weekends: WorkingCalendar = {
  isWorkingDay: (day) => weekdayOf(day) !== 0 && weekdayOf(day) !== 6,
}
const at = (text: string) => Date.parse(text)
const world = (now: number) => ({ rules: cet, calendar: weekends, now })

function clock(change: Partial<ClockDef>): ClockDef {
  const basis = {
    act: 'Directive (EU) 2023/977',
    art: 'Art 5',
    mark: 'V',
  } as const
  return {
    id: 'c',
    title: 'c',
    obligated: 'r',
    kind: 'law',
    regime: 'EU-1182-71',
    basis,
    ladder: [],
    onExpiry: 'x',
    ...change,
  }
}
const due = (definition: ClockDef, start: string, ledger: readonly LedgerEvent[] = []) => {
  const { safe, legalLatest } = dueOf(definition, { startedAt: at(start), zone: 'Europe/Brussels', ledger }, world(at(start)))
  return [new Date(safe).toISOString(), new Date(legalLatest).toISOString()]
}

describe('worked examples', () => {
  it('8 h received Friday 23:30: safe 07:30, legal latest 08:00', () => {
    expect(due(clock({ budget: { n: 8, unit: 'hour' } }), '2026-10-30T23:30:00+01:00')).toEqual([
      '2026-10-31T06:30:00.000Z',
      '2026-10-31T07:00:00.000Z',
    ])
  })
  it('3 calendar days received on a Friday: end of Monday, legal latest end of Tuesday', () => {
    expect(due(clock({ budget: { n: 3, unit: 'calendarDay' } }), '2026-11-06T10:00:00+01:00')).toEqual([
      '2026-11-09T23:00:00.000Z',
      '2026-11-10T23:00:00.000Z',
    ])
  })
  it('7 calendar days from 30 October 09:12: Friday 6 November 24:00 for both', () => {
    expect(due(clock({ budget: { n: 7, unit: 'calendarDay' } }), '2026-10-30T09:12:00+01:00')).toEqual([
      '2026-11-06T23:00:00.000Z',
      '2026-11-06T23:00:00.000Z',
    ])
  })
  it('the same, clarification asked and answered 31 h later: Sunday 07:00, Monday 24:00', () => {
    const ledger: LedgerEvent[] = [
      {
        kind: 'suspend',
        at: at('2026-11-01T09:12:00+01:00'),
        reason: 'clarification',
      },
      { kind: 'resume', at: at('2026-11-02T16:12:00+01:00'), reason: 'answer' },
    ]
    expect(due(clock({ budget: { n: 7, unit: 'calendarDay' } }), '2026-10-30T09:12:00+01:00', ledger)).toEqual([
      '2026-11-08T06:00:00.000Z',
      '2026-11-09T23:00:00.000Z',
    ])
  })
  it('acknowledges within 4 h, but never later than 24 h before the ETA, and at once when that has passed', () => {
    const definition = clock({
      kind: 'policy',
      regime: 'policy',
      budget: { n: 4, unit: 'hour' },
      atMost: { anchor: 'eta', hours: -24 },
    })
    const start = at('2026-11-24T10:00:00Z')
    const safe = (eta: string) =>
      new Date(
        dueOf(
          definition,
          {
            startedAt: start,
            zone: 'Europe/Brussels',
            ledger: [],
            anchor: at(eta),
          },
          world(start),
        ).safe,
      ).toISOString()
    expect(safe('2026-12-09T06:00:00Z')).toBe('2026-11-24T14:00:00.000Z')
    expect(safe('2026-11-25T12:00:00Z')).toBe('2026-11-24T12:00:00.000Z')
    expect(safe('2026-11-24T20:00:00Z')).toBe('2026-11-24T10:00:00.000Z')
  })
  it('counts an hour clock on elapsed time and a day clock on civil days over the change of the clocks', () => {
    expect(
      due(
        clock({
          regime: 'policy',
          kind: 'policy',
          budget: { n: 8, unit: 'hour' },
        }),
        '2026-10-24T22:00:00Z',
      )[0],
    ).toBe('2026-10-25T06:00:00.000Z')
    expect(due(clock({ budget: { n: 2, unit: 'calendarDay' } }), '2026-10-23T10:00:00+02:00')[0]).toBe('2026-10-25T23:00:00.000Z')
  })
  it('says how it came to its instants, on one line', () => {
    const definition = clock({ budget: { n: 8, unit: 'hour' } })
    const start = at('2026-10-30T23:30:00+01:00')
    const { explain } = dueOf(definition, { startedAt: start, zone: 'Europe/Brussels', ledger: [] }, world(start))
    expect(explain).toBe(
      '8 h from 2026-10-30 23:30 Europe/Brussels → safe 2026-10-31 07:30 Europe/Brussels, legal latest 2026-10-31 08:00 Europe/Brussels; law: Directive (EU) 2023/977 Art 5',
    )
  })
})

it('tells running, suspended, met and missed apart', () => {
  const definition = clock({ budget: { n: 8, unit: 'hour' } })
  const startedAt = at('2026-11-24T10:00:00Z')
  const state = (now: string, ledger: readonly LedgerEvent[]) =>
    dueOf(definition, { startedAt, zone: 'Europe/Brussels', ledger }, world(at(now))).state
  expect(state('2026-11-24T11:00:00Z', [])).toBe('running')
  expect(state('2026-11-25T11:00:00Z', [])).toBe('missed')
  expect(state('2026-11-25T11:00:00Z', [{ kind: 'stop', at: at('2026-11-24T12:00:00Z'), reason: '' }])).toBe('met')
  expect(state('2026-11-25T11:00:00Z', [{ kind: 'suspend', at: at('2026-11-24T12:00:00Z'), reason: '' }])).toBe('suspended')
})

it('extends by adding to the budget', () => {
  const definition = clock({ budget: { n: 5, unit: 'workingDay' } })
  const ledger: LedgerEvent[] = [
    {
      kind: 'extend',
      at: at('2026-11-25T10:00:00Z'),
      by: { n: 2, unit: 'workingDay' },
      reason: '',
    },
  ]
  expect(due(definition, '2026-11-24T10:00:00Z')[0]).toBe('2026-12-01T23:00:00.000Z')
  expect(due(definition, '2026-11-24T10:00:00Z', ledger)[0]).toBe('2026-12-03T23:00:00.000Z')
})

const startArb = fc.integer({
  min: Date.UTC(2026, 0, 1),
  max: Date.UTC(2026, 11, 31),
})
const budgetArb = fc.record({
  n: fc.integer({ min: 1, max: 40 }),
  unit: fc.constantFrom('hour' as const, 'calendarDay' as const, 'workingDay' as const),
})

it('equals a count day by day', () => {
  fc.assert(
    fc.property(startArb, budgetArb, (startedAt, budget) => {
      const { safe, legalLatest } = dueOf(clock({ budget }), { startedAt, zone: 'z', ledger: [] }, world(startedAt))
      expect(legalLatest).toBeGreaterThanOrEqual(safe)
      if (budget.unit === 'hour') {
        expect(safe - startedAt).toBe(budget.n * 3_600_000)
        return
      }
      let day = localDay(startedAt, 'z', cet)
      for (let counted = 0; counted < budget.n; ) {
        day += 1
        if (budget.unit === 'calendarDay' || weekends.isWorkingDay(day)) counted += 1
      }
      expect(localDay(safe - 1, 'z', cet)).toBe(day)
    }),
  )
})

it('never moves earlier by a suspension, and by exactly the time suspended', () => {
  fc.assert(
    fc.property(startArb, budgetArb, fc.array(fc.integer({ min: 1, max: 1e8 }), { maxLength: 8 }), (startedAt, budget, gaps) => {
      let now = startedAt
      const ledger: LedgerEvent[] = gaps.map((gap, index) => {
        now += gap
        return {
          kind: index % 2 === 0 ? 'suspend' : 'resume',
          at: now,
          reason: '',
        }
      })
      const closed = ledger.length % 2 === 0 ? ledger : ledger.slice(0, -1)
      const total = closed.reduce((sum, event) => sum + (event.kind === 'resume' ? event.at : -event.at), 0)
      const plain = dueOf(clock({ budget }), { startedAt, zone: 'z', ledger: [] }, world(now))
      const moved = dueOf(clock({ budget }), { startedAt, zone: 'z', ledger: closed }, world(now))
      expect(moved.safe - plain.safe).toBe(total)
      expect(moved.legalLatest).toBeGreaterThanOrEqual(plain.legalLatest)
    }),
  )
})

it('keeps civil days and dates in step with each other', () => {
  fc.assert(
    fc.property(fc.integer({ min: -200_000, max: 200_000 }), fc.integer({ min: -60, max: 60 }), (day, months) => {
      expect(dayOf(dateOf(day))).toBe(day)
      expect(isoDay(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, isoDay(day).length))
      expect(weekdayOf(day)).toBe(new Date(day * 86_400_000).getUTCDay())
      expect(dateOf(addMonths(day, months)).day).toBeLessThanOrEqual(dateOf(day).day)
      expect(localDay(startOfDay(day, 'z', cet), 'z', cet)).toBe(day)
      expect(localDay(startOfDay(day, 'z', cet) - 1, 'z', cet)).toBe(day - 1)
    }),
  )
})
