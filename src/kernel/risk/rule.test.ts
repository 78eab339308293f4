import { expect, it } from 'vitest'
import { NO_NAMES, watchedValues } from './expression.ts'
import { checkRule, checkWatchEntry, failedTests, isInForce, type Rule } from './rule.ts'

const RULE: Rule = {
  id: 'cold-route',
  version: 1,
  owner: 'be.customs.antwerp',
  title: 'Light fruit on a cold route',
  legalBasis: 'Regulation (EU) No 952/2013 Art 46',
  purpose: 'customs-risk',
  expression: {
    op: 'and',
    args: [
      { op: 'in', col: 'pol', set: ['ECGYE'] },
      { op: 'lt', col: 'weight', value: 18_000 },
    ],
  },
  weight: 1.2,
  cap: 3,
  validFrom: 20_000,
  validUntil: 20_365,
  reviewBy: 20_183,
  author: 'officer-1',
  approver: 'officer-2',
  test: { positive: ['C1'], negative: ['C2'] },
}
const check = (change: Partial<Rule>, isReleased = true) =>
  checkRule({ ...RULE, ...change }, { vocabulary: NO_NAMES, isReleased }).problems.map(({ code, at }) => `${code} ${at}`)

it('is released by a second officer, with an end, a review and tests', () => {
  expect(check({})).toEqual([])
  expect(check({ approver: 'officer-1' })).toEqual(['rule.four-eyes approver'])
  const { approver: _, ...draft } = RULE
  expect(checkRule(draft, { vocabulary: NO_NAMES, isReleased: true }).problems.map(({ code }) => code)).toEqual(['rule.approver'])
  expect(checkRule(draft, { vocabulary: NO_NAMES, isReleased: false }).ok).toBe(true)
  expect(check({ reviewBy: 20_184 })).toEqual(['rule.review reviewBy'])
  expect(check({ validUntil: 19_999 })).toEqual(['rule.validity validUntil'])
  expect(check({ test: { positive: ['C1'], negative: ['C1'] } })).toEqual(['rule.test test'])
  expect(check({ test: { positive: [], negative: [] } })).toEqual(['rule.untested test'])
  expect(check({ legalBasis: ' ' })).toEqual(['rule.text legalBasis'])
  expect(check({ weight: 4 })).toEqual(['rule.weight weight'])
  expect(check({ expression: { op: 'and', args: [{ op: 'ge', col: 'pol', value: 1 }] } })).toEqual([
    'expression.no-order expression.args[0].op',
  ])
})

it('is in force from its first day to the earlier of its end and its review, and only when released', () => {
  expect([19_999, 20_000, 20_183, 20_184].map((day) => isInForce(RULE, day))).toEqual([false, true, true, false])
  expect(isInForce({ ...RULE, reviewBy: 30_000 }, 20_366)).toBe(false)
  const { approver: _, ...draft } = RULE
  expect(isInForce(draft, 20_001)).toBe(false)
})

it('names the tests that it fails, also those that cannot be run', () => {
  const rows = new Map([
    ['C1', { pol: 'ECGYE', weight: 17_000 }],
    ['C2', { pol: 'ECGYE', weight: 25_000 }],
  ])
  expect(failedTests(RULE, rows, NO_NAMES)).toEqual([])
  expect(failedTests(RULE, new Map([['C1', { pol: 'ECGYE' }]]), NO_NAMES)).toEqual(['C1', 'C2'])
})

it('lets no watch entry run without an end', () => {
  const entry = { col: 'pol', value: 'ECGYE', validFrom: 20_000, validUntil: 20_180 } as const
  expect(checkWatchEntry(entry).ok).toBe(true)
  for (const change of [
    { validUntil: 20_181 },
    { validUntil: 19_999 },
    { validUntil: Number.POSITIVE_INFINITY },
    { validUntil: Number.NaN },
  ])
    expect(checkWatchEntry({ ...entry, ...change }).problems.map(({ code }) => code)).toEqual(['watch.validity'])
  expect(checkWatchEntry({ ...entry, col: 'shipper', value: 'natural-person' }).problems.map(({ code }) => code)).toEqual(['watch.value'])
  const on = (day: number) => watchedValues({ list: 'w', col: 'pol' }, { ...NO_NAMES, lists: new Map([['w', [entry]]]), day })
  expect([19_999, 20_000, 20_180, 20_181].map((day) => on(day).length)).toEqual([0, 1, 1, 0])
})
