/** Values of XML elements with the pointer to their bytes. `segment` is the ordinal of the element in the document. */
import type { Stated } from '../model.ts'
import type { XmlElement } from './xml-tree.ts'

const NUMBER = /^[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})$/

export class XmlValues {
  readonly #document: string

  constructor(document: string) {
    this.#document = document
  }

  /** Undefined for an element that is absent or empty. */
  of(element: XmlElement | undefined): Stated | undefined {
    const value = element?.text.trim()
    if (element === undefined || value === undefined || value === '') return undefined
    const { ordinal, start, end } = element
    return { value, at: { document: this.#document, segment: ordinal, element: 1, component: 1, start, end } }
  }

  in(parent: XmlElement | undefined, name: string): Stated | undefined {
    return this.of(parent?.children.find((child) => child.name === name))
  }

  /** Undefined also for what is no number: the schema says so. */
  number(parent: XmlElement | undefined, name: string): Stated<number> | undefined {
    const stated = this.in(parent, name)
    return stated !== undefined && NUMBER.test(stated.value) ? { value: Number(stated.value), at: stated.at } : undefined
  }
}

export function childNamed(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((child) => child.name === name)
}

export function childrenNamed(parent: XmlElement | undefined, name: string): readonly XmlElement[] {
  return parent?.children.filter((child) => child.name === name) ?? []
}
