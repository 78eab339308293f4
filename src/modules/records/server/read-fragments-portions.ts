/**
 * Fragments some at a time, since each may say some MiB: whoever takes them keeps what it needs of each and stops where it has enough. Which ones there are, and how much room
 * their values take in the store, is asked before; a portion is of so many as are not too large together.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { fragmentsWith, type StoredFragment } from './read-fragments.ts'

const MOST = 400
/** Of a portion of which nothing is known but its room in the store, where a text that repeats itself has a hundredth of its size. */
const FIRST = 10
/** Of a portion, by its room in the store and by its size as far as what was read before tells it. */
const MOST_STORED = 512 * 1024
const MOST_BYTES = 1024 * 1024
/** Of a value, beside its text. */
const BYTES_OF_VALUE = 100

/** Which fragment, and how much room its values take in the store. */
export interface Sized {
  readonly fragment: string
  readonly stored: number
}

/** Columns of `Sized`, of rows `f` of fragments. */
export const sized = sql.raw('f.fragment, coalesce(pg_column_size(f.vals), 0) as stored')

export interface Portion {
  readonly fragments: readonly StoredFragment[]
  /** How many of those that were asked for are done. */
  readonly read: number
}

/** These, in their order, but none that was taken back or erased. */
export async function* portionsOf(tx: Tx, org: string, asked: readonly Sized[]): AsyncGenerator<Portion> {
  let [read, most] = [0, FIRST]
  /** Bytes that one of the store became, in the portion before. */
  let worth = 1
  while (read < asked.length) {
    const some = asked.slice(read, endOfPortion(asked, { from: read, most, stored: Math.min(MOST_STORED, MOST_BYTES / worth) }))
    const ids = some.map(({ fragment }) => fragment)
    const found = new Map((await fragmentsWith(tx, org, ids)).map((each) => [each.fragment, each]))
    const fragments = ids.flatMap((id) => found.get(id) ?? [])
    const size = fragments.reduce((sum, { values }) => sum + bytesOf(values), 0)
    read += some.length
    yield { fragments, read }
    worth = Math.max(1, size / storedOf(some))
    most = MOST
  }
}

interface PortionAsked {
  readonly from: number
  readonly most: number
  readonly stored: number
}

/** Behind one at least. */
function endOfPortion(asked: readonly Sized[], { from, most, stored }: PortionAsked): number {
  const end = Math.min(asked.length, from + most)
  for (let [at, room] = [from, 0]; at < end; at++) {
    room += asked[at]?.stored ?? 0
    if (room > stored && at > from) return at
  }
  return end
}

function storedOf(some: readonly Sized[]): number {
  return some.reduce((sum, { stored }) => sum + stored, 1)
}

/** About. */
export function bytesOf(values: StoredFragment['values']): number {
  return values.reduce((sum, [, value]) => sum + value.length + BYTES_OF_VALUE, 0)
}
