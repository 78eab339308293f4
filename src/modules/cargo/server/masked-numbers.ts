/**
 * Release numbers and PINs in a stretch of a message that somebody looks at: stars of the same length stand for them, so that offsets stay true.
 * Policy: covered are RFF with the qualifiers by which cargo is given away, every run of 4 to 12 letters or digits that follows a word for such a number
 * in the same text, and whatever in the same message repeats one of them. Rather too much than one that opens a gate; the name of a box is left.
 */
import { RELEASE_REFERENCES } from '../formats/code-lists.ts'
import { afterReleaseWords } from './release-words.ts'

/** The separators are those of the message, whatever they are; an apostrophe ends a segment in nearly all, and `?` takes the meaning of the sign behind it. */
const REFERENCE = new RegExp(
  `(?<=RFF(?<element>[^A-Za-z0-9])(?:${[...RELEASE_REFERENCES].join('|')})(?<component>[^A-Za-z0-9]))(?:\\?.|(?!\\k<element>|\\k<component>)[^'\\r\\n])+`,
  'g',
)
/** A shorter one stands in too much else. */
const SHORTEST_REPEATED = 4

/** Bytes before and after a stretch within which its message is looked for. Policy: a longer release message is searched as far as this. */
export const MESSAGE_REACH = 1 << 20

export interface Stretch {
  readonly from: number
  readonly to: number
}

interface Covered extends Stretch {
  /** What repeats it is covered, too: everywhere, or where it stands alone. */
  readonly repeats: 'everywhere' | 'alone' | 'no'
}

/** The stretch of the text, covered; all of it without one. */
export function maskNumbers(text: string, stretch: Stretch = { from: 0, to: text.length }): string {
  const message = messageAround(text, stretch)
  const whole = text.slice(message.from, message.to)
  const covered = [...references(whole), ...afterReleaseWords(whole)]
  const [from, to] = [stretch.from - message.from, stretch.to - message.from]
  const signs = whole.slice(from, to).split('')
  const cover = (span: Stretch) => {
    for (let at = Math.max(from, span.from); at < Math.min(to, span.to); at += 1) signs[at - from] = '*'
  }
  for (const span of covered) cover(span)
  const repeated = new Map<string, Covered['repeats']>()
  for (const span of covered) {
    const number = whole.slice(span.from, span.to)
    if (span.repeats !== 'no' && number.length >= SHORTEST_REPEATED && repeated.get(number) !== 'everywhere')
      repeated.set(number, span.repeats)
  }
  for (const [number, repeats] of repeated) {
    const begin = Math.max(0, from - number.length)
    const near = whole.slice(begin, to + number.length)
    for (let at = near.indexOf(number); at !== -1; at = near.indexOf(number, at + 1)) {
      const span = { from: begin + at, to: begin + at + number.length }
      if (repeats === 'everywhere' || standsAlone(whole, span)) cover(span)
    }
  }
  return signs.join('')
}

function* references(text: string): Generator<Covered> {
  for (const { 0: number, index } of text.matchAll(REFERENCE)) yield { from: index, to: index + number.length, repeats: 'everywhere' }
}

function standsAlone(text: string, { from, to }: Stretch): boolean {
  return !/[A-Za-z0-9]/.test(text.charAt(from - 1)) && !/[A-Za-z0-9]/.test(text.charAt(to))
}

/** From the head of the message that the stretch begins in to the trailer of the one that it ends in; all there is where it is no EDIFACT. */
function messageAround(text: string, { from, to }: Stretch): Stretch {
  let head = text.lastIndexOf('UNH', from)
  while (head > 0 && !isTag(text, head)) head = text.lastIndexOf('UNH', head - 1)
  let trailer = text.indexOf('UNT', to)
  while (trailer !== -1 && !isTag(text, trailer)) trailer = text.indexOf('UNT', trailer + 1)
  return { from: Math.max(0, head), to: trailer === -1 ? text.length : trailer }
}

function isTag(text: string, at: number): boolean {
  return !/[A-Za-z0-9?]/.test(text.charAt(at - 1)) && !/[A-Za-z0-9]/.test(text.charAt(at + 3))
}
