import { describe, expect, it } from 'vitest'
import { createSeededRandom } from '../stats/seeded-random.ts'
import { driftByMonth, stabilityIndex } from './drift.ts'
import type { Attribute, RiskValue } from './scorecard-fairness.ts'
import { type RiskCase, readRiskCases } from './scorecard-table.ts'

const ATTRIBUTES: readonly Attribute[] = [
  { id: 'route', kind: 'category', speaksOf: 'route' },
  { id: 'mass', kind: 'number', speaksOf: 'goods' },
]
const LEARNED_UNTIL = 24_006

/** Six months to learn from and three after them. */
function table(later: (random: ReturnType<typeof createSeededRandom>) => { route?: RiskValue; mass?: RiskValue }, monthly = 500) {
  const random = createSeededRandom(3)
  const usual = () => ({ route: `R${Math.floor(random.next() ** 2 * 40)}`, mass: random.next() })
  const cases = Array.from({ length: 9 * monthly }, (_, at): RiskCase => {
    const month = 24_000 + Math.floor(at / monthly)
    return { month, verdict: 'nothing', values: month < LEARNED_UNTIL ? usual() : { ...usual(), ...later(random) } }
  })
  return readRiskCases(cases, ATTRIBUTES).table
}

const verdicts = (of: ReturnType<typeof table>) =>
  driftByMonth(of, LEARNED_UNTIL).map(({ attribute, month, verdict }) => [attribute, month, verdict])

describe('drift', () => {
  it('is told for each attribute and later month, and is none where nothing has changed', () => {
    expect(verdicts(table(() => ({})))).toEqual([
      ['route', 24_006, 'stable'],
      ['route', 24_007, 'stable'],
      ['route', 24_008, 'stable'],
      ['mass', 24_006, 'stable'],
      ['mass', 24_007, 'stable'],
      ['mass', 24_008, 'stable'],
    ])
  })

  it('stays silent in small months that differ by chance alone', () => {
    const found = driftByMonth(
      table(() => ({}), 40),
      LEARNED_UNTIL,
    ).filter(({ attribute }) => attribute === 'route')
    // The plain index would call them shifted.
    expect(found.some(({ index }) => index >= 0.25)).toBe(true)
    expect(found.filter(({ verdict }) => verdict === 'shifted')).toEqual([])
  })

  it('sees new values, values that fail, and numbers that have moved', () => {
    const found = driftByMonth(
      table((random) => ({ ...(random.chance(0.5) ? { route: 'NEW' } : {}), mass: random.next() ** 3 })),
      LEARNED_UNTIL,
    )
    expect(new Set(found.map(({ verdict }) => verdict))).toEqual(new Set(['shifted']))
    for (const { attribute, unseen } of found) expect(Math.abs(unseen - (attribute === 'route' ? 0.5 : 0))).toBeLessThan(0.08)
    const missing = driftByMonth(
      table((random) => (random.chance(0.6) ? { route: undefined } : {})),
      LEARNED_UNTIL,
    )
    expect(missing.find(({ attribute }) => attribute === 'route')).toMatchObject({ verdict: 'shifted', unseen: 0 })
  })

  it('has the index of the formula', () => {
    const [a, b] = [
      [50, 30, 20],
      [20, 30, 50],
    ]
    const shares = (counts: readonly number[]) => counts.map((count) => (count + 0.5) / 101.5)
    const [p, q] = [shares(a ?? []), shares(b ?? [])]
    const expected = p.reduce((sum, share, at) => sum + ((q[at] ?? 0) - share) * Math.log((q[at] ?? 0) / share), 0)
    expect(stabilityIndex(a ?? [], b ?? [])).toBeCloseTo(expected, 12)
    expect(stabilityIndex([5, 5], [50, 50])).toBeCloseTo(0, 12)
  })

  it('needs months to compare with', () => {
    expect(() =>
      driftByMonth(
        table(() => ({})),
        24_000,
      ),
    ).toThrow(RangeError)
    expect(
      driftByMonth(
        table(() => ({})),
        24_009,
      ),
    ).toEqual([])
  })
})
