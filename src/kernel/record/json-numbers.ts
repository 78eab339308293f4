/**
 * Reading JSON whose numbers may have more digits than a number of this language holds: such a one becomes the text that stood there, so that nothing of it is altered.
 * Source: RFC 8259 6; ECMA-262, JSON.parse source text access.
 */
import type { Json } from '#kernel/seal/canonical-json.ts'
import type { JsonMeasure } from './json-fault.ts'

/** Every number of so many digits is held. */
const SAFE_DIGITS = 15

export interface ReadJson {
  readonly value: Json
  /** Numbers that are texts now. */
  readonly asText: number
}

/** Throws like `JSON.parse`. `hasLongNumber`: as `measureJson` found. */
export function readJson(text: string, { hasLongNumber }: Pick<JsonMeasure, 'hasLongNumber'>): ReadJson {
  if (!hasLongNumber) return { value: JSON.parse(text) as Json, asText: 0 }
  let asText = 0
  const keep = (_name: string, value: unknown, context?: { readonly source?: string }): unknown => {
    const source = context?.source
    if (typeof value !== 'number' || source === undefined || isHeld(value, source)) return value
    asText += 1
    return source
  }
  return { value: JSON.parse(text, keep) as Json, asText }
}

function isHeld(value: number, source: string): boolean {
  if (String(value) === source) return true
  const [mantissa = ''] = source.toLowerCase().split('e')
  const digits = mantissa.replace(/[-.]/g, '').replace(/^0+|0+$/g, '')
  return Number.isFinite(value) && digits.length <= SAFE_DIGITS && (value !== 0 || digits === '')
}
