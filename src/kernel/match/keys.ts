/**
 * Blocking keys of a record: short texts, two records that may mean the same share at least one. Pure, so that any store, index or exchange derives the same keys
 * from the same record. Each kind forgives another error: `name` another order, `letters` swapped letters, blanks in the wrong place, what a form made of letters it did not know and how the languages of the Balkans spell a sound, `ends` anything in the middle, `sound` vowels and doubled
 * letters, the pairs a word that is missing or badly spelled, `acronym` an organisation called by its initials. A name of one word has no pairs and its sound alone; what sounds alike in
 * several words shares the pairs of their sounds. Keys narrow a search; they judge nothing.
 * Method: P. Christen, "A survey of indexing techniques for scalable record linkage and deduplication", IEEE TKDE 24 (2012).
 */

import { letterCounts } from './keys-letters.ts'
import { allLetters, allLettersLeft, initialsOf, joinedSounds, keyWords } from './keys-words.ts'
import type { KeyName, KeyToken } from './name.ts'
import type { KeyedRecord, NamedRecord } from './record.ts'

export const KEY_KINDS = [
  'name',
  'letters',
  'ends',
  'sound-name',
  'token',
  'sound',
  'sound-pair',
  'start-pair',
  'end-pair',
  'word-initial',
  'acronym',
  'born-name',
  'born',
  'identifier',
] as const
export type KeyKind = (typeof KEY_KINDS)[number]

export interface BlockingKey {
  readonly kind: KeyKind
  /** At most 64 signs. */
  readonly key: string
}

/**
 * How much a key says beside its rarity: what speaks of the whole name in full, what only repeats what another key of the same word says, in part. Policy,
 * by that reasoning.
 */
export const KEY_FACTORS: Readonly<Record<KeyKind, number>> = {
  identifier: 2,
  name: 1.5,
  letters: 1.5,
  ends: 1,
  'sound-name': 1.2,
  token: 1,
  acronym: 1,
  'born-name': 0.8,
  born: 0.8,
  'sound-pair': 0.6,
  'start-pair': 0.6,
  'end-pair': 0.6,
  'word-initial': 0.8,
  sound: 0.5,
}

const LONGEST_KEY = 64
/** Pairs are made of the longest words: four give six pairs of each kind. */
const MOST_PAIRED = 4
const MOST_WORDS = 10
/** Fewer letters say nothing. */
const FEWEST_LEFT = 5
const FEWEST_INITIALS = 3

/** Each key once, in a fixed order: identifiers first, then names as the record has them. What a record may hold limits them; none is left out here. */
export function keysOf(record: KeyedRecord): readonly BlockingKey[] {
  const keys = new Map<string, BlockingKey>()
  eachKey(record, (kind, key) => {
    keys.set(`${kind} ${key}`, { kind, key })
  })
  return [...keys.values()]
}

function eachKey(record: KeyedRecord, take: (kind: KeyKind, key: string) => void): void {
  for (const { family, value } of record.identifiers) take('identifier', cut(`${family}:${value}`))
  eachKeyOfNames(record, take)
}

/** Those that come of names and dates; one that several names give is given several times. For who makes numbers of them at once. */
export function eachKeyOfNames(record: NamedRecord, take: (kind: KeyKind, key: string) => void): void {
  const add = (kind: KeyKind, text: string) => {
    if (text !== '') take(kind, cut(text))
  }
  let first: readonly KeyToken[] | undefined
  for (const name of record.names) {
    const words = eachNameKey(name, add)
    first ??= words
  }
  for (const name of record.weakNames) eachNameKey(name, add)
  for (const { year, month, day } of record.dates) {
    if (day > 0) add('born', `${year}-${month}-${day}`)
    if (first !== undefined) for (const word of first.slice(0, MOST_PAIRED)) add('born-name', `${word.latin.slice(0, 3)} ${year}`)
  }
}

function cut(text: string): string {
  return text.length > LONGEST_KEY ? text.slice(0, LONGEST_KEY) : text
}

/** Answers the words of the name as it stands. */
function eachNameKey(name: KeyName, add: (kind: KeyKind, text: string) => void): readonly KeyToken[] {
  const words = keyWords(name)
  nameKeys(name, words, add)
  for (const each of name.alternatives) nameKeys(each, keyWords(each), add)
  return words
}

function nameKeys(name: KeyName, all: readonly KeyToken[], add: (kind: KeyKind, text: string) => void): void {
  const words = all.length > MOST_WORDS ? all.slice(0, MOST_WORDS) : all
  if (words.length === 0) return
  add('name', sorted(words.map((word) => word.latin)))
  const letters = allLetters(name)
  add('letters', letterCounts(letters))
  const left = allLettersLeft(name)
  if (left.length >= FEWEST_LEFT && left !== letters) add('letters', letterCounts(left))
  if (letters.length >= 6) add('ends', `${letters.slice(0, 4)} ${letters.slice(-4)}`)
  for (const word of words) {
    add('token', word.latin)
    if (words.length === 1) add('sound-name', word.phonetic)
    else if (word.phonetic.length > 1) add('sound', word.phonetic)
  }
  const joined = joinedSounds(name)
  if (joined.length === 1) add('sound-name', joined[0] ?? '')
  else if (joined.length > 1) soundPairs(joined.slice(0, MOST_PAIRED), add)
  const paired = words.slice(0, MOST_PAIRED)
  paired.forEach((one, at) => {
    for (const other of paired.slice(at + 1)) {
      add('sound-pair', soundPair(one.phonetic, other.phonetic))
      add('start-pair', pair(one.latin.slice(0, 3), other.latin.slice(0, 3)))
      add('end-pair', pair(one.latin.slice(-3), other.latin.slice(-3)))
    }
  })
  // Of two words nothing is left but the other one when a short word is misspelled or only its initial is given.
  const [one, other] = words
  if (words.length === 2 && one !== undefined && other !== undefined) {
    add('word-initial', `${one.latin} ${other.latin.slice(0, 1)}`)
    add('word-initial', `${other.latin} ${one.latin.slice(0, 1)}`)
  }
  if (name.kind === 'person') return
  const initials = initialsOf(name)
  if (initials.length >= FEWEST_INITIALS) add('acronym', initials)
  if (words.length === 1) add('acronym', words[0]?.latin ?? '')
}

function soundPairs(sounds: readonly string[], add: (kind: KeyKind, text: string) => void): void {
  sounds.forEach((one, at) => {
    for (const other of sounds.slice(at + 1)) add('sound-pair', soundPair(one, other))
  })
}

function soundPair(one: string, other: string): string {
  return pair(one.slice(0, 5), other.slice(0, 5))
}

function pair(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`
}

function sorted(words: readonly string[]): string {
  return [...words].sort().join(' ')
}
