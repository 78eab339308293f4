import { describe, expect, it } from 'vitest'
import { zoneRules } from '../../platform/clock/zone-rules.ts'
import type { ProcedureDef } from '../procedure/definition.ts'
import { endedPeriods, periodOf } from './period.ts'
import { countCase, newTally, showTally, type TalliedCase, verdictOf } from './procedure-tally.ts'

const HOUR = 3_600_000
const DEFINITION = {
  states: [{ id: 'open' }, { id: 'done' }, { id: 'refused' }],
  transitions: [{ id: 'take' }, { id: 'refuse', refuses: [] }],
  clocks: [{ id: 'answer' }],
  refusalGrounds: [{ code: 'a' }, { code: 'b' }],
} as unknown as ProcedureDef

const caseOf = (state: string, part: Partial<TalliedCase> = {}): TalliedCase => ({ state, steps: [], clocks: [], ...part })
const times = (n: number, each: TalliedCase) => Array.from({ length: n }, () => each)

function tallied(cases: readonly TalliedCase[]) {
  const tally = newTally()
  for (const each of cases) countCase(DEFINITION, tally, each)
  return showTally(DEFINITION, tally, 5)
}

describe('a tally', () => {
  it('names every state, ground and verdict of the definition, with zero where there was none', () => {
    expect(tallied([])).toEqual({
      states: { total: 0, parts: { open: 0, done: 0, refused: 0 } },
      refusals: { total: 0, parts: { a: 0, b: 0 } },
      clocks: { answer: { total: 0, parts: { met: 0, late: 0, missed: 0, running: 0 } } },
      times: [],
    })
  })

  it('counts refusals by ground, but none of a step that was overtaken', () => {
    const refused = { transition: 'refuse', at: 0, isVoid: false, fields: { ground: 'a' } }
    const { refusals } = tallied([
      ...times(10, caseOf('refused', { steps: [refused] })),
      caseOf('refused', { steps: [{ ...refused, isVoid: true }] }),
    ])
    expect(refusals.parts).toEqual({ a: 10, b: 0 })
  })

  it('shows durations only of as many cases as a cell needs, the ninth decile of twice as many', () => {
    const steps = (hours: number) => [
      { transition: 'take', at: 0, isVoid: false, fields: {} },
      { transition: 'refuse', at: hours * HOUR, isVoid: false, fields: {} },
    ]
    const of = (n: number) => tallied(Array.from({ length: n }, (_, index) => caseOf('refused', { steps: steps(index + 1) }))).times
    expect(of(4)).toEqual([{ from: 'take', to: 'refuse', medianHours: null, p90Hours: null }])
    expect(of(5)).toEqual([{ from: 'take', to: 'refuse', medianHours: 3, p90Hours: null }])
    expect(of(10)).toEqual([{ from: 'take', to: 'refuse', medianHours: 5, p90Hours: 9 }])
  })

  it('shows other tables in steps where the states withhold a cell, so that no difference gives it away', () => {
    const met = caseOf('done', { clocks: [{ clock: 'answer', verdict: 'met' }] })
    const { states, clocks } = tallied([...times(12, met), ...times(2, caseOf('refused'))])
    expect(states).toEqual({ total: 14, parts: { open: null, done: null, refused: null } })
    // 14 cases, 12 clocks: the difference would be the two that were refused.
    expect(clocks['answer']).toEqual({ total: 10, parts: { met: 10, late: 0, missed: 0, running: 0 } })
  })
})

it.each([
  { stoppedAt: 5, verdict: 'met' },
  { stoppedAt: 10, verdict: 'met' },
  { stoppedAt: 15, verdict: 'late' },
  { stoppedAt: 25, verdict: 'missed' },
  { stoppedAt: 35, verdict: 'missed' },
  { stoppedAt: undefined, verdict: 'missed' },
])('a clock of safe end 10 and legal end 20, stopped at $stoppedAt, is $verdict at 30', ({ stoppedAt, verdict }) => {
  expect(verdictOf({ safe: 10, legalLatest: 20, stoppedAt }, 30)).toBe(verdict)
})

it('a clock is not judged before the end of the period says how it went', () => {
  expect(verdictOf({ safe: 10, legalLatest: 20 }, 15)).toBe('running')
  expect(verdictOf({ safe: 10, legalLatest: 20, stoppedAt: 16 }, 15)).toBe('running')
})

describe('a period', () => {
  const at = { zone: 'Europe/Brussels', rules: zoneRules }
  const iso = (instant: number | undefined) => new Date(instant ?? Number.NaN).toISOString()

  it('runs from midnight to midnight of the authority', () => {
    const quarter = periodOf('2026-Q4', 'quarter', at)
    expect([iso(quarter?.from), iso(quarter?.until)]).toEqual(['2026-09-30T22:00:00.000Z', '2026-12-31T23:00:00.000Z'])
    const year = periodOf('2026', 'year', at)
    expect([iso(year?.from), iso(year?.until)]).toEqual(['2025-12-31T23:00:00.000Z', '2026-12-31T23:00:00.000Z'])
  })

  it.each([
    ['2026', 'quarter'],
    ['2026-Q1', 'year'],
    ['2026-Q5', 'quarter'],
    ['26', 'year'],
  ] as const)('%s is none of the kind %s', (id, kind) => {
    expect(periodOf(id, kind, at)).toBeUndefined()
  })

  it('is offered once it has ended', () => {
    const now = Date.parse('2026-11-26T09:00:00Z')
    expect(endedPeriods('quarter', { ...at, now, year: 2026 }, 3).map(({ id }) => id)).toEqual(['2026-Q3', '2026-Q2', '2026-Q1'])
    expect(endedPeriods('year', { ...at, now, year: 2026 }, 2).map(({ id }) => id)).toEqual(['2025', '2024'])
    expect(endedPeriods('year', { ...at, now: Date.parse('2026-12-31T23:00:00Z'), year: 2027 }, 1).map(({ id }) => id)).toEqual(['2026'])
  })
})
