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

/**
 * The same where it is joined to what is written, which stands in no lateral part. Of lists that come out of a `select` the store expects a few rows: it looks
 * each up by the key in a table that is large, and reads one that is small, or empty, whole.
 */
export function ofFewCases(rows: readonly CaseOf[]): RawBuilder<unknown> {
  return sql`unnest((select ${rows.map((row) => row.authority)}::text[]), (select ${rows.map((row) => row.case_id)}::text[])) as c(authority, case_id)`
}
