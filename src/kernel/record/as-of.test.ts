import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correctionsOf, isValid, knownFragments, propertiesAsOf, readAsOf } from './as-of.ts'
import type { EndReason, Fragment, StatedValue } from './statement.ts'

const MARKING: Fragment['marking'] = {
  origin: { org: 'be.customs', desk: 'be.customs.antwerp' },
  evaluation: {} as Fragment['marking']['evaluation'],
  handling: {} as Fragment['marking']['handling'],
  purpose: 'investigation',
  legalBasis: { act: 'Directive (EU) 2016/680', art: '8' },
  category: 'suspect',
  reviewAt: '2027-01-01T00:00:00.000Z',
  eraseAt: '2029-01-01T00:00:00.000Z',
}

const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}T00:00:00.000Z`
const fragment = (id: string, recorded: number, values: readonly StatedValue[], more: Partial<Fragment> = {}): Fragment => ({
  id,
  entity: 'r1',
  schema: 'Person',
  values,
  source: { collection: 'c', externalId: 'x' },
  marking: MARKING,
  recordedFrom: day(recorded),
  ...more,
})
const ended = (on: number, reason: EndReason): Partial<Fragment> => ({ recordedTo: day(on), ended: { reason, by: 'officer' } })

const FIRST = fragment(
  'f1',
  1,
  [
    { prop: 'name', value: 'Jan' },
    { prop: 'address', value: 'Gent', from: '2019', to: '2021-06' },
  ],
  ended(5, 'corrected'),
)
const SECOND = fragment('f2', 5, [{ prop: 'name', value: 'Johan' }], { supersedes: 'f1' })
const THIRD = fragment('f3', 3, [
  { prop: 'alias', value: 'De Lange' },
  { prop: 'name', value: 'Johan' },
])

describe('what was known on a day', () => {
  it('is what was recorded and not yet ended: a correction counts from the day it was recorded', () => {
    const all = [SECOND, THIRD, FIRST]
    expect(propertiesAsOf(all, { knownAt: day(0) })).toEqual({})
    expect(propertiesAsOf(all, { knownAt: day(1) })).toEqual({ name: ['Jan'], address: ['Gent'] })
    expect(propertiesAsOf(all, { knownAt: day(4) })).toEqual({ name: ['Jan', 'Johan'], address: ['Gent'], alias: ['De Lange'] })
    expect(propertiesAsOf(all, { knownAt: day(5) })).toEqual({ name: ['Johan'], alias: ['De Lange'] })
    expect(propertiesAsOf(all)).toEqual({ name: ['Johan'], alias: ['De Lange'] })
  })

  it.each(['recalled', 'erased'] as const)('never holds what was %s, whatever day is asked for', (reason) => {
    const gone = fragment('f4', 1, [{ prop: 'name', value: 'secret' }], ended(9, reason))
    for (let on = 0; on < 12; on++) expect(propertiesAsOf([gone], { knownAt: day(on) })).toEqual({})
  })

  it.each(['withdrawn', 'superseded', 'corrected'] as const)('still holds what was %s later', (reason) => {
    const old = fragment('f5', 1, [{ prop: 'name', value: 'old' }], ended(9, reason))
    expect(propertiesAsOf([old], { knownAt: day(8) })).toEqual({ name: ['old'] })
    expect(propertiesAsOf([old], { knownAt: day(9) })).toEqual({})
    expect(propertiesAsOf([old])).toEqual({})
  })

  it('does not hang on how many digits a fraction of a second has, and a day alone is its beginning', () => {
    const at = { ...SECOND, recordedFrom: '2026-01-05T10:00:00.5Z' }
    expect(knownFragments([at], '2026-01-05T10:00:00.499999Z')).toEqual([])
    expect(knownFragments([at], '2026-01-05T10:00:00.500Z')).toEqual([at])
    expect(knownFragments([{ ...at, recordedFrom: day(5) }], '2026-01-05')).toHaveLength(1)
  })
})

describe('what was valid on a day', () => {
  it.each([
    ['2018-12-31', false],
    ['2018', false],
    ['2019-01-01', true],
    ['2019', true],
    ['2021-06-30', true],
    ['2021-06', true],
    ['2021', true],
    ['2021-07-01', false],
  ])('of 2019 to 2021-06: %s is %s', (validOn, expected) => {
    expect(isValid({ from: '2019', to: '2021-06' }, validOn)).toBe(expected)
  })

  it('without a beginning or an end has none', () => {
    expect(isValid({}, '1900')).toBe(true)
    expect(isValid({ from: '2000' }, '2999-01-01')).toBe(true)
    expect(isValid({ to: '2000' }, '0100')).toBe(true)
  })
})

it('tells what a correction took the place of, and ends on a circle', () => {
  expect(correctionsOf(SECOND, [FIRST, SECOND]).map(({ id }) => id)).toEqual(['f2', 'f1'])
  const circle = [fragment('a', 1, [], { supersedes: 'b' }), fragment('b', 2, [], { supersedes: 'a' })] as const
  expect(correctionsOf(circle[0], circle).map(({ id }) => id)).toEqual(['a', 'b'])
})

/** A history as officers make it, day after day: state, correct, withdraw, recall. Beside it, what each day knew, kept as plain sets. */
const act = fc.record({
  kind: fc.constantFrom('state', 'state', 'correct', 'withdraw', 'recall', 'erase'),
  target: fc.nat({ max: 20 }),
  value: fc.constantFrom('a', 'b', 'c'),
  from: fc.option(fc.constantFrom('2019', '2020-05', '2021-03-04'), { nil: undefined }),
  to: fc.option(fc.constantFrom('2021', '2022-02', '2023-01-01'), { nil: undefined }),
})

it('equals what a diary of each day would say, and does not hang on the order of fragments', () => {
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 15 }),
      fc.constantFrom(undefined, '2019', '2020-05-31', '2021-06', '2022-03-01'),
      (acts, validOn) => {
        let fragments: Fragment[] = []
        const diary: { on: number; known: Set<string> }[] = []
        const banned = new Set<string>()
        const known = new Set<string>()
        acts.forEach(({ kind, target, value, from, to }, index) => {
          const on = index + 1
          const id = `f${String(on).padStart(2, '0')}`
          const inForce = fragments.filter((each) => each.recordedTo === undefined)
          const aim = inForce[target % Math.max(1, inForce.length)]
          const stated = { prop: 'name', value, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
          const reason: EndReason | undefined = { correct: 'corrected', withdraw: 'withdrawn', recall: 'recalled', erase: 'erased' }[
            kind as 'correct'
          ] as EndReason | undefined
          if (aim !== undefined && reason !== undefined) {
            fragments = fragments.map((each) => (each === aim ? { ...each, ...ended(on, reason) } : each))
            known.delete(aim.id)
            if (reason === 'recalled' || reason === 'erased') banned.add(aim.id)
          }
          if (kind === 'state' || (kind === 'correct' && aim !== undefined)) {
            fragments.push(fragment(id, on, [stated], kind === 'correct' && aim !== undefined ? { supersedes: aim.id } : {}))
            known.add(id)
          }
          diary.push({ on, known: new Set(known) })
        })
        for (const entry of diary) {
          const read = readAsOf([...fragments].reverse(), { knownAt: day(entry.on), ...(validOn === undefined ? {} : { validOn }) })
          const expected = fragments.filter(
            ({ id, values }) => entry.known.has(id) && !banned.has(id) && values.every((each) => holds(each, validOn)),
          )
          expect((read.get('name') ?? []).map((each) => each.fragment.id)).toEqual(expected.map(({ id }) => id))
        }
      },
    ),
    { numRuns: 1000 },
  )
})

/** Day by day: does the value hold on any day of the asked time? */
function holds({ from, to }: StatedValue, validOn: string | undefined): boolean {
  if (validOn === undefined) return true
  const within = (date: string, span: string): boolean => date.startsWith(span)
  for (let year = 2018; year <= 2024; year++)
    for (let month = 1; month <= 12; month++)
      for (let each = 1; each <= 31; each++) {
        const date = `${year}-${String(month).padStart(2, '0')}-${String(each).padStart(2, '0')}`
        const begun = from === undefined || within(date, from) || date > from
        const notOver = to === undefined || within(date, to) || date < to
        if (within(date, validOn) && begun && notOver) return true
      }
  return false
}
