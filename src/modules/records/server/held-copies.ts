/**
 * What cases keep of statements beyond their last day. From that day on a statement is for the desks that hold it and for nobody else: each gets a copy of its own, and the statement is erased for all.
 * A copy is the same word of the same originator, recorded when that one was and ended as that one had; its holder may read, find, compare and draw it, and may change it no more than before.
 * Invariants: a copy has one reader, so that neither the originator nor another holder learns of the hold from whatever there is to see, count or bring in again; with the last hold of its reader it goes.
 */
import { type RawBuilder, sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Tx } from '#platform/store/database.ts'
import { isHeld } from './holds.ts'
import { fragmentsWith, type StoredFragment } from './read-fragments.ts'
import { insteadOf } from './replace-fragments.ts'
import { viewOf } from './views.ts'
import { endFragments, lockViews, markingOf, type NewFragment, writeFragments } from './write-fragments.ts'
import { arrayOf } from './write-fragments-arrays.ts'

/** True of a row `f` of fragments that its only reader holds: it needs no copy. Asked as worker, who sees the holds of all desks. */
export const isHeldByItsReader = (at: Date): RawBuilder<boolean> => sql<boolean>`(cardinality(f.audience) = 1 and ${isHeld(at)})`

export interface LastDay {
  readonly org: string
  readonly fragment: string
  readonly purpose: string
  readonly audience: readonly string[]
  /** Desks that may read it and hold its record. */
  readonly holders: readonly string[]
}

/** Read and written at once. */
const MANY = 100

/** For those that are held of what is about to be erased; what others took the place of comes before those. */
export async function copyForHolders(tx: Tx, org: string, erased: readonly LastDay[]): Promise<void> {
  const held = erased.filter(({ holders }) => holders.length > 0)
  if (held.length === 0) return
  await lockReaders(tx, org, erased)
  const copied = new Map<string, string>()
  for (let at = 0; at < held.length; at += MANY) {
    const holders = new Map(held.slice(at, at + MANY).map((each) => [each.fragment, each.holders]))
    const copies: Copy[] = []
    for (const stored of await fragmentsWith(tx, org, [...holders.keys()]))
      for (const desk of holders.get(stored.fragment) ?? []) {
        const written = insteadOf(org, stored, {
          fragment: uuidv7(),
          recordedFrom: stored.recordedFrom,
          marking: await markingOf(tx, org, { body: stored.body, audience: [desk] }),
          supersedes: copied.get(`${desk} ${stored.supersedes}`) ?? stored.supersedes,
        })
        copied.set(`${desk} ${stored.fragment}`, written.fragment)
        copies.push({ written, stored })
      }
    await writeFragments(
      tx,
      org,
      copies.map(({ written }) => written),
    )
    for (const each of copies) if (!stoodToItsLastDay(each.stored)) await endAlike(tx, org, each)
  }
}

/** Of what is written and of what ends afterwards, at once: nobody waits for a view that this has while this waits for theirs. */
async function lockReaders(tx: Tx, org: string, erased: readonly LastDay[]): Promise<void> {
  const views = new Set(
    erased.flatMap(({ purpose, audience, holders }) =>
      [audience, ...holders.map((desk) => [desk])].map((readers) => viewOf(org, purpose, readers)),
    ),
  )
  await lockViews(tx, org, sql`select unnest(${arrayOf([...views])}::text[])`)
}

interface Copy {
  readonly written: NewFragment
  readonly stored: StoredFragment
}

/** What is let go of at a review ends on the day that becomes its last. */
function stoodToItsLastDay({ recordedTo, ended, eraseAt }: StoredFragment): boolean {
  return recordedTo === undefined || (ended?.reason === 'withdrawn' && recordedTo >= eraseAt)
}

async function endAlike(tx: Tx, org: string, { written, stored: { recordedTo, ended } }: Copy): Promise<void> {
  if (recordedTo !== undefined && ended !== undefined) await endFragments(tx, org, [written.fragment], { ...ended, at: recordedTo })
}
