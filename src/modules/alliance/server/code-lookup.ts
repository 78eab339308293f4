/**
 * Whom a code in a message means, as the desk that keeps the ledger has entered it and a second officer has confirmed. Worker transactions only.
 * Invariant: only a code in force at this instant means anybody.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { storableText } from '#platform/store/storable-text.ts'
import { CHANNEL_LIST } from '../contract.ts'
import type { Keeper } from './keepers.ts'

export interface StatedCode {
  /** Absent where the message names no list: then the value must mean one partner in whichever. */
  readonly list?: string | undefined
  readonly value: string
}

/** One spelling: case and blanks around it mean nothing in a code. */
export const plainCode = (value: string): string => storableText(value).trim().toUpperCase()

/** 1131 and 3055 as a message states them; a colon at the end says no more than none. */
export const plainList = (list: string): string => list.trim().toUpperCase().replace(/:$/, '')

export async function deskOfCode(
  tx: Tx,
  keeper: Keeper,
  { code, now }: { readonly code: StatedCode; readonly now: Date },
): Promise<string | undefined> {
  const list = code.list === undefined ? null : plainList(storableText(code.list))
  const { rows } = await sql<{ desk: string }>`
    select distinct desk from alliance.codes where authority = ${keeper.authority} and keeper = ${keeper.desk} and value = ${plainCode(code.value)}
      and (${list}::text is null or list = ${list}) and list <> ${CHANNEL_LIST} and confirmed_at is not null and ended_at is null and valid_from <= ${now} and valid_until > ${now} limit 2`.execute(
    tx,
  )
  return rows.length === 1 ? rows[0]?.desk : undefined
}

/** Codes of one sender that are kept as unknown; more is no table that somebody forgot to fill. */
const MOST_UNKNOWN = 200
const LONGEST = 70

/** Notes for the desk, and for nobody else, that a sender named a code which nobody means. */
export async function noteUnknown(
  tx: Tx,
  keeper: Keeper,
  { code, sender, now }: { readonly code: StatedCode; readonly sender: string; readonly now: Date },
): Promise<void> {
  const [list, value] = [plainList(storableText(code.list ?? '')).slice(0, LONGEST), plainCode(code.value).slice(0, LONGEST)]
  await sql`insert into alliance.unknown_codes (authority, keeper, sender, list, value, times, last_at, audience)
    select ${keeper.authority}, ${keeper.desk}, ${sender}, ${list}, ${value}, 1, ${now}, ${[keeper.desk]}
    where (select count(*) from alliance.unknown_codes where authority = ${keeper.authority} and keeper = ${keeper.desk} and sender = ${sender}) < ${MOST_UNKNOWN}
      or exists (select 1 from alliance.unknown_codes where authority = ${keeper.authority} and keeper = ${keeper.desk} and sender = ${sender} and list = ${list} and value = ${value})
    on conflict (authority, keeper, sender, list, value) do update set times = alliance.unknown_codes.times + 1, last_at = excluded.last_at`.execute(
    tx,
  )
}
