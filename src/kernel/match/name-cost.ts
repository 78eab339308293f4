/**
 * What it costs to take one word of a name for a word of another, in edits, and why they may be the same. 0 is the same word; DIFFERENT is a word of its own.
 */
import { editDistance } from './edit-distance.ts'
import { isShortForm } from './lexicon-person.ts'
import type { NameToken } from './name.ts'
import { isAscii } from './normalise.ts'

export const DIFFERENT = 4

export type PairKind =
  | 'equal'
  | 'sounds-alike'
  | 'near'
  | 'same-word'
  | 'initial'
  | 'nickname'
  | 'scrambled'
  | 'letters-lost'
  | 'joined'
  | 'acronym'
  | 'native-different'
  | 'different'

interface PairCost {
  readonly cost: number
  readonly kind: PairKind
}

const EQUAL: PairCost = { cost: 0, kind: 'equal' }
const APART: PairCost = { cost: DIFFERENT, kind: 'different' }
const SAME_WORD: PairCost = { cost: 0.2, kind: 'same-word' }
const INITIAL: PairCost = { cost: 0.6, kind: 'initial' }
const SHORT_FORM: PairCost = { cost: 0.8, kind: 'nickname' }
const NATIVE: PairCost = { cost: 2.5, kind: 'native-different' }
const SCRAMBLED: PairCost = { cost: 1.5, kind: 'scrambled' }
const LETTERS_LOST: PairCost = { cost: 1.5, kind: 'letters-lost' }

/** Letters that only one of the two has, from here on: the words are not compared letter by letter. */
const FOREIGN_LETTERS = 6

export function tokenCost(a: NameToken, b: NameToken): PairCost {
  if (a.latin === b.latin) return a.script === b.script && isSyllabic(a) && a.text !== b.text ? NATIVE : EQUAL
  if (a.value !== '' && a.value === b.value && a.tag !== 'legal-form') return SAME_WORD
  if (a.tag === 'initial' || b.tag === 'initial') {
    const isSame = a.latin[0] === b.latin[0] && (a.tag !== b.tag || a.latin === b.latin)
    return isSame ? INITIAL : APART
  }
  if ((a.isCut && standsFor(a.latin, b.latin)) || (b.isCut && standsFor(b.latin, a.latin))) return INITIAL
  // A number is another number, whatever its digits; in words it is only compared as a number.
  if (a.script === b.script && isSyllabic(a)) return hasCommonSign(a.text, b.text) ? NATIVE : APART
  const isLoose = (a.isLoose || b.isLoose) && a.script !== b.script
  if (!isLoose && (bitsOf(a.mask & ~b.mask) >= FOREIGN_LETTERS || bitsOf(b.mask & ~a.mask) >= FOREIGN_LETTERS)) return APART
  const edits = leastEdits(a, b, isLoose)
  if (edits > LETTERS_LOST.cost && haveLostLetters(a, b)) return LETTERS_LOST
  const isAlike = a.phonetic === b.phonetic && a.phonetic.length > 1
  const cost = isAlike ? edits * 0.7 : edits
  if (
    cost > SCRAMBLED.cost &&
    a.mask === b.mask &&
    a.codes.length === b.codes.length &&
    a.codes.length > 3 &&
    areSameLetters(a.codes, b.codes) &&
    (areHalfInPlace(a.codes, b.codes) || isSpoilt(a.text) || isSpoilt(b.text))
  )
    return SCRAMBLED
  if (cost > 0.5 && isShortForm(a.latin, b.latin)) return SHORT_FORM
  const longest = Math.max(a.codes.length, b.codes.length)
  // By ear only the consonants speak: few of them may be off.
  if (isLoose && cost > BY_EAR * (consonantsOf(a) + consonantsOf(b))) return APART
  if (cost >= DIFFERENT || cost > longest * 0.65) return cost >= DIFFERENT ? APART : { cost: Math.max(cost, 2), kind: 'different' }
  return { cost, kind: isAlike ? 'sounds-alike' : 'near' }
}

/** Some of its letters in their order, the first of them first: Fco. for Francisco, Hnos. for Hermanos. */
function standsFor(short: string, long: string): boolean {
  if (short.length >= long.length || short[0] !== long[0]) return false
  let read = 0
  for (let at = 0; at < long.length && read < short.length; at++) if (long[at] === short[read]) read += 1
  return read === short.length
}

/** Fewer letters may be left of any word. */
const FEWEST_LEFT = 3

/** Whether one of the words is the other without its letters beyond ASCII, of which it has kept half at least. */
function haveLostLetters(a: NameToken, b: NameToken): boolean {
  if (a.left !== b.left || a.left.length < FEWEST_LEFT || 2 * a.left.length < Math.max(a.codes.length, b.codes.length)) return false
  return isAscii(a.text) !== isAscii(b.text)
}

/** Edits by consonant of both words, up to which a word spelled by ear in another script is taken for another. */
const BY_EAR = 0.17

function consonantsOf({ latin }: NameToken): number {
  let count = 0
  for (let at = 0; at < latin.length; at++) if (!'aeiouyhw'.includes(latin[at] ?? '')) count += 1
  return count
}

/** The endings that Baltic languages, Greek and Georgian give to foreign names count for little: Martinas, Martins, Martini for Martin. */
const ENDINGS = ['as', 'is', 'us', 'os', 's', 'i'] as const
const ENDING_COST = 0.5
const SHORTEST_STEM = 4

function leastEdits(a: NameToken, b: NameToken, areVowelsLoose: boolean): number {
  const edits = editDistance(a.codes, b.codes, { limit: DIFFERENT, areVowelsLoose })
  if (edits <= ENDING_COST || a.codes.length === b.codes.length) return edits
  const [long, short] = a.codes.length > b.codes.length ? [a, b] : [b, a]
  const ending = ENDINGS.find((each) => long.latin.endsWith(each))
  if (ending === undefined || short.latin.endsWith(ending) || long.codes.length - ending.length < SHORTEST_STEM) return edits
  const stem = long.codes.subarray(0, long.codes.length - ending.length)
  return Math.min(edits, ENDING_COST + editDistance(stem, short.codes, { limit: DIFFERENT, areVowelsLoose }))
}

/** Written with a sign for a syllable or a word: another sign is another name, though it may sound the same. */
function isSyllabic({ script }: NameToken): boolean {
  return script === 'han' || script === 'hangul'
}

function hasCommonSign(a: string, b: string): boolean {
  for (const sign of a) if (b.includes(sign)) return true
  return false
}

function bitsOf(mask: number): number {
  let bits = mask - ((mask >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

const counts = new Int16Array(64)
function areSameLetters(a: Uint8Array, b: Uint8Array): boolean {
  counts.fill(0)
  for (const code of a) counts[code] = (counts[code] ?? 0) + 1
  for (const code of b) {
    const left = (counts[code] ?? 0) - 1
    if (left < 0) return false
    counts[code] = left
  }
  return true
}

/** Leon and Noel are two names of the same letters; Petvora is a slip of Petrova. */
function areHalfInPlace(a: Uint8Array, b: Uint8Array): boolean {
  let inPlace = 0
  for (let at = 0; at < a.length; at++) if (a[at] === b[at]) inPlace += 1
  return 2 * inPlace >= a.length
}

/** A capital stands behind a small letter, as few names are written: its letters have been turned (nituP). */
function isSpoilt(text: string): boolean {
  return /\p{Ll}\p{Lu}/u.test(text)
}
