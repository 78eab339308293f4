import { describe, expect, it } from 'vitest'
import type { FieldDef } from './definition.ts'
import { checkValue, codesOf, isEmpty, MAX_ENTRIES, MAX_LONG_TEXT, MAX_TEXT } from './field-value.ts'

const world = {
  formats: { even: (text: string) => (text.length % 2 === 0 ? undefined : 'an odd number of signs.') },
  codeLists: {
    colours: [
      { code: 'red', title: 'Red' },
      { code: 'blue', title: 'Blue' },
    ],
  },
}
type Field = Omit<FieldDef, 'id' | 'title' | 'audience'>
const check = (field: Field, value: unknown) => checkValue({ id: 'x', title: 'X', ...field }, value, world)

describe.each<[string, Field, readonly unknown[], readonly unknown[]]>([
  ['a text', { type: 'text' }, ['a', 'x'.repeat(MAX_TEXT)], [1, true, ['a'], {}, 'x'.repeat(MAX_TEXT + 1)]],
  ['a text with its own limit', { type: 'text', maxLength: 3 }, ['abc'], ['abcd']],
  ['a long text', { type: 'long-text' }, ['x'.repeat(MAX_LONG_TEXT)], ['x'.repeat(MAX_LONG_TEXT + 1), 5]],
  ['an identifier', { type: 'text', format: 'even' }, ['ab'], ['abc']],
  ['an identifier nobody can check', { type: 'text', format: 'unheard-of' }, [], ['ab']],
  ['a code', { type: 'code', codes: ['a', 'b'] }, ['a'], ['c', 'A', 1, ['a']]],
  ['a code of a list', { type: 'code', codeList: 'colours' }, ['red'], ['green']],
  [
    'several codes',
    { type: 'codes', codeList: 'colours' },
    [['red'], ['blue', 'red']],
    [['red', 'red'], ['green'], [['red']], 'red', { red: 1 }],
  ],
  ['a country', { type: 'country' }, ['BE'], ['be', 'BEL', 'Belgium', 32]],
  ['a desk', { type: 'desk' }, ['be.customs.antwerp', 'a'], ['BE', '', ' ', '-a', 'a b', 7]],
  [
    'an instant',
    { type: 'instant' },
    ['2026-11-26T09:00:00Z', '2026-11-26T09:00Z', '2026-11-26T09:00:00.123+01:00'],
    [
      '2026-11-26',
      '2026-11-26T09:00:00',
      '2026-13-01T00:00:00Z',
      '2026-11-26T25:00:00Z',
      '2026-02-30T09:00:00Z',
      'tomorrow',
      1_790_000_000,
    ],
  ],
  [
    'a date',
    { type: 'date' },
    ['2026-11-26', '2028-02-29'],
    ['2026-02-29', '2026-02-30', '2026-13-01', '26.11.2026', '2026-11-26T00:00:00Z', 20_261_126],
  ],
  ['a number', { type: 'number' }, [0, 1.5, 10 ** 9], [-1, '5', Number.NaN, Number.POSITIVE_INFINITY]],
  ['a number within bounds', { type: 'number', min: 1, max: 3 }, [1, 3], [0, 4]],
  ['a number below zero', { type: 'number', min: -10 }, [-10, 0], [-11]],
  ['yes or no', { type: 'yes-no' }, [true, false], ['yes', 0, 1, 'true']],
])('%s', (_what, field, right, wrong) => {
  it('takes what fits', () => {
    for (const value of right) expect([value, check(field, value)]).toEqual([value, []])
  })
  it('refuses the rest with a sentence', () => {
    for (const value of wrong)
      expect([value, check(field, value)]).toMatchObject([
        value,
        [{ code: 'field.value', at: 'x', message: expect.stringMatching(/^X: /) }],
      ])
  })
})

describe('entries of a list', () => {
  const list: Field = {
    type: 'list',
    of: [
      { id: 'name', title: 'Name', type: 'text', required: true },
      { id: 'born', title: 'Born', type: 'date' },
    ],
  }
  it('are each checked, with the place of what is wrong', () => {
    expect(check(list, [{ name: 'a' }, { name: 'b', born: '2000-01-01' }])).toEqual([])
    expect(check(list, [{ name: 'a' }, { born: '2000-02-30', extra: 1 }]).map(({ code, at }) => [code, at])).toEqual([
      ['field.unknown', 'x.1.extra'],
      ['field.missing', 'x.1.name'],
      ['field.value', 'x.1.born'],
    ])
  })
  it('are no more than the field allows', () => {
    expect(check({ ...list, max: 1 }, [{ name: 'a' }, { name: 'b' }])).toMatchObject([{ at: 'x' }])
    expect(
      check(
        list,
        Array.from({ length: MAX_ENTRIES + 1 }, () => ({ name: 'a' })),
      ),
    ).toMatchObject([{ at: 'x' }])
  })
  it.each(['text', { name: 'a' }, ['a'], [null], [7]])('that are none are refused: %j', (value) => {
    expect(check(list, value)).not.toEqual([])
  })
})

it('knows what is empty: zero and no are answers', () => {
  expect([undefined, null, '', []].map(isEmpty)).toEqual([true, true, true, true])
  expect([0, false, ' ', [0]].map(isEmpty)).toEqual([false, false, false, false])
})

it('reads codes of the field before those of no list', () => {
  expect(codesOf({ codes: ['a'] }, {})).toEqual(['a'])
  expect(codesOf({ codeList: 'colours' }, world)).toEqual(['red', 'blue'])
  expect(codesOf({ codeList: 'unknown' }, world)).toEqual([])
})
