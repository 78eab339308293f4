/**
 * The table of one term: for each value, or pair of values, how many cases there were, in how many something was found, and what that adds to the log-odds:
 *   t(k) = logit((found_k + m·p) / (n_k + m)) − logit(p),
 * p the share found in all cases, m = 20 for one attribute and 5 for a pair. Kept as whole millionths of log-odds, so sums are exact in any order. A value
 * that was never seen, or is missing, adds nothing.
 * Source: D. Micci-Barreca, "A preprocessing scheme for high-cardinality categorical attributes", SIGKDD Explorations 3 (2001); m: measured on the customs
 * benchmark.
 */
import { PAIR_SEPARATOR } from './scorecard-fairness.ts'
import type { RiskTable } from './scorecard-table.ts'

export const MILLIONTHS = 1_000_000
export const SMOOTHING = { single: 20, pair: 5 } as const

/** Columns of one or two attributes. */
export type Term = readonly [number] | readonly [number, number]

export interface Cells {
  readonly indexOf: ReadonlyMap<number, number>
  readonly n: Uint32Array
  readonly hits: Uint32Array
}

/** Whole millionths. */
export function logOddsOf(share: number): number {
  return Math.round(Math.log(share / (1 - share)) * MILLIONTHS)
}

export function cellLogOdds(cell: { readonly n: number; readonly hits: number }, smoothing: number, share: number): number {
  return logOddsOf((cell.hits + smoothing * share) / (cell.n + smoothing)) - logOddsOf(share)
}

export function smoothingOf(term: readonly unknown[]): number {
  return term.length === 1 ? SMOOTHING.single : SMOOTHING.pair
}

/** The cell of a row as a number; −1 where a value is missing. */
export function cellKeys(table: RiskTable, term: Term): (row: number) => number {
  const [first, second] = term.map((at) => {
    const column = table.columns[at]
    if (column?.kind !== 'category') throw new RangeError('A term is made of categories.')
    return column
  })
  if (first === undefined) throw new RangeError('A term has one attribute or two.')
  if (second === undefined) return (row) => first.codes[row] ?? -1
  const width = second.values.length
  return (row) => {
    const [a, b] = [first.codes[row] ?? -1, second.codes[row] ?? -1]
    return a < 0 || b < 0 ? -1 : a * width + b
  }
}

export function countCells(table: RiskTable, term: Term, rows: Int32Array): Cells {
  const keyOf = cellKeys(table, term)
  const indexOf = new Map<number, number>()
  const [n, hits] = [new Uint32Array(rows.length), new Uint32Array(rows.length)]
  for (const row of rows) {
    const key = keyOf(row)
    if (key < 0) continue
    let index = indexOf.get(key)
    if (index === undefined) indexOf.set(key, (index = indexOf.size))
    n[index] = (n[index] ?? 0) + 1
    hits[index] = (hits[index] ?? 0) + (table.found[row] ?? 0)
  }
  return { indexOf, n: n.slice(0, indexOf.size), hits: hits.slice(0, indexOf.size) }
}

/** The text of a cell, as it is looked up later. */
export function cellText(table: RiskTable, term: Term, key: number): string {
  const valueAt = (at: number, code: number) => {
    const column = table.columns[at]
    return column?.kind === 'category' ? (column.values[code] ?? '') : ''
  }
  const [first, second] = term
  if (second === undefined) return valueAt(first, key)
  const column = table.columns[second]
  const width = column?.kind === 'category' ? column.values.length : 1
  return valueAt(first, Math.floor(key / width)) + PAIR_SEPARATOR + valueAt(second, key % width)
}
