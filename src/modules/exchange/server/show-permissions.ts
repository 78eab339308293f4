/** Permissions asked by the own desk and of it, each with the title of its piece as far as this desk sees it. */
import { handle } from '#platform/http/route.ts'
import { listPermissions, type PermissionRow } from '../contract.ts'
import { itemRowOf, ownItems } from './item-rows.ts'
import { permissionRowOf } from './permissions.ts'
import { titleOf } from './show-item.ts'
import type { ExchangeTables } from './tables.ts'

const SHOWN = 200

export const listPermissionsRoute = handle(listPermissions, async (_input, context) => {
  const { facts, tx } = context
  const rows = await tx
    .withTables<ExchangeTables>()
    .selectFrom('exchange.permission_requests')
    .selectAll()
    .where('org', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('item', 'in', ownItems(context).select('item'))
    .orderBy('at', 'desc')
    .limit(SHOWN)
    .execute()
  const pieces = new Map<string, Pick<PermissionRow, 'title' | 'recalled'>>()
  for (const { item } of rows) {
    const row = pieces.has(item) ? undefined : await itemRowOf(context, item)
    if (row === undefined) continue
    const title = await titleOf(context, row)
    pieces.set(item, { ...(title === '' ? {} : { title }), ...(row.state === 'recalled' ? { recalled: true } : {}) })
  }
  return {
    items: rows
      .map((row) => ({ ...permissionRowOf(row), ...pieces.get(row.item) }))
      .sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open')),
  }
})
