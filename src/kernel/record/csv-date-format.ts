/**
 * Dates in the order that a mapping states: `DD/MM/YYYY`, `M/D/YYYY`, `YYYYMMDD`. Two digits of a year are no year and are not read.
 * `detectDateFormat` answers an order only when the samples leave no other one.
 */
import { cleanDate } from './value-date.ts'

const PARTS = /YYYY|MM?|DD?/g

/** Whether a text is a format: each part at most once, the year among them, a day only with its month, nothing but signs between. */
export function isDateFormat(format: string): boolean {
  const parts = (format.match(PARTS) ?? []).map((part) => part[0])
  return (
    format.length <= 20 &&
    new Set(parts).size === parts.length &&
    parts.includes('Y') &&
    (parts.includes('M') || !parts.includes('D')) &&
    /^[\s./,-]*$/.test(format.replace(PARTS, ''))
  )
}

/** The date in the form of records, or undefined when the text does not have the format or the calendar does not have the day. */
export function readDate(text: string, format: string): string | undefined {
  const order: string[] = []
  const pattern = format.replace(/[\s./,-]+|YYYY|MM?|DD?/g, (part) => {
    if (!/[YMD]/.test(part)) return `[\\s./,-]+`
    order.push(part[0] as string)
    if (part === 'YYYY') return '([0-9]{4})'
    // Without a sign between, only the full width tells parts apart.
    return part.length === 2 && !/[\s./,-]/.test(format) ? '([0-9]{2})' : '([0-9]{1,2})'
  })
  const found = new RegExp(`^${pattern}$`).exec(text.trim())
  if (found === null) return undefined
  const part = (name: string): string | undefined => {
    const at = order.indexOf(name)
    return at < 0 ? undefined : found[at + 1]
  }
  const iso = [part('Y'), part('M')?.padStart(2, '0'), part('D')?.padStart(2, '0')].filter((each) => each !== undefined).join('-')
  return cleanDate(iso).value
}

const CANDIDATES = ['DD/MM/YYYY', 'MM/DD/YYYY', 'YYYY/MM/DD', 'YYYYMMDD', 'DDMMYYYY']

export type DateOrder =
  | { readonly kind: 'iso' }
  | { readonly kind: 'format'; readonly format: string }
  | { readonly kind: 'ambiguous'; readonly formats: readonly string[] }
  | { readonly kind: 'none' }

export function detectDateFormat(samples: readonly string[]): DateOrder {
  const filled = samples.filter((sample) => sample.trim() !== '')
  if (filled.length === 0) return { kind: 'none' }
  if (filled.every((sample) => cleanDate(sample.trim()).value !== undefined)) return { kind: 'iso' }
  const formats = CANDIDATES.filter((format) => filled.every((sample) => readDate(sample, format) !== undefined))
  const [only] = formats
  if (only === undefined) return { kind: 'none' }
  // Days that read the same either way decide nothing, and they do no harm either.
  const readings = formats.map((format) => filled.map((sample) => readDate(sample, format)).join('|'))
  return new Set(readings).size === 1 ? { kind: 'format', format: only } : { kind: 'ambiguous', formats }
}
