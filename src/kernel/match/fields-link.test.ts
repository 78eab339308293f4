import { describe, expect, test } from 'vitest'
import type { FieldRow } from './fields.ts'
import { prepareFields } from './fields.ts'
import { pairsOf } from './fields-blocks.ts'
import { LINK_THRESHOLD, linkRows } from './fields-link.ts'
import { FEBRL, fake1000, febrl, hasTables, pairF1 } from './fields-tables.fixture.ts'

const EMPTY: FieldRow = { givenName: '', surname: '', birthDate: '', street: '', town: '', postcode: '', identifier: '', email: '' }
const row = (fields: Partial<FieldRow>): FieldRow => ({ ...EMPTY, ...fields })

describe.skipIf(!hasTables)('the labelled tables, with one configuration and one threshold that was not tuned to them', () => {
  test.each(FEBRL)('%s: pairs are found with F1 ≥ .995, and ≥ .99 without the identifier', (name) => {
    for (const [hasIdentifier, least] of [
      [true, 0.995],
      [false, 0.99],
    ] as const) {
      const table = febrl(name, hasIdentifier)
      const linkage = linkRows(table.rows, table.lists === undefined ? {} : { lists: table.lists })
      expect(pairF1(table, linkage, LINK_THRESHOLD)).toBeGreaterThanOrEqual(least)
    }
  })

  test('fake_1000: pairs are found with F1 ≥ .97', () => {
    const table = fake1000()
    expect(pairF1(table, linkRows(table.rows), LINK_THRESHOLD)).toBeGreaterThanOrEqual(0.97)
  })

  test('the same rows give the same bytes', () => {
    const { rows } = fake1000()
    expect(linkRows(rows)).toEqual(linkRows(rows))
  })
})

describe('rows', () => {
  test('that share no key make no pair, and rows of one list none where only pairs across lists are asked for', () => {
    const rows = [row({ email: 'a@b.example' }), row({ email: 'a@b.example' }), row({ email: 'x@y.example' })]
    expect([...linkRows(rows).left]).toEqual([0])
    expect(linkRows(rows, { lists: Int32Array.of(0, 0, 1) }).left).toHaveLength(0)
    expect(linkRows([]).logOdds).toHaveLength(0)
  })

  test('of a block that is too large are told as dropped, and stay findable by their other keys', () => {
    const rows = Array.from({ length: 40 }, (_, at) => row({ birthDate: '1980-02-03', email: `${at >> 1}unique${at >> 1}@mail.example` }))
    const { left, right, dropped } = pairsOf(rows.map(prepareFields), { largestBlock: 10 })
    expect(dropped).toContainEqual({ key: 'born 19800203', size: 40 })
    expect(left).toHaveLength(20)
    expect([right[0], right[19]]).toEqual([1, 39])
  })

  test('that exceed the budget of pairs lose the largest blocks, and it is told', () => {
    const rows = Array.from({ length: 60 }, (_, at) => row({ birthDate: '1980-02-03', identifier: `id${at >> 1}` }))
    const { left, dropped } = pairsOf(rows.map(prepareFields), { mostPairs: 100 })
    expect(left).toHaveLength(30)
    expect(dropped).toEqual([{ key: 'born 19800203', size: 60 }])
  })

  test('with zeros, nonsense and a megabyte for a value are linked like any other', () => {
    const odd = row({ birthDate: '0000-00-00', surname: 'x'.repeat(1_000_000), email: '\u0000', postcode: '\ud800' })
    const { logOdds } = linkRows([odd, odd, row({ birthDate: '2024-13-45', surname: 'y' })])
    expect([...logOdds].every(Number.isFinite)).toBe(true)
    expect(logOdds).toHaveLength(1)
  })
})
