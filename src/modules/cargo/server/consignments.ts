/** The table of consignments and declarations, by keyset page over (bill, document, ordinal). */
import { type Selectable, sql } from 'kysely'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { type ConsignmentRow, listConsignments } from '../contract.ts'
import { present } from './equipment.ts'
import type { CargoTables, ConsignmentTable } from './tables.ts'

export const listConsignmentsRoute = handle(listConsignments, async (input, context) => {
  const mark = readMark(input.cursor, { parts: ['text', 'text', 'ordinal'], code: 'cargo.cursor' })
  let query = context.tx
    .withTables<CargoTables>()
    .selectFrom('cargo.consignments')
    .selectAll()
    .where('authority', '=', context.facts.authority)
    .where('desk', '=', context.facts.desk)
    .orderBy('bill')
    .orderBy('document')
    .orderBy('ordinal')
    .limit(input.limit + 1)
  if (input.document !== undefined) query = query.where('document', '=', input.document)
  if (input.bill !== undefined && input.bill !== '')
    query = query.where('bill', '>=', input.bill.toUpperCase()).where('bill', '<', `${input.bill.toUpperCase()}\uffff`)
  if (input.container !== undefined) {
    const { authority, desk } = context.facts
    query = query.where(
      sql<boolean>`(document, ordinal) in (select k.document, k.ordinal from cargo.consignment_keys k
        where k.authority = ${authority} and k.desk = ${desk} and k.kind = 'container' and k.key = ${input.container.toUpperCase()})`,
    )
  }
  if (mark !== undefined) query = query.where(sql<boolean>`(bill, document, ordinal) > (${mark[0]}, ${mark[1]}, ${mark[2]})`)
  const rows = await query.execute()
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(consignmentRowOf),
    ...(rows.length > input.limit && last ? { next: writeMark([last.bill, last.document, last.ordinal]) } : {}),
  }
})

export function consignmentRowOf(row: Selectable<ConsignmentTable>): ConsignmentRow {
  return {
    id: `${row.document.slice(0, 16)}-${row.ordinal}`,
    bill: row.bill,
    declaration: row.declaration,
    ...present('consignor', row.consignor),
    ...present('consignee', row.consignee),
    ...present('notify', row.notify),
    ...present('loading', row.loading),
    ...present('discharge', row.discharge),
    ...present('goods', row.goods),
    ...present('hs', row.hs),
    ...present('gross', row.gross),
    ...present('packages', row.packages),
    containers: row.containers,
    document: row.document,
  }
}
