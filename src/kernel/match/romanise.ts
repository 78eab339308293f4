/**
 * Names in Latin letters. Six scripts are romanised by tables of our own, made for names (spelling by sound, as passports and the press do it); the rest by what the
 * caller gives (`Latinise`), because the kernel brings no package. The result is lower case ASCII with the spaces and signs of the original.
 * Sources: BGN/PCGN systems for Russian, Ukrainian, Serbian, Greek, Arabic and Hebrew; Revised Romanization of Korean with the customary spellings of family names.
 */
import { leadingScript, scriptOf } from './normalise-script.ts'
import { romaniseArabic, romaniseHebrew } from './romanise-abjad.ts'
import { romaniseCyrillic } from './romanise-cyrillic.ts'
import { romaniseGreek } from './romanise-greek.ts'
import { splitHanName } from './romanise-han.ts'
import { romaniseHangul } from './romanise-hangul.ts'

/** Any text in ASCII, letter by letter, such as the package any-ascii does it. */
export type Latinise = (text: string) => string

/** One word of one script, in lower case ASCII; more than one word where the script writes several in one (a Han name, the Arabic article). */
export function romanise(word: string, latinise: Latinise): string {
  const script = leadingScript(word)
  if (script === 'cyrillic') return ascii(romaniseCyrillic(word.toLowerCase()), latinise)
  if (script === 'greek') return ascii(romaniseGreek(word.toLowerCase()), latinise)
  if (script === 'arabic') return ascii(romaniseArabic(word), latinise)
  if (script === 'hebrew') return ascii(romaniseHebrew(word), latinise)
  if (script === 'kana') return readKatakana(ascii(word, latinise), word)
  if (script === 'hangul') return ascii(romaniseHangul(word), latinise)
  return ascii(word, latinise)
}

/** A whole name of one word in Han or Hangul, parted into family name and given name; other words as they are. */
export function partName(word: string): readonly string[] {
  const letters = [...word]
  if (letters.length < 2 || letters.length > 4) return [word]
  const script = scriptOf(letters[0]?.codePointAt(0) ?? 0)
  if (!letters.every((letter) => scriptOf(letter.codePointAt(0) ?? 0) === script)) return [word]
  if (script === 'han') return splitHanName(letters)
  if (script === 'hangul' && letters.length < 4) return [letters[0] ?? '', letters.slice(1).join('')]
  return [word]
}

/** Katakana spells foreign names: it has no ti, di, tu and v but by what comes nearest. */
function readKatakana(latin: string, word: string): string {
  if (/\p{sc=Hiragana}/u.test(word)) return latin
  return latin
    .replaceAll('chi', 'ti')
    .replaceAll('ji', 'di')
    .replaceAll('tsu', 'tu')
    .replace(/^u(?=r[aeiou])/, 'v')
}

/** Signs that only mark a sound (aspiration in Georgian, ain) are no part of a word. */
function ascii(text: string, latinise: Latinise): string {
  return isLower(text) ? text : latinise(text).toLowerCase().replace(/['`"]/g, '')
}

function isLower(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 127 || (code >= 65 && code <= 90)) return false
  }
  return true
}
