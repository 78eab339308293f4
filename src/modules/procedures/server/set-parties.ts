/** Naming the desks of a role while a case is still a draft: nobody else has it, so its base may change. Once it was sent, only a step addresses anew. */
import { AppError, notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import { setParties } from '../contract.ts'
import { baseOfRow, foldOf } from './case-fold.ts'
import { lockCase } from './case-row.ts'
import { resolveParties } from './parties.ts'
import { partiesOf } from './show-case.ts'
import type { ProcedureTables } from './tables.ts'

export const setPartiesRoute = handle(setParties, async (input, context) => {
  const { facts, tx, services } = context
  const row = await lockCase({ tx }, { authority: facts.authority, caseId: input.case })
  if (row.base === null) throw notFound()
  context.about({ kind: 'case', id: row.case_id })
  const fold = await foldOf(tx, services, row)
  if (fold.reached.some((desk) => desk !== row.party))
    throw new AppError(409, 'procedures.refused', 'The case was sent: only a step can address it to another desk.')
  const { definition } = services.procedures.of(row.definition, fold.version) ?? {}
  if (definition === undefined || input.role === definition.opener)
    throw new AppError(422, 'procedures.party', 'This role is filled by the desk that opened the case.')
  const named = resolveParties(seenBy(services.directory(), facts.authority), definition, { [input.role]: input.desks })
  const parties = { ...fold.parties, ...named }
  const base = { ...baseOfRow(services, row), parties: { ...row.base.parties, ...named } }
  await tx
    .withTables<ProcedureTables>()
    .updateTable('procedures.cases')
    .set({ base: JSON.stringify(base), parties: JSON.stringify(parties) })
    .where('authority', '=', row.authority)
    .where('case_id', '=', row.case_id)
    .execute()
  return { parties: [...partiesOf(context, { ...fold, parties }, row.party)] }
})
