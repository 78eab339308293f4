import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, dateOf, dayOf, isoDay, localDay, startOfDay, type WorkingCalendar, weekdayOf } from './civil-time.ts'
import {
  assumedSuspension,
  type ClockTerms,
  dueOf,
  explainDue,
  extensionLeft,
  type LedgerEvent,
  recount,
  whatIf,
  whatIfStarted,
} from './clock.ts'
import { workingCalendar } from './clock-calendar.ts'
import { parseExplain } from './clock-explain.ts'
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

function clock(change: Partial<ClockDef & ClockTerms>): ClockDef & ClockTerms {
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
      '8 h from 2026-10-30 23:30+01:00 Europe/Brussels (that hour not counted; Regulation 1182/71) → safe 2026-10-31 07:30+01:00, legal latest 2026-10-31 08:00+01:00; law: Directive (EU) 2023/977 Art 5',
    )
    expect(explainDue(definition, { startedAt: start, zone: 'Europe/Brussels', ledger: [] }, world(start))).toBe(explain)
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

/** Suspensions and resumptions in a legal order: each begins while the clock runs. */
function ledgerOf(
  definition: ClockTerms,
  startedAt: number,
  steps: readonly (readonly [running: number, suspended: number])[],
): LedgerEvent[] {
  const ledger: LedgerEvent[] = []
  let now = startedAt
  for (const [share, suspended] of steps) {
    const { legalLatest } = dueOf(definition, { startedAt, zone: 'z', ledger }, world(now))
    now += Math.floor(((legalLatest - now) * share) / 100)
    ledger.push({ kind: 'suspend', at: now, reason: '' })
    now += suspended
    ledger.push({ kind: 'resume', at: now, reason: '' })
  }
  return ledger
}
const stepsArb = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 1e8 })), { maxLength: 5 })
const regimeArb = fc.constantFrom('EU-1182-71' as const, 'national' as const, 'policy' as const)

it('never moves earlier by a suspension, and the safe instant by exactly the time suspended', () => {
  fc.assert(
    fc.property(startArb, budgetArb, regimeArb, stepsArb, (startedAt, budget, regime, steps) => {
      const definition = clock({ budget, regime })
      const ledger = ledgerOf(definition, startedAt, steps)
      let total = 0
      let before = dueOf(definition, { startedAt, zone: 'z', ledger: [] }, world(startedAt))
      const plain = before
      for (let events = 2; events <= ledger.length; events += 2) {
        const due = dueOf(definition, { startedAt, zone: 'z', ledger: ledger.slice(0, events) }, world(startedAt))
        total += (ledger[events - 1]?.at ?? 0) - (ledger[events - 2]?.at ?? 0)
        expect(due.suspendedMs).toBe(total)
        expect(due.safe - plain.safe).toBe(total)
        expect(due.legalLatest).toBeGreaterThanOrEqual(Math.max(before.legalLatest, due.safe))
        expect(due.suspensions).toBe(events / 2)
        expect(due.voidEvents).toBe(0)
        before = due
      }
    }),
  )
})

it('never moves earlier while an open suspension goes on', () => {
  fc.assert(
    fc.property(
      startArb,
      budgetArb,
      fc.array(fc.integer({ min: 0, max: 1e8 }), { minLength: 2, maxLength: 8 }),
      (startedAt, budget, waits) => {
        const definition = clock({ budget })
        let now = startedAt
        let before = { safe: 0, legalLatest: 0 }
        for (const wait of waits) {
          now += wait
          const due = dueOf(definition, { startedAt, zone: 'z', ledger: [{ kind: 'suspend', at: startedAt, reason: '' }] }, world(now))
          expect(due.state).toBe('suspended')
          expect(due.safe).toBeGreaterThanOrEqual(before.safe)
          expect(due.legalLatest).toBeGreaterThanOrEqual(before.legalLatest)
          before = due
        }
      },
    ),
  )
})

describe('Regulation 1182/71, Article 3', () => {
  it('(1), (2)(c): a month ends on the same date, or on the last day of a month that lacks it', () => {
    const ends = (start: string, n: number, unit: 'week' | 'month') => due(clock({ budget: { n, unit }, regime: 'national' }), start)[0]
    expect(ends('2026-01-31T10:00:00+01:00', 1, 'month')).toBe('2026-02-28T23:00:00.000Z')
    expect(ends('2027-12-31T10:00:00+01:00', 2, 'month')).toBe('2028-02-29T23:00:00.000Z')
    expect(ends('2026-03-04T10:00:00+01:00', 12, 'month')).toBe('2027-03-04T23:00:00.000Z')
    expect(ends('2026-11-04T10:00:00+01:00', 1, 'week')).toBe('2026-11-11T23:00:00.000Z')
  })
  it('(2)(d): half a month is fifteen days', () => {
    expect(due(clock({ budget: { n: 1.5, unit: 'month' }, regime: 'national' }), '2026-01-10T10:00:00+01:00')[0]).toBe(
      '2026-02-25T23:00:00.000Z',
    )
  })
  it('(4): an end on a day off moves to the end of the next working day, under the Regulation only', () => {
    // A week from a Saturday ends on a Saturday.
    const start = '2026-11-07T10:00:00+01:00'
    const budget = { n: 1, unit: 'week' as const }
    expect(due(clock({ budget }), start)).toEqual(['2026-11-14T23:00:00.000Z', '2026-11-16T23:00:00.000Z'])
    expect(due(clock({ budget, regime: 'national' }), start)).toEqual(['2026-11-14T23:00:00.000Z', '2026-11-14T23:00:00.000Z'])
    expect(due(clock({ budget, regime: 'national', roll: 'next-working-day' }), start)[1]).toBe('2026-11-16T23:00:00.000Z')
    expect(due(clock({ budget, regime: 'policy' }), start)[1]).toBe('2026-11-14T23:00:00.000Z')
  })
  it('(4), second subparagraph: a limit counted back from an event is never rolled, nor moved by a suspension', () => {
    const definition = clock({ budget: { n: 30, unit: 'calendarDay' }, atMost: { anchor: 'eta', hours: -24 } })
    const startedAt = at('2026-11-02T10:00:00Z')
    // A Monday: 24 hours before it is a Sunday.
    const anchor = at('2026-11-09T10:00:00Z')
    for (const ledger of [[], assumedSuspension(startedAt, 5 * 86_400_000)]) {
      const { safe, legalLatest } = dueOf(definition, { startedAt, zone: 'z', ledger, anchor }, world(startedAt))
      expect([safe, legalLatest]).toEqual([anchor - 86_400_000, anchor - 86_400_000])
    }
  })
  it('an extension moves a limit that was set for the duty, from its day and to its time of day, and no limit that is an event', () => {
    const terms = (movesWithExtensions?: true) =>
      clock({
        budget: { n: 6, unit: 'month' },
        atMost: { anchor: 'until', hours: 0, ...(movesWithExtensions === undefined ? {} : { movesWithExtensions }) },
      })
    const startedAt = at('2026-01-05T10:00:00+01:00')
    const extended = (n: number): LedgerEvent => ({
      kind: 'extend',
      at: at('2026-02-01T10:00:00Z'),
      by: { n, unit: 'month' },
      reason: 'strike',
    })
    const end = (until: string, ledger: readonly LedgerEvent[], definition = terms(true)) =>
      new Date(dueOf(definition, { startedAt, zone: 'z', ledger, anchor: at(until) }, world(startedAt)).safe).toISOString()
    // The last hour of 31 March; of 30 April, for April is shorter; of 31 May, for both months count from March.
    expect(end('2026-04-01T00:00:00+02:00', [])).toBe('2026-03-31T22:00:00.000Z')
    expect(end('2026-04-01T00:00:00+02:00', [extended(1)])).toBe('2026-04-30T22:00:00.000Z')
    expect(end('2026-04-01T00:00:00+02:00', [extended(1), extended(1)])).toBe('2026-05-31T22:00:00.000Z')
    // At half past ten in the morning, before and after the change of the clocks.
    expect(end('2026-03-10T10:30:00+01:00', [extended(2)])).toBe('2026-05-10T08:30:00.000Z')
    expect(end('2026-03-10T10:30:00+01:00', [extended(2)], terms())).toBe('2026-03-10T09:30:00.000Z')
    // One after the end changes nothing.
    expect(end('2026-01-20T10:30:00+01:00', [extended(2)])).toBe('2026-01-20T09:30:00.000Z')
  })
  it('what explains a limit that was moved counts to the same end', () => {
    const definition = clock({ budget: { n: 6, unit: 'month' }, atMost: { anchor: 'until', hours: 0, movesWithExtensions: true } })
    const startedAt = at('2026-01-05T10:00:00+01:00')
    const ledger: readonly LedgerEvent[] = [{ kind: 'extend', at: startedAt, by: { n: 3, unit: 'month' }, reason: 'strike' }]
    const running = { startedAt, zone: 'Europe/Brussels', ledger, anchor: at('2026-04-01T00:00:00+02:00') }
    const { safe, legalLatest, explain } = dueOf(definition, running, world(startedAt))
    expect(explain).toContain('extended by 3 months, at most 2026-06-30 24:00+02:00')
    const parsed = parseExplain(explain)
    if (parsed.kind !== 'explanation') throw new Error(parsed.message)
    expect(recount(parsed.explanation, world(startedAt))).toEqual({ safe, legalLatest })
  })
  it('(5): a period of two days or more holds two working days, a single day need not', () => {
    // From a Friday: Saturday and Sunday.
    const friday = '2026-11-06T10:00:00+01:00'
    expect(due(clock({ budget: { n: 2, unit: 'calendarDay' } }), friday)[1]).toBe('2026-11-10T23:00:00.000Z')
    expect(due(clock({ budget: { n: 1, unit: 'calendarDay' } }), friday)[1]).toBe('2026-11-09T23:00:00.000Z')
  })
  it('(5): a week in which nobody works goes on until two days were worked', () => {
    const christmas: WorkingCalendar = { isWorkingDay: (day) => weekends.isWorkingDay(day) && (day < 20_811 || day > 20_819) }
    const startedAt = at('2026-12-24T10:00:00+01:00')
    const { legalLatest } = dueOf(
      clock({ budget: { n: 1, unit: 'week' } }),
      { startedAt, zone: 'z', ledger: [] },
      { rules: cet, calendar: christmas, now: startedAt },
    )
    // Off from 24 December to 1 January; Monday the 4th and Tuesday the 5th are worked.
    expect(new Date(legalLatest).toISOString()).toBe('2027-01-05T23:00:00.000Z')
  })
})

describe('the verdict', () => {
  const stoppedBy = (reason: string, stoppedAt: string, change: Partial<ClockDef> = {}) => {
    const definition = clock({ budget: { n: 8, unit: 'hour' }, metBy: ['answer'], onExpiry: 'lapse', ...change })
    const ledger: readonly LedgerEvent[] = [{ kind: 'stop', at: at(stoppedAt), reason }]
    return dueOf(definition, { startedAt: at('2026-11-24T10:00:00Z'), zone: 'Europe/Brussels', ledger }, world(at('2026-12-24T10:00:00Z')))
      .state
  }
  const [inTime, atTheEnd, late] = ['2026-11-24T12:00:00Z', '2026-11-24T19:00:00Z', '2026-11-25T12:00:00Z'] as const

  it('is met only by a step that does the duty; any other end in time is none, and one after the end hides no omission', () => {
    expect([stoppedBy('answer', inTime), stoppedBy('answer', late)]).toEqual(['met', 'missed'])
    expect([stoppedBy('withdraw', inTime), stoppedBy('withdraw', late)]).toEqual(['stopped', 'missed'])
  })
  it('is missed when the clock ended by itself, to the instant as well, and never for time that has to pass', () => {
    for (const moment of [atTheEnd, late]) {
      expect(stoppedBy('lapse', moment)).toBe('missed')
      expect(stoppedBy('lapse', moment, { isWaiting: true })).toBe('met')
    }
  })
})

describe('the ledger', () => {
  const budget = { n: 8, unit: 'hour' as const }
  const startedAt = at('2026-11-24T10:00:00Z')
  const hour = (n: number) => startedAt + n * 3_600_000
  const see = (ledger: readonly LedgerEvent[], now = hour(1)) =>
    dueOf(clock({ budget, regime: 'policy' }), { startedAt, zone: 'z', ledger }, world(now))
  const event = (kind: 'suspend' | 'resume' | 'stop', n: number): LedgerEvent => ({ kind, at: hour(n), reason: '' })
  it('does not revive a clock by a suspension or an extension that comes after its end', () => {
    const late = see([event('suspend', 9), event('resume', 20), event('stop', 15)], hour(30))
    expect(late).toMatchObject({ safe: hour(8), state: 'missed', suspendedMs: 0, voidEvents: 2 })
    expect(see([{ kind: 'extend', at: hour(9), by: budget, reason: '' }], hour(10))).toMatchObject({
      safe: hour(8),
      state: 'missed',
      voidEvents: 1,
    })
    expect(late.explain).toContain('2 events void')
  })
  it('ends with the first stop', () => {
    expect(see([event('stop', 9), event('suspend', 9), event('resume', 12)])).toMatchObject({
      safe: hour(8),
      state: 'missed',
      voidEvents: 2,
    })
    expect(see([event('suspend', 1), event('stop', 3)], hour(9))).toMatchObject({ safe: hour(10), state: 'met', suspendedMs: 7_200_000 })
  })
  it('counts a suspension of what is suspended once, and none from before the start', () => {
    expect(see([event('suspend', 1), event('suspend', 2), event('resume', 3), event('resume', 4)])).toMatchObject({
      safe: hour(10),
      suspensions: 1,
      voidEvents: 2,
    })
    expect(see([event('suspend', -5), event('resume', 2)])).toMatchObject({ safe: hour(10), state: 'suspended' })
  })
  it('adds extensions up in whichever order they come, the ones in another unit after the last day', () => {
    const definition = clock({ budget: { n: 5, unit: 'calendarDay' } })
    const start = '2026-11-24T10:00:00Z'
    const extend = (n: number, unit: 'calendarDay' | 'week'): LedgerEvent => ({
      kind: 'extend',
      at: at(start),
      by: { n, unit },
      reason: '',
    })
    const week = extend(1, 'week')
    const days = extend(2, 'calendarDay')
    // 24 November and 5 + 2 days and a week.
    expect(due(definition, start, [week, days])[0]).toBe('2026-12-08T23:00:00.000Z')
    expect(due(definition, start, [days, week])).toEqual(due(definition, start, [week, days]))
    expect(extensionLeft({ max: 3, unit: 'calendarDay' }, [days, week])).toBe(1)
  })
  it('leaves the legal end where it was when an extension from the last counted day ends before it', () => {
    // Two days from a Friday last until Sunday, by law until Tuesday; one working day more ends on Monday.
    const more: LedgerEvent = { kind: 'extend', at: at('2026-11-06T10:00:00Z'), by: { n: 1, unit: 'workingDay' }, reason: '' }
    expect(due(clock({ budget: { n: 2, unit: 'calendarDay' } }), '2026-11-06T10:00:00Z', [more])).toEqual([
      '2026-11-09T23:00:00.000Z',
      '2026-11-10T23:00:00.000Z',
    ])
  })
})

it('never ends earlier for an extension', () => {
  const units = ['hour', 'calendarDay', 'workingDay', 'week', 'month'] as const
  const anyBudget = fc.record({ n: fc.integer({ min: 1, max: 4 }), unit: fc.constantFrom(...units) })
  fc.assert(
    fc.property(startArb, anyBudget, regimeArb, fc.array(anyBudget, { minLength: 1, maxLength: 4 }), (startedAt, budget, regime, more) => {
      const ledger = more.map((by): LedgerEvent => ({ kind: 'extend', at: startedAt, by, reason: '' }))
      let before = { safe: 0, legalLatest: 0 }
      for (let count = 0; count <= ledger.length; count++) {
        const after = dueOf(clock({ budget, regime }), { startedAt, zone: 'z', ledger: ledger.slice(0, count) }, world(startedAt))
        expect(after.safe).toBeGreaterThanOrEqual(before.safe)
        expect(after.legalLatest).toBeGreaterThanOrEqual(Math.max(before.legalLatest, after.safe))
        before = after
      }
    }),
  )
})

describe('what if', () => {
  const definition = clock({ budget: { n: 7, unit: 'calendarDay' } })
  const startedAt = at('2026-10-30T09:12:00+01:00')
  const now = at('2026-11-01T09:12:00+01:00')
  it('a clarification is asked now and answered in 31 hours: as it then is, and nothing is recorded', () => {
    const ledger: LedgerEvent[] = []
    const assumed = assumedSuspension(now, 31 * 3_600_000)
    const then = whatIf(definition, { startedAt, zone: 'z', ledger }, { ...world(now), assumed })
    expect(new Date(then.safe).toISOString()).toBe('2026-11-08T06:00:00.000Z')
    expect(new Date(then.legalLatest).toISOString()).toBe('2026-11-09T23:00:00.000Z')
    expect(then.state).toBe('suspended')
    expect(ledger).toEqual([])
    const real = dueOf(definition, { startedAt, zone: 'z', ledger: assumed }, world(now + 86_400_000 * 2))
    expect([real.safe, real.legalLatest]).toEqual([then.safe, then.legalLatest])
  })
  it('it starts now: as any clock with that start, which need not be the present', () => {
    const started = whatIfStarted(definition, { zone: 'z' }, world(now))
    const later = dueOf(definition, { startedAt: now, zone: 'z', ledger: [] }, world(now + 3_600_000))
    expect([started.safe, started.legalLatest]).toEqual([later.safe, later.legalLatest])
  })
})

describe('a year whose holidays nobody lists', () => {
  const startedAt = at('2026-12-28T10:00:00Z')
  const calendar = workingCalendar('EU', (year) => (year === 2026 ? [] : undefined))
  const see = (budget: NonNullable<ClockDef['budget']>) =>
    dueOf(clock({ budget }), { startedAt, zone: 'Europe/Brussels', ledger: [] }, { rules: cet, calendar, now: startedAt })
  it('is named with the clock that reaches into it, whose instants are the earliest there can be', () => {
    const found = see({ n: 5, unit: 'workingDay' })
    expect(found.gap).toEqual({ calendar: 'EU', year: 2027 })
    expect(found.explain).toContain('holidays EU; not listed for 2027) → at the earliest: due 2027-01-04 24:00+01:00')
  })
  it('does not matter to a clock that ends before it, or that counts hours', () => {
    expect(see({ n: 2, unit: 'workingDay' })).not.toHaveProperty('gap')
    expect(see({ n: 500, unit: 'hour' })).not.toHaveProperty('gap')
  })
  it('cannot hang the engine: a calendar without any working day fails', () => {
    const never: WorkingCalendar = { isWorkingDay: () => false }
    expect(() =>
      dueOf(clock({ budget: { n: 1, unit: 'workingDay' } }), { startedAt, zone: 'z', ledger: [] }, { rules: cet, calendar: never, now: 0 }),
    ).toThrow('no working day')
  })
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
