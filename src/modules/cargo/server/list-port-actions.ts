/** The list of port actions of a desk: what is open before what has ended, the newest first, and how many it leaves out. */
import { type Selectable, sql } from 'kysely'
import { loadCases } from '#modules/procedures'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { listPortActions, type PortActionView } from '../contract.ts'
import { viewOf } from './port-actions.ts'
import type { PortActionTable } from './tables.ts'

export const SHOWN = 200

export const listPortActionsRoute = handle(listPortActions, async ({ open }, context) => {
  const { facts, tx, services } = context
  const { rows, leftOut } = await portActionRows(tx, { authority: facts.authority, open })
  const items: PortActionView[] = []
  for (const row of rows) {
    const [leg] = await loadCases({ tx, services }, { authority: facts.authority, definition: 'PR-09', subject: row.action })
    if (leg !== undefined) items.push(viewOf(row, leg, context))
  }
  return { items, leftOut }
})

/** Whether an action is open is asked before the list ends: an old hold that still stands is not lost behind newer ones that have ended. */
export async function portActionRows(
  tx: Tx,
  { authority, open }: { readonly authority: string; readonly open: 'yes' | 'no' | 'all' },
): Promise<{ readonly rows: readonly Selectable<PortActionTable>[]; readonly leftOut: number }> {
  const named = sql`cargo.port_actions p join procedures.cases c on c.authority = p.authority and c.definition = 'PR-09' and c.subject = p.action
    where p.authority = ${authority} and (${open} = 'all' or c.is_open = (${open} = 'yes'))`
  const { rows } = await sql<Selectable<PortActionTable>>`
    select p.* from ${named} order by c.is_open desc, p.requested_at desc, p.action desc limit ${SHOWN}`.execute(tx)
  if (rows.length < SHOWN) return { rows, leftOut: 0 }
  const { rows: counted } = await sql<{ n: number }>`select count(*)::int as n from ${named}`.execute(tx)
  return { rows, leftOut: (counted[0]?.n ?? rows.length) - rows.length }
}
