import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ColumnBlock, createBlock, writeRow } from './column-block.ts'
import { openCodeBook } from './column-codes.ts'
import { OUTCOMES } from './column-layout.ts'
import type { ConsignmentRow } from './column-row.ts'
import { hajek } from './estimate.ts'
import { expressions, plainTruth, rows, vocabulary } from './expression.fixture.ts'
import { resolveExpression } from './expression-resolve.ts'
import { emptyTally, mergeTally, openWhatIf, type WhatIfQuestion, whatIfOf } from './what-if.ts'

const WINDOW = { from: 100, until: 109 }
const inspected: fc.Arbitrary<ConsignmentRow> = fc
  .tuple(rows, fc.integer({ min: 97, max: 112 }), fc.constantFrom(...OUTCOMES), fc.constantFrom(0, 0.05, 0.5, 1))
  .map(([row, day, outcome, probability]) => ({ ...row, port: row.pol, day, outcome, ...(probability === 0 ? {} : { probability }) }))

function blockOf(list: readonly ConsignmentRow[]): { readonly block: ColumnBlock; readonly codes: ReturnType<typeof openCodeBook> } {
  const codes = openCodeBook()
  const block = createBlock(list.length)
  for (const [at, row] of list.entries()) writeRow(block, at, { row, codes })
  return { block, codes }
}

describe('a draft over history', () => {
  it('gives what counting row by row gives', () => {
    fc.assert(
      fc.property(
        expressions,
        fc.array(expressions, { maxLength: 3 }),
        fc.array(inspected, { minLength: 1, maxLength: 60 }),
        (draft, running, list) => {
          const { block, codes } = blockOf(list)
          const question: WhatIfQuestion = {
            draft: resolveExpression(draft, { vocabulary, codes }),
            running: running.map((expression, index) => ({
              id: `R${index}`,
              expression: resolveExpression(expression, { vocabulary, codes }),
            })),
            window: WINDOW,
          }
          const run = openWhatIf(question)
          run.take(block, 0, block.count)
          const found = whatIfOf(run.tally, { question, codes })
          const inside = list.filter(({ day }) => day !== undefined && day >= WINDOW.from && day <= WINDOW.until)
          const hits = inside.filter((row) => plainTruth(draft, row) === 'yes')
          const caught = (row: ConsignmentRow) => running.some((expression) => plainTruth(expression, row) === 'yes')
          expect(found.rows + found.outside).toBe(list.length)
          expect([found.rows, found.hits]).toEqual([inside.length, hits.length])
          expect(found.unknown).toBe(inside.filter((row) => plainTruth(draft, row) === 'unknown').length)
          expect(found.onlyDraft).toBe(hits.filter((row) => !caught(row)).length)
          expect(found.overlap).toEqual(
            running.map((expression, index) => ({
              id: `R${index}`,
              hits: inside.filter((row) => plainTruth(expression, row) === 'yes').length,
              both: hits.filter((row) => plainTruth(expression, row) === 'yes').length,
            })),
          )
          expect(found.portDays.reduce((sum, each) => sum + each.hits, 0)).toBe(hits.length)
          expect(found.portDays.reduce((sum, each) => sum + each.arrivals, 0)).toBe(inside.length)
          const became = (...outcomes: readonly string[]) => hits.filter(({ outcome = 'none' }) => outcomes.includes(outcome)).length
          expect([found.inspected, found.found]).toEqual([became('nothing', 'found'), became('found')])
          expect(found.ports.reduce((sum, port) => sum + port.expectedADay * found.days, 0)).toBeCloseTo(hits.length, 9)
          const judged = hits.flatMap(({ outcome = 'none', probability }) =>
            outcome === 'none' ? [] : [{ verdict: outcome, pi: probability }],
          )
          const known = judged.flatMap(({ verdict, pi }) => (pi === undefined ? [] : [{ verdict, pi: Math.fround(pi) }]))
          expect(found.withoutProbability).toBe(judged.length - known.length)
          expect(found.precision).toEqual(hajek(known))
        },
      ),
      { numRuns: 200 },
    )
  })

  it('is the same however the rows are cut and in whatever order the parts come', () => {
    fc.assert(
      fc.property(expressions, fc.array(inspected, { minLength: 2, maxLength: 40 }), fc.nat(), (draft, some, at) => {
        const list = Array.from({ length: 9000 }, (_, index) => some[(index * 11 + (index >>> 6)) % some.length] as ConsignmentRow)
        const { block, codes } = blockOf(list)
        const question: WhatIfQuestion = { draft: resolveExpression(draft, { vocabulary, codes }), running: [], window: WINDOW }
        const cut = at % list.length
        const part = (from: number, until: number) => {
          const run = openWhatIf(question)
          run.take(block, from, until)
          return run.tally
        }
        const merged = emptyTally(0)
        mergeTally(merged, part(cut, list.length))
        mergeTally(merged, part(0, cut))
        const whole = whatIfOf(part(0, list.length), { question, codes })
        const parts = whatIfOf(merged, { question, codes })
        const { precision: a, ...rest } = whole
        const { precision: b, ...others } = parts
        expect(others).toEqual(rest)
        expect([b.n, b.hits, b.notChecked]).toEqual([a.n, a.hits, a.notChecked])
        expect(b.share ?? -1).toBeCloseTo(a.share ?? -1, 9)
      }),
      { numRuns: 10 },
    )
  })

  it('says for each port of arrival what a day brings, the busiest day, and hits whose port nobody stated', () => {
    const list: ConsignmentRow[] = [
      { port: 'BEANR', pod: 'NLRTM', day: 100, weight: 9 },
      { port: 'BEANR', day: 101, weight: 9 },
      { port: 'BEANR', day: 101, weight: 9 },
      { port: 'NLRTM', day: 105, weight: 9 },
      { day: 103, weight: 9 },
      { port: 'NLRTM', day: 105, weight: 1 },
      { port: 'NLRTM', weight: 9 },
    ]
    const { block, codes } = blockOf(list)
    const draft = resolveExpression({ op: 'gt', col: 'weight', value: 5 }, { vocabulary, codes })
    const question: WhatIfQuestion = { draft, running: [], window: WINDOW }
    const run = openWhatIf(question)
    run.take(block, 0, block.count)
    const { ports, portDays, outside, days } = whatIfOf(run.tally, { question, codes })
    expect([days, outside]).toEqual([10, 1])
    expect(ports).toEqual([
      { port: 'BEANR', hits: 3, expectedADay: 0.3, busiest: { port: 'BEANR', day: 101, hits: 2, arrivals: 2 } },
      { port: undefined, hits: 1, expectedADay: 0.1, busiest: { port: undefined, day: 103, hits: 1, arrivals: 1 } },
      { port: 'NLRTM', hits: 1, expectedADay: 0.1, busiest: { port: 'NLRTM', day: 105, hits: 1, arrivals: 2 } },
    ])
    expect(portDays.map(({ arrivals }) => arrivals)).toEqual([1, 1, 2, 2])
  })
})
