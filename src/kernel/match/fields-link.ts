/**
 * Links the rows of a table, or of two: pairs that share a key, levels of agreement, a model estimated from those pairs alone, log-odds with the frequency of
 * shared values. Nothing is tuned to a table: 0 (as likely the same as not) is the threshold. Both m and u come from the pairs that share a key, so the
 * log-odds speak of those, not of random pairs. Deterministic.
 * Source: see `fellegi-sunter.ts`.
 */
import { estimateModel, frequencyWeight, type LinkageModel, pairLogOdds } from './fellegi-sunter.ts'
import { compareFields, FIELD_COMPARISONS, type FieldRow, type PreparedFields, prepareFields } from './fields.ts'
import { type DroppedBlock, type PairOptions, pairsOf } from './fields-blocks.ts'

export const LINK_THRESHOLD = 0

export interface Linkage {
  readonly model: LinkageModel
  /** Columns: a pair of rows and its log-odds, sorted by rows. */
  readonly left: Int32Array
  readonly right: Int32Array
  readonly logOdds: Float64Array
  readonly levels: Uint8Array
  /** Keys that were shared by too many rows to be looked at. */
  readonly dropped: readonly DroppedBlock[]
}

export function linkRows(rows: readonly FieldRow[], options: PairOptions = {}): Linkage {
  const prepared = rows.map(prepareFields)
  const { left, right, dropped } = pairsOf(prepared, options)
  const width = FIELD_COMPARISONS.length
  const levels = new Uint8Array(left.length * width)
  const at = (column: Int32Array, pair: number): PreparedFields => {
    const row = prepared[column[pair] ?? -1]
    if (row === undefined) throw new RangeError('A pair names a row that is not there.')
    return row
  }
  for (let pair = 0; pair < left.length; pair++) compareFields(at(left, pair), at(right, pair), { into: levels, at: pair * width })
  const model = estimateModel({ comparisons: FIELD_COMPARISONS, levels })
  const rarity = rarityOf(prepared)
  const logOdds = new Float64Array(left.length)
  for (let pair = 0; pair < left.length; pair++) {
    const row = levels.subarray(pair * width, (pair + 1) * width)
    logOdds[pair] = pairLogOdds(model, row) + rarity(at(left, pair), row)
  }
  return { model, left, right, logOdds, levels, dropped }
}

/** Fields whose values differ much in how common they are. */
const BY_FREQUENCY = ['givenName', 'surname', 'town'] as const
/** Policy: frequency moves a pair by at most this much either way, whatever a small table says of a value. */
const MOST_RARITY = 2

/** What equal values add: measured on the table itself, which whoever links it may read whole. */
function rarityOf(rows: readonly PreparedFields[]): (row: PreparedFields, levels: Uint8Array) => number {
  const tables = BY_FREQUENCY.map((property) => {
    const counts = new Map<string, number>()
    for (const { [property]: value } of rows) if (value.text !== '') counts.set(value.text, (counts.get(value.text) ?? 0) + 1)
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
    const usual = [...counts.values()].reduce((sum, count) => sum + (count / total) ** 2, 0)
    return { property, counts, total, usual, comparison: FIELD_COMPARISONS.findIndex((each) => each.property === property) }
  })
  return (row, levels) => {
    let sum = 0
    for (const { property, counts, total, usual, comparison } of tables) {
      if (levels[comparison] !== 0) continue
      const count = counts.get(row[property].text)
      if (count !== undefined) sum += Math.max(-MOST_RARITY, Math.min(MOST_RARITY, frequencyWeight(count / total, usual)))
    }
    return sum
  }
}
