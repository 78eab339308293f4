/** Permissions asked by the own desk and of it, each with the title of its piece as far as this desk sees it. */
import { handle } from '#platform/http/route.ts'
import { listPermissions } from '../contract.ts'
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
  const titles = new Map<string, string>()
  for (const { item } of rows) {
    const row = titles.has(item) ? undefined : await itemRowOf(context, item)
    if (row !== undefined) titles.set(item, await titleOf(context, row))
  }
  return {
    items: rows
      .map((row) => ({ ...permissionRowOf(row), ...(titles.get(row.item) ? { title: titles.get(row.item) } : {}) }))
      .sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open')),
  }
})
