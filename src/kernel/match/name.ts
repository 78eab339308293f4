/**
 * A name made ready for comparison, once, so that comparing is cheap: words in Latin letters with their sound, and what each word is (a name, an initial, a number, a
 * legal form, a title, a word between names). Invariant: every word of the name is a token, none is dropped; what lies beyond the limits is said (`isCapped`).
 */
import { codesOf, MAX_WORD_LENGTH, maskOf } from './edit-distance.ts'
import { tagOrganisation } from './name-organisation.ts'
import { tagPerson } from './name-person.ts'
import { type NameWord, nameWords } from './name-words.ts'
import { normaliseText } from './normalise.ts'
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

export interface NameToken {
  /** As written. */
  readonly text: string
  /** Lower case ASCII. */
  readonly latin: string
  readonly phonetic: string
  /** First letters of its words, where it is of several. */
  readonly initials: string
  readonly tag: TokenTag
  /** What the word stands for: the legal form and its kind, the number in digits, the country's code, the key of the common word; empty where it stands for itself. */
  readonly value: string
  readonly script: Script
  readonly isLoose: boolean
  /** Behind a word for son or daughter: a father's name, or the family's. */
  readonly isFathers: boolean
  readonly codes: Uint8Array
  readonly mask: number
}

export interface PreparedName {
  readonly text: string
  readonly kind: NameKind
  readonly tokens: readonly NameToken[]
  /** Latin letters, lower case, single spaces, legal forms in their short form. */
  readonly norm: string
  /** The tokens that tell names apart: without legal forms, titles and words between. */
  readonly core: readonly NameToken[]
  readonly forms: readonly NameToken[]
  /** Of one script other than Latin; undefined where words are of several. */
  readonly script: Script | undefined
  /** Latin letters, lower case, in the order in which it was written, with all its words. */
  readonly written: string
  /** Written "family, given". */
  readonly isTurned: boolean
  readonly hasMixedScripts: boolean
  /** The name was longer than is read: text, words or letters were left out of the comparison. */
  readonly isCapped: boolean
  /** What stands behind a slash, where the name gives two names at once. */
  readonly alternatives: readonly PreparedName[]
}

/** More words than any name has; beyond, nothing is compared, and the name says so. */
export const MAX_TOKENS = 32
const MAX_ALTERNATIVES = 3

/** What the tagging of a kind of name says of one or more words that belong together. */
export interface TaggedWords {
  readonly words: readonly NameWord[]
  readonly tag: TokenTag
  readonly value: string
  readonly isFathers?: boolean
}

export function prepareName(text: string, kind: NameKind, latinise: Latinise): PreparedName {
  const normal = normaliseText(text)
  // "Name A/Name B" gives two names; "A/S" and "w/o" do not.
  const sides = normal.text.includes('/') ? normal.text.split('/') : []
  const isDouble = sides.length > 1 && sides.length <= MAX_ALTERNATIVES && sides.every((side) => /(?:\p{L}[^\p{L}]{0,2}){4}/u.test(side))
  const whole = prepareOne(normal, kind, latinise)
  const alternatives = isDouble ? sides.map((side) => prepareOne({ ...normal, text: side.trim() }, kind, latinise)) : []
  return { ...whole, text, alternatives }
}

function prepareOne(normal: ReturnType<typeof normaliseText>, kind: NameKind, latinise: Latinise): PreparedName {
  const isPerson = kind === 'person'
  const { words, turned } = nameWords(normal, isPerson, latinise)
  const read = words.slice(0, MAX_TOKENS)
  const tokens = (isPerson ? tagPerson(read) : tagOrganisation(read, kind)).map(makeToken)
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

function makeToken({ words, tag, value, isFathers = false }: TaggedWords): NameToken {
  const latin = words.map((word) => word.latin).join(words.length > 1 && tag === 'legal-form' ? ' ' : '')
  const first = words[0]
  const { phonetic, codes, mask } = spelt(latin)
  return {
    text: words.length === 1 ? (first?.text ?? '') : [...new Set(words.map((word) => word.text))].join(' '),
    latin,
    phonetic,
    initials: words.length === 1 ? latin.slice(0, 1) : words.map((word) => word.latin.slice(0, 1)).join(''),
    tag,
    value,
    script: first?.script ?? 'other',
    isLoose: first?.isLoose ?? false,
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

function spelt(latin: string): Spelling {
  const before = known.get(latin)
  if (before !== undefined) return before
  const codes = codesOf(latin)
  const made = { phonetic: phoneticFold(latin), codes, mask: maskOf(codes) }
  if (latin.length > MAX_WORD_LENGTH) return made
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(latin, made)
  return made
}
