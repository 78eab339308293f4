/**
 * What the planner knows of the tables, made new after many rows came at once: until then it plans for the table as it was, and what took a millisecond takes
 * as long as reading everything. Only the owner of a table may do so, hence a function that runs as the owner and does nothing else.
 */
import { WORKER_ROLE } from '#platform/store/row-security.ts'

export const storeStatistics: readonly string[] = [
  `create or replace function records.refresh_statistics() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
  begin
    analyze records.fragments; analyze records.search_docs; analyze records.edges; analyze records.markings;
  end $body$`,
  'revoke all on function records.refresh_statistics() from public',
  `grant execute on function records.refresh_statistics() to ${WORKER_ROLE}`,
]
