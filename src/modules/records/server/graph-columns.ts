/**
 * Relations as they are read from the store, gathered into typed arrays that threads share: ends are numbered in the order they come, ids are kept as their
 * 128 bits. Invariant: one row for each relation that a fragment states, in the order read; several rows may state the same relation.
 */
import { randomFillSync } from 'node:crypto'
import { createStringIndex } from '#kernel/graph/string-index.ts'
import { stretchOf } from './graph-time.ts'

export interface RelationColumns {
  readonly nodeCount: number
  /** Four words for each end: the id without its letter. */
  readonly nodeKeys: Uint32Array
  readonly edgeCount: number
  readonly sources: Int32Array
  readonly targets: Int32Array
  /** Four words for each relation: the record that states it. */
  readonly records: Uint32Array
  /** Place among the kinds. */
  readonly kinds: Uint16Array
  readonly kindNames: readonly string[]
  readonly from: Float64Array
  readonly to: Float64Array
  /** The dates as they were written, as places among the texts; place 0 is no date. */
  readonly fromTexts: Int32Array
  readonly toTexts: Int32Array
  readonly dateTexts: readonly string[]
}

export interface Relation {
  readonly record: string
  readonly kind: string
  /** A link that starts at the record that states it. */
  readonly isOwnSource: boolean
  /** As they were written. */
  readonly from: string | undefined
  readonly to: string | undefined
}

export interface RelationStore {
  readonly edgeCount: number
  /** Bytes held. */
  readonly byteLength: number
  /** Rows of record, kind, source, target, from, to; the dates may be empty. */
  add(rows: readonly (readonly string[])[]): void
  /** The number of an end, a new one where it is new. */
  number(id: string): number
  find(id: string): number | undefined
  columns(): RelationColumns
}

const MOST_KINDS = 65_536

export function createRelationStore(expected = 1024): RelationStore {
  const [first = 0, second = 0] = randomFillSync(new Uint32Array(2))
  const index = createStringIndex({ seed: [first, second], maxLength: 64, expected })
  const kindNumbers = new Map<string, number>()
  const dateNumbers = new Map([['', 0]])
  let nodeKeys = words(4 * expected)
  let room = expected
  let edgeCount = 0
  let sources = ints(room)
  let targets = ints(room)
  let records = words(4 * room)
  let kinds = new Uint16Array(new SharedArrayBuffer(2 * room))
  let from = doubles(room)
  let to = doubles(room)
  let fromTexts = ints(room)
  let toTexts = ints(room)

  const number = (id: string): number => {
    const known = index.size
    const given = index.add(id)
    if (typeof given !== 'number') throw new RangeError(`An id cannot be numbered: ${given}.`)
    if (given < known) return given
    if (4 * given + 4 > nodeKeys.length) nodeKeys = filled(words(nodeKeys.length * 2), nodeKeys)
    writeKey(nodeKeys, given, id)
    return given
  }
  const grow = (): void => {
    room *= 2
    sources = filled(ints(room), sources)
    targets = filled(ints(room), targets)
    records = filled(words(4 * room), records)
    kinds = filled(new Uint16Array(new SharedArrayBuffer(2 * room)), kinds)
    from = filled(doubles(room), from)
    to = filled(doubles(room), to)
    fromTexts = filled(ints(room), fromTexts)
    toTexts = filled(ints(room), toTexts)
  }
  const dateNumber = (text: string): number => {
    const known = dateNumbers.get(text)
    if (known !== undefined) return known
    dateNumbers.set(text, dateNumbers.size)
    return dateNumbers.size - 1
  }
  const kindNumber = (kind: string): number => {
    const known = kindNumbers.get(kind)
    if (known !== undefined) return known
    if (kindNumbers.size >= MOST_KINDS) throw new RangeError('More kinds of relations than can be numbered.')
    kindNumbers.set(kind, kindNumbers.size)
    return kindNumbers.size - 1
  }
  return {
    get edgeCount() {
      return edgeCount
    },
    get byteLength() {
      return index.byteLength + nodeKeys.byteLength + room * 50
    },
    number,
    find: (id) => index.find(id),
    add(rows) {
      for (const [record = '', kind = '', source = '', target = '', begins = '', ends = ''] of rows) {
        if (edgeCount === room) grow()
        sources[edgeCount] = number(source)
        targets[edgeCount] = number(target)
        writeKey(records, edgeCount, record)
        kinds[edgeCount] = kindNumber(kind)
        const stretch = stretchOf(begins, ends)
        from[edgeCount] = stretch.from
        to[edgeCount] = stretch.to
        fromTexts[edgeCount] = dateNumber(begins)
        toTexts[edgeCount] = dateNumber(ends)
        edgeCount += 1
      }
    },
    columns: () => ({
      nodeCount: index.size,
      nodeKeys,
      edgeCount,
      sources: sources.subarray(0, edgeCount),
      targets: targets.subarray(0, edgeCount),
      records,
      kinds,
      kindNames: [...kindNumbers.keys()],
      from: from.subarray(0, edgeCount),
      to: to.subarray(0, edgeCount),
      fromTexts,
      toTexts,
      dateTexts: [...dateNumbers.keys()],
    }),
  }
}

export function readRelation(columns: RelationColumns, edge: number): Relation {
  const { records, nodeKeys } = columns
  const source = columns.sources[edge] as number
  return {
    record: readKey(records, edge),
    kind: columns.kindNames[columns.kinds[edge] as number] ?? '',
    isOwnSource: [0, 1, 2, 3].every((word) => records[4 * edge + word] === nodeKeys[4 * source + word]),
    from: columns.dateTexts[columns.fromTexts[edge] as number] || undefined,
    to: columns.dateTexts[columns.toTexts[edge] as number] || undefined,
  }
}

export function readKey(keys: Uint32Array, place: number): string {
  return `r${[0, 1, 2, 3].map((word) => digits(keys[4 * place + word] as number)).join('')}`
}

function digits(word: number): string {
  return (
    (PAIRS[word >>> 24] as string) +
    (PAIRS[(word >>> 16) & 255] as string) +
    (PAIRS[(word >>> 8) & 255] as string) +
    (PAIRS[word & 255] as string)
  )
}

/** Two hexadecimal digits for each byte. */
const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function writeKey(keys: Uint32Array, place: number, id: string): void {
  for (let word = 0; word < 4; word++) keys[4 * place + word] = Number.parseInt(id.slice(1 + 8 * word, 9 + 8 * word), 16)
}

const ints = (length: number) => new Int32Array(new SharedArrayBuffer(4 * length))
const words = (length: number) => new Uint32Array(new SharedArrayBuffer(4 * length))
const doubles = (length: number) => new Float64Array(new SharedArrayBuffer(8 * length))

function filled<T extends Int32Array | Uint32Array | Uint16Array | Float64Array>(wider: T, from: T): T {
  wider.set(from)
  return wider
}
