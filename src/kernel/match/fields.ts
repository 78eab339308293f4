/**
 * The fields of a person in a table and how two rows agree on them: one configuration for every table that has some of these columns. A missing value
 * says nothing. Given name and surname are compared as they stand and crossed, whichever fits better, since clerks swap them; that they were crossed is a
 * comparison of its own. A date agrees in part when one sign differs, when day and month are swapped, or when it lies within a season.
 * Identity is compared here and nothing else: no field speaks of origin, and nothing is scored but whether two rows mean the same person.
 */
import { dayOf } from '#kernel/procedure/civil-time.ts'
import { type Comparison, MISSING } from './fellegi-sunter.ts'
import { leastApart, signMask, signsApart } from './fields-distance.ts'

export interface FieldRow {
  readonly givenName: string
  readonly surname: string
  /** YYYY-MM-DD or YYYYMMDD; other texts are compared sign by sign. */
  readonly birthDate: string
  readonly street: string
  readonly town: string
  readonly postcode: string
  readonly identifier: string
  readonly email: string
}

/** A value with the classes of its signs, by which most unlike values are told apart without a comparison. */
export interface FieldText {
  readonly text: string
  readonly mask: number
}

export interface PreparedFields {
  readonly givenName: FieldText
  readonly surname: FieldText
  readonly birthDate: string
  /** A count of days; NaN where the text is no date. */
  readonly birthDay: number
  readonly street: FieldText
  readonly streetWords: readonly string[]
  readonly town: FieldText
  readonly postcode: string
  readonly identifier: string
  readonly email: FieldText
}

const NAME_LEVELS = ['equal', 'near', 'prefix', 'alike', 'different'] as const
const TEXT_LEVELS = ['equal', 'near', 'alike', 'different'] as const

export const FIELD_COMPARISONS: readonly Comparison[] = [
  { property: 'givenName', levels: NAME_LEVELS },
  { property: 'surname', levels: NAME_LEVELS },
  { property: 'nameOrder', levels: ['as-given', 'crossed'] },
  { property: 'birthDate', levels: ['equal', 'one-sign', 'season', 'year', 'different'] },
  { property: 'street', levels: TEXT_LEVELS },
  { property: 'town', levels: TEXT_LEVELS },
  { property: 'postcode', levels: ['equal', 'one-sign', 'different'] },
  { property: 'identifier', levels: ['equal', 'one-sign', 'two-signs', 'different'] },
  { property: 'email', levels: TEXT_LEVELS },
]

/** Policy: longer texts are compared by their beginning; a field of a table is no document. */
const LONGEST = 200
const SEASON_DAYS = 100

export function prepareFields(row: FieldRow): PreparedFields {
  const street = plain(row.street)
  const birthDate = row.birthDate.slice(0, LONGEST).replace(/[^0-9]/g, '')
  return {
    givenName: masked(plain(row.givenName)),
    surname: masked(plain(row.surname)),
    birthDate,
    birthDay: dayNumber(birthDate),
    street: masked(street),
    streetWords: [...new Set(street.split(' ').filter((word) => word !== ''))],
    town: masked(plain(row.town)),
    postcode: plain(row.postcode),
    identifier: plain(row.identifier).replaceAll(' ', ''),
    email: masked(plain(row.email)),
  }
}

/** Writes one level for each comparison at `at`. */
export function compareFields(
  a: PreparedFields,
  b: PreparedFields,
  { into, at }: { readonly into: Uint8Array; readonly at: number },
): void {
  const straight = likeness(a.givenName, b.givenName) + likeness(a.surname, b.surname)
  const isCrossed = straight < 2 && likeness(a.givenName, b.surname) + likeness(a.surname, b.givenName) > straight
  into[at] = nameLevel(a.givenName, isCrossed ? b.surname : b.givenName)
  into[at + 1] = nameLevel(a.surname, isCrossed ? b.givenName : b.surname)
  into[at + 2] = isCrossed ? 1 : 0
  into[at + 3] = dateLevel(a, b)
  into[at + 4] = streetLevel(a, b)
  into[at + 5] = textLevel(a.town, b.town)
  into[at + 6] = codeLevel(a.postcode, b.postcode, 1)
  into[at + 7] = codeLevel(a.identifier, b.identifier, 2)
  into[at + 8] = textLevel(a.email, b.email)
}

function masked(text: string): FieldText {
  return { text, mask: signMask(text) }
}

function plain(text: string): string {
  return text.slice(0, LONGEST).normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ').slice(0, LONGEST)
}

/** Days of the Gregorian calendar, for differences only; NaN for a month or day that cannot be. */
function dayNumber(digits: string): number {
  const date = /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(digits)
  if (date === null) return Number.NaN
  const [year, month, day] = [Number(date[1]), Number(date[2]), Number(date[3])]
  if (year === 0 || month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN
  return dayOf({ year, month, day })
}

/** 1 for equal texts down to a half; what is less alike, or missing, is like nothing. */
function likeness(a: FieldText, b: FieldText): number {
  if (a.text === '' || b.text === '') return 0
  if (a.text === b.text) return 1
  const longest = Math.max(a.text.length, b.text.length)
  const limit = longest >> 1
  if (leastApart(a.mask, b.mask) > limit) return 0
  const apart = signsApart(a.text, b.text, limit)
  return apart > limit ? 0 : 1 - apart / longest
}

function nameLevel(a: FieldText, b: FieldText): number {
  if (a.text === '' || b.text === '') return MISSING
  if (a.text === b.text) return 0
  const [short, long] = a.text.length <= b.text.length ? [a.text, b.text] : [b.text, a.text]
  const like = likeness(a, b)
  const edits = like === 0 ? long.length : Math.round((1 - like) * long.length)
  if (edits <= (short.length >= 7 ? 2 : short.length >= 3 ? 1 : 0)) return 1
  if (long.startsWith(short)) return 2
  return like >= 0.6 ? 3 : 4
}

function textLevel(a: FieldText, b: FieldText): number {
  if (a.text === '' || b.text === '') return MISSING
  if (a.text === b.text) return 0
  const like = likeness(a, b)
  return like >= 0.8 ? 1 : like >= 0.5 ? 2 : 3
}

function streetLevel(a: PreparedFields, b: PreparedFields): number {
  const level = textLevel(a.street, b.street)
  if (level === MISSING || level < 2) return level
  const [few, many] = a.streetWords.length <= b.streetWords.length ? [a.streetWords, b.streetWords] : [b.streetWords, a.streetWords]
  let shared = 0
  for (const word of few) if (many.includes(word)) shared += 1
  return shared * 2 >= many.length ? 1 : shared * 2 >= few.length && shared > 1 ? 2 : level
}

function codeLevel(a: string, b: string, furthest: number): number {
  if (a === '' || b === '') return MISSING
  return Math.min(signsApart(a, b, furthest), furthest + 1)
}

function dateLevel(a: PreparedFields, b: PreparedFields): number {
  const [x, y] = [a.birthDate, b.birthDate]
  if (x === '' || y === '') return MISSING
  if (x === y) return 0
  const swapped = x.length === 8 && x.slice(0, 4) + x.slice(6) + x.slice(4, 6) === y
  if (swapped || signsApart(x, y, 1) <= 1) return 1
  if (Math.abs(a.birthDay - b.birthDay) <= SEASON_DAYS) return 2
  return x.slice(0, 4) === y.slice(0, 4) || signsApart(x, y, 2) <= 2 ? 3 : 4
}
