/** Which run over its file wrote a fragment, so that a run that begins anew knows its own lines from those of one that was stopped. */
import type { Migration } from '#platform/store/database.ts'

export const runMigration: Migration = {
  id: '0008-runs',
  statements: [
    'alter table records.fragments add column if not exists run int',
    'alter table records.fragments alter column run set statistics 0',
  ],
}
