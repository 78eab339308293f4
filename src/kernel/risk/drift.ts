/**
 * Whether traffic is still what a score was learned from: for each attribute and later month the population stability index against the learning months,
 *   Σ (later − learned) · ln(later / learned)
 * over groups: of a category its twenty most frequent values, all others, and "no value"; of a number the tenths of the learning months and "no value". Half
 * a case is added to every group, so that none is empty. Small months differ by chance alone: about (groups − 1)(1/n + 1/m) is expected from that, shown
 * beside, and taken off before the verdict. Values that the score has never seen are counted apart: it says nothing about them.
 * Source: N. Siddiqi, Credit Risk Scorecards (2006), for index and the bounds 0.1 and 0.25; B. Yurdakul, "Statistical properties of population stability
 * index" (2018), for what chance gives.
 */
import { type RiskColumn, type RiskTable, rowsOfMonths } from './scorecard-table.ts'

export interface Drift {
  readonly attribute: string
  readonly month: number
  readonly index: number
  readonly byChance: number
  readonly n: number
  /** Share of the values of this month that do not occur in the learning months; 0 for numbers. */
  readonly unseen: number
  readonly verdict: 'stable' | 'moved' | 'shifted'
}

export const MOVED_FROM = 0.1
export const SHIFTED_FROM = 0.25
const MOST_VALUES = 20
const TENTHS = 10
const PSEUDO_COUNT = 0.5

/** By attribute, then by month; months before `learnedUntil` are the learning ones. A month without cases has no row. */
export function driftByMonth(table: RiskTable, learnedUntil: number): readonly Drift[] {
  const learned = rowsOfMonths(table, 0, learnedUntil)
  const months = [...new Set(table.months)].filter((month) => month >= learnedUntil).sort((a, b) => a - b)
  if (learned.length === 0) throw new RangeError('There is no month to compare with.')
  return table.columns.flatMap((column, at) => {
    const grouping = groupingOf(column, learned)
    const before = countGroups(grouping, learned)
    return months.map((month): Drift => {
      const rows = rowsOfMonths(table, month, month + 1)
      const index = stabilityIndex(before, countGroups(grouping, rows))
      const byChance = (grouping.groups - 1) * (1 / learned.length + 1 / rows.length)
      const beyond = index - byChance
      return {
        attribute: table.attributes[at]?.id ?? '',
        month,
        index,
        byChance,
        n: rows.length,
        unseen: rows.filter((row) => grouping.isUnseen(row)).length / rows.length,
        verdict: beyond >= SHIFTED_FROM ? 'shifted' : beyond >= MOVED_FROM ? 'moved' : 'stable',
      }
    })
  })
}

export function stabilityIndex(before: ArrayLike<number>, after: ArrayLike<number>): number {
  const sharesOf = (counts: ArrayLike<number>) => {
    const all = Array.from(counts).reduce((sum, count) => sum + count + PSEUDO_COUNT, 0)
    return Array.from(counts, (count) => (count + PSEUDO_COUNT) / all)
  }
  const [learned, later] = [sharesOf(before), sharesOf(after)]
  return learned.reduce((sum, share, group) => sum + ((later[group] ?? 0) - share) * Math.log((later[group] ?? 0) / share), 0)
}

interface Grouping {
  readonly groups: number
  readonly groupOf: (row: number) => number
  readonly isUnseen: (row: number) => boolean
}

/** Group 0 is "no value". */
function groupingOf(column: RiskColumn, learned: Int32Array): Grouping {
  return column.kind === 'category' ? byValue(column, learned) : byTenths(column.numbers, learned)
}

function byValue({ codes, values }: Extract<RiskColumn, { kind: 'category' }>, learned: Int32Array): Grouping {
  const counts = new Uint32Array(values.length)
  for (const row of learned) {
    const code = codes[row] ?? -1
    if (code >= 0) counts[code] = (counts[code] ?? 0) + 1
  }
  const frequent = [...counts.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b).slice(0, MOST_VALUES)
  const groupOf = new Uint8Array(values.length).fill(1)
  frequent.forEach((code, place) => (groupOf[code] = place + 2))
  return {
    groups: frequent.length + 2,
    groupOf: (row) => groupOf[codes[row] ?? -1] ?? 0,
    isUnseen: (row) => counts[codes[row] ?? -1] === 0,
  }
}

function byTenths(numbers: Float64Array, learned: Int32Array): Grouping {
  const sorted = Float64Array.from(learned, (row) => numbers[row] ?? Number.NaN)
    .filter((x) => !Number.isNaN(x))
    .sort()
  const cuts = Array.from({ length: TENTHS - 1 }, (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / TENTHS)] ?? 0)
  const edges = [...new Set(cuts)]
  const groupOf = (x: number) => (Number.isNaN(x) ? 0 : 1 + edges.filter((edge) => edge < x).length)
  return { groups: edges.length + 2, groupOf: (row) => groupOf(numbers[row] ?? Number.NaN), isUnseen: () => false }
}

function countGroups({ groups, groupOf }: Grouping, rows: Int32Array): Uint32Array {
  const counts = new Uint32Array(groups)
  for (const row of rows) {
    const group = groupOf(row)
    counts[group] = (counts[group] ?? 0) + 1
  }
  return counts
}
