/**
 * What the planner knows of the tables, made new after many rows came at once: until then it plans for the table as it was, and a page of the queue takes as long as
 * reading every arrival of the day. Only the owner of a table may do so, hence a function that runs as the owner and does nothing else.
 */
import { WORKER_ROLE } from '#platform/store/row-security.ts'

export const storeStatistics: readonly string[] = [
  `create or replace function targeting.refresh_statistics() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
  begin
    analyze targeting.arrivals; analyze targeting.watch_hits; analyze cargo.equipment; analyze cargo.consignments; analyze cargo.evaluations; analyze cargo.alerts;
  end $body$`,
  'revoke all on function targeting.refresh_statistics() from public',
  `grant execute on function targeting.refresh_statistics() to ${WORKER_ROLE}`,
]
