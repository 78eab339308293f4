/**
 * Air waybill number: three digits of the airline, seven of the serial number, one check digit, which is the serial number modulo 7.
 * Source: IATA Resolution 600a.
 * The check is weak by design: it says nothing of the airline's digits and misses a digit of the serial number that is wrong by seven.
 */
import { accept, type Parsed, refuse } from '#kernel/result/problem.ts'

declare const awbNumber: unique symbol
export type AwbNumber = string & { readonly [awbNumber]: true }

const SHAPE = /^([0-9]{3})[ -]?([0-9]{7})([0-9])$/
/** Also printed in groups of four after the airline: 176-1234 5675. */
const GROUPED = /^([0-9]{3})[ -]?([0-9]{4}) ([0-9]{3})([0-9])$/

/** Answers the eleven digits. */
export function parseAwbNumber(text: string): Parsed<AwbNumber> {
  const [, airline = '', serial = '', digit = ''] = read(text.slice(0, 40).trim()) ?? []
  if (airline === '')
    return refuse({
      code: 'awb-number.format',
      at: 'awb',
      message: 'An air waybill number has eleven digits: three of the airline, then eight.',
    })
  const expected = Number(serial) % 7
  if (expected !== Number(digit))
    return refuse({
      code: 'awb-number.check-digit',
      at: 'awb',
      message: `The check digit does not match: for ${airline}-${serial} it is ${expected}.`,
    })
  return accept(`${airline}${serial}${digit}` as AwbNumber)
}

/** The same number with the right digit, when only the digit is wrong; otherwise nothing is guessed. */
export function suggestAwbNumber(text: string): string | undefined {
  const [, airline, serial] = read(text.slice(0, 40).trim()) ?? []
  return airline === undefined || serial === undefined ? undefined : `${airline}${serial}${Number(serial) % 7}`
}

/** As it is printed: the airline apart from the rest. */
export function printAwbNumber(number: string): string {
  return `${number.slice(0, 3)}-${number.slice(3)}`
}

function read(text: string): readonly string[] | null {
  const grouped = GROUPED.exec(text)
  if (grouped === null) return SHAPE.exec(text)
  const [all, airline = '', first = '', second = '', digit = ''] = grouped
  return [all, airline, first + second, digit]
}
