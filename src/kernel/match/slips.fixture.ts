/**
 * Eight ways in which a name gets spoilt on its way from one register to another: by a hand, a form or a program. Each gives the name back as it is where it has nothing to spoil.
 * The kinds are those by which yente is validated (its `treatments.py`); tests and bench only.
 */
import type { SeededRandom } from '#kernel/stats/seeded-random.ts'

export type Slip = (name: string, random: SeededRandom) => string

const VOWELS = 'aeiou'

export const SLIPS: Readonly<Record<string, Slip>> = {
  'two letters swapped': (name, random) => {
    const letters = [...name]
    const at = placeOf(letters, random, (here, next) => isLetter(here) && isLetter(next) && here !== next)
    if (at !== undefined) letters.splice(at, 2, letters[at + 1] ?? '', letters[at] ?? '')
    return letters.join('')
  },
  'the last word first, with a comma': (name) => {
    const words = name.split(' ')
    return words.length < 2 ? name : `${words.at(-1)}, ${words.slice(0, -1).join(' ')}`
  },
  'blanks that do not break': (name) => name.replaceAll(' ', '\u00a0'),
  'a letter that became a question mark': (name, random) => {
    const letters = [...name]
    const at = placeOf(letters, random, isLetter)
    if (at !== undefined) letters[at] = '?'
    return letters.join('')
  },
  'one letter of a double': (name, random) => {
    const letters = [...name]
    const at = placeOf(letters, random, (here, next) => isLetter(here) && here === next)
    if (at !== undefined) letters.splice(at, 1)
    return letters.join('')
  },
  'letters beyond ASCII left out': (name) => name.replace(/[^\0-\x7f]/g, ''),
  'a letter twice': (name, random) => {
    const letters = [...name]
    const at = placeOf(letters, random, isLetter)
    if (at !== undefined) letters.splice(at, 0, letters[at] ?? '')
    return letters.join('')
  },
  'another vowel': (name, random) => {
    const letters = [...name]
    const at = placeOf(letters, random, (here) => VOWELS.includes(here))
    if (at !== undefined) letters[at] = random.pick([...VOWELS].filter((vowel) => vowel !== letters[at]))
    return letters.join('')
  },
}

/** Some place where the sign and the next one fit. */
function placeOf(signs: readonly string[], random: SeededRandom, fits: (here: string, next: string) => boolean): number | undefined {
  const places = signs.flatMap((sign, at) => (fits(sign, signs[at + 1] ?? '') ? [at] : []))
  return places.length === 0 ? undefined : random.pick(places)
}

function isLetter(sign: string): boolean {
  return /^\p{L}$/u.test(sign)
}

export interface Spoilt {
  readonly name: string
  readonly spoilt: string
}

/** Of the names those that the slip changes and of which a word is left, at most so many, from all parts of the list. */
export function spoil(
  names: readonly string[],
  slip: Slip,
  { random, most }: { readonly random: SeededRandom; readonly most: number },
): readonly Spoilt[] {
  const changed = names
    .map((name) => ({ name, spoilt: slip(name, random) }))
    .filter(({ name, spoilt }) => spoilt !== name && /\p{L}{2}/u.test(spoilt))
  const step = Math.max(1, Math.floor(changed.length / most))
  return changed.filter((_, at) => at % step === 0).slice(0, most)
}
