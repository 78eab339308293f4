/** The tables of the slice, in order. */
import type { Migration } from '#platform/store/database.ts'
import { arrivalsMigration } from './arrivals-migration.ts'
import { columnsMigration } from './columns-migration.ts'
import { findingsMigration } from './findings-migration.ts'
import { notTakenMigration } from './not-taken-migration.ts'
import { rulesMigration } from './rules-migration.ts'

export const migrations: readonly Migration[] = [rulesMigration, arrivalsMigration, columnsMigration, notTakenMigration, findingsMigration]
