/** The clock engine with real zones and calendars, against a walk day by day and hour by hour; its explanations read back; its ledgers replayed elsewhere. */
import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClockTerms, dueOf, type LedgerEvent, type RunningClock, recount } from '#kernel/procedure/clock.ts'
import { parseExplain } from '#kernel/procedure/clock-explain.ts'
import { type OracleClock, walk } from './clock-oracle.fixture.ts'
import { holidayCalendar } from './holiday-calendar.ts'
import { zoneRules } from './zone-rules.ts'

const ZONES = [
  'Europe/Brussels',
  'Europe/London',
  'America/Guayaquil',
  'America/Havana',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Asia/Beirut',
]
const CALENDARS = ['BE', 'DE-HH', 'FR', 'IT', 'ES-AN', 'BG']
const UNITS = ['hour', 'calendarDay', 'workingDay', 'week', 'month'] as const
const MINUTE = 60_000
const DAY_MINUTES = 1440

const unitArb = fc.constantFrom(...UNITS)
const budgetArb = unitArb.chain((unit) =>
  fc.record({
    n: fc.integer({ min: 1, max: unit === 'month' ? 6 : unit === 'week' ? 10 : unit === 'hour' ? 100 : 30 }),
    unit: fc.constant(unit),
  }),
)

const clockArb = fc
  .record({
    startedAt: fc.integer({ min: Date.UTC(2024, 0, 1) / MINUTE, max: Date.UTC(2030, 0, 1) / MINUTE }).map((minute) => minute * MINUTE),
    zone: fc.constantFrom(...ZONES),
    calendar: fc.constantFrom(...CALENDARS),
    budget: budgetArb,
    regime: fc.constantFrom('EU-1182-71' as const, 'national' as const, 'policy' as const),
    extensions: fc.array(budgetArb, { maxLength: 2 }),
    steps: fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 4 * DAY_MINUTES })), { maxLength: 3 }),
    limit: fc.option(fc.record({ days: fc.integer({ min: -1, max: 40 }), hours: fc.integer({ min: -48, max: 240 }) }), { nil: undefined }),
    standing: fc.constantFrom('law' as const, 'memory' as const, 'policy' as const),
  })
  .map(build)

interface Drawn {
  readonly definition: ClockTerms
  readonly clock: RunningClock
  readonly calendar: string
  readonly oracle: OracleClock
}

/** Suspensions begin somewhere in the time that is left; extensions in hours belong to budgets in hours. */
function build(drawn: {
  startedAt: number
  zone: string
  calendar: string
  budget: OracleClock['budget']
  regime: ClockTerms['regime']
  extensions: readonly OracleClock['budget'][]
  steps: readonly (readonly [share: number, minutes: number])[]
  limit: { days: number; hours: number } | undefined
  standing: 'law' | 'memory' | 'policy'
}): Drawn {
  const { startedAt, zone, calendar, budget, regime, limit, standing } = drawn
  const extensions = drawn.extensions.filter((each) => (each.unit === 'hour') === (budget.unit === 'hour'))
  const anchor = limit === undefined ? undefined : startedAt + limit.days * DAY_MINUTES * MINUTE
  const definition: ClockTerms = {
    budget,
    regime,
    kind: standing === 'policy' ? 'policy' : 'law',
    basis: { act: 'Directive (EU) 2023/977;  → x', art: 'Art 5', mark: standing === 'memory' ? 'M' : standing === 'law' ? 'V' : 'D' },
    ...(limit === undefined ? {} : { atMost: { anchor: 'eta', hours: limit.hours } }),
  }
  const ledger: LedgerEvent[] = extensions.map((by) => ({ kind: 'extend', at: startedAt, by, reason: '' }))
  const suspensions: [number, number][] = []
  let now = startedAt
  for (const [share, minutes] of drawn.steps) {
    const oracle = { startedAt, zone, calendar, budget, isRegulation: regime === 'EU-1182-71', extensions, suspensions }
    const left = walk(oracle).legalLatest - now
    const from = now + Math.floor((left * share) / 100 / MINUTE) * MINUTE
    const until = from + minutes * MINUTE
    now = until
    if (anchor !== undefined && from > Math.max(startedAt, anchor + (limit?.hours ?? 0) * 60 * MINUTE)) break
    suspensions.push([from, until])
    ledger.push({ kind: 'suspend', at: from, reason: '' }, { kind: 'resume', at: until, reason: '' })
  }
  return {
    definition,
    calendar,
    clock: { startedAt, zone, ledger, ...(anchor === undefined ? {} : { anchor }) },
    oracle: {
      startedAt,
      zone,
      calendar,
      budget,
      isRegulation: regime === 'EU-1182-71',
      extensions,
      suspensions,
      ...(anchor === undefined ? {} : { limit: anchor + (limit?.hours ?? 0) * 60 * MINUTE }),
    },
  }
}

const worldOf = (calendar: string, now: number) => ({ rules: zoneRules, calendar: holidayCalendar(calendar), now })

it('gives the instants of a walk by days and hours, for any budget, start, zone, calendar and ledger', () => {
  fc.assert(
    fc.property(clockArb, ({ definition, clock, calendar, oracle }) => {
      const { safe, legalLatest, voidEvents } = dueOf(definition, clock, worldOf(calendar, clock.startedAt))
      const slow = walk(oracle)
      expect([new Date(safe).toISOString(), new Date(legalLatest).toISOString()]).toEqual([
        new Date(slow.safe).toISOString(),
        new Date(slow.legalLatest).toISOString(),
      ])
      expect(voidEvents).toBe(0)
    }),
    { numRuns: 1500 },
  )
})

describe('the explanation of a clock', () => {
  it('holds what its instants follow from: read back and counted again, it gives the same', () => {
    fc.assert(
      fc.property(clockArb, fc.integer({ min: 0, max: 59_999 }), fc.integer({ min: 0, max: 9e9 }), (drawn, ms, wait) => {
        const clock = { ...drawn.clock, startedAt: drawn.clock.startedAt - ms }
        // An open suspension in some, a stop in none: a stop moves nothing.
        const ledger = wait % 3 === 0 ? clock.ledger.slice(0, -1) : clock.ledger
        const world = worldOf(drawn.calendar, clock.startedAt + wait)
        const due = dueOf(drawn.definition, { ...clock, ledger }, world)
        const { explain } = due
        expect(explain).not.toContain('\n')
        const read = parseExplain(explain)
        if (read.kind === 'problem') throw new Error(`${read.message} at ${read.at} of ${explain}`)
        const { explanation } = read
        expect({ safe: explanation.safe, legalLatest: explanation.legalLatest }, explain).toEqual({
          safe: due.safe,
          legalLatest: due.legalLatest,
        })
        expect(recount(explanation, world), explain).toEqual({ safe: due.safe, legalLatest: due.legalLatest })
        expect(explanation.suspensions).toBe(due.suspensions)
        expect(explanation.suspendedMs).toBe(due.suspendedMs)
        expect(explanation.zone).toBe(clock.zone)
        expect(explanation.basis).toBe('Directive (EU) 2023/977; → x Art 5')
      }),
      { numRuns: 500 },
    )
  })
  it('calls nothing law or legal but a law that was read', () => {
    fc.assert(
      fc.property(clockArb, ({ definition, clock, calendar }) => {
        const { explain } = dueOf(definition, clock, worldOf(calendar, clock.startedAt))
        const isLaw = definition.kind === 'law' && definition.basis.mark === 'V'
        expect(explain.includes('; law: ')).toBe(isLaw)
        if (!isLaw) expect(explain).not.toMatch(/legal|law/)
      }),
    )
  })
  it('says in words what happened', () => {
    const startedAt = Date.parse('2026-10-30T09:12:00+01:00')
    const ledger: LedgerEvent[] = [
      { kind: 'suspend', at: Date.parse('2026-11-01T09:12:00+01:00'), reason: 'clarification' },
      { kind: 'resume', at: Date.parse('2026-11-02T16:12:00+01:00'), reason: 'answer' },
    ]
    const definition: ClockTerms = {
      budget: { n: 7, unit: 'calendarDay' },
      regime: 'EU-1182-71',
      kind: 'law',
      basis: { act: 'Dir 2023/977', art: 'Art 5(1)(c)', mark: 'V' },
    }
    expect(dueOf(definition, { startedAt, zone: 'Europe/Brussels', ledger }, worldOf('BE', startedAt)).explain).toBe(
      '7 calendar days from 2026-10-30 09:12+01:00 Europe/Brussels (that day not counted; Regulation 1182/71; holidays BE), suspended 31 h in 1 interval until 2026-11-02 16:12+01:00 → safe 2026-11-08 07:00+01:00, legal latest 2026-11-09 24:00+01:00; law: Dir 2023/977 Art 5(1)(c)',
    )
    const aim: ClockTerms = { regime: 'policy', kind: 'policy', basis: { act: 'service target', art: '', mark: 'D' } }
    expect(dueOf(aim, { startedAt, zone: 'UTC', ledger: [] }, worldOf('BE', startedAt)).explain).toBe(
      'to a fixed instant from 2026-10-30 08:12+00:00 UTC (house rule) → no instant yet; policy: service target',
    )
  })
  it('reads back a national rule that rolls, extensions, and a year that nobody lists', () => {
    const startedAt = Date.parse('2026-12-24T10:00:00+01:00')
    const ledger: LedgerEvent[] = [
      { kind: 'extend', at: startedAt, by: { n: 1.5, unit: 'month' }, reason: '' },
      { kind: 'suspend', at: startedAt, reason: '' },
    ]
    const cases = [
      { regime: 'national', roll: 'next-working-day', calendar: 'EU' },
      { regime: 'national', calendar: 'EU' },
      { regime: 'EU-1182-71', calendar: '' },
    ] as const
    for (const { calendar, ...terms } of cases) {
      const definition: ClockTerms = {
        ...terms,
        budget: { n: 9, unit: 'calendarDay' },
        kind: 'law',
        basis: { act: 'a', art: '', mark: 'V' },
      }
      const world = worldOf(calendar, startedAt + 90_061_001)
      const due = dueOf(definition, { startedAt, zone: 'Europe/Brussels', ledger }, world)
      const read = parseExplain(due.explain)
      if (read.kind === 'problem') throw new Error(`${read.message} at ${read.at} of ${due.explain}`)
      expect(read.explanation).toMatchObject({
        ...terms,
        suspendedMs: 90_061_001,
        isSuspended: true,
        safe: due.safe,
        legalLatest: due.legalLatest,
      })
      expect(read.explanation.unlistedYear).toBe(due.gap?.year)
      expect(recount(read.explanation, world)).toEqual({ safe: due.safe, legalLatest: due.legalLatest })
    }
  })
  it('that is none is refused with the place where reading stopped', () => {
    expect(parseExplain('')).toMatchObject({ kind: 'problem', at: 0 })
    const found = parseExplain('8 h from 2026-10-30 23:30+01:00 Europe/Brussels (elapsed time; house rule) → soon; policy: x')
    expect(found).toMatchObject({ kind: 'problem', at: 77 })
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseExplain(text).kind).toBe('problem')
      }),
    )
  })
})

it('fifteen working days across Easter end by the calendar of the destination', () => {
  const startedAt = Date.parse('2026-03-27T10:00:00+01:00')
  const definition: ClockTerms = {
    budget: { n: 15, unit: 'workingDay' },
    regime: 'EU-1182-71',
    kind: 'law',
    basis: { act: 'Reg 111/2005', art: 'Art 11', mark: 'V' },
  }
  const end = (zone: string, calendar: string) => dueOf(definition, { startedAt, zone, ledger: [] }, worldOf(calendar, startedAt)).explain
  // Belgium rests on Easter Monday; Hamburg on Good Friday too; Ecuador on Good Friday alone.
  expect(end('Europe/Brussels', 'BE')).toContain('due 2026-04-20 24:00+02:00')
  expect(end('Europe/Berlin', 'DE-HH')).toContain('due 2026-04-21 24:00+02:00')
  expect(end('America/Guayaquil', 'EC')).toContain('due 2026-04-20 24:00-05:00')
})

it('gives identical instants when the same ledgers are replayed in another process and time zone', () => {
  const script = `
    const { dueOf } = await import('./src/kernel/procedure/clock.ts')
    const { holidayCalendar } = await import('./src/platform/clock/holiday-calendar.ts')
    const { zoneRules } = await import('./src/platform/clock/zone-rules.ts')
    const lines = []
    for (const unit of ['hour', 'calendarDay', 'workingDay', 'week', 'month'])
      for (const [zone, calendar] of [['Europe/Brussels', 'BE'], ['America/Guayaquil', 'EC'], ['Australia/Lord_Howe', 'AU-NSW'], ['Africa/Casablanca', 'MA']])
        for (let week = 0; week < 60; week++) {
          const startedAt = Date.UTC(2026, 0, 1) + week * 7 * 86400000 + week * 5400123
          const ledger = [
            { kind: 'extend', at: startedAt, by: { n: week % 5, unit }, reason: '' },
            { kind: 'suspend', at: startedAt + 60000, reason: '' },
            { kind: 'resume', at: startedAt + 60000 + week * 3333333, reason: '' },
          ]
          const definition = { budget: { n: 1 + (week % 7), unit }, regime: 'EU-1182-71', kind: 'law', basis: { act: 'a', art: '', mark: 'V' } }
          const due = dueOf(definition, { startedAt, zone, ledger }, { rules: zoneRules, calendar: holidayCalendar(calendar), now: startedAt })
          lines.push(due.safe + ' ' + due.legalLatest + ' ' + due.explain)
        }
    process.stdout.write(lines.join('\\n'))`
  const inZone = (zone: string) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TZ: zone }, encoding: 'utf8' })
  const here = inZone('UTC')
  expect(here.split('\n')).toHaveLength(1200)
  for (const zone of ['Pacific/Kiritimati', 'America/St_Johns']) expect(inZone(zone)).toBe(here)
})
