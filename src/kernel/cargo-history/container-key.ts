/**
 * A container number as one whole number below 2^36, exact in a double: owner 26³ × category 3 (U, J, Z) × serial 10⁶. The check digit follows from the rest.
 * Invariant: `unpack(pack(x)) = x`. A number that is not of ISO 6346, or whose digit does not belong to it, has no key: a box
 * painted with a wrong digit never shares the history of the box it imitates.
 * Source: ISO 6346:2022, 4.2; packing is ours.
 */
import { containerCheckDigit, parseContainerNumber } from '#kernel/identifiers/container-number.ts'

const CATEGORIES = 'UJZ'
const SERIALS = 1_000_000

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
