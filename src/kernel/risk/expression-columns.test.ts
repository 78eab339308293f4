import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ColumnBlock, createBlock, writeRow } from './column-block.ts'
import { openCodeBook } from './column-codes.ts'
import { INDICATORS, LEDGER_INDICATORS } from './column-layout.ts'
import type { ConsignmentRow } from './column-row.ts'
import { expressions, plainTruth, rows, vocabulary } from './expression.fixture.ts'
import { type Expression, NO_NAMES, type Truth } from './expression.ts'
import { createEvaluator, evaluateColumns, type SliceBits } from './expression-columns.ts'
import { columnsOf, resolveExpression } from './expression-resolve.ts'
import { compileRow, compileRowFinding } from './expression-row.ts'
import { SLICE_ROWS } from './expression-scan.ts'

const allocateShared = (bytes: number) => new SharedArrayBuffer(bytes)

function blockOf(list: readonly ConsignmentRow[]): { readonly block: ColumnBlock; readonly codes: ReturnType<typeof openCodeBook> } {
  const codes = openCodeBook()
  const block = createBlock(list.length, undefined, allocateShared)
  for (const [at, row] of list.entries()) writeRow(block, at, { row, codes })
  return { block, codes }
}

function truthsOf(expression: Expression, list: readonly ConsignmentRow[]): Truth[] {
  const { block, codes } = blockOf(list)
  const evaluator = createEvaluator([resolveExpression(expression, { vocabulary, codes })])
  const truths: Truth[] = []
  for (let from = 0; from < list.length; from += SLICE_ROWS) {
    const until = Math.min(from + SLICE_ROWS, list.length)
    const { yes, unknown } = evaluator.evaluate({ block, from, until })[0] as SliceBits
    const isSet = (bits: Int32Array, row: number) => (((bits[row >>> 5] as number) >>> (row & 31)) & 1) === 1
    for (let row = 0; row < until - from; row++) truths.push(isSet(yes, row) ? 'yes' : isSet(unknown, row) ? 'unknown' : 'no')
  }
  return truths
}

it('agrees with the row evaluator and with a plain one on every row', () => {
  fc.assert(
    fc.property(expressions, fc.array(rows, { minLength: 1, maxLength: 70 }), (expression, list) => {
      const plain = list.map((row) => plainTruth(expression, row))
      expect(list.map(compileRow(expression, vocabulary))).toEqual(plain)
      expect(truthsOf(expression, list)).toEqual(plain)
    }),
    { numRuns: 600 },
  )
})

it('agrees across slices, with tallies that count every row once', () => {
  fc.assert(
    fc.property(fc.array(expressions, { minLength: 1, maxLength: 5 }), fc.array(rows, { minLength: 3, maxLength: 30 }), (asked, some) => {
      const list = Array.from(
        { length: 2 * SLICE_ROWS + 17 },
        (_, index) => some[(index * 7 + (index >>> 5)) % some.length] as ConsignmentRow,
      )
      const { block, codes } = blockOf(list)
      const tallies = evaluateColumns(
        asked.map((each) => resolveExpression(each, { vocabulary, codes })),
        block,
      )
      for (const [index, expression] of asked.entries()) {
        const plain = list.map((row) => plainTruth(expression, row))
        const count = (truth: Truth) => plain.filter((each) => each === truth).length
        expect(tallies[index]).toEqual({ rows: list.length, fired: count('yes'), unknown: count('unknown') })
      }
    }),
    { numRuns: 12 },
  )
})

it('looks only at rows of interest, and at columns that were asked for', () => {
  const expression: Expression = { op: 'ge', col: 'weight', value: 10 }
  const resolved = resolveExpression(expression, { vocabulary, codes: openCodeBook() })
  expect(columnsOf(resolved)).toEqual(['weight', 'missing'])
  const { block } = blockOf([{ weight: 20 }, { weight: 20 }, { weight: 5 }, {}])
  const few = { count: block.count, columns: { weight: block.columns.weight, missing: block.columns.missing } } as ColumnBlock
  const live = new Int32Array(SLICE_ROWS / 32)
  live[0] = 0b1101
  const { yes, unknown } = createEvaluator([resolved]).evaluate({ block: few, from: 0, until: 4, live })[0] as SliceBits
  expect([yes[0], unknown[0]]).toEqual([0b0001, 0b1000])
  expect(() => evaluateColumns([resolved], { count: 4, columns: {} })).toThrow(RangeError)
})

it('never fires because of a natural person, nor turns round on one', () => {
  const person: ConsignmentRow = {
    shipper: 'natural-person',
    consignee: 'natural-person',
    notify: 'natural-person',
    forwarder: 'natural-person',
  }
  const overParties: Expression[] = (['shipper', 'consignee', 'notify', 'forwarder'] as const).flatMap((col): Expression[] => [
    { op: 'in', col, set: [1, 2] },
    { op: 'not', arg: { op: 'in', col, set: [1, 2] } },
    { op: 'missing', col },
    { op: 'not', arg: { op: 'missing', col } },
  ])
  for (const expression of overParties) {
    expect(compileRow(expression)(person)).toBe('unknown')
    expect(truthsOf(expression, [person])).toEqual(['unknown'])
  }
})

it('keeps numbers at the ends of their columns', () => {
  const list: ConsignmentRow[] = [
    { leadDays: -32_768, day: 65_535, shipper: 2 ** 31 - 1, container: 2 ** 53 - 1, weight: 3e38, hs4: '9999' },
    { leadDays: 32_767, day: 0, shipper: 0, container: 0, weight: 0, hs4: '0000' },
  ]
  const asked: readonly Expression[] = [
    { op: 'le', col: 'leadDays', value: -32_768 },
    { op: 'gt', col: 'day', value: 65_534.5 },
    { op: 'in', col: 'shipper', set: [2 ** 31 - 1, 5] },
    { op: 'in', col: 'container', set: [2 ** 53 - 1, 5] },
    { op: 'ge', col: 'weight', value: 2.9e38 },
    { op: 'eq', col: 'hs4', value: '9999' },
    { op: 'lt', col: 'leadDays', value: 1e300 },
    { op: 'ge', col: 'leadDays', value: -1e300 },
  ]
  expect(asked.map((expression) => truthsOf(expression, list))).toEqual([
    ...Array.from({ length: 6 }, () => ['yes', 'no']),
    ['yes', 'yes'],
    ['yes', 'yes'],
  ])
})

it('keeps the indicators of every word apart', () => {
  const all = [...INDICATORS, ...LEDGER_INDICATORS]
  const list = all.map((id): ConsignmentRow => ({ indicators: Object.fromEntries(all.map((each) => [each, each === id])) }))
  for (const [index, id] of all.entries()) {
    expect(truthsOf({ op: 'ind', id }, list)).toEqual(all.map((_, row) => (row === index ? 'yes' : 'no')))
  }
})

it('says which terms fired, and which could not be decided', () => {
  const expression: Expression = {
    op: 'and',
    args: [
      { op: 'in', col: 'pol', set: ['ECGYE', 'PECLL'] },
      {
        op: 'or',
        args: [
          { op: 'ind', id: 'I3' },
          { op: 'lt', col: 'leadDays', value: 3 },
        ],
      },
      { op: 'not', arg: { op: 'flag', bit: 'empty' } },
    ],
  }
  const find = compileRowFinding(expression, NO_NAMES)
  expect(find({ pol: 'PECLL', leadDays: 5, indicators: { I3: true }, flags: { empty: false } })).toEqual({
    truth: 'yes',
    fired: ['loading in {ECGYE, PECLL}', 'indicator I3 flagged', 'not empty stated'],
    undecided: [],
  })
  expect(find({ pol: 'PECLL', leadDays: 5, flags: { empty: false } })).toEqual({
    truth: 'unknown',
    fired: [],
    undecided: ['indicator I3 flagged'],
  })
  expect(find({ pol: 'BEANR' })).toEqual({ truth: 'no', fired: [], undecided: [] })
})
