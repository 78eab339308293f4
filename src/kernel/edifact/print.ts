/**
 * Values to segments: the inverse of the scanner, for what the product writes itself.
 * Invariant: scanning what was printed gives the values back; trailing empty components and elements are left out.
 * Source: ISO 9735-1, 8 (omission of trailing separators) and 5.1 (release).
 */
import { LEVEL_A, type ServiceCharacters } from './service-characters.ts'

/** An element is one value, or its components. */
export type PrintedElement = string | readonly string[]

export function printSegment(tag: string, elements: readonly PrintedElement[], characters: ServiceCharacters = LEVEL_A): string {
  const separator = String.fromCharCode(characters.element)
  const printed = elements.map((element) => printElement(element, characters))
  while (printed.at(-1) === '') printed.pop()
  return [tag, ...printed].join(separator) + String.fromCharCode(characters.terminator)
}

export function printServiceAdvice(characters: ServiceCharacters): string {
  const { component, element, decimal, release, repetition, terminator } = characters
  return `UNA${String.fromCharCode(component, element, decimal, release || 0x20, repetition || 0x20, terminator)}`
}

function printElement(element: PrintedElement, characters: ServiceCharacters): string {
  const components = typeof element === 'string' ? [element] : [...element]
  while (components.at(-1) === '') components.pop()
  return components.map((component) => releaseText(component, characters)).join(String.fromCharCode(characters.component))
}

/** Without a release character a value that holds a separator cannot be written: the separators become blanks. */
function releaseText(text: string, characters: ServiceCharacters): string {
  const { component, element, release, repetition, terminator } = characters
  let printed = ''
  for (const sign of text) {
    const code = sign.charCodeAt(0)
    const isService = code === component || code === element || code === terminator || code === repetition || code === release
    if (!isService || code === 0) printed += sign
    else printed += release === 0 ? ' ' : String.fromCharCode(release) + sign
  }
  return printed
}
