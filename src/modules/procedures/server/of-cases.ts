/**
 * Rows of many cases in one statement. The store looks up case by case by the key, also where its statistics would have it read a whole table: `offset 0`
 * in the lateral part keeps the two apart. What a batch costs then does not depend on how many cases there are.
 */
import { type RawBuilder, sql } from 'kysely'
import type { CaseRow } from './case-row.ts'

export type CaseOf = Pick<CaseRow, 'authority' | 'case_id'>

/** `c(authority, case_id)`, to stand in `from`. */
export function ofCases(rows: readonly CaseOf[]): RawBuilder<unknown> {
  return sql`unnest(${rows.map((row) => row.authority)}::text[], ${rows.map((row) => row.case_id)}::text[]) as c(authority, case_id)`
}
