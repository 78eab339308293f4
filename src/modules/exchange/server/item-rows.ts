/** Rows of the own desk: row-level security shows no other, and the keys name it again. */
import { type Selectable, sql } from 'kysely'
import type { CaseContext } from '#platform/http/case-context.ts'
import { type ItemKey, isItem } from './item-content.ts'
import type { ExchangeTables, ItemTable } from './tables.ts'

export type HeldItem = Selectable<ItemTable>

export function ownDesk(context: Pick<CaseContext, 'facts'>, item: string): ItemKey {
  return { org: context.facts.authority, desk: context.facts.desk, item }
}

/** Rows of the own desk under the purpose of the session: what was exchanged for another one does not exist for it. */
export function ownItems({ facts, tx }: Pick<CaseContext, 'facts' | 'tx'>) {
  return tx
    .withTables<ExchangeTables>()
    .selectFrom('exchange.items')
    .where('org', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('purpose', '=', facts.purpose ?? '')
}

export async function itemRowOf(context: CaseContext, item: string): Promise<HeldItem | undefined> {
  return await ownItems(context).selectAll().where('item', '=', item).executeTakeFirst()
}

/** Whatever the purpose: for what the node does by itself. */
export async function rowOf(work: Pick<CaseContext, 'tx'>, key: ItemKey): Promise<HeldItem | undefined> {
  return await work.tx.withTables<ExchangeTables>().selectFrom('exchange.items').selectAll().where(isItem(key)).executeTakeFirst()
}

/**
 * Taken by whoever takes the piece in or something out of it, hears its originator of it, changes the list of holders, or speaks to all of them: one of two sees
 * what the other did. The row alone would not do: a recall and the piece that it overtook, taken in at the same time, would each miss the other.
 */
export async function lockItem({ tx }: Pick<CaseContext, 'tx'>, { org, desk, item }: ItemKey): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`exchange.item ${org} ${desk} ${item}`}, 0))`.execute(tx)
  await sql`select from exchange.items where org = ${org} and desk = ${desk} and item = ${item} for update`.execute(tx)
}
