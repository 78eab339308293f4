/**
 * Keys that may fit several persons: a name with a date of birth, the sound of a name with a year of birth. A hit on one is a reason to ask, no more.
 * Order, case, accents and the spelling of umlauts carry no meaning; nothing is dropped from a name, and another script is not transliterated.
 */
import { birthDate, birthYear } from './birth.ts'
import { fault, type KeyRule } from './key-rule.ts'
import { soundex } from './soundex.ts'

/** Letters that Unicode does not take apart. */
const LETTERS: Readonly<Record<string, string>> = { Ø: 'O', Æ: 'AE', Œ: 'OE', Þ: 'TH', Ð: 'D', Đ: 'D', Ł: 'L', Ħ: 'H', Ŧ: 'T', Ŋ: 'N' }
/** Mueller is Müller, Aagaard is Ågaard: both spellings lose the second vowel. */
const DOUBLED = /([AOU])E|AA/g

export function normalName(text: string): readonly string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u0131\u0130]/g, 'I')
    .toUpperCase()
    .replace(/[ØÆŒÞÐĐŁĦŦŊ]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/['\u2019\u02bc`]/g, '')
    .split(/[^\p{L}]+/u)
    .filter((part) => part !== '')
    .map((part) => part.replace(DOUBLED, (_, vowel: string | undefined) => vowel ?? 'A'))
    .sort()
}

const nameAndDate: KeyRule['normalise'] = (value, second) => {
  const parts = partsOf(value)
  if (!Array.isArray(parts)) return parts
  const born = birthDate(second)
  return born.ok ? { ok: true, value: `${parts.join(' ')}|${born.value}`, problems: [] } : born
}

const soundAndYear: KeyRule['normalise'] = (value, second) => {
  const parts = partsOf(value)
  if (!Array.isArray(parts)) return parts
  const foreign = parts.find((part) => !/^[A-Z]+$/.test(part))
  if (foreign !== undefined) return fault('script', 'value', `The sound of ${foreign} is not known: write the name in Latin letters.`)
  const year = birthYear(second)
  return year.ok ? { ok: true, value: `${parts.map(soundex).sort().join(' ')}|${year.value}`, problems: [] } : year
}

function partsOf(value: string): string[] | ReturnType<typeof fault> {
  const digit = /\p{N}/u.exec(value)
  if (digit !== null) return fault('sign', `value, sign ${digit.index + 1}`, 'A name has no digits.')
  const parts = normalName(value)
  return parts.length >= 2 ? [...parts] : fault('name', 'value', 'A name has at least two parts: with one, too many persons fit.')
}

export const WEAK_KEYS = {
  'name-birth': { class: 'weak', second: 'date', normalise: nameAndDate },
  'sound-year': { class: 'weak', second: 'year', normalise: soundAndYear },
} as const satisfies Readonly<Record<string, KeyRule>>
