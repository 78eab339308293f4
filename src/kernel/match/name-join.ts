/**
 * Words that one name writes as one and the other as several (Good Will, Goodwill; Koval enko, Kovalenko; bin Salah, Bensalah), and abbreviations of several words (JC for Jean-Claude).
 * Gives the core words of both sides with such runs joined to one; the same arrays when there are none.
 */
import { codesOf, editDistance, maskOf, spellingOf } from './edit-distance.ts'
import { isSon, SON_JOINED } from './lexicon-person.ts'
import type { NameToken, PreparedName } from './name.ts'

const LONGEST_RUN = 4
const SHORTEST_JOINED = 4
const SHORTEST_NEAR = 8
/** A run of words may differ from the one word by so much. */
const NEAR = 1.1
/** The same where one side is written without its vowels, of which so many may be missing. */
const NEAR_BY_EAR = 0.8
const MOST_UNWRITTEN = 4

export interface JoinedToken extends NameToken {
  readonly joinedAs: 'joined' | 'acronym'
  readonly standsFor: NameToken
}

interface Sides {
  readonly left: readonly NameToken[]
  readonly right: readonly NameToken[]
}

export function joinRuns(a: PreparedName, b: PreparedName): Sides {
  const right = joinSide(b, a)
  const left = joinSide(a, b)
  if (right === b.core || left === a.core) return { left, right }
  // Runs on both sides: each word that a run stands for must not itself have gone into a run.
  const isSound = left.every((token) => isStanding(token, right)) && right.every((token) => isStanding(token, left))
  return isSound ? { left, right } : { left: a.core, right: b.core }
}

function isStanding(token: NameToken, words: readonly NameToken[]): boolean {
  const { standsFor } = token as Partial<JoinedToken>
  return standsFor === undefined || words.includes(standsFor)
}

/** The core of `side` with runs joined that are one word in `other`. */
function joinSide(side: PreparedName, other: PreparedName): readonly NameToken[] {
  const { tokens, core } = side
  if (tokens.length < 2) return core
  let result: readonly NameToken[] = core
  for (const word of other.core) {
    const length = word.codes.length
    if (length < 2 || result.some(({ latin }) => latin === word.latin)) continue
    const run = findRun(tokens, word) ?? findAcronym(side, word)
    if (run === undefined) continue
    const members = tokens.slice(run.from, run.to)
    if (!members.every((member) => member.tag === 'particle' || member.tag === 'stop-word' || result.includes(member))) continue
    const at = result.findIndex((token) => members.includes(token))
    if (at < 0) continue
    result = [...result.slice(0, at), joinTokens(members, run.as, word), ...result.slice(at).filter((token) => !members.includes(token))]
  }
  return result
}

interface Run {
  readonly from: number
  readonly to: number
  readonly as: JoinedToken['joinedAs']
}

const scratch = new Uint8Array(256)

function findRun(tokens: readonly NameToken[], word: NameToken): Run | undefined {
  const { codes, isLoose } = word
  const { length } = codes
  if (length < SHORTEST_JOINED) return undefined
  for (let from = 0; from + 1 < tokens.length; from++) {
    let total = codesIn(tokens[from]).length
    let areVowelsLoose = tokens[from]?.isLoose !== isLoose
    for (let to = from + 2; to <= tokens.length && to <= from + LONGEST_RUN; to++) {
      total += codesIn(tokens[to - 1]).length
      areVowelsLoose ||= tokens[to - 1]?.isLoose !== isLoose
      const spare = areVowelsLoose ? MOST_UNWRITTEN : 1
      if (total > length + spare) break
      if (total < length - spare || (!areVowelsLoose && total !== length && length < SHORTEST_NEAR)) continue
      let filled = 0
      for (let at = from; at < to; at++) {
        const part = codesIn(tokens[at])
        scratch.set(part, filled)
        filled += part.length
      }
      if (scratch[0] !== codes[0]) continue
      const cost = editDistance(scratch.subarray(0, filled), codes, { limit: 2, areVowelsLoose })
      const most = areVowelsLoose ? NEAR_BY_EAR : length < SHORTEST_NEAR ? 0 : NEAR
      if (cost <= most) return { from, to, as: 'joined' }
    }
  }
  return undefined
}

const SON = codesOf(SON_JOINED)
const NO_CODES = new Uint8Array(0)

/** As they stand in a joined name: Bensalah, however the word for son is written by itself. */
function codesIn(token: NameToken | undefined): Uint8Array {
  return token === undefined ? NO_CODES : isSon(token) ? SON : token.codes
}

/** An abbreviation in capitals of words that follow each other; an organisation's stands for its whole name. */
function findAcronym({ tokens, core, kind }: PreparedName, { text, latin }: NameToken): Run | undefined {
  const { length } = latin
  if (length < 2 || length > 6 || text !== text.toUpperCase() || text === text.toLowerCase() || text.length !== length) return undefined
  const isPerson = kind === 'person'
  if (isPerson && (length > 3 || /[aeiou]/.test(latin))) return undefined
  if (!isPerson && (length < 3 || core.map((token) => token.initials).join('') !== latin)) return undefined
  for (let from = 0; from < tokens.length; from++) {
    let to = from
    let read = 0
    while (read < length && to < tokens.length) {
      const token = tokens[to]
      if (token === undefined) break
      to += 1
      if (!isPerson && token.tag === 'stop-word') continue
      if (!latin.startsWith(token.initials, read) || token.tag === 'initial') break
      read += token.initials.length
    }
    if (read === length && to > from + 1) return { from, to, as: 'acronym' }
  }
  return undefined
}

function joinTokens(members: readonly NameToken[], joinedAs: JoinedToken['joinedAs'], like: NameToken): JoinedToken {
  const first = members[0] ?? like
  const latin = joinedAs === 'acronym' ? like.latin : members.map((member) => (isSon(member) ? SON_JOINED : member.latin)).join('')
  const codes = spellingOf(latin)
  return {
    ...first,
    text: members.map((member) => member.text).join(' '),
    latin,
    left: members.map((member) => member.left).join(''),
    phonetic: like.phonetic,
    initials: members.map((member) => member.initials).join(''),
    tag: like.tag === 'initial' ? 'name' : like.tag,
    value: like.value,
    codes,
    mask: maskOf(codes),
    isLoose: members.some(({ isLoose }) => isLoose),
    isFathers: members.some((member) => member.isFathers),
    joinedAs,
    standsFor: like,
  }
}
