/**
 * The table of containers, by keyset page. Every sort has an index that begins with authority and desk, within a document and over all;
 * a page reads `limit + 1` rows of that index and nothing else, so a page of a million rows costs what a page of a thousand costs.
 */
import { type Selectable, sql } from 'kysely'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { type EquipmentRow, equipmentFlag, listEquipment } from '../contract.ts'
import type { DeskScope } from './dossiers.ts'
import type { CargoTables, EquipmentTable } from './tables.ts'

/** Sort key as an expression that matches its index; text compares by bytes so that order does not depend on the server's locale. */
const SORT = {
  container: sql<string>`container`,
  stowage: sql<string>`coalesce(stowage, '')`,
  loading: sql<string>`coalesce(loading, '')`,
  discharge: sql<string>`coalesce(discharge, '')`,
  weight: sql<number>`coalesce(weight, 0)`,
} as const

type ListInput = (typeof listEquipment)['input']['_output']

export const listEquipmentRoute = handle(listEquipment, async (input, context) => {
  const rows = await pageOf(context.tx, context.facts, input)
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  const total = await cheapTotal(context.tx, context.facts, input)
  return {
    items: shown.map(equipmentRowOf),
    ...(rows.length > input.limit && last ? { next: writeMark([last.sort_key, last.document, last.ordinal]) } : {}),
    ...(total === undefined ? {} : { total }),
  }
})

async function pageOf(
  tx: Tx,
  { authority, desk }: DeskScope,
  input: ListInput,
): Promise<(Selectable<EquipmentTable> & { sort_key: string | number })[]> {
  const mark = readMark(input.cursor, { parts: [input.sort === 'weight' ? 'number' : 'text', 'text', 'ordinal'], code: 'cargo.cursor' })
  const key = SORT[input.sort]
  const direction = sql.raw(input.order)
  let query = tx
    .withTables<CargoTables>()
    .selectFrom('cargo.equipment')
    .selectAll()
    .select(sql<string | number>`${key}`.as('sort_key'))
    .where('authority', '=', authority)
    .where('desk', '=', desk)
    .orderBy(sql`${key} ${direction}`)
    .limit(input.limit + 1)
  // Within one document the document column is constant and must stay out of the order, or the index would not serve it.
  if (input.document === undefined) query = query.orderBy(sql`document ${direction}`)
  query = query.orderBy(sql`ordinal ${direction}`)
  if (input.document !== undefined) query = query.where('document', '=', input.document)
  if (input.container !== undefined && input.container !== '') {
    const prefix = input.container.toUpperCase()
    query = query.where('container', '>=', prefix).where('container', '<', `${prefix}\uffff`)
  }
  if (input.loading !== undefined) query = query.where('loading', '=', input.loading.toUpperCase())
  if (input.discharge !== undefined) query = query.where('discharge', '=', input.discharge.toUpperCase())
  if (input.fullness !== undefined) query = query.where('fullness', '=', input.fullness)
  if (input.flag !== undefined) query = query.where(sql<boolean>`flags <> '{}' and flags @> array[${input.flag}]::text[]`)
  if (mark !== undefined) {
    const beyond = sql.raw(input.order === 'asc' ? '>' : '<')
    query = query.where(
      input.document === undefined
        ? sql<boolean>`(${key}, document, ordinal) ${beyond} (${mark[0]}, ${mark[1]}, ${mark[2]})`
        : sql<boolean>`(${key}, ordinal) ${beyond} (${mark[0]}, ${mark[2]})`,
    )
  }
  return await query.execute()
}

/** The count the reader stored with the document; a filtered count would cost a scan, so it is left out rather than guessed. */
async function cheapTotal(tx: Tx, { authority, desk }: DeskScope, input: ListInput): Promise<number | undefined> {
  const filtered = [input.container, input.loading, input.discharge, input.fullness, input.flag].some(
    (each) => each !== undefined && each !== '',
  )
  if (input.document === undefined || filtered) return undefined
  const row = await tx
    .withTables<CargoTables>()
    .selectFrom('cargo.documents')
    .select('containers')
    .where('authority', '=', authority)
    .where('desk', '=', desk)
    .where('document', '=', input.document)
    .executeTakeFirst()
  return row?.containers
}

export function equipmentRowOf(row: Selectable<EquipmentTable>): EquipmentRow {
  return {
    id: `${row.document.slice(0, 16)}-${row.ordinal}`,
    container: row.container,
    ...present('isoType', row.iso_type),
    ...present('fullness', row.fullness),
    ...present('stowage', row.stowage),
    ...present('loading', row.loading),
    ...present('discharge', row.discharge),
    ...present('finalPlace', row.final_place),
    ...present('weight', row.weight),
    verifiedWeight: row.verified_weight,
    ...present('temperature', row.temperature),
    ...present('operator', row.operator),
    ...present('booking', row.booking),
    ...present('bill', row.bill),
    seals: row.seals,
    ...present('goods', row.goods),
    message: row.message_type,
    document: row.document,
    flags: row.flags.filter((flag): flag is EquipmentRow['flags'][number] => equipmentFlag.safeParse(flag).success),
  }
}

/** An optional member only when there is a value: absent and null are not the same on the wire. */
export function present<Key extends string, Value>(key: Key, value: Value | null | undefined): { [K in Key]?: Value } {
  return value === null || value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value })
}
