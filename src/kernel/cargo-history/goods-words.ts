/**
 * The words of a description of goods that can tell one heading from another: lower case, without marks, quantities, packing and marks of handling.
 * At most twelve words of a description are looked at, in its order. Word lists are from practice; policy.
 */
const MOST_WORDS = 12
const MOST_LETTERS = 500
const PACKING: ReadonlySet<string> = new Set(
  'cartons carton cajas caja boxes bags bag bultos pallets pallet drums drum packages package pieces units with without from and net gross weight kilos sacos jute bulk container said contain shippers load count freight prepaid origin product goods cargo'.split(
    ' ',
  ),
)

export function goodsWords(description: string): readonly string[] {
  const words = description
    .slice(0, MOST_LETTERS)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= 4 && word.length <= 24 && !PACKING.has(word))
    .map((word) => (word.length > 4 && word.endsWith('s') ? word.slice(0, -1) : word))
  return [...new Set(words)].slice(0, MOST_WORDS)
}
