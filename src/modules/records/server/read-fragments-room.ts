/**
 * Fragments for one answer, as many as it has room for: a record may have thousands of sources, and each may say some MiB. The oldest come first; what there is no room for is
 * counted, so that an answer says what it lacks.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { fragmentsWith, type StoredFragment } from './read-fragments.ts'
import { isRecorded, isUnrestricted, type Recorded } from './record-rows-captions.ts'
import { textArray } from './write-fragments-arrays.ts'

/** Policy. Beyond those that are read so many are counted, and more are "at least". */
const MOST_COUNTED = 10_000
/** Bytes that an answer has for them, about. */
const MOST_BYTES = 16 * 1024 * 1024
const BYTES_OF_VALUE = 100
/** Read at once: few at first and behind large ones, twice as many each time while they are small. */
const SOME = { first: 10, most: 400 }
/** Bytes of some that are large. */
const LARGE = 1024 * 1024

export interface Counted {
  readonly total: number
  readonly isAtLeast: boolean
}

interface ReadFragments {
  readonly fragments: readonly StoredFragment[]
  readonly leftOut: Counted
}

/** Of what is asked for with `mostRead`, at most that many. */
export const withCounted = (mostRead: number): number => mostRead + MOST_COUNTED

export interface RoomAsked extends Recorded {
  readonly entities: readonly string[]
  readonly mostRead: number
  /** What is restricted is neither read nor counted. */
  readonly isUnrestricted?: boolean
}

/** What is stated of these records. */
export async function fragmentsInRoom(tx: Tx, org: string, { entities, mostRead, ...asked }: RoomAsked): Promise<ReadFragments> {
  if (entities.length === 0) return await readInRoom(tx, org, { ids: [], mostRead })
  const { rows } = await sql<{ fragment: string }>`select f.fragment from records.fragments f
    where f.org = ${org} and f.entity = any(${textArray(entities)}::text[]) and ${isRecorded(asked)}
      and ${asked.isUnrestricted === true ? isUnrestricted : sql<boolean>`true`}
    order by f.recorded_from, f.fragment limit ${withCounted(mostRead)}`.execute(tx)
  return await readInRoom(tx, org, { ids: rows.map(({ fragment }) => fragment), mostRead })
}

/** The first of these, which are all there are, or as many as are counted. */
export async function readInRoom(
  tx: Tx,
  org: string,
  { ids, mostRead }: { readonly ids: readonly string[]; readonly mostRead: number },
): Promise<ReadFragments> {
  const fragments: StoredFragment[] = []
  const most = Math.min(ids.length, mostRead)
  let [bytes, read] = [0, 0]
  for (let asked = SOME.first; read < most && bytes < MOST_BYTES; ) {
    const to = Math.min(most, read + asked)
    const some = await fragmentsWith(tx, org, ids.slice(read, to))
    const size = some.reduce((sum, { values }) => sum + bytesOf(values), 0)
    fragments.push(...some)
    bytes += size
    read = to
    asked = size > LARGE ? SOME.first : Math.min(2 * asked, SOME.most)
  }
  return { fragments, leftOut: { total: ids.length - read, isAtLeast: ids.length === withCounted(mostRead) } }
}

function bytesOf(values: StoredFragment['values']): number {
  return values.reduce((sum, [, value]) => sum + value.length + BYTES_OF_VALUE, 0)
}
