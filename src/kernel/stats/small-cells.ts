/**
 * Counts that may be shown although small ones may not: a cell from 1 to `least − 1` is withheld, and with it as many others that nothing shown lets
 * anybody compute one, not even who knows this rule and subtracts from the total.
 *
 * The rule for a total and its parts. Zero is shown as zero while nothing else is withheld; a total below `least` withholds everything.
 * With a small part all parts below 2·`least` are withheld, zeros too. Where that would leave one part alone, or parts that together are fewer than
 * `least` or as many as they can be at all, every part is withheld and only the total is shown.
 * Invariant: for every withheld cell there are two tables with the same shown figures that differ in it. `small-cells.test.ts` proves it by trying every
 * table of several sizes. It holds for figures that are shown once: nothing helps where the same cases are counted again for an overlapping time.
 *
 * Source of primary and complementary suppression and of the attacker who knows the totals: A. Hundepool et al., Statistical Disclosure Control
 * (Wiley, 2012), chapter 4. That the rule itself is known to the attacker: R. C.-W. Wong et al., "Minimality attack in privacy preserving data
 * publishing", VLDB 2007. The bound 2·`least` is policy.
 */
export interface CountTable {
  readonly total: number
  readonly parts: Readonly<Record<string, number>>
}

/** Null stands for withheld. */
export interface ShownTable {
  readonly total: number | null
  readonly parts: Readonly<Record<string, number | null>>
}

/** Below three a withheld cell would have one value only. */
export const LEAST_CELL = 3

export function showCounts(table: CountTable, least: number): ShownTable {
  if (!(Number.isInteger(least) && least >= LEAST_CELL)) throw new RangeError(`Cells are withheld below ${LEAST_CELL} or more.`)
  const { total, parts } = table
  const values = Object.values(parts)
  if (values.reduce((sum, value) => sum + value, 0) !== total) throw new RangeError('The parts do not make the total.')
  if (total > 0 && total < least) return { total: null, parts: withheld(parts, () => true) }
  if (!values.some((value) => value > 0 && value < least)) return { total, parts }
  const below = values.filter((value) => value < 2 * least)
  const together = below.reduce((sum, value) => sum + value, 0)
  const most = below.length * (2 * least - 1) - least
  const isSafe = below.length >= 2 && together >= least && together < most
  return { total, parts: withheld(parts, (value) => !isSafe || value < 2 * least) }
}

function withheld(parts: CountTable['parts'], isHidden: (value: number) => boolean): ShownTable['parts'] {
  return Object.fromEntries(Object.entries(parts).map(([id, value]) => [id, isHidden(value) ? null : value]))
}

/** True when a figure of the table is withheld. */
export function withholds(shown: ShownTable): boolean {
  return shown.total === null || Object.values(shown.parts).includes(null)
}

/**
 * A table that counts again, by another mark, what one cell of a first table counts: shown only where that cell is, because its total is that cell.
 */
export function showUnder(cell: number | null | undefined, table: CountTable, least: number): ShownTable {
  if (cell === null) return { total: null, parts: withheld(table.parts, () => true) }
  return showCounts(table, least)
}
