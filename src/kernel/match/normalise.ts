/**
 * What happens to any name before it is read: compatibility forms are folded (NFKC), marks that nobody sees are taken out (zero width, direction, soft hyphen),
 * a flood of combining marks is cut to what a script can need, and letters of one script that stand for letters of another inside one word are folded to one script.
 * Invariant: the result is at most MAX_NAME_LENGTH long, and says so when something was left out. Source: Unicode Standard, UAX #15 (NFKC) and UTS #39 (confusables).
 */
import { scriptOf } from './normalise-script.ts'

/** Longer than any name that a document can hold; what stands behind is not read, and the result says so. */
export const MAX_NAME_LENGTH = 1024
/** No script sets more marks than this on one letter. */
const MAX_MARKS = 4

export interface NormalText {
  readonly text: string
  readonly isCapped: boolean
  readonly hasMixedScripts: boolean
}

// Cyrillic and Greek letters, each with the Latin letter that looks the same.
const LOOK_ALIKES = 'аaеeоoрpсcуyхxіiѕsјjһhԁdԛqԝwАAВBЕEКKМMНHОOРPСCТTУYХXІIЅSЈJԌGαaοoνvρpυuιiκkΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX'
const TO_LATIN = new Map<string, string>()
const TO_CYRILLIC = new Map<string, string>()
for (let at = 0; at < LOOK_ALIKES.length; at += 2) {
  const other = LOOK_ALIKES[at] ?? ''
  const latin = LOOK_ALIKES[at + 1] ?? ''
  TO_LATIN.set(other, latin)
  if (scriptOf(other.codePointAt(0) ?? 0) === 'cyrillic') TO_CYRILLIC.set(latin, other)
}

const FLOOD = new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, 'gu')

/** The raised end of a word that was cut short, as Spanish and Portuguese write it: Mª is Ma. for María, Antº is Anto. for Antonio. */
const RAISED = /(?<=\p{L})[ªº]\.?/gu

function openedUp(raised: string): string {
  return raised.startsWith('ª') ? 'a.' : 'o.'
}

/** Nothing to fold: signs of ASCII that are seen, parted by single blanks. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/

export function normaliseText(given: string): NormalText {
  if (given.length <= MAX_NAME_LENGTH && PLAIN.test(given)) return { text: given, isCapped: false, hasMixedScripts: false }
  const short = given.length > MAX_NAME_LENGTH ? given.slice(0, MAX_NAME_LENGTH) : given
  let text = short.toWellFormed().replace(FLOOD, '$1').replace(RAISED, openedUp).normalize('NFKC')
  const isCapped = given.length > MAX_NAME_LENGTH || text.length > MAX_NAME_LENGTH
  if (text.length > MAX_NAME_LENGTH) text = text.slice(0, MAX_NAME_LENGTH).toWellFormed()
  text = text
    .replace(/[\p{Cf}\u115f\u1160\u3164\ufffd]/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim()
  if (isAscii(text)) return { text, isCapped, hasMixedScripts: false }
  let isMixed = false
  text = text.replace(/[\p{L}\p{M}]+/gu, (word) => {
    const folded = foldWord(word)
    if (folded !== undefined) isMixed = true
    return folded ?? word
  })
  return { text, isCapped, hasMixedScripts: isMixed }
}

/** A word with letters of Latin and of Cyrillic or Greek in it: a slip of the keyboard, or a disguise. */
export function hasMixedScripts(text: string): boolean {
  return normaliseText(text).hasMixedScripts
}

/** The word in one script, or nothing when it is in one script already. */
function foldWord(word: string): string | undefined {
  let hasLatin = false
  let hasOther = false
  let isLatinAtHeart = true
  for (const letter of word) {
    const script = scriptOf(letter.codePointAt(0) ?? 0)
    if (script === 'latin') hasLatin = true
    else if (script === 'cyrillic' || script === 'greek') {
      hasOther = true
      if (!TO_LATIN.has(letter)) isLatinAtHeart = false
    }
  }
  if (!hasLatin || !hasOther) return undefined
  const table = isLatinAtHeart ? TO_LATIN : TO_CYRILLIC
  return [...word].map((letter) => table.get(letter) ?? letter).join('')
}

/** Read sign by sign, which is quicker than a pattern. */
export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false
  return true
}
