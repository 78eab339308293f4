/**
 * Fragments for one answer, as many as it has room for: a record may have thousands of sources, and each may say some MiB. The oldest come first; what there is no room for is
 * counted, so that an answer says what it lacks.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { StoredFragment } from './read-fragments.ts'
import { portionsOf, type Sized, sized } from './read-fragments-portions.ts'
import { isRecorded, isUnrestricted, type Recorded } from './record-rows-captions.ts'
import { textArray } from './write-fragments-arrays.ts'

/** Policy. Beyond those that are read so many are counted, and more are "at least". */
const MOST_COUNTED = 10_000
/** Bytes that an answer has for them, about. */
const MOST_BYTES = 16 * 1024 * 1024

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

/** What there is of these records, the oldest first. */
export async function sizedOf(tx: Tx, org: string, { entities, mostRead, ...asked }: RoomAsked): Promise<readonly Sized[]> {
  if (entities.length === 0) return []
  const { rows } = await sql<Sized>`select ${sized} from records.fragments f
    where f.org = ${org} and f.entity = any(${textArray(entities)}::text[]) and ${isRecorded(asked)}
      and ${asked.isUnrestricted === true ? isUnrestricted : sql<boolean>`true`}
    order by f.recorded_from, f.fragment limit ${withCounted(mostRead)}`.execute(tx)
  return rows
}

/** What is stated of these records. */
export async function fragmentsInRoom(tx: Tx, org: string, asked: RoomAsked): Promise<ReadFragments> {
  return await readInRoom(tx, org, { found: await sizedOf(tx, org, asked), mostRead: asked.mostRead })
}

export interface RoomFound {
  readonly found: readonly Sized[]
  readonly mostRead: number
}

/** The first of these, which are all there are, or as many as are counted. */
export async function readInRoom(tx: Tx, org: string, asked: RoomFound): Promise<ReadFragments> {
  const fragments: StoredFragment[] = []
  const leftOut = await takeInRoom(tx, org, { ...asked, mostBytes: MOST_BYTES, take: (some) => void fragments.push(...some) })
  return { fragments, leftOut }
}

export interface RoomTaken extends RoomFound {
  readonly mostBytes: number
  /** Keeps what it needs of them. */
  readonly take: (some: readonly StoredFragment[]) => Promise<void> | void
}

/** The same for an answer that is made of a small part of what is read; what there is no room for. */
export async function takeInRoom(tx: Tx, org: string, { found, mostRead, mostBytes, take }: RoomTaken): Promise<Counted> {
  let read = 0
  for await (const portion of portionsOf(tx, org, found.slice(0, mostRead))) {
    await take(portion.fragments)
    read = portion.read
    if (portion.bytes >= mostBytes) break
  }
  return { total: found.length - read, isAtLeast: found.length === withCounted(mostRead) }
}
