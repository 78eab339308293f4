/** Finding a case and its definition: what every function of the slice begins with. */
import type { Selectable } from 'kysely'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { notFound } from '#platform/http/app-error.ts'
import type { ProcedureBinding, WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { CaseTable, ProcedureTables } from './tables.ts'

export type CaseRow = Selectable<CaseTable>

export interface Actor {
  readonly officer: string
  readonly officerName: string
  readonly desk: string
  readonly isSupervisor?: boolean
}

export interface CaseKey {
  readonly authority: string
  readonly caseId: string
}

/** The binding of the version a case runs on. */
export function bindingOf(
  services: Pick<NodeServices, 'procedures'>,
  row: Pick<CaseRow, 'definition' | 'definition_version'>,
): ProcedureBinding {
  return versionOf(services, row.definition, row.definition_version)
}

export function versionOf(services: Pick<NodeServices, 'procedures'>, id: string, version: string): ProcedureBinding {
  const binding = services.procedures.of(id, version)
  // Every version a case ever ran on is kept (`load-procedures.ts`); one that is gone is a defect of this node, not of the request.
  if (binding === undefined) throw new Error(`The node does not know ${id} in the version ${version}.`)
  return binding
}

/** The wording in force. */
export function currentOf(services: Pick<NodeServices, 'procedures'>, id: string): ProcedureBinding {
  const binding = services.procedures.current(id)
  if (binding === undefined) throw new Error(`Nobody declares the procedure ${id}.`)
  return binding
}

export function definitionOf(services: Pick<NodeServices, 'procedures'>, row: CaseRow): ProcedureDef {
  return bindingOf(services, row).definition
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

/** The same, held against every other step until the transaction ends. */
export async function lockCase(work: Pick<WorkContext, 'tx'>, key: CaseKey): Promise<CaseRow> {
  const row = await work.tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.cases')
    .selectAll()
    .where('authority', '=', key.authority)
    .where('case_id', '=', key.caseId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}
