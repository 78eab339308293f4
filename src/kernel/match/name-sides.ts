/**
 * Names that give two names at once: "Name A/Name B", and an abbreviation beside the words it stands for ("MSC Mediterranean Shipping Company"). Each counts as the one of them that fits best.
 */
import type { TaggedWords } from './name.ts'
import type { NameWord } from './name-words.ts'
import type { NormalText } from './normalise.ts'

const MOST_SIDES = 3
const SHORTEST_ABBREVIATION = 3
const LONGEST_ABBREVIATION = 6
const CAPITALS = /^\p{Lu}+$/u

/** The words of the name that tell names apart, as they are tagged. */
export type CoreWords = readonly TaggedWords[]

const NO_SIDES: readonly NormalText[] = []

/** None where the name is one alone. "A/S" and "w/o" part nothing. */
export function sidesOf(normal: NormalText, core: CoreWords): readonly NormalText[] {
  if (normal.text.includes('/')) {
    const sides = normal.text.split('/')
    if (sides.length > 1 && sides.length <= MOST_SIDES && sides.every((side) => /(?:\p{L}[^\p{L}]{0,2}){4}/u.test(side)))
      return sides.map((side) => ({ ...normal, text: side.trim() }))
  }
  const abbreviation = abbreviationIn(core)
  if (abbreviation === undefined) return NO_SIDES
  const others = normal.text.replace(new RegExp(`(?<!\\p{L})${abbreviation}(?!\\p{L})`, 'u'), ' ').trim()
  return others === normal.text ? NO_SIDES : [abbreviation, others].map((text) => ({ ...normal, text }))
}

/** Whether there is a word in capitals of few letters at all: most names have none, and every name that is stored is asked. */
export function mayBeAbbreviated(words: CoreWords): boolean {
  for (const { words: some } of words) {
    const [word] = some
    if (some.length === 1 && word !== undefined && isAbbreviation(word)) return true
  }
  return false
}

function isAbbreviation({ text, latin: { length } }: NameWord): boolean {
  return length >= SHORTEST_ABBREVIATION && length <= LONGEST_ABBREVIATION && text.length === length && CAPITALS.test(text)
}

/** A word in capitals made of the first letters of all the others. */
function abbreviationIn(core: CoreWords): string | undefined {
  let count = 0
  for (const { words } of core) count += words.length
  for (const one of core) {
    const [word] = one.words
    if (word === undefined || one.words.length > 1 || !isAbbreviation(word)) continue
    if (word.latin.length !== count - 1) continue
    const others = core.flatMap((each) => (each === one ? [] : each.words))
    if (others.every(({ latin }, at) => latin[0] === word.latin[at])) return word.text
  }
  return undefined
}

/** First letters of the words that belong together. */
export function initialsIn({ words }: TaggedWords, latin: string): string {
  return words.length === 1 ? latin.slice(0, 1) : words.map((word) => word.latin.slice(0, 1)).join('')
}
