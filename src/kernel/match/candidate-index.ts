/**
 * Candidates in memory: for each key the records that have it, as postings in typed arrays (CSR over sorted key hashes). A candidate weighs what the keys weigh that
 * it shares, rare ones more: ln(1 + records / records with the key), measured on what is indexed. An index is therefore built for one policy view, and its weights
 * never leave it for a reader of another. A key of too many records is no posting; how many such there are, how large, and an example are told.
 * Build O(k) for k keys (radix sort); search O(postings touched). About 12 bytes for a key of a record, and twice that while it is built.
 */
import { keyHash } from './index-hash.ts'
import { GrowingColumn, sortByHash } from './index-sort.ts'
import { type BlockingKey, KEY_FACTORS } from './keys.ts'

export interface CandidateIndexOptions {
  /** A key of more records is dropped. */
  readonly largestBlock?: number
}

export interface DroppedKey {
  /** A record that has the key; its keys tell which it is. */
  readonly record: number
  readonly hash: number
  readonly size: number
}

/** Plain data: may be posted to a worker. */
export interface CandidateIndex {
  readonly recordCount: number
  readonly hashes: Uint32Array
  /** One longer than `hashes`. */
  readonly offsets: Uint32Array
  readonly records: Uint32Array
  /** By size, largest first; at most 1,000 are named. */
  readonly dropped: readonly DroppedKey[]
  readonly droppedCount: number
  /** Where hashes with the same upper 16 bits begin. */
  readonly directory: Uint32Array
}

export interface Candidate {
  readonly record: number
  readonly weight: number
}

/** Policy: beyond this a key tells less than the other keys of its records. */
const LARGEST_BLOCK = 2_000
const MOST_NAMED = 1_000
const MOST_CANDIDATES = 75

export function buildCandidateIndex(records: Iterable<readonly BlockingKey[]>, options: CandidateIndexOptions = {}): CandidateIndex {
  const limit = options.largestBlock ?? LARGEST_BLOCK
  const hashes = new GrowingColumn()
  const owners = new GrowingColumn()
  let recordCount = 0
  for (const keys of records) {
    for (const key of keys) {
      hashes.push(keyHash(key))
      owners.push(recordCount)
    }
    recordCount += 1
  }
  const [sorted, postings] = sortByHash(hashes.values(), owners.values())
  // Dropped keys are closed up in place: what is written never passes what is read.
  const offsets: GrowingColumn = new GrowingColumn()
  const kept = new GrowingColumn()
  const dropped: DroppedKey[] = []
  let written = 0
  for (let from = 0; from < sorted.length; ) {
    const hash = sorted[from] ?? 0
    let to = from + 1
    while (to < sorted.length && sorted[to] === hash) to += 1
    if (to - from > limit) dropped.push({ record: postings[from] ?? 0, hash, size: to - from })
    else {
      kept.push(hash)
      offsets.push(written)
      postings.copyWithin(written, from, to)
      written += to - from
    }
    from = to
  }
  offsets.push(written)
  const keptHashes = kept.values().slice()
  dropped.sort((a, b) => b.size - a.size || a.hash - b.hash)
  return {
    recordCount,
    hashes: keptHashes,
    offsets: offsets.values().slice(),
    records: postings.slice(0, written),
    dropped: dropped.slice(0, MOST_NAMED),
    droppedCount: dropped.length,
    directory: directoryOf(keptHashes),
  }
}

export interface CandidateSearch {
  /** Heaviest first, ties by record number; each key counts once. */
  candidates(keys: readonly BlockingKey[], limit?: number): readonly Candidate[]
}

/** Holds one number for each record, so many searches share it; it is used by one at a time. */
export function createCandidateSearch(index: CandidateIndex): CandidateSearch {
  const weights = new Float64Array(index.recordCount)
  let touched = new Uint32Array(1024)
  return {
    candidates(keys, limit = MOST_CANDIDATES) {
      let count = 0
      const seen = new Set<number>()
      for (const key of keys) {
        const hash = keyHash(key)
        const at = positionOf(index, hash)
        if (at < 0 || seen.has(hash)) continue
        seen.add(hash)
        const [from, to] = [index.offsets[at] ?? 0, index.offsets[at + 1] ?? 0]
        const weight = KEY_FACTORS[key.kind] * Math.log1p(index.recordCount / (to - from))
        if (count + to - from > touched.length) touched = longer(touched, count + to - from)
        for (let posting = from; posting < to; posting++) {
          const record = index.records[posting] ?? 0
          const before = weights[record] ?? 0
          if (before === 0) touched[count++] = record
          weights[record] = before + weight
        }
      }
      const found = heaviest(weights, touched.subarray(0, count), limit)
      for (let at = 0; at < count; at++) weights[touched[at] ?? 0] = 0
      return found
    },
  }
}

/** One search without a kept workspace. */
export function candidates(index: CandidateIndex, keys: readonly BlockingKey[], limit = MOST_CANDIDATES): readonly Candidate[] {
  return createCandidateSearch(index).candidates(keys, limit)
}

/** A heap of the best so far, the worst on top. */
function heaviest(weights: Float64Array, touched: Uint32Array, limit: number): readonly Candidate[] {
  const heap: Candidate[] = []
  for (const record of touched) {
    const candidate = { record, weight: weights[record] ?? 0 }
    if (heap.length < limit) {
      heap.push(candidate)
      if (heap.length === limit) heap.sort(byWeight)
      continue
    }
    const worst = heap[limit - 1]
    if (worst === undefined || byWeight(candidate, worst) >= 0) continue
    let at = limit - 1
    for (; at > 0; at--) {
      const above = heap[at - 1]
      if (above === undefined || byWeight(above, candidate) <= 0) break
      heap[at] = above
    }
    heap[at] = candidate
  }
  return heap.sort(byWeight)
}

function byWeight(a: Candidate, b: Candidate): number {
  return b.weight - a.weight || a.record - b.record
}

function positionOf({ hashes, directory }: CandidateIndex, hash: number): number {
  let low = directory[hash >>> 16] ?? 0
  let high = (directory[(hash >>> 16) + 1] ?? 0) - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = hashes[middle] ?? 0
    if (found === hash) return middle
    if (found < hash) low = middle + 1
    else high = middle - 1
  }
  return -1
}

function directoryOf(hashes: Uint32Array): Uint32Array {
  const directory = new Uint32Array(0x1_0001)
  for (const hash of hashes) directory[(hash >>> 16) + 1] = (directory[(hash >>> 16) + 1] ?? 0) + 1
  for (let at = 1; at < directory.length; at++) directory[at] = (directory[at] ?? 0) + (directory[at - 1] ?? 0)
  return directory
}

function longer(column: Uint32Array, needed: number): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(Math.max(needed, column.length * 2))
  next.set(column)
  return next
}
