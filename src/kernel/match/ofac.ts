/**
 * The preset that scores as the sanctions list search of the United States Treasury does, as far as its answers show: the better of the similarity of the whole name as
 * written and of the mean over the query's words of each one's best word of the result. Words of one or two letters count for nothing beside longer ones; words that
 * begin with different letters are not compared, and a pair below FLOOR is none. The query is on the left. For parity with that tool, not for judging identity: a
 * common given name alone scores high. Source: OFAC FAQ 249 and 250 (Jaro–Winkler over the string and its parts); measured on published answers of the tool.
 */
import { jaroWinkler } from './jaro-winkler.ts'
import type { PreparedName } from './name.ts'

const SHORT = 2
const FLOOR = 0.7

interface OfacPair {
  readonly left: string
  readonly right: string
  readonly similarity: number
}

interface OfacScore {
  readonly score: number
  /** The pairs of words whose mean is the score; none where the whole name as written scores more. */
  readonly pairs: readonly OfacPair[]
}

export function ofacScore(query: PreparedName, result: PreparedName): OfacScore {
  const whole = jaroWinkler(query.written, result.written)
  const asked = wordsOf(query.written)
  const given = result.written.split(' ')
  const pairs = asked.words.map((left) => bestOf(left, asked.areShort ? given : wordsOf(result.written).words))
  const mean = pairs.reduce((sum, { similarity }) => sum + similarity, 0) / Math.max(1, pairs.length)
  return mean > whole ? { score: mean, pairs } : { score: whole, pairs: [] }
}

function bestOf(left: string, words: readonly string[]): OfacPair {
  let best: OfacPair = { left, right: '', similarity: 0 }
  for (const right of words) {
    if (left[0] !== right[0]) continue
    const similarity = jaroWinkler(left, right)
    if (similarity >= FLOOR && similarity > best.similarity) best = { left, right, similarity }
  }
  return best
}

function wordsOf(written: string): { readonly words: readonly string[]; readonly areShort: boolean } {
  const all = written.split(' ')
  const long = all.filter((word) => word.length > SHORT)
  return long.length > 0 ? { words: long, areShort: false } : { words: all, areShort: true }
}
