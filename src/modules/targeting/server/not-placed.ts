/** Containers bound for a port of the desk of which no document says when they come. Counted until one does, and for a week at most. */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { DeskScope } from './desk.ts'

const KEPT_MS = 7 * 86_400_000

/** What is known of these containers now: those that are placed, or bound elsewhere, are missed no more. */
export async function keepNotPlaced(
  tx: Tx,
  { authority, desk }: DeskScope,
  { containers, notPlaced, at }: { readonly containers: readonly string[]; readonly notPlaced: readonly string[]; readonly at: Date },
): Promise<void> {
  const mine = sql<boolean>`authority = ${authority} and desk = ${desk}`
  await sql`delete from targeting.not_placed where ${mine}
    and (container = any(${[...containers]}::text[]) and not container = any(${[...notPlaced]}::text[]) or at <= ${since(at)})`.execute(tx)
  await sql`insert into targeting.not_placed (authority, desk, container, at, audience)
    select ${authority}, ${desk}, container, ${at}, ${[desk]} from unnest(${[...notPlaced]}::text[]) as container on conflict do nothing`.execute(
    tx,
  )
}

export async function notPlacedCount(tx: Tx, { authority, desk }: DeskScope, now: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from targeting.not_placed
    where authority = ${authority} and desk = ${desk} and at > ${since(now)}`.execute(tx)
  return rows[0]?.n ?? 0
}

function since(now: Date): Date {
  return new Date(now.getTime() - KEPT_MS)
}
