/**
 * Damerau–Levenshtein distance with costs that know how names go wrong: a doubled letter, a vowel heard otherwise, a digit for a letter, a silent h cost less than a
 * letter of another sound. Optimal string alignment (a pair of letters is swapped once). The band ends the work once the limit is passed, so that the cost is at most
 * the length times the band. Source: Damerau 1964; Levenshtein 1966; Ukkonen 1985 for the band; Hyyrö's remark that a swap needs one more row.
 */

/** Longest word that is compared letter by letter. */
export const MAX_WORD_LENGTH = 64
const SIGNS = 38
const UNKNOWN = 36
const JOKER = 37

/** Letters as numbers: a–z 0–25, digits 26–35, any other sign 36, the question mark that stands for an unread letter 37. */
export function codesOf(word: string): Uint8Array {
  const length = Math.min(word.length, MAX_WORD_LENGTH)
  const codes = new Uint8Array(length)
  for (let at = 0; at < length; at++) {
    const code = word.charCodeAt(at)
    codes[at] = code >= 97 && code <= 122 ? code - 97 : code >= 48 && code <= 57 ? code - 22 : code === 63 ? JOKER : UNKNOWN
  }
  return codes
}

/** The same of a name's word, with what languages write otherwise for one sound: Albanian xh is the dž of its neighbours, and ks an x (Aleksandr, Alexander). */
export function spellingOf(word: string): Uint8Array {
  return codesOf(word.includes('xh') || word.includes('ks') ? word.replaceAll('xh', 'dz').replaceAll('ks', 'x') : word)
}

/** One bit for each letter that occurs: words that differ in k bits are at least k/2 edits apart. */
export function maskOf(codes: Uint8Array): number {
  let mask = 0
  for (const code of codes) mask |= code < 26 ? 1 << code : code < UNKNOWN ? 1 << (26 + (code % 5)) : 0
  return mask
}

// Pairs of signs that are taken for one another, and what that costs in tenths of an edit.
const ALIKE =
  '0o3 1i3 1l3 3e3 4a3 5s3 6b3 7t4 8b3 9g3 9q3 2z4 ei5 ie5 ou5 ae6 ao7 iy3 jy3 ij4 ey5 au7 uw5 uv6 ck3 kq3 cq4 gq5 gk6 cs5 sz3 cz6 vw3 fv5 fw6 bv6 bp6 dt6 jz5 gj5 mn8 ks9 sx6 kx5 gh6 hk7 ct7'
/** And what sound is written for what, where a name was spelled by ear in another script: ラ for la, 京 for tin. */
const BY_EAR = 'lr3 bv3 bp3 fv2 dj5 jt5 dt4 gk4 ct4 sz3 cs4 fw3 hk5 uv4 jz3 mn6 uw1'
const SWAP_COST = new Float64Array(SIGNS * SIGNS).fill(1)
const GAP_COST = new Float64Array(SIGNS).fill(1)
function numberOf(letter: string): number {
  return codesOf(letter)[0] ?? UNKNOWN
}
function setCosts(costs: Float64Array, pairs: string): void {
  for (const pair of pairs.split(' ')) {
    const one = numberOf(pair.slice(0, 1))
    const other = numberOf(pair.slice(1, 2))
    costs[one * SIGNS + other] = Number(pair.slice(2)) / 10
    costs[other * SIGNS + one] = Number(pair.slice(2)) / 10
  }
}
setCosts(SWAP_COST, ALIKE)
for (let sign = 0; sign < SIGNS; sign++) {
  SWAP_COST[sign * SIGNS + sign] = sign === UNKNOWN ? 0.5 : 0
  SWAP_COST[sign * SIGNS + JOKER] = SWAP_COST[JOKER * SIGNS + sign] = 0.4
}
for (const vowel of 'aeiou') {
  GAP_COST[numberOf(vowel)] = 0.8
  for (const other of 'aeiou') {
    const at = numberOf(vowel) * SIGNS + numberOf(other)
    if ((SWAP_COST[at] ?? 0) > 0.8) SWAP_COST[at] = 0.8
  }
}
for (const [letter, cost] of [
  ['h', 0.6],
  ['y', 0.7],
  ['j', 0.8],
] as const)
  GAP_COST[numberOf(letter)] = cost
const EAR_COST = SWAP_COST.slice()
setCosts(EAR_COST, BY_EAR)
const NASAL_G = 0.3
const DOUBLED = 0.4
const UNWRITTEN = 0.15
const VOWELS = new Uint8Array(SIGNS)
for (const vowel of 'aeiouyhw') VOWELS[numberOf(vowel)] = 1
for (const one of 'aeiouy') for (const other of 'aeiouy') if (one !== other) EAR_COST[numberOf(one) * SIGNS + numberOf(other)] = 0.3
const G = numberOf('g')
const N = numberOf('n')
const J = numberOf('j')
const D = numberOf('d')
/** Đorđe is Djordje, where the letter is not at hand, and Dorde. */
const J_OF_DJ = 0.3

interface EditOptions {
  /** Distances above are given as this limit. */
  readonly limit: number
  /** One of the two comes from a script that leaves vowels out, or writes every consonant with a vowel: vowels too many or too few cost little. */
  readonly areVowelsLoose: boolean
}

// Rows of the table, written over in each call: nothing is kept between calls.
const WIDTH = MAX_WORD_LENGTH + 1
let before = new Float64Array(WIDTH)
let above = new Float64Array(WIDTH)
let row = new Float64Array(WIDTH)

export function editDistance(a: Uint8Array, b: Uint8Array, { limit, areVowelsLoose }: EditOptions): number {
  const swapCost = areVowelsLoose ? EAR_COST : SWAP_COST
  const n = a.length
  const m = b.length
  above[0] = 0
  let lastLeast = 0
  for (let j = 1; j <= m; j++) above[j] = (above[j - 1] ?? 0) + gap(b, j - 1, areVowelsLoose)
  for (let i = 1; i <= n; i++) {
    const sign = a[i - 1] ?? 0
    const dropped = gap(a, i - 1, areVowelsLoose)
    row[0] = (above[0] ?? 0) + dropped
    let least = row[0]
    for (let j = 1; j <= m; j++) {
      const other = b[j - 1] ?? 0
      let cost = (above[j - 1] ?? 0) + (swapCost[sign * SIGNS + other] ?? 1)
      const up = (above[j] ?? 0) + dropped
      if (up < cost) cost = up
      const left = (row[j - 1] ?? 0) + gap(b, j - 1, areVowelsLoose)
      if (left < cost) cost = left
      if (i > 1 && j > 1 && sign === b[j - 2] && a[i - 2] === other && sign !== other) {
        const crossed = (before[j - 2] ?? 0) + 0.9
        if (crossed < cost) cost = crossed
      }
      row[j] = cost
      if (cost < least) least = cost
    }
    if (least >= limit && lastLeast >= limit) return limit
    lastLeast = least
    const spare = before
    before = above
    above = row
    row = spare
  }
  return Math.min(above[m] ?? 0, limit)
}

function gap(codes: Uint8Array, at: number, areVowelsLoose: boolean): number {
  const code = codes[at] ?? 0
  if (areVowelsLoose && VOWELS[code] === 1) return UNWRITTEN
  if (areVowelsLoose && code === G && at > 0 && codes[at - 1] === N) return NASAL_G
  if (code === J && at > 0 && codes[at - 1] === D) return J_OF_DJ
  return at > 0 && codes[at - 1] === code ? DOUBLED : (GAP_COST[code] ?? 1)
}
