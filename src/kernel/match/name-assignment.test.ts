import fc from 'fast-check'
import { expect, it } from 'vitest'
import { assign, EXACT_LIMIT } from './name-assignment.ts'

function total(costs: readonly number[], rows: number, columns: number): number {
  const columnOf = new Int32Array(64)
  assign(Float64Array.from(costs), rows, { columns, columnOf })
  const taken = [...columnOf.subarray(0, rows)]
  expect(new Set(taken).size).toBe(rows)
  return taken.reduce((sum, column, row) => sum + (costs[row * columns + column] ?? Number.NaN), 0)
}

function leastByTrying(costs: readonly number[], rows: number, columns: number): number {
  const go = (row: number, taken: ReadonlySet<number>): number =>
    row === rows
      ? 0
      : Math.min(
          ...Array.from({ length: columns }, (_, column) =>
            taken.has(column) ? Number.POSITIVE_INFINITY : (costs[row * columns + column] ?? 0) + go(row + 1, new Set([...taken, column])),
          ),
        )
  return go(0, new Set())
}

it('finds the least total that trying all assignments finds', () => {
  const sizes = fc.integer({ min: 1, max: 4 }).chain((rows) => fc.tuple(fc.constant(rows), fc.integer({ min: rows, max: 5 })))
  const problem = sizes.chain(([rows, columns]) =>
    fc.tuple(
      fc.constant(rows),
      fc.constant(columns),
      fc.array(fc.integer({ min: 0, max: 40 }), { minLength: rows * columns, maxLength: rows * columns }),
    ),
  )
  fc.assert(
    fc.property(problem, ([rows, columns, costs]) => {
      expect(total(costs, rows, columns)).toBe(leastByTrying(costs, rows, columns))
    }),
  )
})

it('assigns each word once beyond the exact limit too', () => {
  const columns = EXACT_LIMIT + 4
  const costs = Array.from({ length: columns * columns }, (_, at) => (at % columns === Math.floor(at / columns) ? 0 : 4))
  expect(total(costs, columns, columns)).toBe(0)
})
