/**
 * Cleaning of one value by its type: the same value always has the same text, whatever source it came from. Cleaning what is clean changes nothing.
 * Limits keep one value from filling a node; what is longer is for quarantine, never cut.
 * Source: FollowTheMoney 3.8.4, `types/*.py`.
 * Departs from it: a value that is doubtful is kept with a warning instead of dropped, and identifiers keep their check digits' verdict.
 */
import type { Problem } from '#kernel/result/problem.ts'
import type { PropertyType } from './schema.ts'
import { type Cleaned, doubtful, fine, unfit } from './value.ts'
import { cleanChecksum, cleanGender, cleanLanguage, cleanMimetype, cleanNumber, cleanTopic } from './value-code.ts'
import { cleanEmail, cleanIban, cleanIp, cleanPhone, cleanUrl, type PhoneReading } from './value-contact.ts'
import { cleanCountry } from './value-country.ts'
import { cleanDate } from './value-date.ts'
import { cleanIdentifier } from './value-identifier.ts'
import { type TextShape, tidyText } from './value-text.ts'

export interface CleanOptions extends PhoneReading {
  /** Kind of identifier (`imo`, `lei`, `iso6346` …). */
  readonly format?: string | undefined
}

/** Longest value of each type, in UTF-16 units. */
export const MAX_LENGTH: Readonly<Record<PropertyType, number>> = {
  address: 5000,
  checksum: 500,
  country: 500,
  date: 100,
  email: 1000,
  entity: 1000,
  gender: 100,
  html: 1_000_000,
  iban: 500,
  identifier: 1000,
  ip: 100,
  json: 1_000_000,
  language: 100,
  mimetype: 500,
  name: 2000,
  number: 500,
  phone: 500,
  string: 50_000,
  text: 1_000_000,
  topic: 200,
  url: 10_000,
}

const SHAPES: Readonly<Partial<Record<PropertyType, TextShape>>> = { text: 'block', html: 'block', json: 'exact', entity: 'exact' }
const EMPTY = unfit('empty', 'There is no value.')

export function clean(type: PropertyType, value: string, options: CleanOptions = {}): Cleaned {
  if (value.length > MAX_LENGTH[type])
    return unfit('too-long', `A value of the type ${type} has at most ${MAX_LENGTH[type]} signs; here are ${value.length}.`)
  const { text, problems } = tidyText(type === 'address' ? joinedLines(value) : value, SHAPES[type] ?? 'line')
  if (text === '' || (type !== 'json' && text.trim() === '')) return problems.length === 0 ? EMPTY : joined(problems, EMPTY)
  return joined(problems, ofType(type, text, options))
}

/** The lines of an address, one after the other. */
function joinedLines(text: string): string {
  if (!/[\r\n]/.test(text)) return text
  const lines = text.split(/[\r\n]+/).map((line) => line.trim())
  return lines.filter((line) => line !== '').join(', ')
}

function joined(before: readonly Problem[], cleaned: Cleaned): Cleaned {
  return before.length === 0 ? cleaned : { value: cleaned.value, problems: [...before, ...cleaned.problems] }
}

function ofType(type: PropertyType, text: string, options: CleanOptions): Cleaned {
  switch (type) {
    case 'name':
    case 'string':
    case 'text':
    case 'address':
    // Mark-up is kept as text; nothing here or elsewhere renders it.
    case 'html':
      return fine(text)
    case 'identifier':
      return cleanIdentifier(text, options.format)
    case 'entity':
      return /\s/.test(text) ? doubtful(text, 'entity.format', 'The id of a record holds no blanks.') : fine(text)
    case 'json':
      return isJson(text) ? fine(text) : doubtful(text, 'json.format', 'The value is not JSON.')
    case 'date':
      return cleanDate(text)
    case 'country':
      return cleanCountry(text)
    case 'number':
      return cleanNumber(text)
    case 'email':
      return cleanEmail(text)
    case 'phone':
      return cleanPhone(text, options)
    case 'iban':
      return cleanIban(text)
    case 'url':
      return cleanUrl(text)
    case 'ip':
      return cleanIp(text)
    case 'topic':
      return cleanTopic(text)
    case 'gender':
      return cleanGender(text)
    case 'language':
      return cleanLanguage(text)
    case 'mimetype':
      return cleanMimetype(text)
    case 'checksum':
      return cleanChecksum(text)
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
