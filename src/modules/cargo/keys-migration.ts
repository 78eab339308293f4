/**
 * By what a bill is found: a row for each box that it names, and for what alerts are compared with also for its seals, bookings, numbers of waybills and devices.
 * Follows from the bill in the same statement, whoever writes it. A list within a row cannot be looked up by whoever reads under row-level security: operators of
 * arrays are not leakproof, so the store would read all there is.
 */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'

/** What alerts are compared with, among the many bills that only report. */
export const IS_COMPARED = "(declaration or statement ->> 'kind' in ('air-waybill', 'house-waybill'))"
/** A key that an index holds; identifiers are shorter. */
const LONGEST = 200

const plain = (value: string) => `left(translate(upper(${value}), ' -/.', ''), ${LONGEST})`

function keysOf(rows: string): string {
  const listed = (kind: string, column: string, where: string) =>
    `select authority, desk, '${kind}' as kind, listed as key, document, ordinal, audience from ${rows}, unnest(${column}) as listed where ${where}`
  return [
    listed('container', 'containers', 'true'),
    listed('seal', 'seals', IS_COMPARED),
    listed('booking', 'bookings', IS_COMPARED),
    `select authority, desk, 'waybill', ${plain('bill')}, document, ordinal, audience from ${rows} where ${IS_COMPARED}`,
    `select authority, desk, case stated ->> 'code' when 'ULD' then 'device' else 'other-waybill' end, ${plain("stated #>> '{number,value}'")}, document, ordinal, audience
      from ${rows}, jsonb_array_elements(statement -> 'references') as stated
      where ${IS_COMPARED} and not declaration and stated ->> 'code' in ('AWB', 'MWB', 'ULD') and stated #>> '{number,value}' is not null`,
  ].join(' union ')
}

const EVENTS = [
  {
    event: 'insert',
    rows: 'new_rows',
    statement: `insert into cargo.consignment_keys (authority, desk, kind, key, document, ordinal, audience) ${keysOf('new_rows')}`,
  },
  {
    event: 'delete',
    rows: 'old_rows',
    statement: `delete from cargo.consignment_keys k using (${keysOf('old_rows')}) as o
      where k.authority = o.authority and k.desk = o.desk and k.kind = o.kind and k.key = o.key and k.document = o.document and k.ordinal = o.ordinal`,
  },
] as const

export const keysMigration: Migration = {
  id: '0010-keys',
  statements: [
    `create table if not exists cargo.consignment_keys (
      authority text not null, desk text not null, kind text not null, key text not null, document text not null, ordinal int not null, audience text[] not null,
      primary key (authority, desk, kind, key, document, ordinal))`,
    ...protect({ table: 'cargo.consignment_keys', officer: 'select', purpose: true, index: false }),
    ...EVENTS.flatMap(({ event, rows, statement }) => [
      `create or replace function cargo.note_keys_${event}() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $body$
      begin
        ${statement};
        return null;
      end $body$`,
      `drop trigger if exists note_keys_${event} on cargo.consignments`,
      `create trigger note_keys_${event} after ${event} on cargo.consignments referencing ${event === 'insert' ? 'new' : 'old'} table as ${rows}
        for each statement execute function cargo.note_keys_${event}()`,
    ]),
  ],
}
