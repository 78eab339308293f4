/** What is kept of fragments that a person let go of, so that their source does not bring them back. */
import type { Migration } from '#platform/store/database.ts'

export const digestMigration: Migration = {
  id: '0005-digests',
  statements: [
    // Of what the fragment said, 32 bits: the same line of the same record is known by it. Null where nobody let go by hand.
    'alter table records.fragments add column if not exists digest int',
    'alter table records.fragments alter column digest set statistics 0',
  ],
}
