/** The yearly statistics of Regulation (EU) 2023/1543 Art 28(2), counted from folds of the shipped procedures. */
import { describe, expect, it } from 'vitest'
import type { CaseFold, FoldedStep } from '#kernel/procedure/fold.ts'
import { shipped } from '../catalogue/drive.fixture.ts'
import type { CaseRow } from './case-row.ts'
import { count1543, isOrder, newTally1543, STEPS_1543, show1543 } from './statistics-1543.ts'

const epoc = shipped('pr-07-epoc')
const preservation = shipped('pr-08-epoc-pr')

const took = (...transitions: readonly (string | readonly [string, string])[]): CaseFold =>
  ({
    parties: { issuing: [{ desk: 'here' }] },
    steps: transitions.map((each) => {
      const [transition, ground] = typeof each === 'string' ? [each, ''] : each
      return { transition, isVoid: false, fields: ground === '' ? {} : { ground } } as unknown as FoldedStep
    }),
  }) as unknown as CaseFold
const times = (n: number, fold: CaseFold) => Array.from({ length: n }, () => fold)

function counted(cases: readonly CaseFold[], desk = 'here') {
  const tally = newTally1543()
  for (const fold of cases) count1543(epoc, tally, { row: { base: {}, party: desk } as unknown as CaseRow, fold })
  const tables = show1543(epoc, tally, 5).flatMap(({ point, tables: each }) =>
    each.map(({ title, shown }) => [`${point} ${title}`, shown] as const),
  )
  return Object.fromEntries(tables)
}

describe('the statistics of Article 28', () => {
  it.each([epoc, preservation])('name steps that $id has', (definition) => {
    expect(isOrder(definition.id)).toBe(true)
    const ids = definition.transitions.map(({ id }) => id)
    if (isOrder(definition.id)) expect(ids).toEqual(expect.arrayContaining([...new Set(Object.values(STEPS_1543[definition.id]).flat())]))
    expect(Object.keys(definition.roles)).toContain('issuing')
  })

  it('count each order once, by emergency, whether it was fulfilled', () => {
    const seen = counted([
      ...times(8, took('transmit', 'provideData')),
      ...times(6, took('transmit')),
      ...times(7, took('transmitEmergency', 'provideData')),
    ])
    expect(seen['a by emergency or not']).toEqual({ total: 21, parts: { emergency: 7, 'no emergency': 14 } })
    expect(seen['c no emergency']).toEqual({ total: 14, parts: { fulfilled: 8, 'not fulfilled': 6 } })
    expect(seen['c emergency']).toEqual({ total: 7, parts: { fulfilled: 7, 'not fulfilled': 0 } })
  })

  it('count only on the side that issued, and only what was issued', () => {
    expect(counted(times(9, took('transmit')), 'elsewhere')['a by emergency or not']?.total).toBe(0)
    expect(counted(times(9, took('complete')))['a by emergency or not']?.total).toBe(0)
  })

  it('show no point that counts again what a withheld cell counts', () => {
    const seen = counted([...times(12, took('transmitNotified')), ...times(2, took('transmitUnvalidated', 'refuseValidation'))])
    expect(seen['a by emergency or not']).toEqual({ total: 14, parts: { emergency: null, 'no emergency': null } })
    for (const name of ['b without prior validation', 'c emergency', 'c no emergency', 'd notifications, by emergency or not', 'i orders'])
      expect(seen[name]?.total, name).toBeNull()
  })
})
