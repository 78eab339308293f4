/** The words of a name that keys are made of: what tells names apart, longest first, so that limits leave out what says least. */
import type { KeyName, KeyToken } from './name.ts'

export function keyWords({ core }: KeyName): readonly KeyToken[] {
  const words: KeyToken[] = []
  // Put in their place one by one: a name has few, and this runs for every name that is stored.
  for (const token of core) {
    if (token.latin === '' || words.some(({ latin }) => latin === token.latin)) continue
    let at = words.length
    while (at > 0 && saysMore(token, words[at - 1])) at -= 1
    words.splice(at, 0, token)
  }
  return words
}

function saysMore({ latin }: KeyToken, other: KeyToken | undefined): boolean {
  if (other === undefined) return false
  return latin.length === other.latin.length ? latin < other.latin : latin.length > other.latin.length
}

/** The words between names too, since blanks get lost around them. */
export function allLetters(name: KeyName): string {
  return named(name)
    .map((token) => token.latin)
    .join('')
}

/** What is left of them where letters beyond ASCII are lost. */
export function allLettersLeft(name: KeyName): string {
  return named(name)
    .map((token) => token.left)
    .join('')
}

function named({ tokens }: KeyName): readonly KeyToken[] {
  return tokens.filter(({ tag }) => tag !== 'legal-form' && tag !== 'title')
}

export function initialsOf(name: KeyName): string {
  return name.core.map((token) => token.latin.slice(0, 1)).join('')
}
