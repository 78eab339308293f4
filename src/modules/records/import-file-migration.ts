/** Files that were brought in, each under a key of its own: a row deleted here is a file destroyed. */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'

export const importFileMigration: Migration = {
  id: '0006-import-files',
  statements: [
    // `file`: under which name its bytes lie; null once they are off the disk.
    'alter table records.imports add column if not exists file text',
    'create index if not exists imports_file on records.imports (org, import) where file is not null',
    `create table if not exists records.import_keys (
      org text not null, import uuid not null, key text not null, purpose text not null, audience text[] not null, primary key (org, import))`,
    ...protect({ table: 'records.import_keys', officer: 'select-insert-delete', purpose: 'of-row', index: false }),
  ],
}
