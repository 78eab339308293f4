/** Lets further desks see cases: the backup desk after an escalation. Background work only; nobody widens an audience from a screen. */
import { sql } from 'kysely'
import type { WorkContext } from '#platform/module/define-module.ts'
import { DOCUMENT_TABLES } from '../document-migration.ts'
import type { CaseKey, CaseRow } from './case-row.ts'
import { shareKeys } from './cross-check-index.ts'
import { writeNotices } from './write-notices.ts'

/** What an officer reads or writes of a case; rungs are read by background work alone. */
const TABLES = ['cases', 'moves', 'clocks', 'drafts', ...DOCUMENT_TABLES]

/** For a slice that escalates by itself: the desk also gets a notice. */
export async function widenAudience(work: WorkContext, key: CaseKey & { readonly desk: string }): Promise<void> {
  const row = { authority: key.authority, case_id: key.caseId }
  await widenAudiences(work, { desk: key.desk, rows: [row] })
  await writeNotices(work, [{ row, desk: key.desk, topic: 'escalated' }])
}

export async function widenAudiences(
  work: WorkContext,
  widened: { readonly desk: string; readonly rows: readonly Pick<CaseRow, 'authority' | 'case_id'>[] },
): Promise<void> {
  const { desk, rows } = widened
  for (const table of TABLES)
    await sql`update ${sql.table(`procedures.${table}`)} t set audience = array_append(t.audience, ${desk})
      from (select distinct authority, case_id from unnest(${rows.map((row) => row.authority)}::text[], ${rows.map((row) => row.case_id)}::text[])
        as u(authority, case_id)) as c
      where t.authority = c.authority and t.case_id = c.case_id and not t.audience @> array[${desk}]`.execute(work.tx)
  await shareKeys(work, widened)
}
