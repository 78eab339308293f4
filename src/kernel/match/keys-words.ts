/** The words of a name that keys are made of: what tells names apart, longest first, so that limits leave out what says least. */
import type { KeyName, KeyToken } from './name.ts'

export function keyWords(name: KeyName): readonly KeyToken[] {
  const seen = new Set<string>()
  return [...name.core]
    .sort((a, b) => b.latin.length - a.latin.length || (a.latin < b.latin ? -1 : 1))
    .filter((token) => token.latin !== '' && !seen.has(token.latin) && seen.add(token.latin))
}

/** The words between names too, since blanks get lost around them. */
export function allLetters(name: KeyName): string {
  return name.tokens
    .filter((token) => token.tag !== 'legal-form' && token.tag !== 'title')
    .map((token) => token.latin)
    .join('')
}

export function initialsOf(name: KeyName): string {
  return name.core.map((token) => token.latin.slice(0, 1)).join('')
}
