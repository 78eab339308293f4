/**
 * CAS registry number of a substance: two to seven digits, two digits, a check digit, joined by hyphens.
 * Check digit: the other digits counted from the right, each times its place (1, 2, 3 …), summed, modulo 10.
 * Source: CAS, "Check Digit Verification of CAS Registry Numbers".
 */
import { accept, type Parsed, refuse } from '#kernel/result/problem.ts'

declare const casNumber: unique symbol
export type CasNumber = string & { readonly [casNumber]: true }

const SHAPE = /^([1-9][0-9]{1,6})-([0-9]{2})-([0-9])$/

export function parseCasNumber(text: string): Parsed<CasNumber> {
  const number = text.slice(0, 40).trim()
  const [, first, second, digit] = SHAPE.exec(number) ?? []
  if (first === undefined)
    return refuse({
      code: 'cas-number.format',
      at: 'cas',
      message: 'A CAS number has two to seven digits, two digits and one, with hyphens: 7732-18-5.',
    })
  const expected = casCheckDigit(`${first}${second}`)
  if (expected !== Number(digit))
    return refuse({
      code: 'cas-number.check-digit',
      at: 'cas',
      message: `The check digit does not match: for ${first}-${second} it is ${expected}.`,
    })
  return accept(number as CasNumber)
}

function casCheckDigit(digits: string): number {
  let sum = 0
  for (let index = 0; index < digits.length; index++) sum += Number(digits[index]) * (digits.length - index)
  return sum % 10
}
