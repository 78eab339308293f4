/**
 * Container numbers as integers, straight from bytes: the same judgement as `#kernel/identifiers/container-number.ts`, without text.
 * Key = ((owner 26³ × category 3) × serial 10⁶): below 2³⁶, exact in a double.
 */
const CATEGORIES = new Map([
  [0x55, 0],
  [0x4a, 1],
  [0x5a, 2],
])

/** Value of a letter: 10 to 38 leaving out 11, 22 and 33. */
const LETTER_VALUES = Uint8Array.from(
  { length: 26 },
  (_, letter) => letter + 10 + (letter >= 1 ? 1 : 0) + (letter >= 11 ? 1 : 0) + (letter >= 21 ? 1 : 0),
)

/** What eleven bytes are: `key` is -1 when they have not the shape. One object serves all calls. */
export interface ContainerBytes {
  key: number
  digit: number
  isDigitRight: boolean
}

export function readContainerBytes(bytes: Uint8Array, start: number, end: number, into: ContainerBytes): boolean {
  into.key = -1
  if (end - start !== 11) return false
  let owner = 0
  let sum = 0
  let weight = 1
  for (let at = start; at < start + 4; at++) {
    const letter = (bytes[at] as number) - 0x41
    if (letter < 0 || letter > 25) return false
    if (at < start + 3) owner = owner * 26 + letter
    sum += (LETTER_VALUES[letter] as number) * weight
    weight *= 2
  }
  const category = CATEGORIES.get(bytes[start + 3] as number)
  if (category === undefined) return false
  let serial = 0
  for (let at = start + 4; at < start + 11; at++) {
    const digit = (bytes[at] as number) - 0x30
    if (digit < 0 || digit > 9) return false
    if (at === start + 10) {
      into.digit = digit
      break
    }
    serial = serial * 10 + digit
    sum += digit * weight
    weight *= 2
  }
  into.key = (owner * 3 + category) * 1_000_000 + serial
  into.isDigitRight = (sum % 11) % 10 === into.digit
  return true
}

/** The eleven signs of a key, with the digit that belongs to it. */
export function printContainerKey(key: number): string {
  const serial = key % 1_000_000
  const prefix = (key - serial) / 1_000_000
  const owner = Math.floor(prefix / 3)
  const letters = String.fromCharCode(0x41 + Math.floor(owner / 676), 0x41 + (Math.floor(owner / 26) % 26), 0x41 + (owner % 26))
  const ten = `${letters}${'UJZ'[prefix % 3]}${String(serial).padStart(6, '0')}`
  let sum = 0
  for (let at = 0; at < 10; at++) {
    const code = ten.charCodeAt(at)
    sum += (code < 0x41 ? code - 0x30 : (LETTER_VALUES[code - 0x41] as number)) * 2 ** at
  }
  return `${ten}${(sum % 11) % 10}`
}
