import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantile } from './quantile.ts'
import { type CountTable, showCounts, showUnder, withholds } from './small-cells.ts'

function tables(parts: number, highest: number): readonly (readonly number[])[] {
  if (parts === 0) return [[]]
  return tables(parts - 1, highest).flatMap((rest) => Array.from({ length: highest + 1 }, (_, value) => [...rest, value]))
}

const tableOf = (values: readonly number[]): CountTable => ({
  total: values.reduce((sum, value) => sum + value, 0),
  parts: Object.fromEntries(values.map((value, index) => [`part${index}`, value])),
})

describe('what is shown of counts', () => {
  it.each([
    { least: 3, parts: 1, highest: 20 },
    { least: 3, parts: 2, highest: 24 },
    { least: 3, parts: 3, highest: 16 },
    { least: 3, parts: 4, highest: 9 },
    { least: 5, parts: 2, highest: 40 },
    { least: 5, parts: 3, highest: 24 },
  ])(
    'leaves every withheld cell two values at least, whoever knows rule and totals: $parts parts below $least',
    ({ least, parts, highest }) => {
      const byAnswer = new Map<string, (readonly number[])[]>()
      for (const values of tables(parts, highest)) {
        const answer = JSON.stringify(showCounts(tableOf(values), least))
        byAnswer.set(answer, [...(byAnswer.get(answer) ?? []), values])
      }
      for (const [answer, possible] of byAnswer) {
        const shown = JSON.parse(answer) as ReturnType<typeof showCounts>
        // Tables at the edge of what was tried have neighbours beyond it.
        if ((shown.total ?? 0) > highest) continue
        Object.values(shown.parts).forEach((cell, index) => {
          if (cell === null) expect(new Set(possible.map((values) => values[index])).size, `${answer} part ${index}`).toBeGreaterThan(1)
        })
        if (shown.total === null) expect(new Set(possible.map((values) => tableOf(values).total)).size).toBeGreaterThan(1)
      }
      expect([...byAnswer.keys()].some((answer) => answer.includes('null'))).toBe(true)
    },
  )

  it('never shows a small cell, and shows everything where there is none', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 1, maxLength: 8 }), fc.integer({ min: 3, max: 12 }), (values, least) => {
        const table = tableOf(values)
        const shown = showCounts(table, least)
        const isSmall = (value: number) => value > 0 && value < least
        for (const cell of [shown.total, ...Object.values(shown.parts)]) expect(cell === null || !isSmall(cell)).toBe(true)
        if (![table.total, ...values].some(isSmall)) expect(shown).toEqual(table)
        for (const [id, cell] of Object.entries(shown.parts)) if (cell !== null) expect(cell).toBe(table.parts[id])
      }),
    )
  })

  it('shows no single other cell beside a small one, nor small ones whose sum is small', () => {
    expect(showCounts(tableOf([2, 40]), 5)).toEqual({ total: 42, parts: { part0: null, part1: null } })
    expect(showCounts(tableOf([1, 1, 40, 50]), 5).parts).toEqual({ part0: null, part1: null, part2: null, part3: null })
    expect(showCounts(tableOf([3, 7, 40]), 5)).toEqual({ total: 50, parts: { part0: null, part1: null, part2: 40 } })
    expect(showCounts(tableOf([1, 2]), 5)).toEqual({ total: null, parts: { part0: null, part1: null } })
  })

  it('shows nothing below a cell that is withheld', () => {
    expect(withholds(showUnder(null, tableOf([20, 30]), 5))).toBe(true)
    expect(showUnder(50, tableOf([20, 30]), 5)).toEqual({ total: 50, parts: { part0: 20, part1: 30 } })
  })

  it('refuses parts that do not make the total, and a bound that protects nobody', () => {
    expect(() => showCounts({ total: 3, parts: { a: 4 } }, 5)).toThrow(RangeError)
    expect(() => showCounts(tableOf([1]), 2)).toThrow(RangeError)
  })
})

describe('a quantile', () => {
  it('is a value that occurred, with at least its share at or below it', () => {
    expect(quantile([], 0.5)).toBeUndefined()
    expect(quantile([3, 1, 2], 0.5)).toBe(2)
    expect(quantile([4, 1, 2, 3], 0.5)).toBe(2)
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (values, share) => {
        const found = quantile(values, share) ?? Number.NaN
        expect(values).toContain(found)
        const atOrBelow = values.filter((value) => value <= found).length
        const below = values.filter((value) => value < found).length
        expect(atOrBelow).toBeGreaterThanOrEqual(values.length * share - 1e-9)
        expect(below).toBeLessThan(values.length * share + 1e-9)
      }),
    )
  })
})
