/**
 * The six characters that give an interchange its structure, and the class of every byte under them.
 * Source: ISO 9735-1, 5.1 and annex B (UNA); level B defaults: ISO 9735 (syntax 1 to 3), 5.2.
 */
export interface ServiceCharacters {
  readonly component: number
  readonly element: number
  /** Decimal mark. Informative: both marks are accepted in numbers, as ISO 9735-1 asks from syntax 4 on. */
  readonly decimal: number
  /** 0: the interchange has no release character. */
  readonly release: number
  /** Separator of repeated elements; 0: not in use. Active only after a UNB of syntax 4. */
  readonly repetition: number
  readonly terminator: number
}

export const LEVEL_A: ServiceCharacters = {
  component: 0x3a,
  element: 0x2b,
  decimal: 0x2e,
  release: 0x3f,
  repetition: 0x2a,
  terminator: 0x27,
}

/** Level B writes the information separators IS1, IS3 and IS4 and has no release character. */
export const LEVEL_B: ServiceCharacters = {
  component: 0x1f,
  element: 0x1d,
  decimal: 0x2e,
  release: 0,
  repetition: 0,
  terminator: 0x1c,
}

const BLANK = 0x20

/** The service string advice: `bytes[at]` is the first of the six characters after `UNA`. Undefined when two of them collide. */
export function readServiceAdvice(bytes: Uint8Array, at: number): ServiceCharacters | undefined {
  const [component = 0, element = 0, decimal = 0, release = 0, repetition = 0, terminator = 0] = bytes.subarray(at, at + 6)
  const read = {
    component,
    element,
    decimal,
    release: release === BLANK ? 0 : release,
    repetition: repetition === BLANK ? 0 : repetition,
    terminator,
  }
  const structural = [component, element, terminator]
  if (read.release !== 0) structural.push(read.release)
  if (new Set(structural).size !== structural.length) return undefined
  // Older senders fill the reserved place with anything; a mark that already has a meaning cannot also separate repetitions.
  return structural.includes(read.repetition) ? { ...read, repetition: 0 } : read
}

export const PLAIN = 0
export const COMPONENT = 1
export const ELEMENT = 2
export const REPETITION = 3
export const TERMINATOR = 4
export const RELEASE = 5
/** CR and LF inside a segment: line wrapping of the carrier, no data. */
export const LINE_BREAK = 6
export const CONTROL = 7
export const HIGH = 8

/** Class of every byte value. */
export function classifyBytes(characters: ServiceCharacters, repeats: boolean): Uint8Array {
  const classes = new Uint8Array(256)
  for (let byte = 0; byte < 0x20; byte++) classes[byte] = CONTROL
  classes[0x09] = PLAIN
  classes[0x0a] = LINE_BREAK
  classes[0x0d] = LINE_BREAK
  classes[0x7f] = CONTROL
  for (let byte = 0x80; byte < 0x100; byte++) classes[byte] = HIGH
  if (repeats && characters.repetition !== 0) classes[characters.repetition] = REPETITION
  if (characters.release !== 0) classes[characters.release] = RELEASE
  classes[characters.component] = COMPONENT
  classes[characters.element] = ELEMENT
  classes[characters.terminator] = TERMINATOR
  return classes
}
