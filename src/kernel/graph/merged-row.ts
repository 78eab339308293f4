/**
 * The slots of a row in ascending order of neighbour, whichever way the edges point: the outgoing and the incoming part of a directed row are merged.
 * Invariant: slots with the same neighbour follow one another, so that distinct neighbours are counted by looking one slot back. O(row) for each row.
 */
import { type Direction, type Graph, rowsOf } from './graph.ts'

export interface MergedRow {
  /** Reads the row of a node and says how many slots it has; they stand in `slots()` until the next read. */
  read(node: number): number
  slots(): Int32Array
}

export function mergedRow(graph: Graph, direction: Direction): MergedRow {
  const { neighbours, splits } = graph
  const { begins, ends } = rowsOf(graph, direction)
  const parts = direction === 'both' ? splits : undefined
  let slots = new Int32Array(64)
  return {
    slots: () => slots,
    read(node) {
      const begin = begins[node] as number
      const end = ends[node] as number
      if (end - begin > slots.length) slots = new Int32Array(2 * (end - begin))
      const split = parts === undefined ? end : (parts[node] as number)
      let left = begin
      let right = split
      let count = 0
      while (left < split && right < end) {
        slots[count++] = (neighbours[left] as number) <= (neighbours[right] as number) ? left++ : right++
      }
      while (left < split) slots[count++] = left++
      while (right < end) slots[count++] = right++
      return count
    },
  }
}
