/**
 * A record made ready for comparison: names cut and romanised once, dates, identifiers, places and contacts normalised. Properties are those of FollowTheMoney;
 * others are not compared. Countries are taken from documents and registers (nationality, jurisdiction, flag) and serve only to tell whether two records mean the
 * same thing: no signal and no score of a person is made of them.
 * In = compared + told: what is not read (too many names, no date) stands in `problems`, by property and position.
 */
import type { Problem } from '#kernel/result/problem.ts'
import { type KeyName, type Latinise, type NameKind, type PreparedName, prepareKeyName, prepareName } from './name.ts'
import { type PartialDate, parsePartialDate } from './record-date.ts'
import { IDENTIFIER_RULES, type RecordIdentifier, readIdentifier } from './record-identifier.ts'
import { composedOf, type NameParts, partsOf } from './record-parts.ts'
import { kindOf } from './record-schema.ts'

export interface MatchInput {
  readonly schema: string
  readonly properties: Readonly<Record<string, readonly string[]>>
}

/** Names with dates. */
export interface NamedRecord {
  readonly names: readonly KeyName[]
  /** Names that others share or that are only sometimes used. */
  readonly weakNames: readonly KeyName[]
  /** Of birth, incorporation or building. */
  readonly dates: readonly PartialDate[]
}

/** As much of a record as keys are made of. */
export interface KeyedRecord extends NamedRecord {
  readonly identifiers: readonly RecordIdentifier[]
}

export interface RecordAddress {
  /** As recorded. */
  readonly text: string
  /** Each once, sorted. */
  readonly words: readonly string[]
  /** Those of them that hold a digit: house, box, postcode. */
  readonly numbers: string
}

export interface PreparedRecord extends KeyedRecord {
  readonly names: readonly PreparedName[]
  readonly weakNames: readonly PreparedName[]
  readonly schema: string
  readonly kind: NameKind
  readonly parts: NameParts
  /** Upper case as recorded. */
  readonly countries: readonly string[]
  readonly genders: readonly string[]
  readonly addresses: readonly RecordAddress[]
  readonly problems: readonly Problem[]
}

/** Policy: limits of what is compared of one record. What is beyond is told. */
const MOST_NAMES = 128
const MOST_VALUES = 64
const MOST_IDENTIFIERS = 256
const MOST_ADDRESSES = 16
const LONGEST_ADDRESS = 300
const LONGEST_CODE = 64

const NAMES = ['name', 'alias', 'previousName'] as const
const DATES = ['birthDate', 'incorporationDate', 'buildDate'] as const
const IDENTIFIERS: ReadonlySet<string> = new Set(Object.keys(IDENTIFIER_RULES))
const NONE: readonly string[] = []
const COUNTRIES = ['nationality', 'citizenship', 'country', 'jurisdiction', 'mainCountry', 'flag'] as const

/** The same keys come of it as of the record prepared whole, for less than half of the work: a store makes keys of many records that it never compares. */
export function prepareForKeys(input: MatchInput, latinise: Latinise): KeyedRecord {
  const read = reading(input)
  return { ...prepareNames(read, latinise), identifiers: identifiersOf(read) }
}

/** For a store that files identifiers by itself. */
export function prepareForNameKeys(input: MatchInput, latinise: Latinise): NamedRecord {
  return prepareNames(reading(input), latinise)
}

function prepareNames(read: Reading, latinise: Latinise): NamedRecord {
  return named(read, composedOf(read.values), (text) => prepareKeyName(text, read.kind, latinise))
}

export function prepareRecord(input: MatchInput, latinise: Latinise): PreparedRecord {
  const read = reading(input)
  const { values, kind, problems } = read
  const prepare = (text: string) => prepareName(text, kind, latinise)
  const parts = partsOf(values, prepare)
  return {
    schema: input.schema,
    kind,
    ...named(read, parts.composed, prepare),
    identifiers: identifiersOf(read),
    parts,
    countries: distinct(
      COUNTRIES.flatMap((property) => values(property)).map((country) => country.slice(0, LONGEST_CODE).trim().toUpperCase()),
    ),
    genders: distinct(values('gender').map((gender) => gender.slice(0, LONGEST_CODE).trim().toLowerCase())).filter(
      (gender) => gender === 'male' || gender === 'female',
    ),
    addresses: values('address', MOST_ADDRESSES).map((address) => readAddress(address, latinise)),
    problems,
  }
}

interface Reading {
  readonly kind: NameKind
  readonly problems: Problem[]
  readonly properties: MatchInput['properties']
  readonly values: (property: string, most?: number) => readonly string[]
}

function reading({ schema, properties }: MatchInput): Reading {
  const problems: Problem[] = []
  return {
    kind: kindOf(schema),
    problems,
    properties,
    values: (property, most = MOST_VALUES) => {
      const all = properties[property] ?? NONE
      if (all.length <= most) return all
      problems.push({
        code: 'match.values-many',
        at: `${property} ${most + 1}`,
        message: `Of ${all.length} values the first ${most} are compared.`,
      })
      return all.slice(0, most)
    },
  }
}

interface Named<Name extends KeyName> extends NamedRecord {
  readonly names: readonly Name[]
  readonly weakNames: readonly Name[]
}

function named<Name extends KeyName>(read: Reading, composed: readonly string[], prepare: (text: string) => Name): Named<Name> {
  const { values, problems } = read
  const stated: string[] = []
  for (const property of NAMES) for (const name of values(property, MOST_NAMES)) stated.push(name)
  const all = distinct(composed.length === 0 ? stated : [...stated, ...composed])
  if (all.length > MOST_NAMES)
    problems.push({
      code: 'match.values-many',
      at: `name ${MOST_NAMES + 1}`,
      message: `Of ${all.length} names the first ${MOST_NAMES} are compared.`,
    })
  const dates: PartialDate[] = []
  for (const property of DATES)
    for (const [at, text] of values(property).entries()) {
      const date = parsePartialDate(text, `${property} ${at + 1}`)
      problems.push(...date.problems)
      if (date.ok) dates.push(date.value)
    }
  return {
    names: tokened(all.slice(0, MOST_NAMES).map(prepare)),
    weakNames: tokened(distinct(values('weakAlias', MOST_NAMES)).map(prepare)),
    dates,
  }
}

function tokened<Name extends KeyName>(names: readonly Name[]): readonly Name[] {
  return names.filter((name) => name.tokens.length > 0)
}

const NO_IDENTIFIERS: readonly RecordIdentifier[] = []

function identifiersOf({ properties, values, problems }: Reading): readonly RecordIdentifier[] {
  const stated = Object.keys(properties).filter((property) => IDENTIFIERS.has(property))
  if (stated.length === 0) return NO_IDENTIFIERS
  const identifiers = new Map<string, RecordIdentifier>()
  // In the order of the rules, whatever order the record has.
  for (const property of stated.length === 1 ? stated : IDENTIFIERS)
    for (const [at, text] of values(property).entries()) {
      const identifier = readIdentifier(property, text)
      const key = `${property} ${identifier?.value}`
      if (identifier !== undefined && (identifiers.has(key) || identifiers.size < MOST_IDENTIFIERS)) identifiers.set(key, identifier)
      else
        problems.push({
          code: identifier === undefined ? 'match.identifier' : 'match.identifiers-many',
          at: `${property} ${at + 1}`,
          message:
            identifier === undefined
              ? 'Too short, too long or without a digit, so it is not compared as an identifier.'
              : `Beyond the first ${MOST_IDENTIFIERS} identifiers of the record, so it is not compared.`,
        })
    }
  return [...identifiers.values()]
}

function readAddress(address: string, latinise: Latinise): RecordAddress {
  const text = address.slice(0, LONGEST_ADDRESS)
  const words = [
    ...new Set(
      latinise(text)
        .toLowerCase()
        .match(/[a-z0-9]+/g),
    ),
  ].sort()
  return { text, words, numbers: words.filter((word) => /[0-9]/.test(word)).join(' ') }
}

function distinct(texts: readonly string[]): readonly string[] {
  const [only] = texts
  if (texts.length < 2) return only === undefined || only.trim() === '' ? NONE : texts
  return [...new Set(texts)].filter((text) => text.trim() !== '')
}
