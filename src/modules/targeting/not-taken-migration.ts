/** What could not be taken in: documents with containers that failed, and containers whose time of arrival is stated but cannot be read. */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'

export const notTakenMigration: Migration = {
  id: '0004-not-taken',
  statements: [
    `create table if not exists targeting.not_taken (
      authority text not null, desk text not null, document text not null, containers int not null, because text not null, tries int not null, since timestamptz not null, again_at timestamptz not null,
      audience text[] not null, primary key (authority, desk, document))`,
    ...protect({ table: 'targeting.not_taken', officer: 'select', purpose: true, index: false }),
    'alter table targeting.not_placed add column if not exists is_unreadable boolean not null default false',
  ],
}
