/**
 * Fragments for one answer, as many as it has room for: a record may have thousands of sources, and each may say some MiB. The oldest come first; what there is no room for is
 * counted, so that an answer says what it lacks. Where it ends tells of what does not go into it, so it ends by what the reader is shown of each fragment and by nothing else that is
 * stored of it: neither its room in the store nor the records it names that are not for the reader.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { DeskFacts } from './clusters.ts'
import { bytesOf, portionsOf, type Sized, sized } from './read-fragments-portions.ts'
import { type ReadAs, type ReadableFragment, readableFragments } from './read-fragments-readable.ts'
import { isRecorded, isUnrestricted } from './record-rows-captions.ts'
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
  readonly fragments: readonly ReadableFragment[]
  readonly leftOut: Counted
}

/** Of what is asked for with `mostRead`, at most that many. */
export const withCounted = (mostRead: number): number => mostRead + MOST_COUNTED

export interface RoomAsked extends ReadAs {
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

/** What the reader is shown of all that is stated of these records. */
export async function fragmentsInRoom(tx: Tx, facts: DeskFacts, asked: RoomAsked): Promise<ReadFragments> {
  return await readInRoom(tx, facts, { ...asked, found: await sizedOf(tx, facts.authority, asked) })
}

export interface RoomFound extends ReadAs {
  readonly found: readonly Sized[]
  readonly mostRead: number
}

/** The first of these, which are all there are, or as many as are counted. */
export async function readInRoom(tx: Tx, facts: DeskFacts, asked: RoomFound): Promise<ReadFragments> {
  const fragments: ReadableFragment[] = []
  const leftOut = await takeInRoom(tx, facts, { ...asked, mostBytes: MOST_BYTES, take: (some) => void fragments.push(...some) })
  return { fragments, leftOut }
}

interface Room {
  /** Of what the reader is shown, about; the fragment that goes beyond is the last. */
  readonly mostBytes: number
  /** Keeps what it needs of them. */
  readonly take: (some: readonly ReadableFragment[]) => Promise<void> | void
}

/** The same for an answer that is made of a small part of what is read; what there is no room for. */
export async function takeInRoom(tx: Tx, facts: DeskFacts, { found, mostRead, ...room }: RoomFound & Room): Promise<Counted> {
  const { read } = await takeReadable(tx, facts, { ...room, asked: found.slice(0, mostRead) })
  return { total: found.length - read, isAtLeast: found.length === withCounted(mostRead) }
}

export interface TakeAsked extends ReadAs, Room {
  readonly asked: readonly Sized[]
}

/** How many of those that were asked for are done, and the bytes of what the reader is shown of them. */
export async function takeReadable(
  tx: Tx,
  facts: DeskFacts,
  { asked, mostBytes, take, ...as }: TakeAsked,
): Promise<{ readonly read: number; readonly bytes: number }> {
  let [read, bytes] = [0, 0]
  if (mostBytes <= 0) return { read, bytes }
  for await (const portion of portionsOf(tx, facts.authority, asked)) {
    const readable = await readableFragments(tx, facts, portion.fragments, as)
    let kept = 0
    for (; kept < readable.length && bytes < mostBytes; kept++) bytes += bytesOf(readable[kept]?.values ?? [])
    await take(readable.slice(0, kept))
    const next = readable[kept]?.fragment
    read = next === undefined ? portion.read : asked.findIndex(({ fragment }) => fragment === next)
    if (bytes >= mostBytes) break
  }
  return { read, bytes }
}
