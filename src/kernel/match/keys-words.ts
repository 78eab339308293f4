/** The words of a name that keys are made of: what tells names apart, longest first, so that limits leave out what says least. */
import { isSon, SERVANT, SON_JOINED } from './lexicon-person.ts'
import type { KeyName, KeyToken } from './name.ts'
import { phoneticFold } from './phonetic.ts'

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

/**
 * How the words sound when those that are often written as one are one: son of Ali (Benali), servant of the Powerful (Abdelkader). None where there are none of them.
 */
export function joinedSounds({ kind, tokens }: KeyName): readonly string[] {
  if (kind !== 'person' || !tokens.some(isJoining)) return NO_SOUNDS
  const sounds: string[] = []
  let before = ''
  for (const token of tokens) {
    if (isJoining(token)) before += isSon(token) ? SON_JOINED : token.latin
    else if (token.tag === 'name' || token.tag === 'nickname') {
      sounds.push(before === '' ? token.phonetic : phoneticFold(before + token.latin))
      before = ''
    }
  }
  return sounds
}

const NO_SOUNDS: readonly string[] = []

function isJoining(token: KeyToken): boolean {
  return isSon(token) || token.latin === SERVANT
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
  return name.core.map(({ initials }) => initials).join('')
}
