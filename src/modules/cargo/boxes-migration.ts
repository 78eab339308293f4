/**
 * Boxes of bills: which consignments of a desk name a container, a row for each. Follows from the column `containers` in the same statement, whoever writes it.
 * A list within a row cannot be looked up by whoever reads under row-level security: operators of arrays are not leakproof, so the store would read all there is.
 */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'

const EVENTS = [
  {
    event: 'insert',
    changed: 'new_rows',
    statement: `insert into cargo.consignment_boxes (authority, desk, container, document, ordinal, audience)
      select distinct on (c.authority, c.desk, b.container, c.document, c.ordinal) c.authority, c.desk, b.container, c.document, c.ordinal, c.audience
      from new_rows c cross join lateral unnest(c.containers) as b(container)`,
  },
  {
    event: 'delete',
    changed: 'old_rows',
    statement: `delete from cargo.consignment_boxes n using old_rows c cross join lateral unnest(c.containers) as b(container)
      where n.authority = c.authority and n.desk = c.desk and n.container = b.container and n.document = c.document and n.ordinal = c.ordinal`,
  },
] as const

export const boxesMigration: Migration = {
  id: '0010-boxes',
  statements: [
    `create table if not exists cargo.consignment_boxes (
      authority text not null, desk text not null, container text not null, document text not null, ordinal int not null, audience text[] not null,
      primary key (authority, desk, container, document, ordinal))`,
    ...protect({ table: 'cargo.consignment_boxes', officer: 'select', purpose: true, index: false }),
    ...EVENTS.flatMap(({ event, changed, statement }) => [
      `create or replace function cargo.note_boxes_${event}() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $body$
      begin
        ${statement};
        return null;
      end $body$`,
      `drop trigger if exists note_boxes_${event} on cargo.consignments`,
      `create trigger note_boxes_${event} after ${event} on cargo.consignments referencing ${event === 'insert' ? 'new' : 'old'} table as ${changed}
        for each statement execute function cargo.note_boxes_${event}()`,
    ]),
  ],
}
