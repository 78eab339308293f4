/**
 * What a fragment is found by: its names under the keys of the matching engine, its numbers, its words, and what lists are filtered by. Made from the fragment
 * alone, so that it can be thrown away and made again. Invariant: every key and every word begins with, or is mixed with, the view of the fragment.
 * Relations are found through the records at their ends and have none.
 */
import { eachKeyOfNames, type KeyKind, keysOf } from '#kernel/match/keys.ts'
import { type KeyedRecord, prepareForNameKeys } from '#kernel/match/record.ts'
import { readIdentifier } from '#kernel/match/record-identifier.ts'
import { captionOf, edgeOf, propertyOf } from '#kernel/record/model.ts'
import type { PropertyType } from '#kernel/record/schema.ts'
import { numberForms } from './search-numbers.ts'
import { latinise, wordsOf } from './search-words.ts'
import type { StoredValue } from './tables.ts'
import { hashInView, viewNumber, wordIn } from './views.ts'

/** Words beyond are not found; a text of so many different words is a book. */
const MOST_WORDS = 10_000
/** Values of one fragment that are kept beside it for lists. */
const MOST_LISTED = 200
/** Keys of one fragment from what the matching engine reads (its names in their order), and as many from its numbers, countries and topics. A hundred names have about 800. */
const MOST_KEYS = 2000

/** So few are told apart quicker without a set. */
const FEW_KEYS = 40

/** A number with nothing around it: its forms are those of the comparison. */
const BARE = /^\+?\d+$/

const NUMBERS: ReadonlySet<PropertyType> = new Set(['identifier', 'iban', 'phone', 'email', 'ip', 'checksum'])
const WORDS: ReadonlySet<PropertyType> = new Set(['name', 'string', 'text', 'html', 'address', 'identifier', 'email'])

export interface SearchDoc {
  readonly caption: string
  readonly names: readonly string[]
  readonly countries: readonly string[]
  readonly topics: readonly string[]
  /** As stated. */
  readonly identifiers: readonly string[]
  readonly keys: readonly number[]
  /** Of small letters and digits; each is stored with `within` in front. */
  readonly words: ReadonlySet<string>
  /** The signs that say of which view a word is. */
  readonly within: string
  /** There were more words or keys than are kept. */
  readonly isCut: boolean
}

export interface SearchedFragment {
  readonly schema: string
  readonly vals: readonly StoredValue[]
}

/** Undefined for a relation. */
export function searchDocOf(fragment: SearchedFragment, view: string): SearchDoc | undefined {
  if (edgeOf(fragment.schema) !== undefined) return undefined
  const properties = propertiesOf(fragment.vals)
  const found = sorted(fragment)
  const number = viewNumber(view)
  const matching: number[] = []
  eachKeyOfNames(prepareForNameKeys({ schema: fragment.schema, properties }, latinise), (kind, key) => {
    if (isSearched(kind)) matching.push(hashInView(number, kind, key))
  })
  const stated: number[] = []
  for (const key of found.countries) stated.push(hashInView(number, 'country', key))
  for (const key of found.topics) stated.push(hashInView(number, 'topic', key))
  for (const value of [...found.numbers, ...found.compared])
    for (const key of numberForms(value)) stated.push(hashInView(number, 'number', key))
  const parts = [distinct(matching), distinct(stated)]
  return {
    caption: captionOf(fragment.schema, properties),
    names: listed(found.names),
    countries: listed(found.countries),
    topics: listed(found.topics),
    identifiers: listed(found.numbers),
    keys: parts.flatMap((keys) => keys.slice(0, MOST_KEYS)),
    words: found.words,
    within: wordIn(view)(''),
    isCut: found.words.size >= MOST_WORDS || parts.some((keys) => keys.length > MOST_KEYS),
  }
}

export interface SearchedKey {
  readonly kind: KeyKind | 'number'
  readonly key: string
}

/**
 * Keys by which the store is searched. Those that most records share are left out, since the store would read them for nothing: the sound of one word of several, which
 * the sounds of two cover, and a day of birth without a name. So is the name in full: whoever shares it shares its letters. Numbers are filed once, whatever their type: whoever types one
 * and whoever compares records finds them by the same key.
 */
export function searchedKeys(record: KeyedRecord): readonly SearchedKey[] {
  const numbers = new Set(record.identifiers.flatMap(({ value }) => numberForms(value)))
  return [...[...numbers].map((key): SearchedKey => ({ kind: 'number', key })), ...keysOf(record).filter(({ kind }) => isSearched(kind))]
}

function isSearched(kind: KeyKind): boolean {
  return kind !== 'sound' && kind !== 'born' && kind !== 'name' && kind !== 'identifier'
}

/** In the order of their first appearance. */
function distinct(numbers: readonly number[]): readonly number[] {
  return numbers.length > FEW_KEYS ? [...new Set(numbers)] : numbers.filter((each, at) => numbers.indexOf(each) === at)
}

/** Values by property, as the matching engine takes them. */
export function propertiesOf(vals: readonly StoredValue[]): Record<string, string[]> {
  // Without a prototype: a property may be called whatever a file calls it.
  const properties = Object.create(null) as Record<string, string[]>
  for (const [prop, value] of vals) {
    const values = properties[prop]
    if (values === undefined) properties[prop] = [value]
    else values.push(value)
  }
  return properties
}

interface Sorted {
  readonly names: Set<string>
  readonly countries: Set<string>
  readonly topics: Set<string>
  readonly numbers: Set<string>
  /** Numbers as the comparison takes them, where something else stands around them. */
  readonly compared: Set<string>
  readonly words: Set<string>
}

function sorted({ schema, vals }: SearchedFragment): Sorted {
  const found: Sorted = {
    names: new Set(),
    countries: new Set(),
    topics: new Set(),
    numbers: new Set(),
    compared: new Set(),
    words: new Set(),
  }
  for (const [prop, value] of vals) {
    const type = propertyOf(schema, prop)?.type
    if (type === undefined) continue
    if (type === 'name') found.names.add(value)
    else if (type === 'country') found.countries.add(value.toLowerCase())
    else if (type === 'topic') found.topics.add(value)
    if (NUMBERS.has(type)) {
      found.numbers.add(value)
      const compared = BARE.test(value) ? undefined : readIdentifier(prop, value)
      if (compared !== undefined) found.compared.add(compared.value)
    }
    if (WORDS.has(type)) wordsOf(value, MOST_WORDS, found.words)
  }
  return found
}

function listed(values: ReadonlySet<string>): readonly string[] {
  return values.size <= MOST_LISTED ? [...values] : [...values].slice(0, MOST_LISTED)
}
