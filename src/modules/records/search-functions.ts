/**
 * The two doors to the search index. Under row-level security PostgreSQL uses an index only for operators that are marked leakproof, and no operator of arrays or
 * of texts by words is: the whole table would be read for each search. These functions look as the worker does and give no content: which fragments, and how
 * much they weigh. Content is read after, as the officer, under the policies.
 * Invariant: they look only in views that the policy of `view_states` shows to the session, whatever views are asked for. A view named without right is not there.
 */
import { OFFICER_ROLE, WORKER_ROLE } from '#platform/store/row-security.ts'

export const ALLOWED = `array(select s.view from records.view_states s where s.org = of_org and s.view = any(of_views)
    and s.audience && string_to_array(current_setting('app.desks', true), ',') and s.purpose = current_setting('app.purpose', true))`
// In an order of letters that no index has, so that none but that of the keys or words fits: the planner cannot know how few rows they leave.
const IN_VIEW = 'd.view collate "POSIX" = any($2)'

const FITS = `($7::text is null or d.schema = $7) and ($8::text is null or $8 = any(d.countries)) and ($9::text is null or $9 = any(d.topics))
        and ($10::uuid is null or d.collection = $10) and ($11::timestamptz is null or d.at >= $11)`

// A row of which nothing is asked is not taken apart.
const FITS_ANY = `case when coalesce(of_schema, of_country, of_topic, of_collection::text, since::text) is null then 'true' else $fits$${FITS}$fits$ end`

export const FILTERS = 'of_schema text, of_country text, of_topic text, of_collection uuid, since timestamptz'
const FILTER_TYPES = 'text, text, text, uuid, timestamptz'
export const CANDIDATES = `records.fragments_by_keys(text, text[], int[], int[], float8[], int[], ${FILTER_TYPES}, int)`
const WORDS = `records.fragments_by_words(text, text[], int[], tsquery, ${FILTER_TYPES}, int)`

/** They run as the worker: whoever makes tables may not read under forced policies. */
export function ownedByWorker(functions: readonly string[]): readonly string[] {
  return [
    `grant create on schema records to ${WORKER_ROLE}`,
    ...functions.flatMap((name) => [
      `alter function ${name} owner to ${WORKER_ROLE}`,
      `revoke all on function ${name} from public`,
      `grant execute on function ${name} to ${OFFICER_ROLE}`,
    ]),
    `revoke create on schema records from ${WORKER_ROLE}`,
  ]
}

export const searchFunctions: readonly string[] = [
  /*
   * Fragments that share keys and fit the filters, heaviest first. A key weighs its factor times ln(1 + 1,000,000 / fragments that have it), counted over what is
   * visible; a key of more fragments than its `largest` is a dropped block, given as a row without fragment whose weight is the number of the key. Of one that
   * is known to be that large nothing is read.
   */
  `create or replace function records.fragments_by_keys(of_org text, of_views text[], hashes int[], numbers int[], factors float8[], largest int[], ${FILTERS}, most int)
    returns table (fragment uuid, weight float8) language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $body$
  declare allowed text[] := ${ALLOWED};
  begin
    return query execute $query$
      with known as materialized (
        select distinct k.number from unnest($3, $4, $6) as k(hash, number, largest) join records.large_keys l on l.hash = k.hash and l.view = any($2) and l.at_least > k.largest),
      found as materialized (
        select k.number, k.factor, k.largest, d.fragment, d.fits from unnest($3, $4, $5, $6) as k(hash, number, factor, largest)
        cross join lateral (select d.fragment, $query$ || ${FITS_ANY} || $query$ as fits from records.search_docs d where d.keys && array[k.hash] and ${IN_VIEW} limit k.largest + 1) d
        where k.number not in (select n.number from known n)),
      blocks as (select f.number, count(*) as size, count(*) > min(f.largest) as is_dropped, ln(1 + 1000000 / count(*)::float8) as rarity from found f group by f.number)
      (select f.fragment, sum(f.factor * b.rarity) as weight from found f join blocks b using (number)
        where not b.is_dropped and f.fits group by f.fragment order by 2 desc, 1 limit $12)
      union all select null::uuid, b.number::float8 from blocks b where b.is_dropped
      union all select null::uuid, n.number::float8 from known n$query$
      using of_org, allowed, hashes, numbers, factors, largest, of_schema, of_country, of_topic, of_collection, since, most;
  end $body$`,
  /* Fragments with the words or, where none are asked for, with one of the keys, that also fit the filters; in no order, at most so many. */
  `create or replace function records.fragments_by_words(of_org text, of_views text[], hashes int[], query tsquery, ${FILTERS}, most int)
    returns setof uuid language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $body$
  declare allowed text[] := ${ALLOWED};
  begin
    return query execute 'select d.fragment from records.search_docs d where '
      || case when query is null then 'd.keys && $3' else 'd.words @@ $4' end
      || $query$ and ${IN_VIEW} and $query$ || ${FITS_ANY} || ' limit $12'
      using of_org, allowed, hashes, query, null::int, null::int, of_schema, of_country, of_topic, of_collection, since, most;
  end $body$`,
  ...ownedByWorker([CANDIDATES, WORDS]),
]
