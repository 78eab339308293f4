/**
 * What each word of a person's name is. A title counts as one only before the first name, a degree or a generation behind it, too; a particle only before a name; "abd al" is one
 * word with what it is bound to (Abdul).
 * A legal form behind a person's name is kept apart: lists append them by mistake.
 */
import { LEGAL_FORMS } from './lexicon-legal-forms.ts'
import { FILIATION, GENERATIONS, hasShortForm, PARTICLE_OR_NAME, PARTICLES, SERVANT, TITLES, TITLES_BEHIND } from './lexicon-person.ts'
import type { TaggedWords } from './name.ts'
import type { NameWord } from './name-words.ts'

const ARTICLES = new Set('al el ul il ur ar as az ash at ad an ud'.split(' '))

export function tagPerson(words: readonly NameWord[]): readonly TaggedWords[] {
  const tagged: TaggedWords[] = []
  const names = words.filter((word) => !TITLES.has(word.latin) && !PARTICLES.has(word.latin)).length
  const end = endOfName(words, names)
  let isFathers = false
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (word === undefined) break
    const next = words[at + 1]
    const one = [word]
    const { latin } = word
    if (at >= end) tagged.push({ words: one, tag: 'legal-form', value: formOf(latin) })
    else if (isInitial(word)) tagged.push({ words: one, tag: 'initial', value: '' })
    else if (names > 0 && TITLES.has(latin) && tagged.every(isOfHead)) tagged.push({ words: one, tag: 'title', value: '' })
    else if ((names > 0 && TITLES_BEHIND.has(latin)) || (names > 2 && isNumeral(words, at)))
      tagged.push({ words: one, tag: 'title', value: GENERATIONS.get(latin) ?? '' })
    else if (latin === 'abd' && next !== undefined && ARTICLES.has(next.latin) && at + 2 < words.length) {
      tagged.push({ words: [{ ...word, text: `${word.text} ${next.text}`, latin: SERVANT }], tag: 'name', value: '', isFathers })
      at += 1
      isFathers = false
    } else if (isFiliation(words, at)) {
      tagged.push({ words: one, tag: 'particle', value: 'filiation' })
      isFathers = true
    } else if (PARTICLES.has(latin) && at < words.length - 1 && (at > 0 || !PARTICLE_OR_NAME.has(latin)))
      tagged.push({ words: one, tag: 'particle', value: '' })
    else {
      tagged.push({ words: one, tag: hasShortForm(latin) ? 'nickname' : 'name', value: '', isFathers })
      isFathers = false
    }
  }
  return tagged
}

/** Before the first name. */
function isOfHead({ tag }: TaggedWords): boolean {
  return tag === 'title' || tag === 'particle'
}

/** The third of two names: a Roman number in capitals at the end. */
function isNumeral(words: readonly NameWord[], at: number): boolean {
  const word = words[at]
  return at === words.length - 1 && word !== undefined && /^(?:II|III|IV)$/.test(word.text)
}

/** Ben Okri is a Benjamin or a Benedict; Ali ben Hassan is Hassan's son. */
function isFiliation(words: readonly NameWord[], at: number): boolean {
  const latin = words[at]?.latin ?? ''
  return FILIATION.has(latin) && words.length > 1 && (at > 0 || latin !== 'ben' || words.length > 2)
}

function isInitial({ text, script }: NameWord): boolean {
  return script !== 'han' && script !== 'hangul' && script !== 'kana' && /^\p{L}$/u.test(text)
}

/** Where legal forms begin that stand behind the name: words that no name ends with, or that stand out by capitals. */
function endOfName(words: readonly NameWord[], names: number): number {
  let end = words.length
  while (end > 2 && names > 2) {
    const word = words[end - 1]
    if (word === undefined || formOf(word.latin) === '') break
    const others = words.slice(0, end - 1)
    const standsOut = word.text === word.text.toUpperCase() && others.some((other) => other.text !== other.text.toUpperCase())
    if (!/^(?:llc|ltd|inc|gmbh|plc|corp|srl|ooo|limited|sarl)$/.test(word.latin) && !(standsOut && word.latin.length <= 4)) break
    end -= 1
  }
  return end
}

function formOf(latin: string): string {
  const form = LEGAL_FORMS.get(latin)
  return form === undefined ? '' : `${form.form}=${form.kind}`
}
