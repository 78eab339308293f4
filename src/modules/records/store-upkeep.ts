/**
 * What only the owner of a table may do, as functions that run as the owner and do nothing else. Statistics are made new after many rows came at once: until then
 * the planner plans for the table as it was, and what took a millisecond takes as long as reading everything. Columns that no plan depends on have none, since
 * those of arrays and words take longest.
 */
import { OFFICER_ROLE, WORKER_ROLE } from '#platform/store/row-security.ts'

const UNPLANNED: Readonly<Record<string, readonly string[]>> = {
  fragments: ['vals', 'context', 'external_id', 'end_note', 'review_note'],
  search_docs: ['caption', 'names', 'countries', 'topics', 'identifiers', 'keys', 'words'],
}

export const storeUpkeep: readonly string[] = [
  ...Object.entries(UNPLANNED).flatMap(([table, columns]) =>
    columns.map((column) => `alter table records.${table} alter column ${column} set statistics 0`),
  ),
  `create or replace function records.refresh_statistics() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp
    set default_statistics_target = 25 as $body$
  begin
    analyze records.fragments; analyze records.search_docs; analyze records.edges; analyze records.markings;
  end $body$`,
  'revoke all on function records.refresh_statistics() from public',
  `grant execute on function records.refresh_statistics() to ${WORKER_ROLE}`,
  // Files what waits in the lists of the two trees of search documents.
  `create or replace function records.file_search_docs() returns void language sql security definer set search_path = pg_catalog, pg_temp as $body$
    select gin_clean_pending_list(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
      where i.indrelid = 'records.search_docs'::regclass and a.amname = 'gin';
  $body$`,
  'revoke all on function records.file_search_docs() from public',
  `grant execute on function records.file_search_docs() to ${OFFICER_ROLE}, ${WORKER_ROLE}`,
]
