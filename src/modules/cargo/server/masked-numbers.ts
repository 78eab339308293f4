/**
 * Release numbers and PINs in a stretch of a message that somebody looks at: stars of the same length stand for them, so that offsets stay true.
 * Knows RFF with the qualifiers by which cargo is given away, and what repeats such a number in the same stretch; free text may hold one and cannot be told.
 */
import { RELEASE_REFERENCES } from '../formats/code-lists.ts'

/** The separators are those of the message, whatever they are; an apostrophe ends a segment in nearly all, and `?` takes the meaning of the sign behind it. */
const REFERENCE = new RegExp(
  `(?<=RFF(?<element>[^A-Za-z0-9])(?:${[...RELEASE_REFERENCES].join('|')})(?<component>[^A-Za-z0-9]))(?:\\?.|(?!\\k<element>|\\k<component>)[^'\\r\\n])+`,
  'g',
)
/** A shorter one stands in too much else. */
const SHORTEST_REPEATED = 4

/** Signs before a stretch without which it cannot be seen that a number stands at its beginning: UN/EDIFACT gives one 70. */
export const NUMBER_REACH = 80

export function maskNumbers(text: string): string {
  const numbers = new Set<string>()
  const masked = text.replaceAll(REFERENCE, (number) => {
    if (number.length >= SHORTEST_REPEATED) numbers.add(number)
    return stars(number)
  })
  let rest = masked
  for (const number of numbers) rest = rest.replaceAll(number, stars(number))
  return rest
}

const stars = (number: string): string => '*'.repeat(number.length)
