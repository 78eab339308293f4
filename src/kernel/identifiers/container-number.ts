/**
 * Freight container number: three letters of the owner, one category letter (U, J, Z), six digits, one check digit.
 * Check digit: letters count 10 to 38 leaving out the multiples of 11, digits count as they are; the k-th of the first ten signs (from 0)
 * is weighted 2^k; the sum modulo 11, modulo 10, is the digit.
 * Source: ISO 6346:2022, 4.2 and annex A.
 * Departs from a strict reading: a remainder of 10 gives the digit 0, which the standard advises owners not to issue; it is accepted with a warning.
 */
import { accept, type Parsed, refuse } from '#kernel/result/problem.ts'

declare const containerNumber: unique symbol
export type ContainerNumber = string & { readonly [containerNumber]: true }

const SHAPE = /^[A-Z]{3}[UJZ][0-9]{7}$/
/** Paint and paper put blanks, a hyphen or a slash between the groups; they carry no meaning. */
const DECORATION = /[\s\-/.]/g

export function parseContainerNumber(text: string): Parsed<ContainerNumber> {
  const number = plain(text)
  if (!SHAPE.test(number))
    return refuse({
      code: 'container-number.format',
      at: 'container',
      message: 'A container number has three letters of the owner, U, J or Z, and seven digits.',
    })
  const digit = containerCheckDigit(number.slice(0, 10))
  if (String(digit) !== number[10])
    return refuse({
      code: 'container-number.check-digit',
      at: 'container',
      message: `The check digit does not match: for ${number.slice(0, 10)} it is ${digit}.`,
    })
  if (remainder(number) !== 10) return accept(number as ContainerNumber)
  return accept(number as ContainerNumber, [
    {
      code: 'container-number.ambiguous-digit',
      at: 'container',
      message: 'The check sum leaves 10, which also reads as 0: owners are advised not to use this number.',
    },
  ])
}

/** Check digit of the first ten signs, which must have the shape of a container number. */
export function containerCheckDigit(firstTen: string): number {
  return remainder(firstTen) % 10
}

/** The same number with the right digit, when only the digit is wrong; otherwise nothing is guessed. */
export function suggestContainerNumber(text: string): string | undefined {
  const number = plain(text)
  if (!SHAPE.test(number)) return undefined
  return number.slice(0, 10) + containerCheckDigit(number.slice(0, 10))
}

/** True when the text has the shape, whatever its digit. */
export function looksLikeContainerNumber(text: string): boolean {
  return SHAPE.test(plain(text))
}

function plain(text: string): string {
  return text.slice(0, 40).replace(DECORATION, '').toUpperCase()
}

function remainder(number: string): number {
  let sum = 0
  for (let index = 0; index < 10; index++) sum += signValue(number.charCodeAt(index)) * 2 ** index
  return sum % 11
}

function signValue(code: number): number {
  if (code < 58) return code - 48
  const position = code - 65
  // A is 10; 11, 22 and 33 are skipped, so the value runs ahead by one from B, two from L, three from V.
  return position + 10 + (position >= 1 ? 1 : 0) + (position >= 11 ? 1 : 0) + (position >= 21 ? 1 : 0)
}
