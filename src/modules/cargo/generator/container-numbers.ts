/** Container numbers with the digit that belongs to them (ISO 6346), never twice from one source. */
import { containerCheckDigit } from '#kernel/identifiers/container-number.ts'
import type { SeededRandom } from '#kernel/stats/seeded-random.ts'

export function createContainerNumbers(random: SeededRandom, prefixes: readonly string[]): () => string {
  const given = new Set<string>()
  return () => {
    for (;;) {
      const ten = random.pick(prefixes) + String(random.integer(0, 999_999)).padStart(6, '0')
      if (given.has(ten)) continue
      given.add(ten)
      return ten + containerCheckDigit(ten)
    }
  }
}

/** The same number with a digit that does not belong to it. */
export function withWrongDigit(container: string): string {
  return container.slice(0, 10) + ((Number(container[10]) + 1) % 10)
}
