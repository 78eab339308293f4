import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf, columnOf, createBlock, sliceBlock, writeRow } from './column-block.ts'
import { openCodeBook, readCodeLists } from './column-codes.ts'
import { COLUMN_NAMES, missingBit, NATURAL_PERSON, UNKNOWN_PARTY } from './column-layout.ts'
import { fit, misfitsOf, valueOf } from './column-row.ts'
import { rows } from './expression.fixture.ts'

describe('a row', () => {
  it('is written so that each value is there or missing, and whatever does not fit is named once', () => {
    fc.assert(
      fc.property(rows, (row) => {
        const codes = openCodeBook()
        const block = createBlock(2)
        const problems = writeRow(block, 1, { row, codes })
        expect(problems).toEqual(misfitsOf(row).problems)
        const missing = columnOf(block, 'missing')[1] as number
        for (const column of ['pol', 'hs4', 'weight', 'leadDays', 'container'] as const) {
          const isMissing = ((missing >>> missingBit(column)) & 1) === 1
          const value = valueOf(row, column)
          expect(isMissing).toBe(value === undefined)
          const number = columnOf(block, column)[1] as number
          if (value !== undefined)
            expect(column === 'pol' ? codes.codeOf('place', number) : number).toBe(column === 'pol' ? value : Number(value))
        }
      }),
    )
  })

  it('keeps nothing of a natural person but that it is one', () => {
    const block = createBlock(1)
    writeRow(block, 0, { row: { shipper: 'natural-person', notify: 12 }, codes: openCodeBook() })
    expect(['shipper', 'consignee', 'notify'].map((name) => columnOf(block, name as 'shipper')[0])).toEqual([
      NATURAL_PERSON,
      UNKNOWN_PARTY,
      12,
    ])
  })

  it('takes a fact that nobody looked at as unknown, not as absent', () => {
    const block = createBlock(1)
    writeRow(block, 0, { row: { flags: { full: true, empty: false } }, codes: openCodeBook() })
    expect([columnOf(block, 'flags')[0], (columnOf(block, 'flagsUnknown')[0] as number) & 0b111]).toEqual([0b1, 0b100])
  })

  it('has no probability of selection outside (0, 1]', () => {
    for (const probability of [0, -0.1, 1.01, Number.NaN, 1e-60]) {
      const block = createBlock(1)
      const problems = writeRow(block, 0, { row: { probability }, codes: openCodeBook() })
      expect([problems.map(({ at }) => at), columnOf(block, 'probability')[0]]).toEqual([['probability'], 0])
    }
  })

  it('refuses codes that are none', () => {
    for (const code of ['', ' BEANR', 'BEANR\n', 'A\u0000B', 'x'.repeat(36)]) expect(fit('pol', code).ok).toBe(false)
    expect(fit('carrier', 'MSC LINE').ok).toBe(true)
    expect(fit('hs4', '803').ok).toBe(false)
  })
})

describe('the codes of a desk', () => {
  it('keep their numbers, through storage too', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 35 })), (texts) => {
        const codes = openCodeBook()
        const numbers = texts.map((text) => codes.take('place', text))
        const stored = readCodeLists(JSON.parse(JSON.stringify(codes.list())))
        expect(stored.ok).toBe(true)
        const again = openCodeBook(stored.ok ? stored.value : {})
        expect(texts.map((text) => again.numberOf('place', text))).toEqual(numbers)
        expect(numbers.map((number) => again.codeOf('place', number ?? 0))).toEqual(texts)
      }),
    )
  })

  it('say when they are full, and the value counts as missing', () => {
    const codes = openCodeBook({}, 2)
    const block = createBlock(3)
    const problems = ['AAAAA', 'BBBBB', 'CCCCC'].map((pol, at) => writeRow(block, at, { row: { pol }, codes }).map(({ code }) => code))
    expect(problems).toEqual([[], [], ['column.codes-full']])
    expect(codes.take('place', 'AAAAA')).toBe(1)
    expect((columnOf(block, 'missing')[2] as number) & 1).toBe(1)
  })

  it('are refused when they would lie', () => {
    const right = openCodeBook().list()
    for (const place of [['A', 'A'], [''], [1], 'AB', ['x'.repeat(36)], undefined])
      expect(readCodeLists({ ...right, place }).ok).toBe(false)
    expect(readCodeLists(null).ok).toBe(false)
  })
})

it('a part of a block is the block, without a copy', () => {
  const block = createBlock(10, ['day', 'weight'])
  const part = sliceBlock(block, 3, 7)
  columnOf(part, 'day')[0] = 9
  expect([part.count, columnOf(block, 'day')[3], columnOf(part, 'weight').length]).toEqual([4, 9, 4])
  expect(COLUMN_NAMES.reduce((sum, name) => sum + bytesOf(name), 0)).toBe(81)
})
