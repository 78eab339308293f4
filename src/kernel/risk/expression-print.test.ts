import { expect, it } from 'vitest'
import type { Expression } from './expression.ts'
import { calendarDay, explainExpression } from './expression-print.ts'

it('puts an expression in words, with brackets only where they are needed', () => {
  const expression: Expression = {
    op: 'and',
    args: [
      { op: 'in', col: 'pol', set: ['ECGYE', 'PECLL'] },
      {
        op: 'or',
        args: [
          { op: 'ind', id: 'I3' },
          { op: 'gt', col: 'weight', value: 24_000 },
        ],
      },
      {
        op: 'not',
        arg: {
          op: 'and',
          args: [
            { op: 'flag', bit: 'verifiedWeight' },
            { op: 'missing', col: 'hs4' },
          ],
        },
      },
      { op: 'watch', list: 'op-2026', col: 'container' },
      { op: 'in', col: 'pod', set: { name: 'north-sea' } },
      { op: 'ge', col: 'day', value: 20_454 },
    ],
  }
  expect(explainExpression(expression)).toBe(
    'loading in {ECGYE, PECLL} and (indicator I3 flagged or weight > 24000 kg) and not (verified weight stated and HS heading not stated) and container on watch list op-2026 and discharge in set north-sea and day of arrival ≥ 2026-01-01',
  )
  expect(explainExpression({ op: 'in', col: 'shipper', set: Array.from({ length: 30 }, (_, index) => index) })).toBe(
    'shipper in {0, 1, 2, 3, 4, 5, 6, 7, 22 more}',
  )
})

it('knows the calendar of all days that a column holds', () => {
  for (let day = 0; day <= 65_535; day += 13) expect(calendarDay(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10))
})
