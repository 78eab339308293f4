/**
 * An XML document as a tree of elements, each value with its bytes. Read as a stream of events: a document type, an entity of its own, or
 * anything beyond the limits stops it before anything is built from it.
 * Invariant: never throws on content; nothing outside the document is ever opened.
 */
import { setImmediate } from 'node:timers/promises'
import { SaxesParser, type SaxesTagNS } from 'saxes'
import type { IntakeProblem } from '../model.ts'
import { decodeXml } from './xml-encoding.ts'
import { XML_LIMITS, type XmlLimits } from './xml-limits.ts'
import type { ByteMap } from './xml-text.ts'

export interface XmlElement {
  /** Local name. */
  readonly name: string
  readonly namespace: string
  /** Among neighbours of the same name, counted from 1. */
  readonly occurrence: number
  /** In the document, counted from 1 in the order of the opening tags. */
  readonly ordinal: number
  /** Own text, entities resolved, as it stands. */
  readonly text: string
  readonly children: readonly XmlElement[]
  /** Bytes of the content without the blanks around it; half open. */
  readonly start: number
  readonly end: number
}

export type XmlDocumentRead = { readonly ok: true; readonly root: XmlElement } | { readonly ok: false; readonly problem: IntakeProblem }

/** Signs fed at once: limits are felt soon. */
const PIECE = 64 * 1024

class Stop extends Error {
  readonly problem: IntakeProblem

  constructor(problem: IntakeProblem) {
    super(problem.text)
    this.problem = problem
  }
}

export function readXml(bytes: Uint8Array, limits: XmlLimits = XML_LIMITS): XmlDocumentRead {
  const steps = readInSteps(bytes, limits)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** The same, letting others run between its steps. */
export async function readXmlAside(bytes: Uint8Array, limits: XmlLimits = XML_LIMITS): Promise<XmlDocumentRead> {
  const steps = readInSteps(bytes, limits)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await setImmediate()
  }
}

function* readInSteps(bytes: Uint8Array, limits: XmlLimits): Generator<undefined, XmlDocumentRead> {
  if (bytes.length > limits.bytes)
    return refuse({ code: 'xml.too-large', at: `byte ${limits.bytes}`, text: `The document is longer than ${limits.bytes} bytes.` })
  const decoded = decodeXml(bytes)
  if (!decoded.ok) return decoded
  const builder = new TreeBuilder(decoded.text, decoded.map, limits)
  try {
    yield* builder.pieces()
    return { ok: true, root: builder.finish() }
  } catch (error) {
    if (error instanceof Stop) return refuse(error.problem)
    throw error
  }
}

function refuse(problem: IntakeProblem): XmlDocumentRead {
  return { ok: false, problem }
}

interface OpenElement {
  readonly tag: { readonly name: string; readonly namespace: string; readonly occurrence: number; readonly ordinal: number }
  readonly from: number
  readonly counts: Map<string, number>
  readonly children: XmlElement[]
  text: string
}

class TreeBuilder {
  readonly #text: string
  readonly #map: ByteMap
  readonly #limits: XmlLimits
  readonly #parser = new SaxesParser({ xmlns: true })
  readonly #open: OpenElement[] = []
  #root: XmlElement | undefined
  #elements = 0
  #attributes = 0

  constructor(text: string, map: ByteMap, limits: XmlLimits) {
    this.#text = text
    this.#map = map
    this.#limits = limits
    this.#parser.on('error', (error) => this.#stop('xml.not-well-formed', error.message.replace(/^\d+:\d+:\s*/, '').slice(0, 200)))
    this.#parser.on('doctype', () => this.#stop('xml.document-type', 'A document type is not accepted: it can define entities.'))
    this.#parser.on('opentagstart', () => {
      this.#attributes = 0
      if (this.#open.length >= limits.depth) this.#stop('xml.too-deep', `Elements are nested deeper than ${limits.depth}.`)
      if (++this.#elements > limits.elements) this.#stop('xml.too-many-elements', `There are more than ${limits.elements} elements.`)
    })
    this.#parser.on('attribute', () => {
      if (++this.#attributes > limits.attributes)
        this.#stop('xml.too-many-attributes', `An element has more than ${limits.attributes} attributes.`)
    })
    this.#parser.on('opentag', (tag) => this.#start(tag))
    this.#parser.on('closetag', () => this.#end())
    this.#parser.on('text', (text) => this.#add(text))
    this.#parser.on('cdata', (text) => this.#add(text))
  }

  *pieces(): Generator<undefined> {
    for (let from = 0; from < this.#text.length; from += PIECE) {
      this.#parser.write(this.#text.slice(from, from + PIECE))
      yield undefined
    }
  }

  finish(): XmlElement {
    this.#parser.close()
    if (this.#root === undefined) this.#stop('xml.not-well-formed', 'There is no element.')
    return this.#root
  }

  #start(tag: SaxesTagNS): void {
    const parent = this.#open.at(-1)
    const occurrence = (parent?.counts.get(tag.local) ?? 0) + 1
    parent?.counts.set(tag.local, occurrence)
    this.#open.push({
      tag: { name: tag.local, namespace: tag.uri, occurrence, ordinal: this.#elements },
      from: this.#parser.position,
      counts: new Map(),
      children: [],
      text: '',
    })
  }

  #add(text: string): void {
    const open = this.#open.at(-1)
    if (open === undefined) return
    open.text += text
    if (open.text.length > this.#limits.textLength)
      this.#stop('xml.text-too-long', `A text is longer than ${this.#limits.textLength} characters.`)
  }

  #end(): void {
    const open = this.#open.pop()
    if (open === undefined) return
    const [from, to] = this.#content(open.from)
    const text = open.children.length > 0 && open.text.trim() === '' ? '' : open.text
    const { children } = open
    const element: XmlElement = { ...open.tag, text, children, start: this.#map.byteOf(from), end: this.#map.byteOf(to) }
    const parent = this.#open.at(-1)
    if (parent === undefined) this.#root = element
    else parent.children.push(element)
  }

  /** Content between the tags without the blanks around it; an element that closes itself has none. */
  #content(opened: number): readonly [number, number] {
    const closed = this.#parser.position
    if (closed === opened) return [opened, opened]
    let from = opened
    let to = this.#text.lastIndexOf('</', closed - 1)
    while (from < to && isBlank(this.#text.charCodeAt(from))) from++
    while (to > from && isBlank(this.#text.charCodeAt(to - 1))) to--
    return [from, to]
  }

  #stop(code: string, text: string): never {
    throw new Stop({ code, at: `byte ${this.#map.byteOf(Math.min(this.#parser.position, this.#text.length))}`, text })
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}
