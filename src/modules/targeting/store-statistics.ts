/**
 * What the planner knows of the tables, made new once many rows came: until then it plans for the table as it was, and a page of the queue takes as long as reading
 * every arrival of the day. Each table by itself, and only when it has grown by a fifth, since a small document must not pay for reading what is there. Only the
 * owner of a table may do so, hence a function that runs as the owner and does nothing else.
 */
import { WORKER_ROLE } from '#platform/store/row-security.ts'

const TABLES = [
  'targeting.arrivals',
  'targeting.watch_hits',
  'cargo.equipment',
  'cargo.consignments',
  'cargo.consignment_keys',
  'cargo.evaluations',
  'cargo.alerts',
] as const

/** No plan depends on these, and they take longest. */
const UNPLANNED: Readonly<Record<string, readonly string[]>> = {
  'targeting.arrivals': ['facts', 'fired', 'terms', 'signals', 'mandatory', 'goods'],
  'cargo.equipment': ['sighting', 'goods'],
  'cargo.consignments': ['statement', 'goods'],
}

export const storeStatistics: readonly string[] = [
  ...Object.entries(UNPLANNED).flatMap(([table, columns]) =>
    columns.map((column) => `alter table ${table} alter column ${column} set statistics 0`),
  ),
  `create or replace function targeting.refresh_statistics() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp
    set default_statistics_target = 25 as $body$
  declare grown regclass;
  begin
    for grown in select s.relid::regclass from pg_stat_user_tables s join pg_class c on c.oid = s.relid
      where s.relid = any(array[${TABLES.map((table) => `'${table}'::regclass::oid`).join(', ')}]) and s.n_mod_since_analyze > 200 + greatest(c.reltuples, 0) / 5
    loop execute format('analyze %s', grown); end loop;
  end $body$`,
  'revoke all on function targeting.refresh_statistics() from public',
  `grant execute on function targeting.refresh_statistics() to ${WORKER_ROLE}`,
]
