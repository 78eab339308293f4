/**
 * Numbers and addresses as they are found exactly: letters and digits alone, in capitals, so that blanks, dots and hyphens of either side do not matter, nor the script of digits.
 * What stands in front of a number by custom (`IMO`, the zeros or the plus of a telephone) may be there or not.
 */
import { asciiDigits } from '#kernel/match/digits.ts'

const SHORTEST = 4
const LONGEST = 128

/** A zero in brackets behind the code of a country is dialled inside that country only. */
const TRUNK_ZERO = /^(\s*(?:\+|00)[\d\s]{1,6})\(0\)/

/** As it is found already. */
const PLAIN = /^[A-Z0-9]+$/

/** Each form under which a stored value can be found. */
export function numberForms(text: string): readonly string[] {
  if (text.length > LONGEST) return []
  const plain = PLAIN.test(text) ? text : plainOf(text)
  const bare = plain.replace(/^IMO(?=\d{7}$)/, '').replace(/^0+(?=\d+$)/, '')
  if (bare === plain) return plain.length >= SHORTEST ? [plain] : []
  return [plain, bare].filter((form) => form.length >= SHORTEST)
}

function plainOf(text: string): string {
  return asciiDigits(text.normalize('NFKC'))
    .replace(TRUNK_ZERO, '$1')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** Whether what was typed may be a number at all: it has a digit, or is an address. */
export function mayBeNumber(text: string): boolean {
  return text.length <= LONGEST && (/\p{N}/u.test(text) || text.includes('@'))
}
