/** Tables of the slice, in the order in which they build on each other; all distributed by organisation. */
import type { Migration } from '#platform/store/database.ts'
import { briefMigration } from './brief-migration.ts'
import { digestMigration } from './digest-migration.ts'
import { importFileMigration } from './import-file-migration.ts'
import { judgementMigration } from './judgement-migration.ts'
import { lookupMigration } from './lookup-migration.ts'
import { namingMigration } from './naming-migration.ts'
import { runMigration } from './run-migration.ts'
import { storeMigration } from './store-migration.ts'
import { workMigration } from './work-migration.ts'

export const migrations: readonly Migration[] = [
  storeMigration,
  judgementMigration,
  workMigration,
  digestMigration,
  importFileMigration,
  namingMigration,
  runMigration,
  lookupMigration,
  briefMigration,
]
