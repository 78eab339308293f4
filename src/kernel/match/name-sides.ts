/**
 * Names that give two names at once: "Name A/Name B", "Name A alias B", a person's other name in quotes, a ship's former one behind ex, and an abbreviation beside the words it
 * stands for ("MSC Mediterranean Shipping Company"). Each counts as the one of them that fits best.
 */
import type { NameKind, TaggedWords } from './name.ts'
import type { NameWord } from './name-words.ts'
import type { NormalText } from './normalise.ts'

const MOST_SIDES = 3
const SHORTEST_ABBREVIATION = 3
const LONGEST_ABBREVIATION = 6
const CAPITALS = /^\p{Lu}+$/u

/** The words of the name that tell names apart, as they are tagged. */
export type CoreWords = readonly TaggedWords[]

const NO_SIDES: readonly NormalText[] = []

/** What stands between two names of one. Without its points aka is a family name as well, so that it counts in small letters alone. */
const OTHERWISE =
  /(?<![\p{L}\p{N}])(?:[Aa]lias|ALIAS|aka|[AaFf]\.[Kk]\.[Aa]\.?|a\/k\/a|f\/k\/a|d\/b\/a|(?:also|formerly|previously) known as|trading as)(?![\p{L}\p{N}])[.:]?/u
const FORMERLY = /(?<![\p{L}\p{N}])(?:ex|EX|Ex)(?![\p{L}\p{N}])[-.:]?/u
const QUOTED = /["\u201c-\u201f\u00ab\u00bb]([^"\u201c-\u201f\u00ab\u00bb]+)["\u201c-\u201f\u00ab\u00bb]/u
const MAY_PART = /["/\u201c-\u201f\u00ab\u00bb]|alias|ALIAS|aka|[AaFf]\.[Kk]\.|known as|trading as|ex|EX|Ex/

/** None where the name is one alone. "A/S" and "w/o" part nothing. */
export function sidesOf(normal: NormalText, core: CoreWords, kind: NameKind): readonly NormalText[] {
  if (MAY_PART.test(normal.text)) {
    const sides = partsOf(normal.text, kind)
    if (sides.length > 1 && sides.length <= MOST_SIDES && sides.every(isName))
      return sides.map((side) => ({ ...normal, text: side.trim() }))
  }
  const abbreviation = abbreviationIn(core)
  if (abbreviation === undefined) return NO_SIDES
  const others = normal.text.replace(new RegExp(`(?<!\\p{L})${abbreviation}(?!\\p{L})`, 'u'), ' ').trim()
  return others === normal.text ? NO_SIDES : [abbreviation, others].map((text) => ({ ...normal, text }))
}

/** Four letters at least. */
function isName(text: string): boolean {
  return /(?:\p{L}[^\p{L}]{0,2}){4}/u.test(text)
}

function partsOf(text: string, kind: NameKind): readonly string[] {
  const sides = text.split(OTHERWISE)
  if (sides.length > 1) return sides
  const former = kind === 'vessel' ? text.split(FORMERLY) : []
  if (former.length > 1) return former
  const quoted = kind === 'person' ? QUOTED.exec(text) : null
  return quoted === null ? text.split('/') : [quoted[1] ?? '', text.replace(quoted[0], ' ')]
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
