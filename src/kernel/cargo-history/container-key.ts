/**
 * A container number as one whole number below 2^36, exact in a double: owner 26³ × category 3 (U, J, Z) × serial 10⁶. The check digit follows from the rest.
 * Invariant: `unpack(pack(x)) = x`. A number that is not of ISO 6346, or whose digit does not belong to it, has no such key: it gets one of its own from the
 * overflow, so that a box painted with a wrong digit never shares the history of the box it imitates.
 * Source: ISO 6346:2022, 4.2; packing is ours.
 */
import { containerCheckDigit, parseContainerNumber } from '#kernel/identifiers/container-number.ts'

const CATEGORIES = 'UJZ'
const SERIALS = 1_000_000
/** First key of the overflow; keys of ISO numbers lie below. */
export const OVERFLOW_START = 2 ** 36
/** Keys are stored in forty bits, of which zero means empty. */
export const LAST_KEY = 2 ** 40 - 2

export function packContainer(text: string): number | undefined {
  const parsed = parseContainerNumber(text)
  if (!parsed.ok) return undefined
  const number: string = parsed.value
  let key = 0
  for (let at = 0; at < 3; at++) key = key * 26 + (number.charCodeAt(at) - 65)
  return (key * CATEGORIES.length + CATEGORIES.indexOf(number[3] ?? '')) * SERIALS + Number(number.slice(4, 10))
}

/** Undefined for a key that no ISO number has. */
export function unpackContainer(key: number): string | undefined {
  if (!Number.isInteger(key) || key < 0 || key >= 26 ** 3 * CATEGORIES.length * SERIALS) return undefined
  const serial = String(key % SERIALS).padStart(6, '0')
  let rest = Math.floor(key / SERIALS)
  const category = CATEGORIES[rest % CATEGORIES.length] ?? ''
  rest = Math.floor(rest / CATEGORIES.length)
  let owner = ''
  for (let at = 0; at < 3; at++) {
    owner = String.fromCharCode(65 + (rest % 26)) + owner
    rest = Math.floor(rest / 26)
  }
  const ten = owner + category + serial
  return ten + containerCheckDigit(ten)
}

/** Keys for what has none of its own, in the order of first asking; full when `limit` texts have one, and then says so. */
export class ContainerKeys {
  readonly #limit: number
  readonly #overflow = new Map<string, number>()
  readonly #texts: string[] = []

  constructor(limit = 1_000_000) {
    this.#limit = Math.min(limit, LAST_KEY - OVERFLOW_START)
  }

  /** Undefined: the overflow is full, and nothing is said of this number. */
  keyOf(text: string): number | undefined {
    const packed = packContainer(text)
    if (packed !== undefined) return packed
    const known = this.#overflow.get(text)
    if (known !== undefined) return known
    if (this.#texts.length >= this.#limit) return undefined
    const key = OVERFLOW_START + this.#texts.length
    this.#overflow.set(text, key)
    this.#texts.push(text)
    return key
  }

  textOf(key: number): string | undefined {
    return key >= OVERFLOW_START ? this.#texts[key - OVERFLOW_START] : unpackContainer(key)
  }

  get overflowing(): number {
    return this.#texts.length
  }
}
