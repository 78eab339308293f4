/**
 * The two doors to the search index as they are now; `search-functions.ts` says what they are for and what holds. Here their queries stand as they are and are planned once for a
 * connection: what they read hardly depends on what is asked, and planning took a third of their time. Of keys they give the records too, by their ids: whoever compares records reads
 * what is stated of them, as the officer, and nothing of the documents.
 * Invariant: they read by index alone. Whoever asks for a few rows would otherwise read the table until they come, which of words that nobody has is all of it.
 */
import type { Migration } from '#platform/store/database.ts'
import { ALLOWED, CANDIDATES, FILTERS, ownedByWorker } from './search-functions.ts'

const IN_VIEW = 'd.view collate "POSIX" = any(allowed)'

const FITS = `((of_schema is null or d.schema = of_schema) and (of_country is null or of_country = any(d.countries)) and (of_topic is null or of_topic = any(d.topics))
        and (of_collection is null or d.collection = of_collection) and (since is null or d.at >= since))`
const ASKS_NOTHING = 'coalesce(of_schema, of_country, of_topic, of_collection::text, since::text) is null'

/** A row of which nothing is asked is not taken apart. */
const either = (query: (fits: string) => string): string =>
  `if ${ASKS_NOTHING} then return query ${query('true')}; else return query ${query(FITS)}; end if;`

const byKeys = (fits: string): string => `with known as materialized (
        select distinct k.number from unnest(hashes, numbers, largest) as k(hash, number, largest)
        where (select true from records.large_keys l where l.hash = k.hash and l.view = any(allowed) and l.at_least > k.largest limit 1)),
      found as materialized (
        select k.number, k.factor, k.largest, d.fragment, d.fits from unnest(hashes, numbers, factors, largest) as k(hash, number, factor, largest)
        cross join lateral (select d.fragment, ${fits} as fits from records.search_docs d where d.keys && array[k.hash] and ${IN_VIEW} limit k.largest + 1) d
        where k.number not in (select n.number from known n)),
      blocks as (select f.number, count(*) > min(f.largest) as is_dropped, ln(1 + 1000000 / count(*)::float8) as rarity from found f group by f.number),
      best as (select f.fragment, sum(f.factor * b.rarity) as weight from found f join blocks b using (number)
        where not b.is_dropped and f.fits group by f.fragment order by 2 desc, 1 limit most)
      select b.fragment, d.entity, b.weight from best b join records.search_docs d on d.fragment = b.fragment and d.org = of_org
      union all select null, null, b.number from blocks b where b.is_dropped
      union all select null, null, n.number from known n`

const having = (what: string) =>
  either((fits) => `select d.fragment from records.search_docs d where ${what} and ${IN_VIEW} and ${fits} limit most`)

const settings = 'set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan'

export const lookupMigration: Migration = {
  id: '0009-lookups',
  statements: [
    `drop function ${CANDIDATES}`,
    `create function records.fragments_by_keys(of_org text, of_views text[], hashes int[], numbers int[], factors float8[], largest int[], ${FILTERS}, most int)
    returns table (fragment uuid, entity text, weight float8) language plpgsql stable security definer ${settings} as $body$
  #variable_conflict use_column
  declare allowed text[] := ${ALLOWED};
  begin
    ${either(byKeys)}
  end $body$`,
    ...ownedByWorker([CANDIDATES]),
    `create or replace function records.fragments_by_words(of_org text, of_views text[], hashes int[], query tsquery, ${FILTERS}, most int)
    returns setof uuid language plpgsql stable security definer ${settings} as $body$
  #variable_conflict use_column
  declare allowed text[] := ${ALLOWED};
  begin
    if query is null then ${having('d.keys && hashes')} else ${having('d.words @@ query')} end if;
  end $body$`,
  ],
}
