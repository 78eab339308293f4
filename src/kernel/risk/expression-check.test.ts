import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertNoPersonalFeature } from '../signal/signal.ts'
import { COLUMN_NAMES, FLAGS, INDICATORS, LEDGER_INDICATORS, VALUE_COLUMNS } from './column-layout.ts'
import { expressions, vocabulary } from './expression.fixture.ts'
import { checkExpression } from './expression-check.ts'

const problemsOf = (input: unknown) => checkExpression(input, vocabulary).problems.map(({ code, at }) => `${code} ${at}`)
const flag = { op: 'flag', bit: 'reefer' }
const nested = (depth: number): unknown => (depth === 1 ? flag : { op: 'not', arg: nested(depth - 1) })

describe('an expression', () => {
  it('is taken as it is when it is right', () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        const checked = checkExpression(JSON.parse(JSON.stringify(expression)), vocabulary)
        expect(checked).toEqual({ ok: true, value: JSON.parse(JSON.stringify(expression)), problems: [] })
      }),
    )
  })

  it('is refused with the path of each fault', () => {
    const wrong = {
      op: 'and',
      args: [
        { op: 'in', col: 'pol', set: ['ECGYE', 7] },
        { op: 'not', arg: { op: 'ge', col: 'carrier', value: 3 } },
        { op: 'or', args: [] },
        { op: 'xor', args: [flag] },
        { op: 'in', col: 'pod', set: { name: 'nowhere' } },
        { op: 'watch', list: 'none', col: 'shipper' },
        { op: 'flag', bit: 'blue' },
        { ...flag, weight: 3 },
      ],
    }
    expect(problemsOf(wrong)).toEqual([
      'expression.value args[0].set[1]',
      'expression.no-order args[1].arg.op',
      'expression.empty args[2].args',
      'expression.operator args[3].op',
      'expression.set args[4].set',
      'expression.list args[5].list',
      'expression.unknown-name args[6].bit',
      'expression.member args[7].op',
    ])
  })

  it('looks at no trait of persons, at no label, and cannot ask for natural persons', () => {
    for (const col of ['nationality', 'shipperNationality', 'gender', 'birthCountry', 'nameOrigin'])
      expect(problemsOf({ op: 'in', col, set: ['X'] })).toEqual(['expression.person-feature col'])
    for (const col of ['outcome', 'probability', 'missing', '__proto__', 'constructor'])
      expect(problemsOf({ op: 'eq', col, value: 1 })).toEqual(['expression.unknown-name col'])
    expect(problemsOf({ op: 'eq', col: 'shipper', value: 'natural-person' })).toEqual(['expression.value value'])
    expect(problemsOf({ op: 'in', col: 'shipper', set: [-2] })).toEqual(['expression.value set[0]'])
    expect(() => assertNoPersonalFeature({ id: 'columns', inputs: [...COLUMN_NAMES, ...FLAGS, ...INDICATORS] })).not.toThrow()
  })

  it('has limits in depth, nodes and values', () => {
    expect(checkExpression(nested(12)).ok).toBe(true)
    expect(problemsOf(nested(13))).toEqual([`expression.too-deep ${Array.from({ length: 12 }, () => 'arg').join('.')}`])
    expect(checkExpression({ op: 'or', args: Array.from({ length: 199 }, () => flag) }).ok).toBe(true)
    expect(problemsOf({ op: 'or', args: Array.from({ length: 200_000 }, () => flag) })).toEqual(['expression.too-large args[199]'])
    expect(problemsOf({ op: 'in', col: 'shipper', set: Array.from({ length: 10_001 }, (_, index) => index) })).toEqual([
      'expression.too-many set',
    ])
    const circle: { op: string; arg?: unknown } = { op: 'not' }
    circle.arg = circle
    expect(checkExpression(circle).ok).toBe(false)
  })

  it('is never thrown upon, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withSparseArray: true }), (input) => {
        const checked = checkExpression(input)
        expect(checked.ok ? 0 : checked.problems.length).toBeLessThanOrEqual(20)
      }),
    )
    const term = fc.record({
      op: fc.constantFrom('in', 'eq', 'ge', 'watch', 'and', 'not'),
      col: fc.anything(),
      set: fc.anything(),
      value: fc.anything(),
    })
    fc.assert(
      fc.property(term, (input) => {
        expect(checkExpression(input).ok).toBe(false)
      }),
    )
  })
})

it('gives each column and indicator a bit of its own', () => {
  expect(VALUE_COLUMNS.length).toBeLessThanOrEqual(32)
  expect(INDICATORS.length).toBeLessThanOrEqual(32)
  expect(new Set([...INDICATORS, ...LEDGER_INDICATORS]).size).toBe(33)
})
