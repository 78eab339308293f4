/**
 * An entry summary declaration as its business rules see it: elements with text, in document order.
 * Invariant: text is compared without the blanks around it, because the field's own rules ignore them.
 * Source: element names of the ICS schemas CC315A and CC313A, version 11.2.
 */

/** One element. Readers may hold more on it (where its bytes are); rules look at these four members. */
export interface EnsElement {
  readonly name: string
  /** Among neighbours of the same name, counted from 1. */
  readonly occurrence: number
  readonly text: string
  readonly children: readonly EnsElement[]
}

/** Additional information code for negotiable transport documents "to order": it turns consignee and notify party round. */
export const TO_ORDER = '10600'

export function childOf(element: EnsElement | undefined, name: string): EnsElement | undefined {
  return element?.children.find((child) => child.name === name)
}

export function childrenOf(element: EnsElement | undefined, name: string): readonly EnsElement[] {
  return element?.children.filter((child) => child.name === name) ?? []
}

export function has(element: EnsElement | undefined, name: string): boolean {
  return childOf(element, name) !== undefined
}

/** Text of a child without the blanks around it; undefined when the child is absent. */
export function textIn(element: EnsElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.text.trim()
}

/** A plain decimal as the schemas' own arithmetic reads it: a plus sign makes it no number. */
export function decimalOf(text: string | undefined): number | undefined {
  const plain = text?.trim()
  return plain !== undefined && /^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/.test(plain) ? Number(plain) : undefined
}

export function isToOrder(item: EnsElement): boolean {
  return childrenOf(item, 'SPEMENMT2').some((mention) => textIn(mention, 'AddInfCodMT23') === TO_ORDER)
}

/** What several rules ask of the whole declaration, computed once. */
export interface EnsFacts {
  readonly root: EnsElement
  /** The first element of each name below the declaration: one look, however many goods items there are. */
  readonly top: ReadonlyMap<string, EnsElement>
  readonly header: EnsElement | undefined
  readonly items: readonly EnsElement[]
  readonly packages: readonly EnsElement[]
  /** Transport mode at the border as a number: `08` is 8. */
  readonly mode: number | undefined
  readonly circumstance: string | undefined
  readonly crossesBorderNamed: boolean
  readonly hasToOrder: boolean
  readonly allToOrder: boolean
  /** Marks and numbers of the packages whose number is above 0. */
  readonly countedMarks: ReadonlySet<string>
}

export function factsOf(root: EnsElement): EnsFacts {
  const top = new Map<string, EnsElement>()
  for (const child of root.children) if (!top.has(child.name)) top.set(child.name, child)
  const header = top.get('HEAHEA')
  const items = childrenOf(root, 'GOOITEGDS')
  const packages = items.flatMap((item) => childrenOf(item, 'PACGS2'))
  const countedMarks = new Set<string>()
  for (const each of packages) {
    const marks = textIn(each, 'MarNumOfPacGSL21')
    if (marks !== undefined && (decimalOf(textIn(each, 'NumOfPacGS24')) ?? 0) > 0) countedMarks.add(marks)
  }
  return {
    root,
    top,
    header,
    items,
    packages,
    mode: decimalOf(textIn(header, 'TraModAtBorHEA76')),
    circumstance: textIn(header, 'SpeCirIndHEA1'),
    crossesBorderNamed: has(header, 'IdeOfMeaOfTraCroHEA85'),
    hasToOrder: items.some(isToOrder),
    allToOrder: items.every(isToOrder),
    countedMarks,
  }
}
