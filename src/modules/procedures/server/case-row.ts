/** Finding a case and its binding: what every function of the slice begins with. */
import { notFound } from '#platform/http/app-error.ts'
import type { ProcedureBinding } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { CaseRow } from './clocks.ts'
import type { ProcedureTables } from './tables.ts'

export interface Actor {
  readonly officer: string
  readonly officerName: string
  readonly desk: string
}

export interface CaseKey {
  readonly authority: string
  readonly caseId: string
}

export function bindingOf(services: NodeServices, definition: string): ProcedureBinding {
  const binding = services.procedures.get(definition)
  // The assembly checks every id a slice uses; a case of a definition that is gone is a defect of this node, not of the request.
  if (binding === undefined) throw new Error(`No slice declares the procedure ${definition}.`)
  return binding
}

/** The case, or the common 404 when it does not exist or is not visible. */
export async function caseRow(tx: Tx, key: CaseKey): Promise<CaseRow> {
  const row = await tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.cases')
    .selectAll()
    .where('authority', '=', key.authority)
    .where('case_id', '=', key.caseId)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}
