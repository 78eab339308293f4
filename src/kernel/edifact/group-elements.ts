/**
 * What one segment may hold, and whether it does: mandatory elements, how many, how long, numbers where numbers are asked.
 * Notation: `3! (35,17,3) n8x9` – longest length, `n` numeric or `a` alphabetic before it, `!` for mandatory, `x` and repetitions; a composite in
 * brackets.
 * Lengths are those of the newest table, or of an older one that allowed more: a value is told only when no directory allows it.
 * Source: ISO 9735-1, 8 (elements, repetition in syntax 4) and 10 (numeric values: sign and decimal mark do not count).
 */
import type { FaultCode } from './group-fault.ts'
import { NOT_ASCII, RELEASED, REPEATED, type Segment, TOKEN_WORDS, WRAPPED } from './segment.ts'
import { D23A_SEGMENTS } from './tables/d23a-segments.ts'
import { SERVICE_SEGMENTS, WIDER_SEGMENTS } from './tables/service.ts'

export interface ValueForm {
  readonly type: 'an' | 'a' | 'n'
  readonly longest: number
  readonly isMandatory: boolean
}

export interface ElementForm {
  readonly isMandatory: boolean
  readonly isComposite: boolean
  readonly repetitions: number
  /** One for an element that is no composite. */
  readonly values: readonly ValueForm[]
}

export interface SegmentForm {
  /** As written in syntax 4: a repeated element is one element. */
  readonly repeating: readonly ElementForm[]
  /** As written before: each repetition is an element of its own. */
  readonly flat: readonly ElementForm[]
}

export type ElementSink = (code: FaultCode, element: number, component?: number, occurrence?: number) => void

const forms = new Map<string, SegmentForm>()

/** Undefined: the tables do not know the segment. */
export function segmentForm(tag: string): SegmentForm | undefined {
  const known = forms.get(tag)
  if (known !== undefined) return known
  const table = [WIDER_SEGMENTS, D23A_SEGMENTS, SERVICE_SEGMENTS].find((each) => Object.hasOwn(each, tag))
  if (table === undefined) return undefined
  const form = parseForm(table[tag] as string)
  forms.set(tag, form)
  return form
}

/** `repeats`: the interchange is of syntax 4, whose elements may be repeated in place. */
export function checkElements(segment: Segment, form: SegmentForm, repeats: boolean, report: ElementSink): void {
  const elements = repeats ? form.repeating : form.flat
  const { elementCount, elementFirst } = segment
  const isRepeated = (segment.flags & REPEATED) !== 0
  for (let element = 1; element <= elements.length; element++) {
    const expected = elements[element - 1] as ElementForm
    if (element > elementCount) {
      if (expected.isMandatory) report('element.missing', element)
      continue
    }
    const first = elementFirst[element] as number
    const end = elementFirst[element + 1] as number
    const holdsAny = isRepeated
      ? checkRepeated(segment, element, expected, report)
      : checkOccurrence(segment, element, expected, report, first, end, 1)
    if (expected.isMandatory && !holdsAny) report('element.missing', element)
  }
  for (let element = elements.length + 1; element <= elementCount; element++)
    if (holdsValue(segment, element)) {
      report('element.too-many', element)
      return
    }
}

function checkRepeated(segment: Segment, element: number, form: ElementForm, report: ElementSink): boolean {
  const { tokens, elementFirst } = segment
  const end = elementFirst[element + 1] as number
  let start = elementFirst[element] as number
  let holdsAny = false
  for (let occurrence = 1; start < end; occurrence++) {
    let next = start + 1
    while (next < end && ((tokens[next * TOKEN_WORDS + 2] as number) & REPEATED) === 0) next++
    if (checkOccurrence(segment, element, form, report, start, next, occurrence)) holdsAny = true
    if (occurrence === form.repetitions + 1) report('element.repeated', element, undefined, occurrence)
    start = next
  }
  return holdsAny
}

/** The tokens from `start` to `end` as one occurrence of the element. True when it holds any value. */
function checkOccurrence(
  segment: Segment,
  element: number,
  form: ElementForm,
  report: ElementSink,
  start: number,
  end: number,
  occurrence: number,
): boolean {
  const { tokens } = segment
  const { values, isComposite } = form
  let lacks = 0
  let holdsAny = false
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as ValueForm
    const token = start + index
    if (token >= end && lacks > 0) break
    const word = token * TOKEN_WORDS
    const length = token < end ? (tokens[word + 1] as number) - (tokens[word] as number) : 0
    if (length === 0) {
      if (value.isMandatory && lacks === 0) lacks = index + 1
      continue
    }
    holdsAny = true
    if (value.type === 'an' && length <= value.longest) continue
    const code = checkValue(segment, word, value)
    if (code !== undefined) report(code, element, isComposite ? index + 1 : undefined, occurrence)
  }
  for (let token = start + values.length; token < end; token++)
    if (tokens[token * TOKEN_WORDS] !== tokens[token * TOKEN_WORDS + 1]) {
      holdsAny = true
      report('element.too-many', element, token - start + 1, occurrence)
      break
    }
  if (lacks > 0 && holdsAny && isComposite) report('element.missing', element, lacks, occurrence)
  return holdsAny
}

function checkValue(segment: Segment, word: number, { type, longest }: ValueForm): FaultCode | undefined {
  const flags = segment.tokens[word + 2] as number
  if (type === 'n' && isPlainNumber(segment, word, longest)) return undefined
  if (type === 'an' && (flags & (RELEASED | WRAPPED | NOT_ASCII)) === 0) return 'element.too-long'
  const text = segment.textOf(word)
  if (type === 'n') {
    if (!/^[0-9.,-]*$/.test(text)) return 'element.not-numeric'
    if (!/^-?[0-9]+(?:[.,][0-9]+)?$/.test(text)) return 'element.decimal'
    return text.replaceAll(/[.,-]/g, '').length > longest ? 'element.too-long' : undefined
  }
  if (type === 'a' && /[0-9]/.test(text)) return 'element.not-alphabetic'
  // Counted in signs, not in units of UTF-16.
  return text.length > longest && [...text].length > longest ? 'element.too-long' : undefined
}

/** Digits only, and no more than there may be: nearly every number. */
function isPlainNumber({ buffer, tokens }: Segment, word: number, longest: number): boolean {
  const start = tokens[word] as number
  const end = tokens[word + 1] as number
  if (end - start > longest) return false
  for (let at = start; at < end; at++) {
    const byte = buffer[at] as number
    if (byte < 0x30 || byte > 0x39) return false
  }
  return true
}

function holdsValue(segment: Segment, element: number): boolean {
  const { tokens, elementFirst } = segment
  for (let token = elementFirst[element] as number; token < (elementFirst[element + 1] as number); token++)
    if (tokens[token * TOKEN_WORDS] !== tokens[token * TOKEN_WORDS + 1]) return true
  return false
}

const ELEMENT = /^(?:\(([^()]+)\)|([an]?\d+))(!?)(?:x(\d+))?$/
const VALUE = /^([an]?)(\d+)(!?)$/

/** Throws on a text that is not in the notation: the tables are our own. */
function parseForm(text: string): SegmentForm {
  const repeating = text.split(' ').map((element): ElementForm => {
    const [, composite, simple, mandatory, repetitions] = ELEMENT.exec(element) ?? unreadable(text)
    const isMandatory = mandatory === '!'
    const values = composite === undefined ? [parseValue(`${simple}${mandatory}`)] : composite.split(',').map(parseValue)
    return { isMandatory, isComposite: composite !== undefined, repetitions: Number(repetitions ?? 1), values }
  })
  const flat = repeating.flatMap((form) =>
    Array.from({ length: form.repetitions }, (_, index) => ({ ...form, repetitions: 1, isMandatory: form.isMandatory && index === 0 })),
  )
  return { repeating, flat }
}

function parseValue(text: string): ValueForm {
  const [, type, longest, mandatory] = VALUE.exec(text) ?? unreadable(text)
  return { type: type === 'n' || type === 'a' ? type : 'an', longest: Number(longest), isMandatory: mandatory === '!' }
}

function unreadable(text: string): never {
  throw new Error(`The segment form cannot be read: ${text}`)
}
