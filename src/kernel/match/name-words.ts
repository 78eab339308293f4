/**
 * A name cut into words: what parts words and what does not (apostrophes join, hyphens and points part, single letters of a company's abbreviation join), each word
 * with its Latin form and the script it came from. A person's name in the form "family, given" is turned round and says so.
 */
import { isAscii, type NormalText } from './normalise.ts'
import { leadingScript, type Script } from './normalise-script.ts'
import { type Latinise, partName, romanise } from './romanise.ts'

export interface NameWord {
  readonly text: string
  readonly latin: string
  readonly script: Script
  /** Written with vowels left out or put in, because the script or the transcription does so. */
  readonly isLoose: boolean
  /** Short, with a point behind it: it may stand for a longer word (Fco., Hnos.). */
  readonly isCut: boolean
}

interface NameWords {
  readonly words: readonly NameWord[]
  /** The name was written "family, given": how many words stood behind the comma, and stand first now; 0 where nothing was turned. */
  readonly turned: number
}

const LETTER = '[\\p{L}\\p{M}\\p{N}]'
const POINTED = new RegExp(`(?<!${LETTER})(?:\\p{L}\\p{M}*\\.){2,}(?:\\p{L}(?!${LETTER}))?`, 'gu')
const SLASHED = new RegExp(`(?<!${LETTER})(\\p{L})/(\\p{L})(?!${LETTER})`, 'gu')
const SPACED = new RegExp(`(?<!${LETTER})\\p{L}(?: \\p{L})+(?!${LETTER})`, 'gu')
const PARTS = new RegExp(`[^\\p{L}\\p{M}\\p{N}?]+|(?<!${LETTER})\\?+|\\?+(?!${LETTER})`, 'u')
/** Korean names have one or two syllables: longer words are foreign names, spelled by ear. */
const FOREIGN_HANGUL = 4
/** The same for text of ASCII alone, which most is and which is cut many times faster. */
const ASCII_PARTS = /[^A-Za-z0-9?]+|(?<![A-Za-z0-9])\?+|\?+(?![A-Za-z0-9])/
const ASCII_SPACED = /(?<![A-Za-z0-9])[A-Za-z](?: [A-Za-z])+(?![A-Za-z0-9])/g
const CUT = new RegExp(`(?<!${LETTER})\\p{L}{2,4}(?=\\.)`, 'gu')
const JOINING = /['\u2018\u2019\u02b9-\u02bf\u0060\u00b4\u2032\u05f3\uff07]/g

export function nameWords({ text }: NormalText, isPerson: boolean, latinise: Latinise): NameWords {
  const isPlain = isAscii(text)
  let plain = text.replace(isPlain ? /['`]/g : JOINING, '')
  let front = ''
  if (isPerson) {
    const comma = plain.search(/[,،、]/)
    const family = plain.slice(0, comma).trim()
    const given = plain.slice(comma + 1).trim()
    if (comma > 0 && given !== '' && !/[,،、]/.test(given)) {
      plain = `${given} ${family}`
      front = given
    }
    if (plain.includes('.')) plain = plain.replace(POINTED, (letters) => letters.replaceAll('.', ' '))
  } else {
    plain = plain
      .replaceAll('&', ' and ')
      .replaceAll('%', ' percent ')
      .replace(POINTED, (letters) => letters.replaceAll('.', ''))
      .replace(SLASHED, '$1$2')
      .replace(/\s+/g, ' ')
      .replace(isPlain ? ASCII_SPACED : SPACED, (letters) => letters.replaceAll(' ', ''))
  }
  // Foreign names in Han and Kana are spelled by sound, with a point in the middle.
  const isTranscribed = !isPlain && /[\p{sc=Han}\p{sc=Katakana}][·・‧•][\p{sc=Han}\p{sc=Katakana}]/u.test(text)
  const found = plain.split(isPlain ? ASCII_PARTS : PARTS).filter((part) => part !== '')
  const parts = isPerson && found.length === 1 ? partName(found[0] ?? '') : found
  const cut = plain.includes('.') ? plain.match(CUT) : null
  const words: NameWord[] = []
  for (const part of parts) {
    const isCut = cut?.includes(part) ?? false
    if (isPlain) {
      const latin = part.toLowerCase()
      words.push({ text: part, latin, script: /[a-z]/.test(latin) ? 'latin' : 'other', isLoose: false, isCut })
      continue
    }
    const script = leadingScript(part)
    const isLoose =
      script === 'arabic' ||
      script === 'hebrew' ||
      script === 'kana' ||
      (script === 'hangul' && part.length >= FOREIGN_HANGUL) ||
      isTranscribed ||
      isUnfamiliar(part, script)
    for (const latin of romanise(part, latinise).split(/[^a-z0-9?]+/))
      if (latin !== '') words.push({ text: part, latin, script, isLoose, isCut })
  }
  return { words, turned: turnedWords(words, front) }
}

function turnedWords(words: readonly NameWord[], front: string): number {
  let left = front.split(PARTS).filter((part) => part !== '').length
  let count = 0
  let last = ''
  for (const { text } of words) {
    if (text !== last) left -= 1
    if (left < 0) break
    count += 1
    last = text
  }
  return front === '' ? 0 : count
}

/** A script without a table of its own that is written in syllables. */
function isUnfamiliar(word: string, script: Script): boolean {
  return script === 'other' && /\p{L}/u.test(word) && !/[\p{sc=Armenian}\p{sc=Georgian}]/u.test(word)
}
