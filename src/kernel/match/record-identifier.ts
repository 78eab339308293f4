/**
 * Identifiers of a record as they are compared: of which type, normalised, and whether their check digit holds. A value that fails its check is kept: two sources
 * may have copied one mistake, which says a little, but not what a valid number says. Some types are exclusive: a thing has one such number for life, so two of
 * them are evidence of two things. The properties are those of FollowTheMoney and of our extensions.
 */
import { parseInn, parseNpi, parseOgrn } from '#kernel/identifiers/company-number.ts'
import { parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import { parseImoNumber } from '#kernel/identifiers/imo-number.ts'
import { parseIsin } from '#kernel/identifiers/isin.ts'
import { parseLei } from '#kernel/identifiers/lei.ts'
import { parseMmsi } from '#kernel/identifiers/mmsi.ts'
import { remainder97 } from '#kernel/identifiers/mod-97.ts'
import type { Parsed } from '#kernel/result/problem.ts'
import { asciiDigits } from './digits.ts'

export interface RecordIdentifier {
  readonly property: string
  /** Types of one family hold numbers that sources file under one another's names. */
  readonly family: string
  readonly value: string
  readonly check: 'valid' | 'invalid' | 'none'
}

export interface IdentifierRule {
  readonly family: string
  /** Log-odds of an equal value: how seldom two things share it. Policy, from what the issuing rules promise. */
  readonly equal: number
  /** Log-odds of different values; 0 where a thing may have several. */
  readonly different: number
  readonly parse?: (text: string) => Parsed<string>
  /** What a value without a digit looks like, with or without its hyphens. Where nothing stands each has one: words in place of a number say that there is none (UNKNOWN, N/A). */
  readonly letters?: RegExp
  /** The only form in which it tells things apart, where sources file other codes under the name as well. */
  readonly form?: RegExp
}

const checked =
  (holds: (value: string) => boolean) =>
  (text: string): Parsed<string> =>
    holds(text)
      ? { ok: true, value: text, problems: [] }
      : { ok: false, problems: [{ code: 'match.check-digit', at: 'value', message: 'The check digits do not match.' }] }

export const IDENTIFIER_RULES: Readonly<Record<string, IdentifierRule>> = {
  imoNumber: { family: 'imo', equal: 12, different: -10, parse: parseImoNumber },
  mmsi: { family: 'mmsi', equal: 9, different: -2, parse: parseMmsi },
  callSign: { family: 'call-sign', equal: 5, different: -1, letters: /^[A-Z]{4}$/ },
  containerNumber: { family: 'container', equal: 12, different: -10, parse: parseContainerNumber },
  leiCode: { family: 'lei', equal: 12, different: -8, parse: parseLei },
  isin: { family: 'isin', equal: 10, different: -4, parse: parseIsin },
  isinCode: { family: 'isin', equal: 10, different: 0, parse: parseIsin },
  uniqueEntityId: { family: 'uei', equal: 11, different: -5 },
  npiCode: { family: 'npi', equal: 11, different: -5, parse: parseNpi },
  ogrnCode: { family: 'register', equal: 11, different: -5, parse: parseOgrn },
  innCode: { family: 'tax', equal: 11, different: -4, parse: parseInn },
  dunsCode: { family: 'duns', equal: 9, different: -3 },
  cageCode: { family: 'cage', equal: 7, different: -1, letters: /^[A-Z]{5}$/ },
  permId: { family: 'perm', equal: 9, different: -3 },
  wikidataId: { family: 'wikidata', equal: 11, different: -4 },
  // Marks of aircraft may be letters alone (PH-ABC): a hyphen stands behind the country's, and none that begins with N is without a digit.
  registrationNumber: { family: 'register', equal: 8, different: -3, letters: /^(?!N)[A-Z]{1,2}-[A-Z]{3,4}$/ },
  ibcRuc: { family: 'register', equal: 8, different: -3 },
  taxNumber: { family: 'tax', equal: 8, different: -3 },
  vatCode: { family: 'tax', equal: 8, different: -3 },
  okpoCode: { family: 'okpo', equal: 8, different: -3 },
  swiftBic: { family: 'bic', equal: 7, different: -1, letters: /^[A-Z]{8}(?:XXX)?$/ },
  idNumber: { family: 'document', equal: 8, different: -1 },
  personalNumber: { family: 'document', equal: 9, different: -3 },
  socialSecurityNumber: { family: 'document', equal: 9, different: -4 },
  passportNumber: { family: 'document', equal: 9, different: -0.5 },
  unscId: { family: 'unsc', equal: 12, different: -6 },
  // The address of the transponder, six hexadecimal digits; the model's label is that of the type designator (A320), which every aircraft of a type has.
  icaoCode: { family: 'icao', equal: 10, different: -6, form: /^[0-9A-F]{6}$/ },
  serialNumber: { family: 'serial', equal: 7, different: -3 },
  publicKey: { family: 'wallet', equal: 12, different: -1, letters: /^[A-Za-z]{25,}$/ },
  iban: { family: 'account', equal: 10, different: -0.5, parse: checked((value) => remainder97(value.slice(4) + value.slice(0, 4)) === 1) },
  accountNumber: { family: 'account', equal: 7, different: -0.5 },
  email: { family: 'email', equal: 6, different: -0.3, letters: /@/ },
  phone: { family: 'phone', equal: 4.5, different: -0.2 },
}

/** Policy: what a shared value adds whose check digit is wrong. */
export const INVALID_EQUAL = 2.5
/** Shorter values are shared too often to say anything. */
const SHORTEST = 4
const LONGEST = 128

/** Undefined where the value is too short, too long or no number at all, and is not compared. */
export function readIdentifier(property: string, text: string): RecordIdentifier | undefined {
  const rule = IDENTIFIER_RULES[property]
  if (rule === undefined || text.length > LONGEST) return undefined
  const value = plainValue(property, text)
  if (value.length < SHORTEST || /^(.)\1*$/.test(value)) return undefined
  if (rule.form === undefined ? !/\p{N}/u.test(value) && !isOfLetters(rule, value, text) : !rule.form.test(value)) return undefined
  if (rule.parse === undefined) return { property, family: rule.family, value, check: 'none' }
  const parsed = rule.parse(value)
  return parsed.ok
    ? { property, family: rule.family, value: parsed.value, check: 'valid' }
    : { property, family: rule.family, value, check: 'invalid' }
}

function isOfLetters({ letters }: IdentifierRule, value: string, text: string): boolean {
  return letters !== undefined && (letters.test(value) || letters.test(text.trim().toUpperCase()))
}

function plainValue(property: string, text: string): string {
  const plain = asciiDigits(text.normalize('NFKC')).trim()
  if (property === 'email') return plain.toLowerCase().replace(/^mailto:/, '')
  // The case of a wallet's address is a part of it.
  if (property === 'publicKey') return /^0x/i.test(plain) ? plain.toLowerCase() : plain
  if (property === 'phone')
    return plain
      .replaceAll('(0)', '')
      .replace(/[^0-9]/g, '')
      .replace(/^0+/, '')
  const code = plain.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
  return property === 'imoNumber' ? code.replace(/^IMO/, '') : code
}
