/**
 * A record made ready for comparison: names cut and romanised once, dates, identifiers, places and contacts normalised. Properties are those of FollowTheMoney;
 * others are not compared. Countries are taken from documents and registers (nationality, jurisdiction, flag) and serve only to tell whether two records mean the
 * same thing: no signal and no score of a person is made of them.
 * In = compared + told: what is not read (too many names, no date) stands in `problems`, by property and position.
 */
import type { Problem } from '#kernel/result/problem.ts'
import { type Latinise, type NameKind, type PreparedName, prepareName } from './name.ts'
import { type PartialDate, parsePartialDate } from './record-date.ts'
import { IDENTIFIER_RULES, type RecordIdentifier, readIdentifier } from './record-identifier.ts'
import { type NameParts, partsOf } from './record-parts.ts'
import { kindOf } from './record-schema.ts'

export interface MatchInput {
  readonly schema: string
  readonly properties: Readonly<Record<string, readonly string[]>>
}

export interface PreparedRecord {
  readonly schema: string
  readonly kind: NameKind
  readonly names: readonly PreparedName[]
  /** Names that others share or that are only sometimes used. */
  readonly weakNames: readonly PreparedName[]
  readonly parts: NameParts
  /** Of birth, incorporation or building. */
  readonly dates: readonly PartialDate[]
  readonly identifiers: readonly RecordIdentifier[]
  /** Upper case as recorded. */
  readonly countries: readonly string[]
  readonly genders: readonly string[]
  /** Sorted words of each address. */
  readonly addresses: readonly (readonly string[])[]
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
const COUNTRIES = ['nationality', 'citizenship', 'country', 'jurisdiction', 'mainCountry', 'flag'] as const

export function prepareRecord(input: MatchInput, latinise: Latinise): PreparedRecord {
  const problems: Problem[] = []
  const kind = kindOf(input.schema)
  const values = (property: string, most = MOST_VALUES): readonly string[] => {
    const all = input.properties[property] ?? []
    if (all.length > most)
      problems.push({
        code: 'match.values-many',
        at: `${property} ${most + 1}`,
        message: `Of ${all.length} values the first ${most} are compared.`,
      })
    return all.slice(0, most)
  }
  const prepare = (texts: readonly string[]) =>
    texts.map((text) => prepareName(text, kind, latinise)).filter((name) => name.tokens.length > 0)
  const parts = partsOf(values, (text) => prepareName(text, kind, latinise))
  const named = distinct([...NAMES.flatMap((property) => values(property, MOST_NAMES)), ...parts.composed])
  if (named.length > MOST_NAMES)
    problems.push({
      code: 'match.values-many',
      at: `name ${MOST_NAMES + 1}`,
      message: `Of ${named.length} names the first ${MOST_NAMES} are compared.`,
    })
  const dates = DATES.flatMap((property) =>
    values(property).flatMap((text, at) => {
      const date = parsePartialDate(text, `${property} ${at + 1}`)
      problems.push(...date.problems)
      return date.ok ? [date.value] : []
    }),
  )
  const identifiers = new Map<string, RecordIdentifier>()
  for (const property of Object.keys(IDENTIFIER_RULES))
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
              ? 'Too short or too long to be compared as an identifier.'
              : `Beyond the first ${MOST_IDENTIFIERS} identifiers of the record, so it is not compared.`,
        })
    }
  return {
    schema: input.schema,
    kind,
    names: prepare(named.slice(0, MOST_NAMES)),
    weakNames: prepare(distinct(values('weakAlias', MOST_NAMES))),
    parts,
    dates,
    identifiers: [...identifiers.values()],
    countries: distinct(
      COUNTRIES.flatMap((property) => values(property)).map((country) => country.slice(0, LONGEST_CODE).trim().toUpperCase()),
    ),
    genders: distinct(values('gender').map((gender) => gender.slice(0, LONGEST_CODE).trim().toLowerCase())).filter(
      (gender) => gender === 'male' || gender === 'female',
    ),
    addresses: values('address', MOST_ADDRESSES).map((address) => addressWords(address, latinise)),
    problems,
  }
}

function addressWords(address: string, latinise: Latinise): readonly string[] {
  const words =
    latinise(address.slice(0, LONGEST_ADDRESS))
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  return [...new Set(words)].sort()
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text.trim() !== '')
}
