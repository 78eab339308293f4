/** Values of a JSON unit with the pointer to their bytes. `segment` is the ordinal of the unit in the document; texts point between their quotes. */
import type { SourcePointer, Stated } from '../model.ts'
import type { JsonNode } from './json-reader.ts'

export class JsonValues {
  readonly #document: string
  readonly #unit: number

  constructor(document: string, unit: number) {
    this.#document = document
    this.#unit = unit
  }

  /** Text or number as it stands; undefined when absent, empty or something else. */
  text(node: JsonNode | undefined, ...path: readonly string[]): Stated | undefined {
    const found = nodeIn(node, ...path)
    if (found?.kind === 'string') {
      const value = found.value.trim()
      return value === '' ? undefined : { value, at: this.#at(found.start + 1, found.end - 1) }
    }
    return found?.kind === 'number' ? { value: found.text, at: this.#at(found.start, found.end) } : undefined
  }

  number(node: JsonNode | undefined, ...path: readonly string[]): Stated<number> | undefined {
    const found = nodeIn(node, ...path)
    return found?.kind === 'number' && found.value !== undefined ? { value: found.value, at: this.#at(found.start, found.end) } : undefined
  }

  #at(start: number, end: number): SourcePointer {
    return { document: this.#document, segment: this.#unit, element: 1, component: 1, start, end }
  }
}

export function nodeIn(node: JsonNode | undefined, ...path: readonly string[]): JsonNode | undefined {
  let place = node
  for (const name of path) place = place?.kind === 'object' ? place.members.get(name) : undefined
  return place
}

export function itemsIn(node: JsonNode | undefined, ...path: readonly string[]): readonly JsonNode[] {
  const found = nodeIn(node, ...path)
  return found?.kind === 'array' ? found.items : []
}

export function hasMember(node: JsonNode | undefined, name: string): boolean {
  return nodeIn(node, name) !== undefined
}

/** A short text for decisions; nothing that is shown comes from here. */
export function wordIn(node: JsonNode | undefined, ...path: readonly string[]): string {
  const found = nodeIn(node, ...path)
  return found?.kind === 'string' ? found.value : ''
}
