/**
 * A name made ready for comparison, once, so that comparing is cheap: words in Latin letters with their sound, and what each word is (a name, an initial, a number, a
 * legal form, a title, a word between names). Invariant: every word of the name is a token, none is dropped; what lies beyond the limits is said (`isCapped`).
 */
import { MAX_WORD_LENGTH, maskOf, spellingOf } from './edit-distance.ts'
import { tagOrganisation } from './name-organisation.ts'
import { tagPerson } from './name-person.ts'
import { initialsIn, mayBeAbbreviated, sidesOf } from './name-sides.ts'
import { type NameWord, nameWords } from './name-words.ts'
import { type NormalText, normaliseText } from './normalise.ts'
import type { Script } from './normalise-script.ts'
import { phoneticFold } from './phonetic.ts'
import type { Latinise } from './romanise.ts'

export type { Latinise } from './romanise.ts'
export type NameKind = 'person' | 'organisation' | 'vessel' | 'other'

export type TokenTag =
  | 'name'
  | 'initial'
  | 'number'
  | 'ordinal'
  | 'legal-form'
  | 'stop-word'
  | 'particle'
  | 'title'
  | 'nickname'
  /** A word that many organisations have in their name. */
  | 'common-word'
  | 'place'

/** As much of a word as keys are made of. */
export interface KeyToken {
  /** Lower case ASCII. */
  readonly latin: string
  /** What is left of it by a form that knows no letters but those of ASCII, and puts nothing or a question mark for others: the same for the word and for what became of it. */
  readonly left: string
  readonly phonetic: string
  readonly tag: TokenTag
  /** First letters of its words, where it is of several. */
  readonly initials: string
}

/** As much of a name as keys are made of. */
export interface KeyName {
  readonly kind: NameKind
  readonly tokens: readonly KeyToken[]
  /** The tokens that tell names apart: without legal forms, titles and words between. */
  readonly core: readonly KeyToken[]
  /** Where the name gives two names at once: both sides of a slash or of an alias, an abbreviation and what it stands for. */
  readonly alternatives: readonly KeyName[]
}

export interface NameToken extends KeyToken {
  /** As written. */
  readonly text: string
  /** What the word stands for: the legal form and its kind, the number in digits, the generation, the country's code, the key of the common word, the town of a seat; empty where it stands for itself. */
  readonly value: string
  readonly script: Script
  readonly isLoose: boolean
  /** Short, with a point behind it. */
  readonly isCut: boolean
  /** Behind a word for son or daughter: a father's name, or the family's. */
  readonly isFathers: boolean
  readonly codes: Uint8Array
  readonly mask: number
}

export interface PreparedName extends KeyName {
  readonly text: string
  readonly tokens: readonly NameToken[]
  /** Latin letters, lower case, single spaces, legal forms in their short form. */
  readonly norm: string
  readonly core: readonly NameToken[]
  readonly forms: readonly NameToken[]
  /** Of persons: the word that tells the father from the son, where one stands behind the name. */
  readonly generation: NameToken | undefined
  /** Of one script other than Latin; undefined where words are of several. */
  readonly script: Script | undefined
  /** Latin letters, lower case, in the order in which it was written, with all its words. */
  readonly written: string
  /** Written "family, given". */
  readonly isTurned: boolean
  readonly hasMixedScripts: boolean
  /** The name was longer than is read: text, words or letters were left out of the comparison. */
  readonly isCapped: boolean
  readonly alternatives: readonly PreparedName[]
}

/** More words than any name has; beyond, nothing is compared, and the name says so. */
export const MAX_TOKENS = 32

/** What the tagging of a kind of name says of one or more words that belong together. */
export interface TaggedWords {
  readonly words: readonly NameWord[]
  readonly tag: TokenTag
  readonly value: string
  readonly isFathers?: boolean
}

export function prepareName(text: string, kind: NameKind, latinise: Latinise): PreparedName {
  const normal = normaliseText(text)
  const whole = cutName(normal, kind, latinise)
  const prepare = (cut: CutName) => prepareOne(cut, kind)
  return { ...prepare(whole), text, alternatives: cutSides(whole, kind, latinise).map(prepare) }
}

/** The same words as those of the name prepared whole, for a part of the work: a store makes keys of many names that it never compares. */
export function prepareKeyName(text: string, kind: NameKind, latinise: Latinise): KeyName {
  const whole = cutName(normaliseText(text), kind, latinise)
  const name = keyNameOf(whole, kind)
  const sides = cutSides(whole, kind, latinise)
  return sides.length === 0 ? name : { ...name, alternatives: sides.map((side) => keyNameOf(side, kind)) }
}

interface CutName {
  readonly normal: NormalText
  readonly words: readonly NameWord[]
  readonly turned: number
  readonly tagged: readonly TaggedWords[]
}

function cutName(normal: NormalText, kind: NameKind, latinise: Latinise): CutName {
  const { words, turned } = nameWords(normal, kind === 'person', latinise)
  return { normal, words, turned, tagged: taggedWords(words, kind) }
}

function cutSides({ normal, tagged }: CutName, kind: NameKind, latinise: Latinise): readonly CutName[] {
  const core = kind !== 'person' && mayBeAbbreviated(tagged) ? tagged.filter(({ tag }) => isCore(tag)) : NO_WORDS
  const sides = sidesOf(normal, core, kind)
  return sides.length === 0 ? NO_CUTS : sides.map((side) => cutName(side, kind, latinise))
}

const NO_WORDS: readonly TaggedWords[] = []
const NO_CUTS: readonly CutName[] = []

const NO_NAMES: readonly KeyName[] = []

function keyNameOf({ tagged }: CutName, kind: NameKind): KeyName {
  const tokens = tagged.map(makeKeyToken)
  const core = tokens.filter((token) => isCore(token.tag))
  return { kind, tokens, core: core.length > 0 ? core : tokens, alternatives: NO_NAMES }
}

function taggedWords(words: readonly NameWord[], kind: NameKind): readonly TaggedWords[] {
  const read = words.length > MAX_TOKENS ? words.slice(0, MAX_TOKENS) : words
  return kind === 'person' ? tagPerson(read) : tagOrganisation(read, kind)
}

function prepareOne({ normal, words, turned, tagged }: CutName, kind: NameKind): PreparedName {
  const read = words.slice(0, MAX_TOKENS)
  const tokens = tagged.map(makeToken)
  const core = tokens.filter((token) => isCore(token.tag))
  const scripts = new Set(read.map((word) => word.script))
  const [script] = scripts
  return {
    text: normal.text,
    kind,
    tokens,
    norm: tokens.map((token) => (token.tag === 'legal-form' ? (token.value.split('=')[0] ?? '') : token.latin)).join(' '),
    // A name of nothing but titles and particles is compared by them.
    core: core.length > 0 ? core : tokens,
    forms: core.length > 0 ? tokens.filter((token) => token.tag === 'legal-form') : [],
    generation: tokens.find((token) => token.tag === 'title' && token.value !== ''),
    script: scripts.size === 1 ? script : undefined,
    isTurned: turned > 0,
    written: [...words.slice(turned, MAX_TOKENS), ...words.slice(0, turned)].map((word) => word.latin).join(' '),
    hasMixedScripts: normal.hasMixedScripts,
    isCapped: normal.isCapped || words.length > MAX_TOKENS || read.some((word) => word.latin.length > MAX_WORD_LENGTH),
    alternatives: [],
  }
}

function isCore(tag: TokenTag): boolean {
  return tag !== 'legal-form' && tag !== 'stop-word' && tag !== 'particle' && tag !== 'title'
}

function latinOf({ words, tag }: TaggedWords): string {
  const [only] = words
  if (words.length === 1 && only !== undefined) return only.latin
  return words.map((word) => word.latin).join(tag === 'legal-form' ? ' ' : '')
}

function textOf({ words }: TaggedWords): string {
  return words.length === 1 ? (words[0]?.text ?? '') : [...new Set(words.map((word) => word.text))].join(' ')
}

function lettersLeft(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '').toLowerCase()
}

function makeKeyToken(tagged: TaggedWords): KeyToken {
  const latin = latinOf(tagged)
  return { latin, left: lettersLeft(textOf(tagged)), phonetic: soundOf(latin), tag: tagged.tag, initials: initialsIn(tagged, latin) }
}

function makeToken(tagged: TaggedWords): NameToken {
  const { words, tag, value, isFathers = false } = tagged
  const latin = latinOf(tagged)
  const first = words[0]
  const { phonetic, codes, mask } = spelt(latin)
  const text = textOf(tagged)
  return {
    text,
    latin,
    left: lettersLeft(text),
    phonetic,
    initials: initialsIn(tagged, latin),
    tag,
    value,
    script: first?.script ?? 'other',
    isLoose: first?.isLoose ?? false,
    isCut: first?.isCut ?? false,
    isFathers,
    codes,
    mask,
  }
}

interface Spelling {
  readonly phonetic: string
  readonly codes: Uint8Array
  readonly mask: number
}

/** Words that were met lately: a register has few given names and many bearers. Bounded, and nothing depends on what is in it. */
const MOST_KNOWN = 16_384
const known = new Map<string, Spelling>()
const sounds = new Map<string, string>()

function soundOf(latin: string): string {
  const before = sounds.get(latin)
  if (before !== undefined) return before
  const sound = phoneticFold(latin)
  if (latin.length > MAX_WORD_LENGTH) return sound
  if (sounds.size >= MOST_KNOWN) sounds.clear()
  sounds.set(latin, sound)
  return sound
}

function spelt(latin: string): Spelling {
  const before = known.get(latin)
  if (before !== undefined) return before
  const codes = spellingOf(latin)
  const made = { phonetic: soundOf(latin), codes, mask: maskOf(codes) }
  if (latin.length > MAX_WORD_LENGTH) return made
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(latin, made)
  return made
}
