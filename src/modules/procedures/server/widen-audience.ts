/** Lets further desks see a case: the backup desk after an escalation. Background work only; nobody widens an audience from a screen. */
import { sql } from 'kysely'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { CaseKey } from './case-row.ts'

const TABLES = ['procedures.cases', 'procedures.moves', 'procedures.clocks', 'procedures.rungs', 'procedures.drafts'] as const

export async function widenAudience(work: WorkContext, key: CaseKey & { readonly desk: string }): Promise<void> {
  for (const table of TABLES)
    await sql`update ${sql.table(table)} set audience = array_append(audience, ${key.desk})
      where authority = ${key.authority} and case_id = ${key.caseId} and not audience @> array[${key.desk}]`.execute(work.tx)
}
