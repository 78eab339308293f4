/**
 * Containers bound for a port of the desk of which no document says when they come, or none in a way that can be read. Counted until one does, and for a week at most.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { DeskScope } from './desk.ts'

const KEPT_MS = 7 * 86_400_000

export interface NotPlaced {
  readonly container: string
  /** A document states a time of arrival, and it is none. */
  readonly isUnreadable: boolean
}

/** What is known of these containers now: those that are placed, or bound elsewhere, are missed no more. */
export async function keepNotPlaced(
  tx: Tx,
  { authority, desk }: DeskScope,
  { containers, notPlaced, at }: { readonly containers: readonly string[]; readonly notPlaced: readonly NotPlaced[]; readonly at: Date },
): Promise<void> {
  const mine = sql<boolean>`authority = ${authority} and desk = ${desk}`
  const missed = notPlaced.map(({ container }) => container)
  await sql`delete from targeting.not_placed where ${mine}
    and (container = any(${[...containers]}::text[]) and not container = any(${missed}::text[]) or at <= ${since(at)})`.execute(tx)
  const records = notPlaced.map(({ container, isUnreadable }) => ({ container, is_unreadable: isUnreadable }))
  await sql`insert into targeting.not_placed (authority, desk, container, is_unreadable, at, audience)
    select ${authority}, ${desk}, r.container, r.is_unreadable, ${at}, ${[desk]} from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(container text, is_unreadable boolean)
    on conflict (authority, desk, container) do update set is_unreadable = excluded.is_unreadable`.execute(tx)
}

export async function notPlacedCounts(
  tx: Tx,
  { authority, desk }: DeskScope,
  now: Date,
): Promise<{ readonly notPlaced: number; readonly unreadable: number }> {
  const { rows } = await sql<{ notPlaced: number; unreadable: number }>`
    select count(*)::int as "notPlaced", (count(*) filter (where is_unreadable))::int as unreadable from targeting.not_placed
    where authority = ${authority} and desk = ${desk} and at > ${since(now)}`.execute(tx)
  return rows[0] ?? { notPlaced: 0, unreadable: 0 }
}

function since(now: Date): Date {
  return new Date(now.getTime() - KEPT_MS)
}
