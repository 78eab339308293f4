/**
 * What is wrong with a text that should be one JSON value, and at which sign: for people who must mend a line of a file. Finds what `JSON.parse` does not
 * tell: a member named twice (of which all but the last would be lost) and nesting beyond a limit. Without recursion; linear in the text.
 * Source: RFC 8259, sections 2 to 7 and 4 (names within an object should be unique).
 */

/** Deeper than any record is; less than what fills a stack. */
export const MAX_DEPTH = 64

export interface JsonFault {
  readonly code: 'syntax' | 'repeated-member' | 'nesting'
  /** Counted from 1, in UTF-16 units. */
  readonly column: number
  readonly message: string
}

/** Objects on the way have the names seen so far; lists have none. */
type Level = { readonly names: Set<string> } | { readonly names: undefined }
type Awaited = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end'

const BLANK = /[\x20\t\n\r]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/g
// oxlint-disable-next-line no-control-regex -- controls are what must be escaped
const UNESCAPED = /[\u0000-\u001f\\]/
const SCALAR = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y

export function jsonFault(text: string): JsonFault | undefined {
  const levels: Level[] = []
  let awaited: Awaited = 'value'
  let at = past(BLANK, text, 0)
  const fault = (code: JsonFault['code'], message: string): JsonFault => ({ code, column: at + 1, message })
  while (at < text.length) {
    const sign = text[at] as string
    const level = levels.at(-1)
    if (level === undefined && awaited === 'comma-or-end') return fault('syntax', 'The value has ended; more text follows.')
    let end = at + 1
    if (
      (sign === '}' && level?.names !== undefined && (awaited === 'name-or-end' || awaited === 'comma-or-end')) ||
      (sign === ']' && level !== undefined && level.names === undefined && (awaited === 'value-or-end' || awaited === 'comma-or-end'))
    ) {
      levels.pop()
      awaited = 'comma-or-end'
    } else if (awaited === 'comma-or-end') {
      if (sign !== ',') return fault('syntax', 'A comma or the end of the object or list is missing.')
      awaited = level?.names === undefined ? 'value' : 'name'
    } else if (awaited === 'colon') {
      if (sign !== ':') return fault('syntax', 'A colon is missing after the name.')
      awaited = 'value'
    } else if (awaited === 'name' || awaited === 'name-or-end') {
      end = pastString(text, at)
      if (end === at) return fault('syntax', 'A name in double quotes is missing.')
      const name = JSON.parse(text.slice(at, end)) as string
      if (level?.names?.has(name) === true) return fault('repeated-member', 'The object has two members of this name.')
      level?.names?.add(name)
      awaited = 'colon'
    } else if (sign === '{' || sign === '[') {
      if (levels.length >= MAX_DEPTH) return fault('nesting', `Objects and lists lie in each other more than ${MAX_DEPTH} deep.`)
      levels.push({ names: sign === '{' ? new Set() : undefined })
      awaited = sign === '{' ? 'name-or-end' : 'value-or-end'
    } else {
      end = sign === '"' ? pastString(text, at) : past(SCALAR, text, at)
      if (end === at)
        return fault(
          'syntax',
          sign === '"' ? 'The text in quotes does not end, or holds a sign that must be escaped.' : 'There is no value.',
        )
      awaited = 'comma-or-end'
    }
    at = past(BLANK, text, end)
  }
  return levels.length > 0 || awaited !== 'comma-or-end' ? fault('syntax', 'The text ends before the value does.') : undefined
}

function past(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : from
}

/** Texts may be long, so their end is looked for without a pattern that keeps its way back. */
function pastString(text: string, from: number): number {
  if (text[from] !== '"') return from
  const end = endOfString(text, from)
  return end >= text.length || UNESCAPED.test(text.slice(from + 1, end).replace(ESCAPE, '')) ? from : end + 1
}

export interface JsonMeasure {
  readonly depth: number
  /** Of all its objects. */
  readonly members: number
  /** Some number has so many digits, or an exponent, that it may not be held as a number. */
  readonly hasLongNumber: boolean
}

/** Every number of fewer digits is held. */
const LONG = 16

/** Found without reading values: enough to tell whether a text deserves a closer look. */
export function measureJson(text: string): JsonMeasure {
  let [depth, deepest, members, digits] = [0, 0, 0, 0]
  let hasLongNumber = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isOfNumber(code)) {
      digits++
      if (digits === LONG) hasLongNumber = true
      continue
    }
    // An E, small or large.
    if (digits > 0 && (code | 32) === 101) hasLongNumber = true
    digits = 0
    if (code === 34) at = endOfString(text, at)
    else if (code === 123 || code === 91) deepest = Math.max(deepest, ++depth)
    else if (code === 125 || code === 93) depth--
    else if (code === 58) members++
  }
  return { depth: deepest, members, hasLongNumber }
}

/** A digit or the point between them. */
function isOfNumber(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 46
}

/** Place of the closing quote; the last place when there is none. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0
    while (text.charCodeAt(at - 1 - escapes) === 92) escapes++
    if (escapes % 2 === 0) return at
  }
  return text.length
}
