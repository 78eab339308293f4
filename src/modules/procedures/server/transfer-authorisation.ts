/** Whether a transfer of personal data to a third country was authorised for a case: a case of PR-24 linked to it stands in a state that says so. */
import { sql } from 'kysely'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { CaseRow } from './case-row.ts'

const AUTHORISED: readonly string[] = ['authorised', 'transferred', 'documented', 'closed']

export async function isTransferAuthorised({ tx }: Pick<WorkContext, 'tx'>, row: CaseRow): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from procedures.cases
    where authority = ${row.authority} and definition = 'PR-24' and state = any(${AUTHORISED}::text[])
      and (parent = ${row.case_id} or case_id = ${row.parent ?? ''})`.execute(tx)
  return (rows[0]?.n ?? 0) > 0
}
