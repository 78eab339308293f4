/** A weight as an officer writes it. Nothing is guessed: what can be read in two ways is no weight. */
const MOST = 100_000

/** "12.5" and "12,5" are the same weight; "1,200" could be two weights, and is none. */
export function readKilograms(text: string): number | undefined {
  const trimmed = text.trim()
  if (!/^\d+([.,]\d+)?$/.test(trimmed) || /^[1-9]\d{0,2}[.,]\d{3}$/.test(trimmed)) return undefined
  const value = Number(trimmed.replace(',', '.'))
  return value > 0 && value <= MOST ? value : undefined
}
