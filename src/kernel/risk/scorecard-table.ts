/**
 * Structured outcomes as typed columns: what scorecard, forest and drift learn from. Only what was controlled is a row: "not checked" and "not found in
 * time" are left out and counted, because they tell nothing about the consignment.
 * Invariant: cases in = rows + refused + left out. The dictionary of a category is sorted, so the same cases in the same order of rows give the same table
 * and codes tell nothing about who came first. Months count from year 0: year · 12 + month − 1.
 */
import type { Problem } from '../result/problem.ts'
import { VERDICTS, type Verdict } from './estimate.ts'
import { type Attribute, assertFair, isProblem, type RiskRow, valueOf } from './scorecard-fairness.ts'

export interface RiskCase {
  readonly month: number
  readonly verdict: Verdict
  readonly values: RiskRow
}

export type RiskColumn =
  /** −1: no value. */
  | { readonly kind: 'category'; readonly values: readonly string[]; readonly codes: Int32Array }
  /** NaN: no value. */
  | { readonly kind: 'number'; readonly numbers: Float64Array }

export interface RiskTable {
  readonly attributes: readonly Attribute[]
  readonly columns: readonly RiskColumn[]
  readonly months: Int32Array
  /** 1 found, 0 nothing. */
  readonly found: Uint8Array
}

export interface RiskReading {
  readonly table: RiskTable
  readonly refused: readonly Problem[]
  readonly leftOut: { readonly notChecked: number; readonly notFoundInTime: number }
}

export const MOST_CASES = 1_000_000

export function monthOf(year: number, month: number): number {
  return year * 12 + month - 1
}

export function readRiskCases(cases: Iterable<RiskCase>, attributes: readonly Attribute[]): RiskReading {
  assertFair(attributes)
  const refused: Problem[] = []
  const leftOut = { notChecked: 0, notFoundInTime: 0 }
  const [months, found]: [number[], number[]] = [[], []]
  const columns = attributes.map((attribute) => new ColumnWriter(attribute))
  let at = 0
  for (const each of cases) {
    at += 1
    const problem =
      at > MOST_CASES ? { code: 'risk-case.too-many', at: '', message: `At most ${MOST_CASES} cases are learned from.` } : faultOf(each)
    if (problem !== undefined) refused.push(atCase(problem, at))
    else if (each.verdict === 'not-checked') leftOut.notChecked += 1
    else if (each.verdict === 'not-found-in-time') leftOut.notFoundInTime += 1
    else {
      const values = attributes.map((attribute) => valueOf(attribute, each.values))
      const wrong = values.find((value) => isProblem(value))
      if (wrong !== undefined) {
        refused.push(atCase(wrong, at))
        continue
      }
      values.forEach((value, index) => columns[index]?.add(value as string | number | undefined))
      months.push(each.month)
      found.push(each.verdict === 'found' ? 1 : 0)
    }
  }
  const table = {
    attributes,
    columns: columns.map((column) => column.finish()),
    months: Int32Array.from(months),
    found: Uint8Array.from(found),
  }
  return { table, refused, leftOut }
}

function faultOf({ month, verdict, values }: RiskCase): Problem | undefined {
  if (!(Number.isSafeInteger(month) && month > 0)) return { code: 'risk-case.month', at: 'month', message: 'The case has no month.' }
  if (!VERDICTS.includes(verdict)) return { code: 'risk-case.verdict', at: 'verdict', message: 'The outcome is none that is known.' }
  if (typeof values !== 'object' || values === null) return { code: 'risk-case.values', at: 'values', message: 'The case has no values.' }
  return undefined
}

function atCase(problem: Problem, at: number): Problem {
  return { ...problem, at: problem.at === '' ? `case ${at}` : `case ${at}, ${problem.at}` }
}

class ColumnWriter {
  private readonly attribute: Attribute
  private readonly codeOf = new Map<string, number>()
  private readonly cells: number[] = []

  constructor(attribute: Attribute) {
    this.attribute = attribute
  }

  add(value: string | number | undefined): void {
    if (this.attribute.kind === 'number') this.cells.push(typeof value === 'number' ? value : Number.NaN)
    else if (typeof value !== 'string') this.cells.push(-1)
    else {
      const code = this.codeOf.get(value) ?? this.codeOf.size
      this.codeOf.set(value, code)
      this.cells.push(code)
    }
  }

  finish(): RiskColumn {
    if (this.attribute.kind === 'number') return { kind: 'number', numbers: Float64Array.from(this.cells) }
    // By code unit, as a binary search of the texts expects it.
    const values = [...this.codeOf.keys()].sort((a, b) => (a < b ? -1 : 1))
    const placeOf = new Int32Array(values.length)
    values.forEach((value, place) => (placeOf[this.codeOf.get(value) ?? 0] = place))
    return { kind: 'category', values, codes: Int32Array.from(this.cells, (code) => (code < 0 ? -1 : (placeOf[code] ?? -1))) }
  }
}

/** Rows of the months from (included) to until (excluded). */
export function rowsOfMonths({ months }: RiskTable, from: number, until: number): Int32Array {
  const rows = new Int32Array(months.length)
  let count = 0
  for (let row = 0; row < months.length; row++) {
    const month = months[row] ?? 0
    if (month >= from && month < until) rows[count++] = row
  }
  return rows.slice(0, count)
}

export function countFound({ found }: RiskTable, rows: Int32Array): number {
  return rows.reduce((sum, row) => sum + (found[row] ?? 0), 0)
}

/** First month, and the month after the last. */
export function monthSpan({ months }: RiskTable): { readonly from: number; readonly until: number } {
  return {
    from: months.reduce((least, month) => Math.min(least, month), Infinity),
    until: months.reduce((most, month) => Math.max(most, month), -1) + 1,
  }
}
