/**
 * Signs that a text must not carry into a record: halves of characters, controls, direction overrides, signs that nobody sees. Each is taken out or replaced
 * with a warning that counts them, because they make two different values look the same or one value look like another.
 * Zero-width joiners stay: Persian and the scripts of India are written with them. Signs of a wrong decoding stay too, so that it can be undone.
 * Sources: Unicode 16, UAX 15 (NFC), UAX 9 (direction), UTS 39 5 and UTR 36 3 (signs that mislead).
 */
import type { Problem } from '#kernel/result/problem.ts'

/** `line`: one line, runs of blanks count as one. `block`: line ends and tabs are kept. `exact`: nothing but halves of characters and the zero sign is touched. */
export type TextShape = 'line' | 'block' | 'exact'

const PLAIN = /^[\x20-\x7e]*$/
const HALVES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const UNSEEN = /[\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g
// oxlint-disable-next-line no-control-regex -- controls are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g
// oxlint-disable-next-line no-control-regex -- the zero sign is what PostgreSQL cannot hold
const ZERO = /\u0000/g
/** UTF-8 read as Latin-1 or Windows-1252 (`Ã©`, `â€™`), what is left of such a reading, and the sign for what could not be read. */
const WRONG_DECODING = /[\u00c2-\u00c3][\u0080-\u00bf]|\u00e2[\u0080\u20ac][\u0080-\u00bf\u2018-\u2122]|[\u0080-\u0084\u0086-\u009f\ufffd]/

export function tidyText(text: string, shape: TextShape): { readonly text: string; readonly problems: readonly Problem[] } {
  if (PLAIN.test(text)) return { text: shape === 'line' ? oneLine(text) : text, problems: NOTHING }
  const problems: Problem[] = []
  const take = (from: string, pattern: RegExp, { code, what, by }: Taken): string => {
    let count = 0
    const taken = from.replace(pattern, () => {
      count += 1
      return by
    })
    if (count > 0) problems.push({ code: `record.text.${code}`, at: 'value', message: `${what}: ${count}.` })
    return taken
  }
  let tidy = take(text, HALVES, { code: 'half-character', what: 'Halves of characters, shown as the sign for unreadable', by: '\ufffd' })
  if (shape === 'exact') tidy = take(tidy, ZERO, { code: 'control', what: 'Control characters taken out', by: '' })
  else {
    tidy = take(tidy, CONTROLS, { code: 'control', what: 'Control characters, each now a blank', by: ' ' })
    tidy = take(tidy, DIRECTION, { code: 'direction', what: 'Signs that change the direction of writing taken out', by: '' })
    tidy = take(tidy, UNSEEN, { code: 'unseen', what: 'Signs that nobody sees taken out', by: '' })
    const composed = tidy.normalize('NFC')
    if (composed !== tidy)
      problems.push({
        code: 'record.text.composed',
        at: 'value',
        message: 'Letters and their accents were apart and are now one character.',
      })
    tidy = composed
  }
  if (WRONG_DECODING.test(tidy))
    problems.push({ code: 'record.text.decoding', at: 'value', message: 'The text looks as if it was read with the wrong character set.' })
  return { text: shape === 'line' ? oneLine(tidy) : tidy, problems }
}

interface Taken {
  readonly code: string
  readonly what: string
  readonly by: string
}

const NOTHING: readonly Problem[] = []

function oneLine(text: string): string {
  const trimmed = text.trim()
  return /\s\s|[^\S ]/.test(trimmed) ? trimmed.replace(/\s+/g, ' ') : trimmed
}
