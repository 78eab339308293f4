/**
 * Page marks of keyset lists: opaque to the client, made of values of the row last shown, and checked on the way back. A mark that no list gave
 * out is refused here, before a value of it reaches the store.
 */
import { AppError } from './app-error.ts'

/** `instant` also stands for PostgreSQL's `infinity`: what never comes sorts last. */
type Part = 'text' | 'number' | 'ordinal' | 'instant'

const LONGEST = 200
const HIGHEST_ORDINAL = 2 ** 31 - 1
const INSTANT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,6})?)(?:Z|([+-]\d\d)(?::?(\d\d))?)$/

export function writeMark(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

export function readMark(
  mark: string | undefined,
  expected: { readonly parts: readonly Part[]; readonly code: string },
): readonly (string | number)[] | undefined {
  if (mark === undefined) return undefined
  const { parts, code } = expected
  const values = decode(mark)
  if (values?.length === parts.length && values.every((value, index) => fits(value, parts[index]))) return values as (string | number)[]
  throw new AppError(400, code, 'The page mark is not one this list gave out.')
}

function decode(mark: string): unknown[] | undefined {
  try {
    const values: unknown = JSON.parse(Buffer.from(mark, 'base64url').toString('utf8'))
    return Array.isArray(values) ? values : undefined
  } catch {
    return undefined
  }
}

function fits(value: unknown, part: Part | undefined): boolean {
  switch (part) {
    case 'text':
      return typeof value === 'string' && value.length <= LONGEST && !value.includes('\0')
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'ordinal':
      return Number.isInteger(value) && Math.abs(value as number) <= HIGHEST_ORDINAL
    case 'instant':
      return typeof value === 'string' && (value === 'infinity' || isInstant(value))
    case undefined:
      return false
  }
}

/** A date that exists, in a zone that exists. */
function isInstant(text: string): boolean {
  const [, day, time, hours = '+00', minutes = '00'] = INSTANT.exec(text) ?? []
  if (day === undefined || Math.abs(Number(hours)) > 15) return false
  // The store has no year 0, and no 30 February, which `Date` would take for the second of March.
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const isDay = !Number.isNaN(midnight) && !day.startsWith('0000') && new Date(midnight).toISOString().startsWith(day)
  return isDay && !Number.isNaN(Date.parse(`${day}T${time}${hours}:${minutes}`))
}
