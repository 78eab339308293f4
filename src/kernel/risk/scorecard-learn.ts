/**
 * Learns a scorecard from structured outcomes. Tables are made on the earlier months; terms of one or two attributes are chosen one by one, each time the
 * one that raises (P@5 % + P@10 %) / 2 on the later months most, until none raises it or there are 14; then the tables of the chosen terms are made again on
 * all months. What the scorecard is judged by later must not be among these months.
 * Deterministic: candidates in the order of the attributes, single ones first; of equals the first. Throws where nothing can be learned: ask
 * `enoughToLearn`.
 */

import type { ScoreCell, Scorecard, ScoreTerm } from './scorecard.ts'
import { type Cells, cellKeys, cellLogOdds, cellText, countCells, logOddsOf, smoothingOf, type Term } from './scorecard-cells.ts'
import { assertFair } from './scorecard-fairness.ts'
import { RepeatedPrecision } from './scorecard-precision.ts'
import { countFound, monthSpan, type RiskTable, rowsOfMonths } from './scorecard-table.ts'

export interface LearnOptions {
  /** First of the later months; without it, the last three months are the later ones. */
  readonly laterFrom?: number
  readonly mostTerms?: number
}

export const MOST_TERMS = 14
/** Policy: fewer controlled consignments teach noise. */
export const LEAST_CASES = 200
const LATER_MONTHS = 3
const SHARES = [0.05, 0.1]

export const LACKS = ['cases', 'found', 'earlier-months', 'later-months'] as const
export type Lack = (typeof LACKS)[number]

export type Enough = { readonly isEnough: true } | { readonly isEnough: false; readonly lacks: Lack; readonly cases: number }

/** Controlled consignments of one month, and those where something was found. */
export interface MonthCount {
  readonly month: number
  readonly cases: number
  readonly found: number
}

/** Both periods must have cases where something was found and where nothing was, and the later one enough for its best 5 % to be one. */
export function enoughIn(months: readonly MonthCount[], options: LearnOptions = {}): Enough {
  const until = months.reduce((most, { month }) => Math.max(most, month), -1) + 1
  const border = laterFromOf(until, options)
  const [earlier, later] = [months.filter(({ month }) => month < border), months.filter(({ month }) => month >= border)].map((each) => ({
    cases: each.reduce((sum, { cases }) => sum + cases, 0),
    found: each.reduce((sum, { found }) => sum + found, 0),
  })) as [Omit<MonthCount, 'month'>, Omit<MonthCount, 'month'>]
  const cases = earlier.cases + later.cases
  const lack = (lacks: Lack) => ({ isEnough: false, lacks, cases }) as const
  if (cases < LEAST_CASES) return lack('cases')
  if (earlier.cases === 0) return lack('earlier-months')
  if (Math.floor(later.cases * (SHARES[0] ?? 0)) < 1) return lack('later-months')
  const isMixed = [earlier, later].every((period) => period.found !== 0 && period.found !== period.cases)
  return isMixed ? { isEnough: true } : lack('found')
}

export function enoughToLearn({ months, found }: RiskTable, options: LearnOptions = {}): Enough {
  const counts = new Map<number, { month: number; cases: number; found: number }>()
  for (const [row, month] of months.entries()) {
    const count = counts.get(month) ?? { month, cases: 0, found: 0 }
    counts.set(month, { month, cases: count.cases + 1, found: count.found + (found[row] ?? 0) })
  }
  return enoughIn([...counts.values()], options)
}

export function learnScorecard(table: RiskTable, options: LearnOptions = {}): Scorecard {
  assertFair(table.attributes)
  const enough = enoughToLearn(table, options)
  if (!enough.isEnough) throw new RangeError(`Nothing can be learned: too few ${enough.lacks}.`)
  const { from, until, laterFrom } = periodsOf(table, options)
  const chosen = chooseTerms(table, {
    earlier: rowsOfMonths(table, from, laterFrom),
    later: rowsOfMonths(table, laterFrom, until),
    mostTerms: options.mostTerms ?? MOST_TERMS,
  })
  const all = rowsOfMonths(table, from, until)
  const found = countFound(table, all)
  const share = found / all.length
  return {
    form: 'scorecard-1',
    attributes: table.attributes,
    base: logOddsOf(share),
    terms: chosen.map(({ term, objective }) => termOf(table, { term, objective, rows: all, share })),
    learnedFrom: { cases: all.length, found, from, until, laterFrom },
  }
}

function periodsOf(table: RiskTable, options: LearnOptions): { from: number; until: number; laterFrom: number } {
  const { from, until } = monthSpan(table)
  return { from, until, laterFrom: laterFromOf(until, options) }
}

function laterFromOf(until: number, { laterFrom }: LearnOptions): number {
  return laterFrom ?? until - LATER_MONTHS
}

interface Periods {
  readonly earlier: Int32Array
  readonly later: Int32Array
  readonly mostTerms: number
}

function chooseTerms(
  table: RiskTable,
  { earlier, later, mostTerms }: Periods,
): readonly { readonly term: Term; readonly objective: number }[] {
  const share = countFound(table, earlier) / earlier.length
  const candidates = candidateTerms(table).map((term) => ({ term, parts: laterParts(table, term, { earlier, later, share }) }))
  const counts = SHARES.map((part) => Math.floor(later.length * part))
  const precision = new RepeatedPrecision(Uint8Array.from(later, (row) => table.found[row] ?? 0))
  const sums = new Float64Array(later.length)
  const chosen: { term: Term; objective: number }[] = []
  let best = 0
  while (chosen.length < mostTerms) {
    let next: (typeof candidates)[number] | undefined
    for (const candidate of candidates) {
      if (chosen.some(({ term }) => term === candidate.term)) continue
      const hits = precision.hitsAmong((row) => (sums[row] ?? 0) + (candidate.parts[row] ?? 0), counts)
      const objective = hits.reduce((sum, hit, at) => sum + hit / (counts[at] ?? 1), 0) / counts.length
      if (objective <= best) continue
      best = objective
      next = candidate
    }
    if (next === undefined) return chosen
    for (let row = 0; row < sums.length; row++) sums[row] = (sums[row] ?? 0) + (next.parts[row] ?? 0)
    chosen.push({ term: next.term, objective: best })
  }
  return chosen
}

function candidateTerms({ columns }: RiskTable): readonly Term[] {
  const categories = [...columns.keys()].filter((at) => columns[at]?.kind === 'category')
  const singles = categories.map((at): Term => [at])
  return [...singles, ...categories.flatMap((a, index) => categories.slice(index + 1).map((b): Term => [a, b]))]
}

/** What a term adds to each later row, by the tables of the earlier ones. */
function laterParts(
  table: RiskTable,
  term: Term,
  { earlier, later, share }: { readonly earlier: Int32Array; readonly later: Int32Array; readonly share: number },
): Int32Array {
  const cells = countCells(table, term, earlier)
  const parts = Array.from(cells.indexOf.values(), (index) => cellLogOdds(cellAt(cells, index), smoothingOf(term), share))
  const keyOf = cellKeys(table, term)
  return Int32Array.from(later, (row) => parts[cells.indexOf.get(keyOf(row)) ?? -1] ?? 0)
}

function termOf(
  table: RiskTable,
  { term, objective, rows, share }: { readonly term: Term; readonly objective: number; readonly rows: Int32Array; readonly share: number },
): ScoreTerm {
  const counted = countCells(table, term, rows)
  const smoothing = smoothingOf(term)
  const cells = Array.from(counted.indexOf, ([key, index]): ScoreCell => {
    const cell = cellAt(counted, index)
    return [cellText(table, term, key), cell.n, cell.hits, cellLogOdds(cell, smoothing, share)]
  }).sort(([a], [b]) => (a < b ? -1 : 1))
  return { attributes: term.map((at) => table.attributes[at]?.id ?? ''), smoothing, cells, objective }
}

function cellAt({ n, hits }: Cells, index: number): { readonly n: number; readonly hits: number } {
  return { n: n[index] ?? 0, hits: hits[index] ?? 0 }
}
