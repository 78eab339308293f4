/**
 * The newest air waybill that a desk holds for what an alert is about: the one of that number, or those that a unit load device is packed with. A house waybill
 * is not asked: its places are those of the house, beyond the flight. Worker transactions only.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { AlertSubject } from '../contract.ts'
import { placeOf } from '../detectors/statement-parts.ts'
import type { StatedPlace } from '../model.ts'
import type { DeskScope } from './dossiers.ts'
import { type RouteMessage, WAYBILL_MESSAGES } from './route-messages.ts'

export interface AirSubject {
  readonly kind: Exclude<AlertSubject['kind'], 'container'>
  readonly number: string
}

export interface HeldWaybill {
  readonly places: readonly StatedPlace[]
  readonly messageType: RouteMessage
  readonly document: string
}

/** Waybills of one device that are looked at: it holds some tens. */
const MOST_PACKED = 200

const PLAIN_BILL = sql<string>`translate(upper(c.bill), ' -/.', '')`

/** Air waybill numbers and devices that a document names, without decoration. */
export function namedInWaybills({ authority, desk, document }: DeskScope & { readonly document: string }) {
  return sql`select ${PLAIN_BILL} from cargo.consignments c
      where c.authority = ${authority} and c.desk = ${desk} and c.document = ${document} and c.statement ->> 'kind' = 'air-waybill'
    union select translate(upper(stated #>> '{number,value}'), ' -/.', '') from cargo.consignments c, jsonb_array_elements(c.statement -> 'references') stated
      where c.authority = ${authority} and c.desk = ${desk} and c.document = ${document} and c.statement ->> 'kind' = 'air-waybill' and stated ->> 'code' = 'ULD'`
}

export async function newestWaybill(
  tx: Tx,
  { authority, desk }: DeskScope,
  { subject, since }: { readonly subject: AirSubject; readonly since: Date },
): Promise<HeldWaybill | undefined> {
  const { rows } = await sql<{ places: StatedPlace[]; message_type: RouteMessage; document: string }>`
    select distinct on (${PLAIN_BILL}) c.statement -> 'places' as places, m.type as message_type, c.document from cargo.consignment_keys k
    join cargo.consignments c on c.authority = k.authority and c.desk = k.desk and c.document = k.document and c.ordinal = k.ordinal
    join cargo.messages m on m.authority = c.authority and m.desk = c.desk and m.document = c.document and m.ordinal = c.message
    where k.authority = ${authority} and k.desk = ${desk} and k.kind = ${subject.kind === 'air-waybill' ? 'waybill' : 'device'} and k.key = ${subject.number}
      and not c.declaration and c.statement ->> 'kind' = 'air-waybill' and m.type = any(${WAYBILL_MESSAGES}::text[]) and c.received_at > ${since}
    order by ${PLAIN_BILL}, c.received_at desc, c.document desc, c.ordinal desc limit ${MOST_PACKED}`.execute(tx)
  const [first] = rows
  if (first === undefined) return undefined
  // A device is flown to one airport; where its waybills go on from there to several, they do not say which.
  const destinations = new Set(rows.map(({ places }) => placeOf(places, 'discharge')?.value.trim().toUpperCase() ?? ''))
  return destinations.size === 1 ? { places: first.places, messageType: first.message_type, document: first.document } : undefined
}
