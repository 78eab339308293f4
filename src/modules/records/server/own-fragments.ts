/**
 * What the own desk states of records, to be changed or added to: found and locked, so that what is decided on it is still so when the transaction ends.
 * Invariant: none of them is ended by somebody else, and none stands beside them that was found too late: whoever adds to a record locks what stands of it first.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { DeskFacts } from './clusters.ts'
import { type Sized, sized } from './read-fragments-portions.ts'
import { isRecorded } from './record-rows-captions.ts'
import { textArray } from './write-fragments-arrays.ts'
import { lockCurrent } from './write-fragments-end.ts'

/** More than any record has: nothing that the desk states is left as it was. */
const MOST = 1_000_000

export interface OwnFragment extends Sized {
  readonly restricted: boolean
}

/** The oldest first. */
export async function ownFragments(tx: Tx, facts: DeskFacts, entities: readonly string[]): Promise<readonly OwnFragment[]> {
  let locked: ReadonlySet<string> = new Set()
  for (;;) {
    const own = await statedByDesk(tx, facts, entities)
    const ids = own.map(({ fragment }) => fragment)
    // Waiting for a lock is time in which another one took a place or came beside.
    if (ids.every((id) => locked.has(id))) return own
    locked = new Set(await lockCurrent(tx, facts.authority, ids))
  }
}

async function statedByDesk(tx: Tx, { authority, desk }: DeskFacts, entities: readonly string[]): Promise<readonly OwnFragment[]> {
  const { rows } =
    await sql<OwnFragment>`select ${sized}, f.restricted from records.fragments f join records.markings m on m.org = f.org and m.marking = f.marking
    where f.org = ${authority} and f.entity = any(${textArray(entities)}::text[]) and ${isRecorded({})} and m.origin_org = ${authority} and m.origin_desk = ${desk}
    order by f.recorded_from, f.fragment limit ${MOST}`.execute(tx)
  return rows
}
