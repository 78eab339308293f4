/** Parts of one value that stand apart in the document, joined by blanks. The pointer goes from the first byte of the first to the last byte of the last. */
import type { Stated } from '../model.ts'

export function joinStated(parts: readonly (Stated | undefined)[]): Stated | undefined {
  const stated = parts.filter((part) => part !== undefined)
  const [first] = stated
  if (first === undefined || stated.length === 1) return first
  const start = Math.min(...stated.map(({ at }) => at.start))
  const end = Math.max(...stated.map(({ at }) => at.end))
  return { value: stated.map(({ value }) => value).join(' '), at: { ...first.at, start, end } }
}
