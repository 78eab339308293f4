/**
 * Columns that were read lately, within a number of bytes. What was not used longest goes first; what is larger than the whole is not kept. A column in
 * use elsewhere stays alive with its user: taking it out of here frees nothing under anybody's hands.
 */
import type { ColumnArray } from '#kernel/risk/column-block.ts'

export interface ColumnCache {
  get(key: string): ColumnArray | undefined
  put(key: string, column: ColumnArray): void
  /** Every column whose key begins so. */
  drop(prefix: string): void
  readonly bytes: number
}

export function openColumnCache(most: number): ColumnCache {
  const held = new Map<string, ColumnArray>()
  let bytes = 0
  const remove = (key: string): void => {
    bytes -= held.get(key)?.byteLength ?? 0
    held.delete(key)
  }
  return {
    get: (key) => {
      const column = held.get(key)
      if (column !== undefined) {
        held.delete(key)
        held.set(key, column)
      }
      return column
    },
    put: (key, column) => {
      remove(key)
      if (column.byteLength > most) return
      held.set(key, column)
      bytes += column.byteLength
      for (const oldest of held.keys()) {
        if (bytes <= most) break
        remove(oldest)
      }
    },
    drop: (prefix) => {
      for (const key of held.keys()) if (key.startsWith(prefix)) remove(key)
    },
    get bytes() {
      return bytes
    },
  }
}
