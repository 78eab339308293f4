/**
 * What the own desk states of records, to be changed or added to: read and locked, so that what is decided on it is still so when the transaction ends.
 * Invariant: none of them is ended by somebody else, and none stands beside them that was read too late: whoever adds to a record locks what stands of it first.
 */
import type { Tx } from '#platform/store/database.ts'
import type { DeskFacts } from './clusters.ts'
import { fragmentsOf, type StoredFragment } from './read-fragments.ts'
import { isStatedBy } from './read-fragments-view.ts'
import { lockCurrent } from './write-fragments-end.ts'

/** More than any record has: nothing that the desk states is left as it was. */
const MOST = 1_000_000

export async function ownFragments(tx: Tx, facts: DeskFacts, entities: readonly string[]): Promise<readonly StoredFragment[]> {
  let locked: ReadonlySet<string> = new Set()
  for (;;) {
    const own = (await fragmentsOf(tx, facts.authority, entities, { limit: MOST })).filter((each) => isStatedBy(each, facts))
    const ids = own.map(({ fragment }) => fragment)
    // Waiting for a lock is time in which another one took a place or came beside.
    if (ids.every((id) => locked.has(id))) return own
    locked = new Set(await lockCurrent(tx, facts.authority, ids))
  }
}
