/** Cases derived from their steps as they stand in the store. Many cases cost two queries, not two each. */
import { sql } from 'kysely'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { baseOf, type CaseBase, type CaseFold, foldCase, type TakenStep } from '#kernel/procedure/fold.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { type CaseRow, versionOf } from './case-row.ts'
import { type CaseOf, ofCases } from './of-cases.ts'

type Procedures = Pick<NodeServices, 'procedures'>

/** What of a case its steps are folded onto. */
export type FoldedRow = Pick<CaseRow, 'definition' | 'definition_version' | 'base'>

export interface StoredStep extends TakenStep {
  readonly seq: number
  readonly officerName?: string
}

interface StepRow {
  readonly authority: string
  readonly case_id: string
  readonly seq: number
  readonly step: string
  readonly ord: number
  readonly at: Date
  readonly transition: string
  readonly role: string | null
  readonly officer: string | null
  readonly officer_name: string | null
  readonly desk: string | null
  readonly fields: Record<string, unknown>
}

/** Steps of each case, in the order they were recorded here. */
export async function stepsOf(tx: Tx, rows: readonly CaseOf[]): Promise<ReadonlyMap<string, readonly StoredStep[]>> {
  const found = new Map<string, StoredStep[]>()
  if (rows.length === 0) return found
  const { rows: steps } = await sql<StepRow>`
    select m.* from ${ofCases(rows)} cross join lateral (
      select authority, case_id, seq, step, ord, at, transition, role, officer, officer_name, desk, fields from procedures.moves
      where authority = c.authority and case_id = c.case_id order by seq offset 0) m`.execute(tx)
  for (const row of steps) {
    const own = found.get(row.case_id) ?? []
    own.push({
      id: row.step,
      seq: row.seq,
      order: row.ord,
      at: row.at.getTime(),
      transition: row.transition,
      role: row.role,
      fields: row.fields,
      ...(row.officer === null ? {} : { officer: row.officer }),
      ...(row.officer_name === null ? {} : { officerName: row.officer_name }),
      ...(row.desk === null ? {} : { desk: row.desk }),
    })
    found.set(row.case_id, own)
  }
  return found
}

export function foldSteps(services: Procedures, row: FoldedRow, steps: readonly TakenStep[]): CaseFold {
  return foldCase((version) => versionOf(services, row.definition, version).definition, baseOfRow(services, row), steps)
}

export function baseOfRow(services: Procedures, row: FoldedRow): CaseBase {
  return row.base ?? baseOf(versionOf(services, row.definition, row.definition_version).definition)
}

export async function foldOf(tx: Tx, services: Procedures, row: CaseOf & FoldedRow): Promise<CaseFold> {
  return foldSteps(services, row, (await stepsOf(tx, [row])).get(row.case_id) ?? [])
}

export async function foldsOf(tx: Tx, services: Procedures, rows: readonly CaseRow[]): Promise<ReadonlyMap<string, CaseFold>> {
  const steps = await stepsOf(tx, rows)
  return new Map(rows.map((row) => [row.case_id, foldSteps(services, row, steps.get(row.case_id) ?? [])]))
}

/** Roles that this row's desk fills now. Where a slice knows the parties: the one role of the row. */
export function rolesOf(row: Pick<CaseRow, 'base' | 'role' | 'party'>, fold: Pick<CaseFold, 'parties'>): readonly string[] {
  if (row.base === null) return [row.role]
  return Object.entries(fold.parties).flatMap(([role, parties]) => (parties.some(({ desk }) => desk === row.party) ? [role] : []))
}

/** Whether a desk in these roles still has part in the case, and whether it is its turn. */
export function standingOf(definition: ProcedureDef, state: string, roles: readonly string[]): { isOpen: boolean; ownTurn: boolean } {
  const { terminal, waitsFor } = definition.states.find(({ id }) => id === state) ?? {}
  const isOpen = terminal !== true && roles.length > 0
  return { isOpen, ownTurn: isOpen && waitsFor !== undefined && roles.includes(waitsFor) }
}
