/**
 * Whether a transfer of personal data to a third country was authorised for a case: a case of PR-24 linked to it has passed its gate, and the authorisation
 * of another state where one is needed. One that was closed after a denial, or given up, opens nothing.
 */
import { sql } from 'kysely'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { CaseRow } from './case-row.ts'

const AUTHORISED: readonly string[] = ['gateChecked', 'authorised', 'transferred', 'documented', 'onwardAsked']

export async function isTransferAuthorised({ tx }: Pick<WorkContext, 'tx'>, row: CaseRow): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from procedures.cases c
    where c.authority = ${row.authority} and c.definition = 'PR-24'
      and (c.parent = ${row.case_id} or c.case_id = ${row.parent ?? ''})
      and (c.state = any(${AUTHORISED}::text[])
        or (c.state = 'closed' and exists (select from procedures.moves m
          where m.authority = c.authority and m.case_id = c.case_id and m.to_state = 'documented')))`.execute(tx)
  return (rows[0]?.n ?? 0) > 0
}
