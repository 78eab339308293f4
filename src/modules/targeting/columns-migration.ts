/**
 * Which months of a desk differ from its columns. Each change of an arrival leaves a line by itself, whoever makes it and by whatever statement, so that none is
 * forgotten; lines are only added and, once the month is written, taken away: nobody waits for anybody. A change that the columns do not hold leaves none.
 */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'

const EVENTS = [
  { event: 'insert', tables: 'new table as new_rows', changed: 'select authority, desk, day from new_rows' },
  { event: 'delete', tables: 'old table as old_rows', changed: 'select authority, desk, day from old_rows' },
  {
    event: 'update',
    tables: 'old table as old_rows new table as new_rows',
    // Joined by what makes an arrival one, and not by its place: a row that moved to another day changes two months.
    changed: `select coalesce(n.authority, o.authority), coalesce(n.desk, o.desk), d.day
      from old_rows o full join new_rows n on n.authority = o.authority and n.arrival = o.arrival cross join lateral (values (o.day), (n.day)) as d(day)
      where d.day is not null and (o.day, o.port, o.container, o.facts, o.outcome, o.pi, o.stratum) is distinct from (n.day, n.port, n.container, n.facts, n.outcome, n.pi, n.stratum)`,
  },
] as const

export const columnsMigration: Migration = {
  id: '0003-columns',
  statements: [
    `create table if not exists targeting.column_changes (
      authority text not null, desk text not null, month date not null, change bigint generated always as identity, audience text[] not null, primary key (authority, desk, month, change))`,
    ...protect({ table: 'targeting.column_changes', officer: 'insert', purpose: true, index: false }),
    ...EVENTS.flatMap(({ event, tables, changed }) => [
      `create or replace function targeting.note_${event}() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $body$
      begin
        insert into targeting.column_changes (authority, desk, month, audience)
          select distinct c.authority, c.desk, date_trunc('month', c.day)::date, array[c.desk] from (${changed}) as c(authority, desk, day);
        return null;
      end $body$`,
      `drop trigger if exists note_${event} on targeting.arrivals`,
      `create trigger note_${event} after ${event} on targeting.arrivals referencing ${tables} for each statement execute function targeting.note_${event}()`,
    ]),
  ],
}
