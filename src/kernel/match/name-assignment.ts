/**
 * Which word of one name stands for which word of the other: the assignment of least total cost, exact up to EXACT_LIMIT words on the longer side, greedy beyond.
 * The shorter side is assigned whole. Source: Kuhn 1955, Munkres 1957, in the form with potentials and shortest augmenting paths (Jonker and Volgenant 1987), O(n²m).
 */
export const EXACT_LIMIT = 12

const WIDTH = 64
const potentialRow = new Float64Array(WIDTH)
const potentialColumn = new Float64Array(WIDTH)
const least = new Float64Array(WIDTH)
const rowOf = new Int32Array(WIDTH)
const cameFrom = new Int32Array(WIDTH)
const isSeen = new Uint8Array(WIDTH)

/** Costs row by row, rows ≤ columns; writes into `columnOf` the column of each row. */
export function assign(costs: Float64Array, rows: number, into: { readonly columns: number; readonly columnOf: Int32Array }): void {
  const { columns, columnOf } = into
  if (columns > EXACT_LIMIT) {
    assignGreedily(costs, rows, into)
    return
  }
  potentialRow.fill(0, 0, rows + 1)
  potentialColumn.fill(0, 0, columns + 1)
  rowOf.fill(0, 0, columns + 1)
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row
    let column = 0
    least.fill(Number.POSITIVE_INFINITY, 0, columns + 1)
    isSeen.fill(0, 0, columns + 1)
    do {
      isSeen[column] = 1
      const current = rowOf[column] ?? 0
      let step = Number.POSITIVE_INFINITY
      let next = 0
      for (let other = 1; other <= columns; other++) {
        if (isSeen[other] === 1) continue
        const reduced = (costs[(current - 1) * columns + other - 1] ?? 0) - (potentialRow[current] ?? 0) - (potentialColumn[other] ?? 0)
        if (reduced < (least[other] ?? 0)) {
          least[other] = reduced
          cameFrom[other] = column
        }
        if ((least[other] ?? 0) < step) {
          step = least[other] ?? 0
          next = other
        }
      }
      for (let other = 0; other <= columns; other++) {
        if (isSeen[other] === 1) {
          potentialRow[rowOf[other] ?? 0] = (potentialRow[rowOf[other] ?? 0] ?? 0) + step
          potentialColumn[other] = (potentialColumn[other] ?? 0) - step
        } else least[other] = (least[other] ?? 0) - step
      }
      column = next
    } while ((rowOf[column] ?? 0) !== 0)
    while (column !== 0) {
      const back = cameFrom[column] ?? 0
      rowOf[column] = rowOf[back] ?? 0
      column = back
    }
  }
  for (let column = 1; column <= columns; column++) if ((rowOf[column] ?? 0) > 0) columnOf[(rowOf[column] ?? 0) - 1] = column - 1
}

/** The cheapest pair first. */
function assignGreedily(
  costs: Float64Array,
  rows: number,
  { columns, columnOf }: { readonly columns: number; readonly columnOf: Int32Array },
): void {
  columnOf.fill(-1, 0, rows)
  const pairs = Array.from({ length: rows * columns }, (_, at) => at).sort((a, b) => (costs[a] ?? 0) - (costs[b] ?? 0))
  const isTaken = new Uint8Array(columns)
  for (const at of pairs) {
    const row = Math.floor(at / columns)
    const column = at % columns
    if (columnOf[row] !== -1 || isTaken[column] === 1) continue
    columnOf[row] = column
    isTaken[column] = 1
  }
}
