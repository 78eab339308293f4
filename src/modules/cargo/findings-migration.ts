/** What was found can be taken back by who recorded it: an outcome that is corrected says nothing of the place and the route any more. */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'

export const findingsMigration: Migration = {
  id: '0012-findings',
  statements: protect({ table: 'cargo.findings', officer: 'select-insert-delete', purpose: true, index: false }),
}
