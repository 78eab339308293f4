/**
 * Made-up names in the numbers a register has them: a few family names for many, most for few (Zipf). From syllables, so that no name is anybody's; the same seed
 * gives the same names. For figures of search and of cross-reference.
 */
export interface MadeUp {
  readonly schema: 'Person' | 'Company'
  readonly name: string
  readonly country: string
  readonly born: string
}

const ONSETS = [
  'b',
  'br',
  'c',
  'ch',
  'd',
  'dr',
  'f',
  'g',
  'gr',
  'h',
  'j',
  'k',
  'kr',
  'l',
  'll',
  'm',
  'n',
  'p',
  'pr',
  'qu',
  'r',
  's',
  'sch',
  'st',
  't',
  'tr',
  'v',
  'w',
  'y',
  'z',
]
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'a', 'e', 'o', 'ei', 'ue', 'ia', 'oo']
const CODAS = ['', '', '', 'l', 'n', 'r', 's', 'nd', 'rt', 'z', 'ck', 'm', 'st']
const ENDINGS = ['', '', 'ez', 'ov', 'ova', 'sen', 'mann', 'ic', 'oglu', 'ski', 'o', 'a']
const TRADES = [
  'Fruit',
  'Banana',
  'Shipping',
  'Logistics',
  'Marine',
  'Export',
  'Agro',
  'Cargo',
  'Steel',
  'Timber',
  'Flower',
  'Seafood',
  'Freight',
  'Reefer',
  'Trading',
  'Consulting',
]
const FORMS = ['S.A.', 'Ltd', 'GmbH', 'B.V.', 'S.L.', 'SRL', 'Inc', 'Cia Ltda']
const COUNTRIES = ['ec', 'co', 'pe', 'be', 'nl', 'de', 'es', 'it', 'al', 'tr', 'br', 'fr']

const FAMILY = 30_000
const GIVEN = 3000
const COINED = 60_000

/** Mulberry32, a public-domain generator by Tommy Ettinger. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function madeUpNames(seed: number): (count: number) => MadeUp[] {
  const random = randomFrom(seed)
  const words = randomFrom(7)
  const family = wordList(words, FAMILY, 2)
  const given = wordList(words, GIVEN, 2)
  const coined = wordList(words, COINED, 3)
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
  /** Rank by the inverse of a power law with the exponent 2/3. */
  const often = (list: readonly string[]) => list[Math.floor(list.length * random() ** 3)] ?? ''
  const one = (): MadeUp => {
    const country = pick(COUNTRIES)
    const born = `${1940 + Math.floor(random() * 65)}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`
    if (random() < 0.3) return { schema: 'Company', name: `${often(coined)} ${pick(TRADES)} ${pick(FORMS)}`, country, born }
    const name = [often(given), ...(random() < 0.4 ? [often(given)] : []), often(family), ...(random() < 0.5 ? [often(family)] : [])].join(
      ' ',
    )
    return { schema: 'Person', name, country, born }
  }
  return (count) => Array.from({ length: count }, one)
}

/** The name with one slip of the pen: a letter left out, doubled, swapped with its neighbour, or another vowel. */
export function misspelt(name: string, random: () => number): string {
  const letters = [...name]
  const at = 1 + Math.floor(random() * (letters.length - 2))
  const kind = Math.floor(random() * 4)
  if (kind === 0) letters.splice(at, 1)
  else if (kind === 1) letters.splice(at, 0, letters[at] ?? '')
  else if (kind === 2) letters.splice(at, 2, letters[at + 1] ?? '', letters[at] ?? '')
  else letters[at] = 'aeiou'[Math.floor(random() * 5)] ?? 'a'
  return letters.join('')
}

function wordList(random: () => number, size: number, most: number): readonly string[] {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
  const words = new Set<string>()
  while (words.size < size) {
    const syllables = Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(ONSETS) + pick(VOWELS) + pick(CODAS))
    const word = syllables.join('') + pick(ENDINGS)
    if (word.length > 3) words.add(word.slice(0, 1).toUpperCase() + word.slice(1))
  }
  return [...words]
}

function two(part: number): string {
  return String(part).padStart(2, '0')
}
