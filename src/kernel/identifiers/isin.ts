/**
 * International Securities Identification Number: two letters of the country, nine letters or digits, one check digit.
 * Check digit: letters count 10 to 35 and are written out; from the right every other digit is doubled, digits are summed, modulo 10.
 * Source: ISO 6166:2021, annex on the check digit (the Luhn sum over the expanded digits).
 */
import { accept, type Parsed, refuse } from '#kernel/result/problem.ts'
import { luhnDigit } from './luhn.ts'

declare const isin: unique symbol
export type Isin = string & { readonly [isin]: true }

const SHAPE = /^[A-Z]{2}[A-Z0-9]{9}[0-9]$/

export function parseIsin(text: string): Parsed<Isin> {
  const code = text.slice(0, 40).replace(/[\s-]/g, '').toUpperCase()
  if (!SHAPE.test(code))
    return refuse({
      code: 'isin.format',
      at: 'isin',
      message: 'An ISIN has two letters of the country, nine letters or digits, and a check digit.',
    })
  const expected = luhnDigit(expanded(code.slice(0, 11)))
  if (String(expected) !== code[11])
    return refuse({
      code: 'isin.check-digit',
      at: 'isin',
      message: `The check digit does not match: for ${code.slice(0, 11)} it is ${expected}.`,
    })
  return accept(code as Isin)
}

function expanded(code: string): string {
  return code.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
}
