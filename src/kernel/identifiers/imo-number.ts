/**
 * IMO ship identification number: seven digits, the last a check digit (the first six weighted 7 to 2, summed, modulo 10).
 * Source: IMO resolution A.1117(30).
 * Departs from AIS practice, where 0 stands for "none": here zero is no number.
 */
import { accept, type Parsed, refuse } from '#kernel/result/problem.ts'

declare const imoNumber: unique symbol
export type ImoNumber = string & { readonly [imoNumber]: true }

const SHAPE = /^(?:IMO\s*)?([0-9]{7})$/i

export function parseImoNumber(text: string): Parsed<ImoNumber> {
  const digits = SHAPE.exec(text.slice(0, 40).trim())?.[1]
  if (digits === undefined)
    return refuse({
      code: 'imo-number.format',
      at: 'imo',
      message: 'An IMO number has seven digits.',
    })
  if (Number(digits) === 0)
    return refuse({
      code: 'imo-number.none',
      at: 'imo',
      message: 'Zero means that the ship has no IMO number.',
    })
  const digit = imoCheckDigit(digits)
  if (digit !== Number(digits[6]))
    return refuse({
      code: 'imo-number.check-digit',
      at: 'imo',
      message: `The check digit does not match: for ${digits.slice(0, 6)} it is ${digit}.`,
    })
  return accept(digits as ImoNumber)
}

/** The same six digits with the right seventh, when the shape is right. */
export function suggestImoNumber(text: string): string | undefined {
  const digits = SHAPE.exec(text.slice(0, 40).trim())?.[1]
  return digits === undefined || Number(digits) === 0 ? undefined : digits.slice(0, 6) + imoCheckDigit(digits)
}

function imoCheckDigit(digits: string): number {
  let sum = 0
  for (let index = 0; index < 6; index++) sum += Number(digits[index]) * (7 - index)
  return sum % 10
}
