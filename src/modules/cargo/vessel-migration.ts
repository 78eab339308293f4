/** Stowage plans are few among many messages: they are found by an index of their own. */
import type { Migration } from '#platform/store/database.ts'

export const vesselMigration: Migration = {
  id: '0008-stowage-plans',
  statements: [
    "create index if not exists messages_plans on cargo.messages (authority, desk, document, ordinal) where type in ('BAPLIE', 'MOVINS')",
  ],
}
