/** Lets further desks see cases: the backup desk after an escalation. Background work only; nobody widens an audience from a screen. */
import { sql } from 'kysely'
import type { WorkContext } from '#platform/module/define-module.ts'
import { DOCUMENT_TABLES } from '../document-migration.ts'
import type { CaseKey, CaseRow } from './case-row.ts'
import { shareKeys } from './cross-check-index.ts'
import { ofCases } from './of-cases.ts'
import { writeNotices } from './write-notices.ts'

/** What an officer reads or writes of a case besides the case itself. */
const TABLES = ['moves', 'clocks', 'drafts', ...DOCUMENT_TABLES]

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
  const widen = (
    table: string,
    of: string,
  ) => sql`update ${sql.table(`procedures.${table}`)} t set audience = array_append(t.audience, ${desk})
    from ${sql.table(of)} c where t.authority = c.authority and t.case_id = c.case_id and not t.audience @> array[${desk}]`
  // By way of the cases, of which the store expects few: every other table is then looked up by the key, whatever its size.
  await sql`with held as materialized (select k.authority, k.case_id from (select distinct authority, case_id from ${ofCases(rows)}) as c
        join procedures.cases k on k.authority = c.authority and k.case_id = c.case_id),
      let_in as (${widen('cases', 'held')} returning t.authority, t.case_id, t.is_open, t.own_turn, t.is_suspended, t.due_key, t.audience),
      shared_before as (${widen('shared_cases', 'let_in')} and cardinality(c.audience) > 2),
      ${sql.join(TABLES.map((table) => sql`${sql.ref(`${table}_widened`)} as (${widen(table, 'held')})`))}
    insert into procedures.shared_cases (authority, case_id, desk, is_open, own_turn, is_suspended, due_key, audience)
    select authority, case_id, ${desk}, is_open, own_turn, is_suspended, due_key, audience from let_in`.execute(work.tx)
  await shareKeys(work, widened)
}
