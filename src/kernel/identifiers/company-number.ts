/**
 * Numbers of legal persons with check digits that FollowTheMoney knows: INN and OGRN (Russian Federation), NPI (United States).
 * Sources: Federal Tax Service order of 29 June 2012 No. ММВ-7-6/435@, annex (INN weights); Government decree of 19 June 2002 No. 438 (OGRN: remainder by 11,
 * OGRNIP: by 13); 45 CFR 162.406 with ISO/IEC 7812-1 (NPI: Luhn over 80840 and the number).
 * The computations were tried on published numbers; the citations are from memory.
 */
import { accept, type Parsed, refuse } from '#kernel/result/problem.ts'
import { luhnDigit } from './luhn.ts'

const INN_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8]
const INN_11 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
const INN_12 = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]

export function parseInn(text: string): Parsed<string> {
  const digits = plain(text)
  if (!/^(?:[0-9]{10}|[0-9]{12})$/.test(digits)) return refuse({ code: 'inn.format', at: 'inn', message: 'An INN has 10 or 12 digits.' })
  const expected = digits.length === 10 ? weighted(digits, INN_10) : `${weighted(digits, INN_11)}${weighted(digits, INN_12)}`
  return check('inn', digits, expected)
}

export function parseOgrn(text: string): Parsed<string> {
  const digits = plain(text)
  if (!/^(?:[0-9]{13}|[0-9]{15})$/.test(digits)) return refuse({ code: 'ogrn.format', at: 'ogrn', message: 'An OGRN has 13 or 15 digits.' })
  const divisor = digits.length === 13 ? 11 : 13
  // At most 14 digits: below 2^53, so the number is exact.
  return check('ogrn', digits, String((Number(digits.slice(0, -1)) % divisor) % 10))
}

export function parseNpi(text: string): Parsed<string> {
  const digits = plain(text)
  if (!/^[12][0-9]{9}$/.test(digits))
    return refuse({ code: 'npi.format', at: 'npi', message: 'An NPI has ten digits and begins with 1 or 2.' })
  return check('npi', digits, String(luhnDigit(`80840${digits.slice(0, 9)}`)))
}

function check(kind: string, digits: string, expected: string): Parsed<string> {
  return digits.endsWith(expected)
    ? accept(digits)
    : refuse({
        code: `${kind}.check-digit`,
        at: kind,
        message: `The check digit does not match: for ${digits.slice(0, -expected.length)} it is ${expected}.`,
      })
}

function weighted(digits: string, weights: readonly number[]): string {
  return String((weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11) % 10)
}

function plain(text: string): string {
  return text.slice(0, 40).replace(/[\s\-.]/g, '')
}
