import { describe, expect, it } from 'vitest'
import type { RuleExpression } from '../contract.ts'
import { expression } from '../contract.ts'
import { partyProblems, readExpression, vocabularyOn } from './expressions.ts'
import { consignmentRow } from './facts.ts'
import { openWatchIndex } from './watch-index.ts'

const FACTS = {
  pol: 'ECGYE',
  pod: 'BEANR',
  hs4: '0803',
  weight: 24_000,
  indicators: { I3: true, P1: false },
  flags: { full: true, toOrder: false },
  parties: { shipper: { name: 'FRUTAS DEL LITORAL SA', norm: 'frutas del litoral sa', key: 4 }, consignee: 'natural-person' },
  seals: [],
  bookings: [],
  bills: [],
  goods: [],
  alerts: [],
} as const
const row = consignmentRow({ facts: FACTS, day: '2027-03-10', container: 'CSQU3054383' })
const parties = new Map([['frutas del litoral sa', 4]])
const read = (wire: RuleExpression, entries = vocabularyOn('2027-03-10', [])) => readExpression(wire, parties, entries)
const truth = (wire: RuleExpression) => read(wire).evaluate?.(row).truth

describe('the form of a rule', () => {
  it.each<[string, RuleExpression, string]>([
    ['a code', { op: 'in', col: 'pol', values: ['ecgye'] }, 'yes'],
    ['a heading', { op: 'eq', col: 'hs4', value: '0803' }, 'yes'],
    ['a number', { op: 'lt', col: 'weight', value: 24_000 }, 'no'],
    ['a number written as text', { op: 'ge', col: 'weight', value: '24000' }, 'yes'],
    ['a day', { op: 'ge', col: 'day', value: '2027-03-10' }, 'yes'],
    ['a container', { op: 'in', col: 'container', values: ['CSQU3054383'] }, 'yes'],
    ['a company as it is written elsewhere', { op: 'in', col: 'shipper', values: ['Frutas del Litoral, S.A.'] }, 'yes'],
    ['a company that never shipped', { op: 'in', col: 'shipper', values: ['NADIE SA'] }, 'no'],
    ['a party that is a natural person', { op: 'in', col: 'consignee', values: ['NADIE SA'] }, 'unknown'],
    ['what is not stated', { op: 'in', col: 'carrier', values: ['GNA'] }, 'unknown'],
    ['an indicator', { op: 'ind', id: 'I3' }, 'yes'],
    ['an indicator that was not computed', { op: 'ind', id: 'I4' }, 'unknown'],
    ['a fact', { op: 'not', arg: { op: 'flag', bit: 'toOrder' } }, 'yes'],
  ])('reads %s', (_what, wire, expected) => expect(truth(wire)).toBe(expected))

  it('gives its reasons with names as they were written', () => {
    const wire: RuleExpression = {
      op: 'and',
      args: [
        {
          op: 'or',
          args: [
            { op: 'in', col: 'shipper', values: ['Frutas del Litoral SA', 'Nadie SA'] },
            { op: 'ind', id: 'P1' },
          ],
        },
        { op: 'ge', col: 'weight', value: 20_000 },
      ],
    }
    expect(read(wire).printed).toBe('(shipper in {Frutas del Litoral SA, Nadie SA} or indicator P1 flagged) and weight ≥ 20000 kg')
    expect(read(wire).evaluate?.(row).fired).toEqual(['shipper in {Frutas del Litoral SA, Nadie SA}', 'weight ≥ 20000 kg'])
  })

  it('looks into the watch entries in force', () => {
    const index = openWatchIndex(
      [
        {
          watch: 'w',
          title: 'W',
          terms: [{ kind: 'container', value: 'CSQU 305438-3' }],
          valid_from: '2027-03-01',
          valid_until: '2027-03-31',
        },
      ],
      parties,
    )
    const wire: RuleExpression = { op: 'watch', col: 'container' }
    expect(read(wire, vocabularyOn('2027-03-10', index.entries)).evaluate?.(row).truth).toBe('yes')
    expect(read(wire, vocabularyOn('2027-04-01', index.entries)).evaluate?.(row).truth).toBe('no')
    expect(read(wire).printed).toBe('container on a watch entry')
  })

  it('names what is wrong with its place, and no natural person', () => {
    expect(
      read({
        op: 'or',
        args: [
          { op: 'missing', col: 'pol' },
          { op: 'ge', col: 'pol', value: 3 },
        ],
      }).problems,
    ).toMatchObject([{ code: 'expression.no-order', at: 'expression.args[1].op' }])
    expect(partyProblems({ op: 'not', arg: { op: 'eq', col: 'notify', value: 'MARIA PEREZ' } })).toMatchObject([
      { code: 'expression.legal-person', at: 'expression.arg.values[0]' },
    ])
    for (const hostile of [
      null,
      [],
      'x',
      { op: 'and', args: 'x' },
      { op: 'in', col: '__proto__', values: [1] },
      { op: 'flag', bit: 'x', more: 1 },
      { op: 'in', col: 'pol', values: ['A\u0000'] },
      { op: 'missing', col: '\ud800' },
    ])
      expect(expression.safeParse(hostile).success).toBe(false)
  })
})
