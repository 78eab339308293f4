/**
 * The words by which texts are found: Latin letters in lower case, whatever script they were written in. The same function reads what is stored and what is asked.
 * Scripts without spaces give one word for each sign.
 */
import anyAscii from 'any-ascii'
import { isAscii, normaliseText } from '#kernel/match/normalise.ts'
import { type Latinise, romanise } from '#kernel/match/romanise.ts'

export const latinise: Latinise = anyAscii

/** Longer words are found by their beginning. */
export const LONGEST_WORD = 40
/** Names are cut at this length when they are normalised; texts are read piece by piece. */
const PIECE = 1000
/** Longer than words and what marks stand on their letters. */
const LONGEST_CUT = 200
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

/** Distinct words in order of appearance, at most so many; single signs of alphabets are none. */
export function wordsOf(text: string, most: number, words: Set<string> = new Set()): Set<string> {
  for (let at = 0; at < text.length && words.size < most; ) {
    const end = endOfPiece(text, at)
    const piece = text.slice(at, end)
    if (isAscii(piece)) takeAscii(piece, most, words)
    else takeAny(piece, most, words)
    at = end
  }
  return words
}

/** Signs that nobody sees are taken out before words are parted; halves of signs are none. */
const PARTING = /[^\p{L}\p{M}\p{N}\p{Cf}\p{Cs}]/u

/** Behind a sign that parts words, so that none is cut in two: where no word of a length that is found stands, any place will do. */
function endOfPiece(text: string, from: number): number {
  const end = from + PIECE
  if (end >= text.length) return text.length
  for (let at = end; at > end - LONGEST_CUT; at--) if (PARTING.test(text[at - 1] ?? '')) return at
  return end
}

function takeAscii(piece: string, most: number, words: Set<string>): void {
  for (const word of piece.toLowerCase().match(/[a-z0-9]{2,}/g) ?? []) {
    if (words.size >= most) return
    words.add(word.slice(0, LONGEST_WORD))
  }
}

function takeAny(piece: string, most: number, words: Set<string>): void {
  for (const run of normaliseText(piece).text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []) {
    const parts = UNSPACED.test(run) ? [...run] : [run]
    for (const part of parts) takeAscii(romanise(part, latinise), most, words)
  }
}
