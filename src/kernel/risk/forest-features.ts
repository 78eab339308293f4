/**
 * What the trees of a forest look at: each category by the place of its value in the dictionary and by the smoothed share found among cases of that value;
 * numbers as they are; the month of the year. While learning, the share of a case comes from the four folds it is not in, so that no case sees its own
 * outcome.
 * Every feature is cut at up to 254 quantiles into bins 1 to 255; bin 0 is "no value". A value never seen has no place and the base share.
 * Sources: D. Micci-Barreca (2001) for smoothed shares; G. Ke et al., "LightGBM", NIPS 2017, for histograms. m = 20 and five folds: measured on the customs
 * benchmark.
 */
import type { SeededRandom } from '../stats/seeded-random.ts'
import { type Attribute, type RiskRow, valueOf } from './scorecard-fairness.ts'
import type { RiskColumn, RiskTable } from './scorecard-table.ts'

/** Plain data: how a row becomes bins. */
export interface ForestFeature {
  readonly kind: 'place' | 'share' | 'number' | 'month'
  /** Absent for the month. */
  readonly attribute?: Attribute
  /** Sorted dictionary of a category. */
  readonly values?: readonly string[]
  /** Of each value; for a value never seen `base`. */
  readonly shares?: readonly number[]
  readonly base?: number
  /** Ascending; the bin of x is 1 + how many lie below x. */
  readonly edges: readonly number[]
}

export interface BinnedTable {
  readonly features: readonly ForestFeature[]
  /** Feature after feature, a byte for each row. */
  readonly bins: Uint8Array
}

const FOLDS = 5
const SMOOTHING = 20
const MOST_EDGES = 254
const NONE = Number.NaN

export function binTable(table: RiskTable, random: SeededRandom): BinnedTable {
  const rows = table.months.length
  const foldOf = Uint8Array.from({ length: rows }, () => random.integer(0, FOLDS - 1))
  const drafts = [...table.columns.entries()].flatMap(([at, column]) => draftsOf(table, { at, column, foldOf }))
  drafts.push({ feature: { kind: 'month' }, numbers: Float64Array.from(table.months, (month) => month % 12) })
  const bins = new Uint8Array(drafts.length * rows)
  const features = drafts.map(({ feature, numbers }, at): ForestFeature => {
    const edges = edgesOf(numbers)
    for (let row = 0; row < rows; row++) bins[at * rows + row] = binOf(edges, numbers[row] ?? NONE)
    return { ...feature, edges }
  })
  return { features, bins }
}

interface Draft {
  readonly feature: Omit<ForestFeature, 'edges'>
  readonly numbers: Float64Array
}

function draftsOf(
  table: RiskTable,
  of: { readonly at: number; readonly column: RiskColumn; readonly foldOf: Uint8Array },
): readonly Draft[] {
  const { column } = of
  const attribute = table.attributes[of.at]
  if (attribute === undefined) return []
  if (column.kind === 'number') return [{ feature: { kind: 'number', attribute }, numbers: column.numbers }]
  const { values, codes } = column
  const { shares, base, ofRows } = sharesOf(table.found, { codes, values: values.length, foldOf: of.foldOf })
  return [
    { feature: { kind: 'place', attribute, values }, numbers: Float64Array.from(codes, (code) => (code < 0 ? NONE : code)) },
    { feature: { kind: 'share', attribute, values, shares, base }, numbers: ofRows },
  ]
}

function sharesOf(found: Uint8Array, of: { readonly codes: Int32Array; readonly values: number; readonly foldOf: Uint8Array }) {
  const { codes, values, foldOf } = of
  const n = new Uint32Array(values * (FOLDS + 1))
  const hits = new Uint32Array(values * (FOLDS + 1))
  const base = found.reduce((sum, hit) => sum + hit, 0) / found.length
  const smooth = (hit: number, of: number) => (hit + SMOOTHING * base) / (of + SMOOTHING)
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? -1
    if (code < 0) continue
    // The last block counts all folds.
    for (const block of [foldOf[row] ?? 0, FOLDS]) {
      const at = block * values + code
      n[at] = (n[at] ?? 0) + 1
      hits[at] = (hits[at] ?? 0) + (found[row] ?? 0)
    }
  }
  const all = FOLDS * values
  const ofRows = Float64Array.from(codes, (code, row) => {
    if (code < 0) return NONE
    const own = (foldOf[row] ?? 0) * values + code
    return smooth((hits[all + code] ?? 0) - (hits[own] ?? 0), (n[all + code] ?? 0) - (n[own] ?? 0))
  })
  return { base, ofRows, shares: Array.from({ length: values }, (_, code) => smooth(hits[all + code] ?? 0, n[all + code] ?? 0)) }
}

/** Between neighbours of the sorted values, at equal counts; each value once. */
function edgesOf(numbers: Float64Array): readonly number[] {
  const sorted = numbers.filter((x) => !Number.isNaN(x)).sort()
  const edges: number[] = []
  for (let cut = 1; cut <= MOST_EDGES; cut++) {
    const at = Math.floor((cut * sorted.length) / (MOST_EDGES + 1))
    const edge = sorted[at]
    if (edge !== undefined && edge !== edges.at(-1) && edge !== sorted.at(-1)) edges.push(edge)
  }
  return edges
}

function binOf(edges: readonly number[], x: number): number {
  if (Number.isNaN(x)) return 0
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((edges[middle] ?? 0) < x) low = middle + 1
    else high = middle
  }
  return 1 + low
}

/** The bins of one row, in the order of the features. */
export function binRow(features: readonly ForestFeature[], row: RiskRow, month: number): Uint8Array {
  return Uint8Array.from(features, (feature) => binOf(feature.edges, numberOf(feature, row, month)))
}

function numberOf(feature: ForestFeature, row: RiskRow, month: number): number {
  if (feature.kind === 'month' || feature.attribute === undefined) return month % 12
  const value = valueOf(feature.attribute, row)
  if (feature.kind === 'number') return typeof value === 'number' ? value : NONE
  if (typeof value !== 'string') return NONE
  const code = placeOf(feature.values ?? [], value)
  if (feature.kind === 'place') return code < 0 ? NONE : code
  return code < 0 ? (feature.base ?? NONE) : (feature.shares?.[code] ?? NONE)
}

function placeOf(values: readonly string[], value: string): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] ?? '') < value) low = middle + 1
    else high = middle
  }
  return values[low] === value ? low : -1
}
