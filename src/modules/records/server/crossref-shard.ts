/**
 * A part of the right side of a cross-reference, in memory: records as they lie in the store, and an index of their keys. A record is made ready for comparison
 * when somebody is compared with it, since a million made ready would not fit. Which part a record lies in follows from its id alone, so that the pairs found do not
 * depend on how many threads there are, nor on when a run stopped and went on.
 */
import { buildCandidateIndex, type CandidateSearch, createCandidateSearch } from '#kernel/match/candidate-index.ts'
import { keyHash } from '#kernel/match/index-hash.ts'
import { type BlockingKey, keysOf } from '#kernel/match/keys.ts'
import { type MatchInput, type PreparedRecord, prepareForKeys, prepareRecord } from '#kernel/match/record.ts'
import { sharesNumber } from '#kernel/match/record-evidence.ts'
import { type Preset, recordScore } from '#kernel/match/record-score.ts'
import { propertiesOf } from './search-doc.ts'
import { latinise } from './search-words.ts'
import type { StoredValue } from './tables.ts'

/** Parts of every cross-reference, whatever the machine. */
export const SHARDS = 2
/** Policy: of each part; together as many as the matching engine compares. */
const MOST_CANDIDATES = 40
const LARGEST_BLOCK = 1000

/** Records kept ready for comparison, twice so many at most: those that many are compared with are made ready once. */
const MOST_READY = 40_000

/** A fragment: id of the record, schema, its values as JSON, and whether the record lies on the left side too. */
export type ShardRow = readonly [entity: string, schema: string, vals: string, isLeft: boolean]
export type LeftRow = readonly [entity: string, schema: string, vals: readonly string[]]
/** Which way round a pair stands does not depend on which was compared first, where both are on the left. */
export type ShardPair = readonly [left: string, right: string, score: number]

export interface DroppedBlock {
  readonly kind: string
  readonly key: string
  readonly size: number
}

export interface ShardAnswer {
  readonly pairs: readonly ShardPair[]
  /** Records of the left of which every candidate became a pair: there may be more. */
  readonly limited: number
}

export interface CrossrefShard {
  add(rows: readonly ShardRow[]): void
  /** After the last record; answers the keys that too many records share. */
  build(): readonly DroppedBlock[]
  compare(rows: readonly LeftRow[], asked: { readonly preset: Preset; readonly least: number }): ShardAnswer
}

export function shardOf(entity: string): number {
  return Number.parseInt(entity.slice(-2), 16) % SHARDS
}

export function createShard(): CrossrefShard {
  const store = createStore()
  const ready = keptReady(store.prepared)
  let search: CandidateSearch | undefined
  return {
    add: store.add,
    build: () => {
      const index = buildCandidateIndex(keysOfAll(store), { largestBlock: LARGEST_BLOCK })
      search = createCandidateSearch(index)
      return index.dropped.map(({ record, hash, size }) => {
        const named = store.keys(record).find((key) => keyHash(key) === hash)
        return { kind: named?.kind ?? '', key: named?.key ?? '', size }
      })
    },
    compare: (rows, { preset, least }) => {
      if (search === undefined) throw new Error('The part has no index yet.')
      const pairs: ShardPair[] = []
      let limited = 0
      for (const [entity, schema, vals] of rows) {
        const left = prepareRecord(statedOf(schema, vals), latinise)
        const found = search.candidates(keysOf(left), MOST_CANDIDATES)
        let matched = 0
        for (const { record } of found) {
          const right = store.entities[record] ?? ''
          if (right === entity) continue
          const other = ready(record)
          const score = recordScore(left, other, preset)
          if (score < least && !sharesNumber(left.identifiers, other.identifiers)) continue
          matched += 1
          pairs.push(store.isLeft(record) && right < entity ? [right, entity, score] : [entity, right, score])
        }
        if (matched === MOST_CANDIDATES) limited += 1
      }
      return { pairs, limited }
    },
  }
}

function* keysOfAll(store: ShardStore): Iterable<readonly BlockingKey[]> {
  for (let record = 0; record < store.entities.length; record++) yield store.keys(record)
}

/** Those asked for lately are kept: what was not asked for since the last change of the two generations is made anew. */
function keptReady(prepare: (record: number) => PreparedRecord): (record: number) => PreparedRecord {
  let [young, old] = [new Map<number, PreparedRecord>(), new Map<number, PreparedRecord>()]
  return (record) => {
    const known = young.get(record)
    if (known !== undefined) return known
    const prepared = old.get(record) ?? prepare(record)
    if (young.size >= MOST_READY) [young, old] = [new Map(), young]
    young.set(record, prepared)
    return prepared
  }
}

interface ShardStore {
  readonly entities: readonly string[]
  add(rows: readonly ShardRow[]): void
  isLeft(record: number): boolean
  prepared(record: number): PreparedRecord
  keys(record: number): readonly BlockingKey[]
}

/** Values lie as bytes outside the heap; the few records of several fragments have the others beside. */
function createStore(): ShardStore {
  const entities: string[] = []
  const numbers = new Map<string, number>()
  const schemata: string[] = []
  const lefts: boolean[] = []
  const offsets: number[] = [0]
  const more = new Map<number, string[]>()
  let bytes = Buffer.allocUnsafe(1 << 20)
  let used = 0
  const put = (text: string): void => {
    const size = Buffer.byteLength(text)
    if (used + size > bytes.length) {
      const longer = Buffer.allocUnsafe(Math.max(bytes.length * 2, used + size))
      bytes.copy(longer, 0, 0, used)
      bytes = longer
    }
    used += bytes.write(text, used)
    offsets.push(used)
  }
  const stated = (record: number): MatchInput => {
    const vals = bytes.toString('utf8', offsets[record], offsets[record + 1])
    return statedOf(schemata[record] ?? '', [vals, ...(more.get(record) ?? [])])
  }
  return {
    entities,
    add: (rows) => {
      for (const [entity, schema, vals, isLeft] of rows) {
        const known = numbers.get(entity)
        if (known !== undefined) {
          more.set(known, [...(more.get(known) ?? []), vals])
          continue
        }
        numbers.set(entity, entities.length)
        entities.push(entity)
        schemata.push(schema)
        lefts.push(isLeft)
        put(vals)
      }
    },
    isLeft: (record) => lefts[record] === true,
    prepared: (record) => prepareRecord(stated(record), latinise),
    keys: (record) => keysOf(prepareForKeys(stated(record), latinise)),
  }
}

function statedOf(schema: string, vals: readonly string[]): MatchInput {
  return { schema, properties: propertiesOf(vals.flatMap((each) => JSON.parse(each) as StoredValue[])) }
}
