/**
 * Which pairs of rows are looked at: those that share a key made of two fields, or one rare field. Several weak keys, so that no single error hides a pair.
 * A block above the limit is left out and told; the other keys of its rows still hold. Pairs come sorted and once.
 * Source of the method: Fellegi and Sunter (1969), section 3.2 on blocking.
 */
import type { PreparedFields } from './fields.ts'
import { textHash } from './index-hash.ts'
import { GrowingColumn, sortByHash } from './index-sort.ts'

export interface DroppedBlock {
  /** What its rows share; several keys where the first and last row share them all. */
  readonly key: string
  readonly size: number
}

export interface RowPairs {
  /** Two columns of row numbers, left below right. */
  readonly left: Int32Array
  readonly right: Int32Array
  readonly dropped: readonly DroppedBlock[]
}

export interface PairOptions {
  readonly largestBlock?: number
  readonly mostPairs?: number
  /** When given, only pairs across lists: the list of each row. */
  readonly lists?: Int32Array
}

/** Policy: a block of 1,000 is half a million pairs, and such a key tells next to nothing. */
const LARGEST_BLOCK = 1_000
/** Policy: pairs before repeats are taken out, 160 MB. */
const MOST_PAIRS = 20_000_000

/** Small blocks come first, so a table that exceeds the budget loses the keys that say least. */
export function pairsOf(rows: readonly PreparedFields[], options: PairOptions = {}): RowPairs {
  const { members, starts } = blocksOf(rows)
  const limit = options.largestBlock ?? LARGEST_BLOCK
  let room = options.mostPairs ?? MOST_PAIRS
  const dropped: DroppedBlock[] = []
  const packed = new PairList()
  for (const { from, to } of starts) {
    const size = to - from
    const pairs = (size * (size - 1)) / 2
    if (size > limit || pairs > room) {
      dropped.push({ key: sharedKey(rows, members.subarray(from, to)), size })
      continue
    }
    room -= pairs
    for (let at = from; at < to; at++)
      for (let next = at + 1; next < to; next++) {
        const [left, right] = [members[at] ?? 0, members[next] ?? 0]
        if (options.lists === undefined || options.lists[left] !== options.lists[right]) packed.push(left * rows.length + right)
      }
  }
  const pairs = packed.sorted()
  return {
    left: Int32Array.from(pairs, (pair) => Math.floor(pair / rows.length)),
    right: Int32Array.from(pairs, (pair) => pair % rows.length),
    dropped,
  }
}

interface Blocks {
  readonly members: Uint32Array
  /** Of two rows and more, smallest first; ties by their place. */
  readonly starts: readonly { readonly from: number; readonly to: number }[]
}

/** Keys as hashes, sorted: two keys of one hash make a block of both, whose odd pairs the comparison refuses. */
function blocksOf(rows: readonly PreparedFields[]): Blocks {
  const hashes = new GrowingColumn()
  const owners = new GrowingColumn()
  rows.forEach((row, number) => {
    for (const hash of new Set(Array.from(blockKeys(row), textHash))) {
      hashes.push(hash)
      owners.push(number)
    }
  })
  const [sorted, members] = sortByHash(hashes.values(), owners.values())
  const starts: { from: number; to: number }[] = []
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1
    while (to < sorted.length && sorted[to] === sorted[from]) to += 1
    if (to - from > 1) starts.push({ from, to })
    from = to
  }
  return { members, starts: starts.sort((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from) }
}

/** The key that all of a block share, found again by deriving those of its first and last row. */
function sharedKey(rows: readonly PreparedFields[], members: Uint32Array): string {
  const [first, last] = [rows[members[0] ?? -1], rows[members.at(-1) ?? -1]]
  if (first === undefined || last === undefined) return ''
  const keys = new Set(blockKeys(last))
  return [...blockKeys(first)].filter((key) => keys.has(key)).join(' | ')
}

/** Pairs packed into one number each; row numbers stay below 2^26, so the product is exact. */
class PairList {
  #pairs = new Float64Array(1024)
  #count = 0

  push(pair: number): void {
    if (this.#count === this.#pairs.length) {
      const longer = new Float64Array(this.#pairs.length * 2)
      longer.set(this.#pairs)
      this.#pairs = longer
    }
    this.#pairs[this.#count++] = pair
  }

  /** Ascending, each once. */
  sorted(): Float64Array {
    const all = this.#pairs.subarray(0, this.#count).sort()
    return all.filter((pair, at) => at === 0 || pair !== all[at - 1])
  }
}

function* blockKeys(row: PreparedFields): Generator<string> {
  const { birthDate, streetWords, postcode, identifier } = row
  const [street, town, email] = [row.street.text, row.town.text, row.email.text]
  const names = [row.givenName.text, row.surname.text].filter((name) => name !== '')
  // Names are taken without their order: they are swapped too often.
  const heads = names.map((name) => name.slice(0, 3)).sort()
  const [first = '', second = ''] = heads
  const year = birthDate.slice(0, 4)
  if (identifier !== '') yield `id ${identifier}`
  if (identifier.length >= 6) {
    yield `id- ${identifier.slice(0, 4)} ${year}`
    yield `-id ${identifier.slice(-4)} ${year}`
  }
  if (email !== '') {
    yield `email ${email}`
    yield `email- ${email.slice(0, 6)}`
    for (const head of heads) yield `-email ${email.slice(-8)} ${head}`
  }
  if (names.length === 2) {
    yield `names ${[...names].sort().join(' ')}`
    yield `heads ${first} ${second}`
  }
  if (birthDate !== '') yield `born ${birthDate}`
  for (const name of names) {
    const head = name.slice(0, 3)
    if (birthDate !== '') {
      yield `year ${year} ${name.slice(0, 5)}`
      yield `day ${birthDate.slice(4)} ${head}`
    }
    if (town !== '') yield `town ${town.slice(0, 5)} ${name.slice(0, 5)}`
    if (postcode !== '') yield `post ${postcode} ${head}`
    if (street !== '') yield `street ${streetWords[0] ?? ''} ${streetWords[1]?.slice(0, 2) ?? ''} ${head}`
  }
  if (postcode !== '' && street !== '') yield `place ${postcode} ${street.slice(0, 6)}`
  if (town !== '' && street !== '') yield `place ${town.slice(0, 5)} ${street.slice(0, 6)}`
  if (postcode !== '' && birthDate !== '') yield `post-year ${postcode} ${year}`
}
