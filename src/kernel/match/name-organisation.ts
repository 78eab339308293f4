/**
 * What each word of an organisation's or vessel's name is: legal forms at the beginning and the end, numbers in words and digits, countries, common words. Entries of
 * several words are found longest first. A form of one word may be somebody's name (Vos, AB): at the beginning it is one only where a name is left without it
 * and no form stands at the end. Behind a form in the middle stands the seat (Delta d.o.o. Beograd).
 */
import { LEGAL_FORMS } from './lexicon-legal-forms.ts'
import { NUMBER_WORDS } from './lexicon-numbers.ts'
import { VESSEL_PREFIXES } from './lexicon-person.ts'
import { PLACE_NAMES } from './lexicon-places.ts'
import { CONJUNCTIONS, STOP_WORDS } from './lexicon-stop-words.ts'
import { longestByFirstWord } from './lexicon-table.ts'
import { COMMON_WORDS } from './lexicon-words.ts'
import type { NameKind, TaggedWords } from './name.ts'
import type { NameWord } from './name-words.ts'

interface Entries {
  readonly has: (text: string) => boolean
  /** How many words the longest entry has that begins with a word. */
  readonly longest: ReadonlyMap<string, number>
}

const FORMS: Entries = { has: (text) => LEGAL_FORMS.has(text), longest: longestByFirstWord(LEGAL_FORMS.keys()) }
const PLACES: Entries = { has: (text) => PLACE_NAMES.has(text), longest: longestByFirstWord(PLACE_NAMES.keys()) }
const COMMON: Entries = { has: (text) => COMMON_WORDS.has(text), longest: longestByFirstWord(COMMON_WORDS.keys()) }
const ROMAN = /^(?:x{0,3})(?:ix|iv|v?i{0,3})$/
/** A form of this many words is one wherever it stands. */
const PLAIN_FORM = 3

export function tagOrganisation(words: readonly NameWord[], kind: NameKind): readonly TaggedWords[] {
  const tagged: TaggedWords[] = []
  const seat = seatOf(words)
  const tail = Math.min(tailOf(words), seat.form)
  for (let at = 0; at < words.length; ) {
    const isBound = isBinding(tagged.at(-1))
    const found =
      seatAt(words, at, seat) ??
      formAt(words, at, { tail, isHead: tagged.every(isOfHead), isBound }) ??
      numberAt(words, at) ??
      wordAt(words, at, kind)
    tagged.push(found)
    at += found.words.length
  }
  return tagged
}

/** Where the run of legal forms and countries at the end begins. */
function tailOf(words: readonly NameWord[]): number {
  let tail = words.length
  for (let at = words.length - 1; at > 0; at--) {
    const length = formLength(words, at) || phrase(words, at, PLACES)
    if (length > 0 && at + length >= tail) tail = at
  }
  return tail
}

interface Seat {
  /** Where the form begins that stands in the middle. */
  readonly form: number
  /** Where the town behind it begins. */
  readonly words: number
}

/** Most words that a town has (Novi Sad). */
const MOST_OF_SEAT = 2
/** Fewer letters of a form are a word or initials as often. */
const SHORTEST_MIDDLE = 3

/** Registers of the Balkans, of France and others put the town behind the form. A name begins there, and a name is left before the form. */
function seatOf(words: readonly NameWord[]): Seat {
  for (let at = 1; at < words.length - 1; at++) {
    const length = formLength(words, at)
    const behind = at + length
    if (length === 0 || behind + MOST_OF_SEAT < words.length || behind === words.length) continue
    if (unspaced(words, at, length).length < SHORTEST_MIDDLE || !tellsApart(words, 0, at)) continue
    if (isPlainName(words, behind) && words.slice(behind).every(({ latin }) => latin.length > 2)) return { form: at, words: behind }
  }
  return { form: words.length, words: words.length }
}

function isPlainName(words: readonly NameWord[], at: number): boolean {
  return formLength(words, at) === 0 && numberAt(words, at) === undefined && wordAt(words, at, 'organisation').tag === 'name'
}

function seatAt(words: readonly NameWord[], at: number, seat: Seat): TaggedWords | undefined {
  const word = words[at]
  return at < seat.words || word === undefined ? undefined : { words: [word], tag: 'name', value: `seat ${word.latin}` }
}

interface Place {
  readonly tail: number
  /** Nothing but legal forms and words between stands before. */
  readonly isHead: boolean
  /** Behind an article or a preposition: Jan de Vos. */
  readonly isBound: boolean
}

function formAt(words: readonly NameWord[], at: number, { tail, isHead, isBound }: Place): TaggedWords | undefined {
  const length = formLength(words, at)
  if (length === 0 || length === words.length) return undefined
  if (!isHead && at < tail && length < PLAIN_FORM) return undefined
  // At the head only what leaves a name behind it.
  if (isHead && at + length >= words.length) return undefined
  if (length === 1 && (isBound || (isHead && !tellsApart(words, at + length, tail)))) return undefined
  const form = LEGAL_FORMS.get(joined(words, at, length)) ?? LEGAL_FORMS.get(unspaced(words, at, length))
  const tag = length === 1 && isHead && hasForm(words, tail) ? 'name' : 'legal-form'
  return { words: words.slice(at, at + length), tag, value: `${form?.form ?? ''}=${form?.kind ?? ''}` }
}

function hasForm(words: readonly NameWord[], from: number): boolean {
  for (let at = from; at < words.length; at++) if (formLength(words, at) > 0) return true
  return false
}

/** Whether a word stands there that few names have: Logistics AG and Logistics NV are called by nothing else. */
function tellsApart(words: readonly NameWord[], from: number, to: number): boolean {
  for (let at = from; at < to; ) {
    const length = (numberAt(words, at)?.words.length ?? 0) || phrase(words, at, PLACES) || phrase(words, at, COMMON)
    if (length === 0 && !STOP_WORDS.has(words[at]?.latin ?? '')) return true
    at += Math.max(length, 1)
  }
  return false
}

function numberAt(words: readonly NameWord[], at: number): TaggedWords | undefined {
  const word = words[at]
  if (word === undefined) return undefined
  const { latin, text } = word
  const ordinal = /^(\d+)(?:st|nd|rd|th|e|er|ya|y)$/.exec(latin)
  if (ordinal !== null) return { words: [word], tag: 'ordinal', value: String(Number(ordinal[1])) }
  if (/^\d+$/.test(latin)) return { words: [word], tag: 'number', value: latin.replace(/^0+(?=\d)/, '') }
  if (at > 0 && ROMAN.test(latin) && text === text.toUpperCase() && latin !== '')
    return { words: [word], tag: 'number', value: String(romanValue(latin)) }
  const value = NUMBER_WORDS.get(latin)
  if (value === undefined) return undefined
  const tens = Number(value)
  const next = words[at + 1]?.latin ?? ''
  const unit = Number(NUMBER_WORDS.get(next) ?? (/^\d$/.test(next) ? next : Number.NaN))
  if (tens >= 20 && tens < 100 && unit > 0 && unit < 10)
    return { words: words.slice(at, at + 2), tag: 'number', value: String(tens + unit) }
  return { words: [word], tag: 'number', value }
}

function wordAt(words: readonly NameWord[], at: number, kind: NameKind): TaggedWords {
  const one = words.slice(at, at + 1)
  const latin = one[0]?.latin ?? ''
  if (kind === 'vessel' && at === 0 && words.length > 1 && VESSEL_PREFIXES.has(latin)) return { words: one, tag: 'title', value: '' }
  if (STOP_WORDS.has(latin)) return { words: one, tag: 'stop-word', value: '' }
  const place = phrase(words, at, PLACES)
  if (place > 0) return { words: words.slice(at, at + place), tag: 'place', value: PLACE_NAMES.get(joined(words, at, place)) ?? '' }
  const common = phrase(words, at, COMMON)
  if (common > 0)
    return { words: words.slice(at, at + common), tag: 'common-word', value: COMMON_WORDS.get(joined(words, at, common)) ?? '' }
  return { words: one, tag: 'name', value: '' }
}

function isBinding(tagged: TaggedWords | undefined): boolean {
  return tagged?.tag === 'stop-word' && !CONJUNCTIONS.has(tagged.words[0]?.latin ?? '')
}

function isOfHead({ tag }: TaggedWords): boolean {
  return tag === 'legal-form' || tag === 'stop-word'
}

/** A form of the table, or one whose letters stand apart by points wherever somebody put them (Sh.p.k, Sp.z.o.o). */
function formLength(words: readonly NameWord[], at: number): number {
  return Math.max(phrase(words, at, FORMS), apartLength(words, at))
}

/** Most parts into which points cut a form, and most letters of each; one of them is a single letter. */
const MOST_APART = 4
const LONGEST_APART = 2

function apartLength(words: readonly NameWord[], at: number): number {
  let length = 0
  let isSingle = false
  let found = 0
  while (length < MOST_APART) {
    const latin = words[at + length]?.latin ?? ''
    if (latin === '' || latin.length > LONGEST_APART) break
    isSingle ||= latin.length === 1
    length += 1
    if (length > 1 && isSingle && FORMS.has(unspaced(words, at, length))) found = length
  }
  return found
}

function unspaced(words: readonly NameWord[], at: number, length: number): string {
  return joined(words, at, length).replaceAll(' ', '')
}

/** How many words from here make the longest entry of a table; none: 0. */
function phrase(words: readonly NameWord[], at: number, { has, longest }: Entries): number {
  const first = words[at]?.latin ?? ''
  for (let length = Math.min(longest.get(first) ?? 0, words.length - at); length > 0; length--)
    if (has(joined(words, at, length))) return length
  return 0
}

function joined(words: readonly NameWord[], at: number, length: number): string {
  if (length === 1) return words[at]?.latin ?? ''
  let text = words[at]?.latin ?? ''
  for (let next = at + 1; next < at + length; next++) text += ` ${words[next]?.latin ?? ''}`
  return text
}

function romanValue(latin: string): number {
  const of: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 }
  let value = 0
  for (let at = 0; at < latin.length; at++) {
    const here = of[latin[at] ?? ''] ?? 0
    value += here < (of[latin[at + 1] ?? ''] ?? 0) ? -here : here
  }
  return value
}
