/**
 * The lines of an air waybill message (FWB) or a house waybill list (FHL): fields between slashes, with the bytes they stand at.
 * A line that begins with a slash goes on with the paragraph that the last word opened.
 */
import { decodeBytes } from '#kernel/edifact/charset.ts'
import type { Stated } from '../model.ts'

/** A field of a line: element 0 is the word that opens it. */
export interface AirLine {
  /** Paragraph: `SHP`, `RTD` …; carried over to the lines that continue it. */
  readonly paragraph: string
  /** The line opens the paragraph. */
  readonly isFirst: boolean
  /** Continuation of the paragraph, from 0. */
  readonly index: number
  /** Ordinal of the line in the document, from 1. */
  readonly ordinal: number
  readonly fields: readonly Stated[]
}

/** The fields of a line as sent; bytes count one sign each until they are decoded. */
export function splitFields(
  line: string,
  place: { readonly document: string; readonly ordinal: number; readonly start: number },
): Stated[] {
  const fields: Stated[] = []
  let from = 0
  for (const [element, text] of line.split('/').entries()) {
    const left = text.length - text.trimStart().length
    const value = text.trim()
    const start = place.start + from + left
    const at = { document: place.document, segment: place.ordinal, element, component: 1, start, end: start + value.length }
    fields.push({ value: decoded(value), at })
    from += text.length + 1
  }
  return fields
}

/** A part of a field, by its place in it; undefined when it is empty. Only for fields of plain ASCII, whose signs are bytes. */
export function part(field: Stated | undefined, from: number, to: number): Stated | undefined {
  if (field === undefined) return undefined
  const value = field.value.slice(from, to)
  if (value === '') return undefined
  return { value, at: { ...field.at, start: field.at.start + from, end: field.at.start + from + value.length } }
}

function decoded(value: string): string {
  if (/^[\0-\x7f]*$/.test(value)) return value
  const bytes = Uint8Array.from(value, (sign) => sign.charCodeAt(0))
  return decodeBytes(bytes, 0, bytes.length, 'guess')
}
