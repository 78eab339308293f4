/**
 * JSON (RFC 8259) as nodes that know their bytes, one unit at a time: the items of a list, or one object.
 * Invariant: never throws on content; depth and size are bounded; text is never replaced without a warning. A name that stands twice is told;
 * the last one is read, as most readers do.
 */
import type { IntakeProblem } from '../model.ts'
import { decodeUtf8 } from './xml-text.ts'

export type JsonNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, JsonNode> }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  /** `value` is undefined where the number is beyond what a double holds. */
  | { readonly kind: 'number'; readonly value: number | undefined; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
)

export interface JsonLimits {
  readonly bytes: number
  readonly depth: number
  /** Values in one unit. */
  readonly nodes: number
}

/** A bill of lading has some hundred values; a list of events is read event by event. */
export const JSON_LIMITS: JsonLimits = { bytes: 64 * 1024 * 1024, depth: 64, nodes: 500_000 }

export interface JsonUnit {
  readonly kind: 'unit'
  readonly node: JsonNode
  /** Where it stands: `/events/3`; empty for the whole document. */
  readonly pointer: string
  /** What was told about it while reading. */
  readonly warnings: readonly IntakeProblem[]
}

/** Reading stops here; units before it stand. */
export interface JsonRefusal {
  readonly kind: 'refused'
  readonly problem: IntakeProblem
}

const WARNINGS_TOLD = 100

class Stop extends Error {
  readonly problem: IntakeProblem

  constructor(problem: IntakeProblem) {
    super(problem.text)
    this.problem = problem
  }
}

/** `lists`: names of members of the root object whose items are units. */
export function* readJsonUnits(
  bytes: Uint8Array,
  lists: ReadonlySet<string>,
  limits: JsonLimits = JSON_LIMITS,
): Generator<JsonUnit | JsonRefusal> {
  if (bytes.length > limits.bytes) {
    const text = `The document is longer than ${limits.bytes} bytes.`
    yield { kind: 'refused', problem: { code: 'json.too-large', at: `byte ${limits.bytes}`, text } }
    return
  }
  const decoded = decodeUtf8(bytes)
  if (!decoded.ok) {
    yield { kind: 'refused', problem: decoded.problem }
    return
  }
  const reader = new JsonReader(decoded.text, (index) => decoded.map.byteOf(index), limits)
  try {
    yield* reader.units(lists)
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    yield { kind: 'refused', problem: error.problem }
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

class JsonReader {
  readonly #text: string
  readonly #byteOf: (index: number) => number
  readonly #limits: JsonLimits
  #at = 0
  #nodes = 0
  #warnings: IntakeProblem[] = []
  #untold = 0

  constructor(text: string, byteOf: (index: number) => number, limits: JsonLimits) {
    this.#text = text
    this.#byteOf = byteOf
    this.#limits = limits
  }

  *units(lists: ReadonlySet<string>): Generator<JsonUnit> {
    this.#blanks()
    if (this.#text[this.#at] === '[') yield* this.#items('')
    else if (this.#text[this.#at] === '{') yield* this.#root(lists)
    else yield this.#unit(this.#value(1), '')
    this.#blanks()
    if (this.#at < this.#text.length) this.#stop('json.not-readable', 'Something follows the end of the document.')
  }

  *#items(pointer: string): Generator<JsonUnit> {
    this.#at++
    this.#blanks()
    if (this.#take(']')) return
    for (let index = 0; ; index++) {
      yield this.#unit(this.#value(2), `${pointer}/${index}`)
      this.#blanks()
      if (this.#take(']')) return
      this.#expect(',')
    }
  }

  /** An object whose lists are told item by item; without such a list it is one unit. */
  *#root(lists: ReadonlySet<string>): Generator<JsonUnit> {
    const start = this.#byteOf(this.#at)
    const members = new Map<string, JsonNode>()
    let hasList = false
    this.#at++
    this.#blanks()
    let isOpen = !this.#take('}')
    while (isOpen) {
      const name = this.#name(members)
      if (lists.has(name) && this.#text[this.#at] === '[') {
        hasList = true
        yield* this.#items(`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
      } else members.set(name, this.#value(2))
      this.#blanks()
      isOpen = !this.#take('}')
      if (isOpen) this.#expect(',')
    }
    if (!hasList) yield this.#unit({ kind: 'object', members, ...this.#range(start) }, '')
  }

  #unit(node: JsonNode, pointer: string): JsonUnit {
    const warnings = this.#warnings
    if (this.#untold > 0) warnings.push({ code: 'warnings.more', at: 'message', text: `${this.#untold} more warnings are not listed.` })
    this.#nodes = 0
    this.#warnings = []
    this.#untold = 0
    return { kind: 'unit', node, pointer, warnings }
  }

  #value(depth: number): JsonNode {
    if (depth > this.#limits.depth) this.#stop('json.too-deep', `Values are nested deeper than ${this.#limits.depth}.`)
    if (++this.#nodes > this.#limits.nodes) this.#stop('json.too-many-values', `One object has more than ${this.#limits.nodes} values.`)
    this.#blanks()
    const start = this.#byteOf(this.#at)
    switch (this.#text[this.#at]) {
      case '{':
        return { kind: 'object', members: this.#members(depth), ...this.#range(start) }
      case '[':
        return { kind: 'array', items: this.#list(depth), ...this.#range(start) }
      case '"':
        return { kind: 'string', value: this.#string(), ...this.#range(start) }
      case 't':
        return { kind: 'boolean', value: this.#word('true', true), ...this.#range(start) }
      case 'f':
        return { kind: 'boolean', value: this.#word('false', false), ...this.#range(start) }
      case 'n':
        return { kind: this.#word('null', 'null'), ...this.#range(start) }
      default:
        return this.#number(start)
    }
  }

  #members(depth: number): Map<string, JsonNode> {
    const members = new Map<string, JsonNode>()
    this.#at++
    this.#blanks()
    if (this.#take('}')) return members
    for (;;) {
      const name = this.#name(members)
      members.set(name, this.#value(depth + 1))
      this.#blanks()
      if (this.#take('}')) return members
      this.#expect(',')
    }
  }

  #name(members: ReadonlyMap<string, JsonNode>): string {
    this.#blanks()
    if (this.#text[this.#at] !== '"') this.#stop('json.not-readable', 'A name in quotes is expected.')
    const start = this.#byteOf(this.#at)
    const name = this.#string()
    if (members.has(name))
      this.#warn({ code: 'json.duplicate-name', start, text: `${JSON.stringify(name.slice(0, 40))} stands twice; the last one is read.` })
    this.#blanks()
    this.#expect(':')
    this.#blanks()
    return name
  }

  #list(depth: number): JsonNode[] {
    const items: JsonNode[] = []
    this.#at++
    this.#blanks()
    if (this.#take(']')) return items
    for (;;) {
      items.push(this.#value(depth + 1))
      this.#blanks()
      if (this.#take(']')) return items
      this.#expect(',')
    }
  }

  #number(start: number): JsonNode {
    NUMBER.lastIndex = this.#at
    const text = NUMBER.exec(this.#text)?.[0]
    if (text === undefined)
      this.#stop('json.not-readable', this.#at < this.#text.length ? 'No value begins here.' : 'The document ends too early.')
    this.#at += text.length
    const number = Number(text)
    if (Number.isFinite(number)) return { kind: 'number', value: number, text, ...this.#range(start) }
    this.#warn({ code: 'json.number-too-large', start, text: 'The number is beyond what is read; it is not used.' })
    return { kind: 'number', value: undefined, text: text.slice(0, 40), ...this.#range(start) }
  }

  #string(): string {
    const start = this.#byteOf(this.#at)
    this.#at++
    let value = ''
    for (;;) {
      value += this.#plain()
      const sign = this.#text[this.#at]
      if (sign === '"') break
      if (sign !== '\\')
        this.#stop('json.not-readable', sign === undefined ? 'The document ends inside a text.' : 'A text holds a control sign.')
      value += this.#escape()
    }
    this.#at++
    if (value.isWellFormed() && !value.includes('\0')) return value
    this.#warn({
      code: 'json.sign-not-text',
      start,
      text: 'The text holds a sign that is none (NUL or half of a pair); it is shown as U+FFFD.',
    })
    return value.toWellFormed().replaceAll('\0', '\u{fffd}')
  }

  /** Everything up to the next quote, escape or control sign. */
  #plain(): string {
    const start = this.#at
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (!(code >= 0x20) || code === 0x22 || code === 0x5c) return this.#text.slice(start, this.#at)
      this.#at++
    }
  }

  #escape(): string {
    const kind = this.#text[this.#at + 1] ?? ''
    if (kind === 'u') {
      const code = this.#text.slice(this.#at + 2, this.#at + 6)
      if (!/^[0-9A-Fa-f]{4}$/.test(code)) this.#stop('json.not-readable', 'An escape of four hexadecimal digits is expected.')
      this.#at += 6
      return String.fromCharCode(Number.parseInt(code, 16))
    }
    const sign = Object.hasOwn(ESCAPES, kind) ? ESCAPES[kind] : undefined
    if (sign === undefined) this.#stop('json.not-readable', 'The escape is not known.')
    this.#at += 2
    return sign
  }

  #word<const T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) this.#stop('json.not-readable', 'No value begins here.')
    this.#at += word.length
    return value
  }

  #blanks(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#at++
    }
  }

  #take(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false
    this.#at++
    return true
  }

  #expect(sign: string): void {
    if (!this.#take(sign))
      this.#stop('json.not-readable', this.#at < this.#text.length ? `${sign} is expected here.` : 'The document ends too early.')
  }

  #range(start: number): { readonly start: number; readonly end: number } {
    return { start, end: this.#byteOf(this.#at) }
  }

  #warn({ code, start, text }: { code: string; start: number; text: string }): void {
    if (this.#warnings.length >= WARNINGS_TOLD) this.#untold++
    else this.#warnings.push({ code, at: `byte ${start}`, text })
  }

  #stop(code: string, text: string): never {
    throw new Stop({ code, at: `byte ${this.#byteOf(this.#at)}`, text })
  }
}
