import fc from 'fast-check'
import { expect, it } from 'vitest'
import { spanOf } from './feedback-report.ts'
import { type Feedback, FeedbackTally } from './feedback-rows.ts'

const row = fc.record({
  alert: fc.uuid(),
  sender: fc.constantFrom('ec.pcu.guayaquil', 'es.customs.algeciras'),
  receiver: fc.constantFrom('be.customs.antwerp', 'it.customs.genoa'),
  reasons: fc.array(fc.constantFrom('seal-anomaly', 'route-anomaly', 'of-another-version'), { maxLength: 4 }),
  state: fc.constantFrom('issued', 'closed', 'superseded', 'positive'),
  acked: fc.boolean(),
  escalated: fc.boolean(),
  outcome: fc.constantFrom('positive', 'negative', 'notControlled', null),
})
const tallied = (rows: readonly Feedback[]): FeedbackTally => {
  const tally = new FeedbackTally()
  for (const each of rows) tally.add(each)
  return tally
}

it('adds up: every alert is in one pair, and the pairs make the total, in whatever order rows come', () => {
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const tally = tallied(rows)
      for (const figure of ['sent', 'withdrawn', 'inTime', 'checked', 'found', 'notChecked'] as const)
        expect(tally.pairs.reduce((sum, pair) => sum + pair[figure], 0)).toBe(tally.total[figure])
      expect(tally.total.sent).toBe(rows.length)
      for (const { found, checked, inTime, sent, rate } of [...tally.pairs, ...tally.indicators]) {
        expect(found).toBeLessThanOrEqual(checked)
        expect(Math.max(checked, inTime)).toBeLessThanOrEqual(sent)
        expect(rate === undefined).toBe(checked === 0)
        if (rate !== undefined) expect(rate.low <= rate.share && rate.share <= rate.high).toBe(true)
      }
      const backwards = tallied([...rows].reverse())
      expect([backwards.total, backwards.pairs, backwards.indicators]).toEqual([tally.total, tally.pairs, tally.indicators])
    }),
  )
})

it('changes by exactly one with one more outcome, for each indicator of the alert and no other', () => {
  const one: Feedback = {
    alert: 'a',
    sender: 's',
    receiver: 'r',
    reasons: ['seal-anomaly', 'seal-anomaly', 'route-anomaly'],
    state: 'controlled',
    acked: true,
    escalated: false,
    outcome: null,
  }
  const other: Feedback = { ...one, alert: 'b', reasons: ['reefer-anomaly'], outcome: 'negative' }
  const before = tallied([one, other]).indicators.map(({ reason, checked, found }) => [reason, checked, found])
  const after = tallied([{ ...one, outcome: 'positive' }, other]).indicators.map(({ reason, checked, found }) => [reason, checked, found])
  expect(before).toEqual([
    ['reefer-anomaly', 1, 0],
    ['route-anomaly', 0, 0],
    ['seal-anomaly', 0, 0],
  ])
  expect(after).toEqual([
    ['reefer-anomaly', 1, 0],
    ['route-anomaly', 1, 1],
    ['seal-anomaly', 1, 1],
  ])
})

it('counts a month from its first moment to its last where the desk is', () => {
  expect(spanOf('2026-12', 'America/Guayaquil')).toEqual({
    from: new Date('2026-12-01T05:00:00Z'),
    until: new Date('2027-01-01T05:00:00Z'),
  })
  expect(spanOf('2026-03', 'Europe/Brussels')).toEqual({ from: new Date('2026-02-28T23:00:00Z'), until: new Date('2026-03-31T22:00:00Z') })
})
