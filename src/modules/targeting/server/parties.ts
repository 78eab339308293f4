/**
 * Legal persons by number, as the columns of a desk keep them. A number is never given twice and never taken back; each desk numbers for itself. Companies that a
 * rule or a watch entry names get their number when it is loaded, so that the first consignment of one is met.
 */
import { sql } from 'kysely'
import { legalPersonKey } from '#kernel/cargo-history/legal-person.ts'
import type { Tx } from '#platform/store/database.ts'
import type { RuleExpression } from '../contract.ts'
import type { DeskScope } from './desk.ts'

export async function knownParties(tx: Tx, { authority, desk }: DeskScope, keys: Iterable<string>): Promise<Map<string, number>> {
  const wanted = [...new Set(keys)]
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<{ name: string; party: number }>`
    select name, party from targeting.parties where authority = ${authority} and desk = ${desk} and name = any(${wanted}::text[])`.execute(
    tx,
  )
  return new Map(rows.map(({ name, party }) => [name, party]))
}

/** Background work only: two who number at once would give one number twice, so a desk is locked for the rest of the transaction. */
export async function numberParties(tx: Tx, scope: DeskScope, keys: Iterable<string>): Promise<ReadonlyMap<string, number>> {
  const wanted = new Set(keys)
  const before = await knownParties(tx, scope, wanted)
  if (before.size === wanted.size) return before
  await lockDesk(tx, scope)
  const known = await knownParties(tx, scope, wanted)
  const fresh = [...wanted].filter((key) => !known.has(key)).sort()
  if (fresh.length === 0) return known
  const { authority, desk } = scope
  const { rows } = await sql<{ name: string; party: number }>`insert into targeting.parties (authority, desk, name, party, audience)
    select ${authority}, ${desk}, r.name, r.ordinal + coalesce((select max(party) from targeting.parties where authority = ${authority} and desk = ${desk}), 0), ${[desk]}
    from unnest(${fresh}::text[]) with ordinality as r(name, ordinal) returning name, party`.execute(tx)
  for (const { name, party } of rows) known.set(name, party)
  return known
}

export async function lockDesk(tx: Tx, { authority, desk }: DeskScope): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`targeting ${authority} ${desk}`}, 0))`.execute(tx)
}

/** Keys of the companies that an expression names. */
export function companiesIn(wire: RuleExpression): readonly string[] {
  if (wire.op === 'and' || wire.op === 'or') return wire.args.flatMap(companiesIn)
  if (wire.op === 'not') return companiesIn(wire.arg)
  const values = wire.op === 'in' ? wire.values : wire.op === 'eq' ? [wire.value] : []
  return values.flatMap((value) => (typeof value === 'string' ? [legalPersonKey({ name: value })] : [])).filter((key) => key !== undefined)
}
