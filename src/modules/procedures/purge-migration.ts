/** What a case keeps of erasures: with the step that ordered one, when it was carried out here, so that what comes later is not stored any more. */
import type { Migration } from '#platform/store/database.ts'

export const purgeMigrations: readonly Migration[] = [
  { id: '0006-erased', statements: ['alter table procedures.moves add column if not exists erased_at timestamptz'] },
]
