/**
 * Which records fragments name beside their relations: those of fragments that have ended or are restricted, and those that a fragment names by a property that makes no relation.
 * With the relations they are all that is said of a record elsewhere. Invariant: a row stands as long as the values of its fragment do.
 */
import type { Migration } from '#platform/store/database.ts'
import { protect, WORKER_ROLE } from '#platform/store/row-security.ts'

export const namingMigration: Migration = {
  id: '0007-naming',
  statements: [
    `create table if not exists records.named_in (
      org text not null, entity text not null, fragment uuid not null, view text not null, purpose text not null, audience text[] not null, primary key (fragment, entity, org))`,
    'create index if not exists named_in_entity on records.named_in (view, entity)',
    ...protect({ table: 'records.named_in', officer: 'select-insert-delete', purpose: 'of-row', index: false }),
    `set local role ${WORKER_ROLE}`,
    `insert into records.named_in (org, entity, fragment, view, purpose, audience)
      select distinct f.org, v.value ->> 1, f.fragment, m.view, f.purpose, f.audience from records.fragments f
      join records.markings m on m.org = f.org and m.marking = f.marking cross join lateral jsonb_array_elements(f.vals) as v(value)
      where f.vals is not null and v.value ->> 1 ~ '^r[0-9a-f]{32}$' and v.value ->> 1 <> f.entity
        and not exists (select 1 from records.edges e where e.org = f.org and e.fragment = f.fragment and v.value ->> 1 in (e.src, e.dst))`,
    'reset role',
  ],
}
