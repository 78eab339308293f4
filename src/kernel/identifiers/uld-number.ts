/**
 * Identification of a unit load device: three signs of the type, four or five digits of the serial number, two or three signs of the owner.
 * Source: IATA ULD Regulations, marking of ULDs, from memory: the regulations are not an open standard. Type codes are no closed list here; of the type only its form is held.
 * Devices marked before October 1993 have four digits. There is no check digit: a wrong digit of the serial number is not found, nor five digits with half an owner, which read as four.
 */
import { accept, type Parsed, refuse } from '#kernel/result/problem.ts'

declare const uldNumber: unique symbol
export type UldNumber = string & { readonly [uldNumber]: true }

/** An owner of three signs has letters alone, so that its first sign is never taken for a digit of the serial number. */
const SHAPE = /^[A-Z][A-Z0-9]{2}[0-9]{4,5}(?:[A-Z][A-Z0-9]|[0-9][A-Z]|[A-Z]{3})$/
/** Paint and paper put blanks, a hyphen or a slash between the groups; they carry no meaning. */
const DECORATION = /[\s\-/.]/g

/** Answers the signs without decoration, in capitals. */
export function parseUldNumber(text: string): Parsed<UldNumber> {
  const number = text.slice(0, 40).replace(DECORATION, '').toUpperCase()
  if (!SHAPE.test(number))
    return refuse({
      code: 'uld-number.format',
      at: 'uld',
      message: 'A unit load device has three signs of its type, four or five digits, and two or three signs of its owner.',
    })
  return accept(number as UldNumber)
}
