/** Lets further desks see cases: the backup desk after an escalation. Background work only; nobody widens an audience from a screen. */
import { type RawBuilder, sql } from 'kysely'
import type { WorkContext } from '#platform/module/define-module.ts'
import { DOCUMENT_TABLES } from '../document-migration.ts'
import type { CaseKey, CaseRow } from './case-row.ts'
import { shareKeys } from './cross-check-index.ts'
import { ofFewCases } from './of-cases.ts'
import { writeNotices } from './write-notices.ts'

/** What an officer reads or writes of a case besides the case itself and its clocks. */
const TABLES = ['moves', 'drafts', ...DOCUMENT_TABLES]

/** For a slice that escalates by itself: the desk also gets a notice. */
export async function widenAudience(work: WorkContext, key: CaseKey & { readonly desk: string }): Promise<void> {
  const row = { authority: key.authority, case_id: key.caseId }
  await widenAudiences(work, { desk: key.desk, rows: [row] })
  await sql`${widen('clocks', { of: 'procedures.cases', desk: key.desk })} and c.authority = ${key.authority} and c.case_id = ${key.caseId}`.execute(
    work.tx,
  )
  await writeNotices(work, [{ authority: key.authority, cases: [{ id: key.caseId }], said: [{ desk: key.desk, topic: 'escalated' }] }])
}

/** Clocks apart: a sweep writes them anyway (`scheduleClocks`). */
export async function widenAudiences(
  work: WorkContext,
  widened: { readonly desk: string; readonly rows: readonly Pick<CaseRow, 'authority' | 'case_id'>[] },
): Promise<void> {
  const { desk, rows } = widened
  const of = (table: string) => widen(table, { of: 'held', desk })
  await sql`with held as materialized (select * from ${ofFewCases(rows)}),
      let_in as (${of('cases')} returning t.authority, t.case_id, t.is_open, t.own_turn, t.is_suspended, t.due_key, t.audience),
      shared_before as (${widen('shared_cases', { of: 'let_in', desk })} and cardinality(c.audience) > 2),
      ${sql.join(TABLES.map((table) => sql`${sql.ref(`${table}_widened`)} as (${of(table)})`))}
    insert into procedures.shared_cases (authority, case_id, desk, is_open, own_turn, is_suspended, due_key, audience)
    select authority, case_id, ${desk}, is_open, own_turn, is_suspended, due_key, audience from let_in`.execute(work.tx)
  await shareKeys(work, widened)
}

function widen(table: string, { of, desk }: { readonly of: string; readonly desk: string }): RawBuilder<unknown> {
  return sql`update ${sql.table(`procedures.${table}`)} t set audience = array_append(t.audience, ${desk})
    from ${sql.table(of)} c where t.authority = c.authority and t.case_id = c.case_id and not t.audience @> array[${desk}]`
}
