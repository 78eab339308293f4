/** Rows and expressions drawn at random from few values, so that terms fire often; and an evaluator so plain that it is right by reading. */
import fc from 'fast-check'
import { FLAGS, INDICATORS, LEDGER_INDICATORS, specOf, VALUE_COLUMNS, type ValueColumn } from './column-layout.ts'
import type { ConsignmentRow } from './column-row.ts'
import type { Expression, Truth, Value, Vocabulary } from './expression.ts'

const PLACES = ['ECGYE', 'PECLL', 'BEANR', 'NLRTM', 'DEHAM']
const NUMBERS = [0, 1, 7, -3, 20_000, 20_000.1, 24_000.5, 65_535]
const DAY = 20_000

function valueOfColumn(column: ValueColumn): fc.Arbitrary<string | number> {
  const { meaning, dictionary } = specOf(column)
  if (meaning === 'code') return fc.constantFrom(...(dictionary === 'place' ? PLACES : ['A1', 'B2', 'C3']))
  if (meaning === 'goods') return fc.constantFrom('0803', '0804', '9999', '0000')
  if (meaning === 'party') return fc.constantFrom(0, 1, 2, 4_000_000, 2 ** 31 - 1)
  if (meaning === 'container') return fc.constantFrom(0, 1, 2 ** 32, 2 ** 32 + 1, 52_728_000_000)
  if (column === 'weight') return fc.constantFrom(0, 7, 20_000.1, 24_000.5)
  return fc.constantFrom(...(column === 'day' ? [0, 1, 20_000, 65_535] : [0, 1, 7, -3, -32_768]))
}

/** Some values do not fit their column, some parties are natural persons, some are not stated. */
const misfit = fc.constantFrom<never>(...([' A', '', 'x'.repeat(40), Number.NaN, -1, 1e12, 0.5, null] as unknown as never[]))

export const rows: fc.Arbitrary<ConsignmentRow> = fc.record({
  ...(Object.fromEntries(
    VALUE_COLUMNS.map((column) => [
      column,
      fc.oneof(
        { weight: 8, arbitrary: valueOfColumn(column) },
        { weight: 2, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: specOf(column).meaning === 'party' ? fc.constant('natural-person') : misfit },
      ),
    ]),
  ) as Record<ValueColumn, fc.Arbitrary<never>>),
  flags: fc.dictionary(fc.constantFrom(...FLAGS), fc.boolean()),
  indicators: fc.dictionary(fc.constantFrom(...INDICATORS, ...LEDGER_INDICATORS), fc.boolean()),
})

export const vocabulary: Vocabulary = {
  sets: new Map<string, readonly Value[]>([['source-ports', ['ECGYE', 'PECLL', 'XXXXX']]]),
  lists: new Map([
    [
      'watch',
      [
        { col: 'pol', value: 'BEANR', validFrom: DAY - 10, validUntil: DAY },
        { col: 'pol', value: 'DEHAM', validFrom: DAY - 10, validUntil: DAY - 1 },
        { col: 'shipper', value: 1, validFrom: DAY, validUntil: DAY + 1 },
        { col: 'container', value: 2 ** 32, validFrom: DAY, validUntil: DAY },
      ],
    ],
  ]),
  day: DAY,
}

const columns = fc.constantFrom(...VALUE_COLUMNS)
const term: fc.Arbitrary<Expression> = fc.oneof(
  columns.chain((col) =>
    fc.record({ op: fc.constant('in' as const), col: fc.constant(col), set: fc.array(valueOfColumn(col), { minLength: 1, maxLength: 4 }) }),
  ),
  columns.chain((col) => fc.record({ op: fc.constant('eq' as const), col: fc.constant(col), value: valueOfColumn(col) })),
  fc.record({
    op: fc.constantFrom('ge' as const, 'gt' as const, 'le' as const, 'lt' as const),
    col: fc.constantFrom('weight' as const, 'leadDays' as const, 'day' as const),
    value: fc.oneof(fc.constantFrom(...NUMBERS), fc.double({ noNaN: true, noDefaultInfinity: true })),
  }),
  fc.record({ op: fc.constant('flag' as const), bit: fc.constantFrom(...FLAGS) }),
  fc.record({ op: fc.constant('ind' as const), id: fc.constantFrom(...INDICATORS, ...LEDGER_INDICATORS) }),
  fc.record({ op: fc.constant('watch' as const), list: fc.constant('watch'), col: columns }),
  fc.record({
    op: fc.constant('in' as const),
    col: fc.constantFrom('pol' as const, 'pod' as const),
    set: fc.constant({ name: 'source-ports' }),
  }),
  fc.record({ op: fc.constant('missing' as const), col: columns }),
)

export const expressions: fc.Arbitrary<Expression> = fc.letrec<{ node: Expression }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'expression' },
    term,
    fc.record({ op: fc.constantFrom('and' as const, 'or' as const), args: fc.array(tie('node'), { minLength: 1, maxLength: 4 }) }),
    fc.record({ op: fc.constant('not' as const), arg: tie('node') }),
  ),
})).node

/** What the reference says, word for word. */
export function plainTruth(expression: Expression, row: ConsignmentRow): Truth {
  switch (expression.op) {
    case 'and': {
      const args = expression.args.map((arg) => plainTruth(arg, row))
      return args.includes('no') ? 'no' : args.includes('unknown') ? 'unknown' : 'yes'
    }
    case 'or': {
      const args = expression.args.map((arg) => plainTruth(arg, row))
      return args.includes('yes') ? 'yes' : args.includes('unknown') ? 'unknown' : 'no'
    }
    case 'not': {
      const arg = plainTruth(expression.arg, row)
      return arg === 'unknown' ? 'unknown' : arg === 'yes' ? 'no' : 'yes'
    }
    case 'flag':
      return told(row.flags?.[expression.bit])
    case 'ind':
      return told(row.indicators?.[expression.id])
    default:
      break
  }
  const value: unknown = row[expression.col]
  if (value === 'natural-person') return 'unknown'
  const isStated = doesFit(expression.col, value)
  if (expression.op === 'missing') return isStated ? 'no' : 'yes'
  if (!isStated) return 'unknown'
  if (expression.op === 'watch') {
    const entries = vocabulary.lists.get(expression.list) ?? []
    return told(
      entries.some((entry) => entry.col === expression.col && entry.value === value && entry.validFrom <= DAY && DAY <= entry.validUntil),
    )
  }
  if (expression.op === 'in') {
    const set = 'name' in expression.set ? ['ECGYE', 'PECLL', 'XXXXX'] : expression.set
    return told(set.some((each) => same(each, value, expression.col)))
  }
  const [held, asked] = [rounded(value, expression.col), rounded(expression.value, expression.col)]
  switch (expression.op) {
    case 'eq':
      return told(same(value, expression.value, expression.col))
    case 'ge':
      return told(held >= asked)
    case 'gt':
      return told(held > asked)
    case 'le':
      return told(held <= asked)
    case 'lt':
      return told(held < asked)
  }
}

function doesFit(column: ValueColumn, value: unknown): boolean {
  const { meaning } = specOf(column)
  if (meaning === 'code') return typeof value === 'string' && value !== '' && value === value.trim() && value.length <= 35
  if (meaning === 'goods') return typeof value === 'string' && /^[0-9]{4}$/.test(value)
  if (typeof value !== 'number' || Number.isNaN(value)) return false
  if (column === 'weight') return value >= 0 && value < 3.5e38
  if (!Number.isInteger(value)) return false
  if (column === 'leadDays') return Math.abs(value) <= 32_768 && value !== 32_768
  return value >= 0 && value <= (column === 'day' ? 65_535 : column === 'container' ? 2 ** 53 - 1 : 2 ** 31 - 1)
}

function same(a: unknown, b: unknown, column: ValueColumn): boolean {
  return column === 'weight' ? rounded(a, column) === rounded(b, column) : a === b
}

function rounded(value: unknown, column: ValueColumn): number {
  return column === 'weight' ? Math.fround(Number(value)) : Number(value)
}

function told(value: boolean | undefined): Truth {
  return value === undefined ? 'unknown' : value ? 'yes' : 'no'
}
