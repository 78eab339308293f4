/**
 * What lists and comparisons read of fragments that say much (`server/brief-values.ts`), beside their values. Of those that stand already it is made here without the model, which
 * a migration may not know: of what is short and names no record, but for the first value of each property, which may be the end of a relation. Invariant: it goes when the values go.
 */
import type { Migration } from '#platform/store/database.ts'
import { WORKER_ROLE } from '#platform/store/row-security.ts'

export const briefMigration: Migration = {
  id: '0010-briefs',
  statements: [
    'alter table records.fragments add column if not exists brief jsonb',
    'alter table records.fragments alter column brief set statistics 0',
    // Its size in the store is what it takes in memory.
    'alter table records.fragments alter column brief set storage external',
    `set local role ${WORKER_ROLE}`,
    // What lies compressed may be a hundred times as long.
    `update records.fragments f set brief = (
      select coalesce(jsonb_agg(jsonb_build_array(s.value -> 0, s.value -> 1) order by s.place), '[]') from (
        select n.value, n.place, n.is_end, sum(case when n.is_end then 0 else length(n.value ->> 1) + 100 end) over (order by n.place) as room from (
          select v.value, v.place, v.value ->> 1 ~ '^r[0-9a-f]{32}$' as is_end, row_number() over (partition by v.value ->> 0 order by v.place) as nth
          from jsonb_array_elements(f.vals) with ordinality as v(value, place) where length(v.value ->> 1) <= 1000) n
        where not n.is_end or n.nth = 1) s where s.is_end or s.room <= 60000)
      where f.vals is not null and (pg_column_size(f.vals) > 4000 or pg_column_compression(f.vals) is not null) and length(f.vals::text) > 4000`,
    'reset role',
    'alter table records.fragments add constraint fragments_brief check (vals is not null or brief is null)',
  ],
}
