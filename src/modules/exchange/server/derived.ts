/**
 * What a desk made from a piece of information, directly and through own pieces between: a person looks at it again when something became of the piece.
 * Invariant: whoever makes a piece from others has locked them, and what they were made from (`lockSources`); so nothing that is being made is missed here.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { ItemKey } from './item-content.ts'
import type { ItemState } from './tables.ts'

/** Those in other states stay as they are. Answers whether anything was made from it that had not been taken back itself. */
export async function reviewDerived(
  { tx }: { readonly tx: Tx },
  { org, desk, item }: Pick<ItemKey, 'org' | 'desk' | 'item'>,
  states: readonly ItemState[] = ['awaiting-release', 'sent-back', 'released', 'held', 'review', 'expired'],
): Promise<boolean> {
  const { rows } = await sql`with recursive made (item) as (
      select item from exchange.items where org = ${org} and desk = ${desk} and derived_from @> array[${item}]::text[]
      union select i.item from made m join exchange.items i on i.org = ${org} and i.desk = ${desk} and i.derived_from @> array[m.item]),
    locked as (select i.item from exchange.items i where i.org = ${org} and i.desk = ${desk} and i.item in (select m.item from made m) and i.state = any(${[...states]}::text[])
      order by i.item for update)
    update exchange.items i set state = 'review' from locked l where i.org = ${org} and i.desk = ${desk} and i.item = l.item returning i.item`.execute(
    tx,
  )
  return rows.length > 0
}
