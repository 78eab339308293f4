/** Naming the desks of a role that has not got the case yet. A step of its own, so that every party knows; once the role has it, only the procedure addresses anew. */
import { NAME_PARTIES } from '#kernel/procedure/fold.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import { setParties } from '../contract.ts'
import { foldSteps, stepsOf } from './case-fold.ts'
import { lockCase, versionOf } from './case-row.ts'
import { resolveParties } from './parties.ts'
import { recordStep } from './record-step.ts'
import { partiesOf } from './show-case.ts'

export const setPartiesRoute = handle(setParties, async (input, context) => {
  const { facts, tx, services, clock } = context
  const row = await lockCase({ tx }, { authority: facts.authority, caseId: input.case })
  if (row.base === null) throw notFound()
  context.about({ kind: 'case', id: row.case_id })
  const steps = (await stepsOf(tx, [row])).get(row.case_id) ?? []
  const fold = foldSteps(services, row, steps)
  const { definition } = versionOf(services, row.definition, fold.version)
  const { opener = '' } = definition
  if (row.role !== opener || input.role === opener || !row.is_open)
    throw new AppError(409, 'procedures.refused', 'Only the desk that opened the case names the others, while it is open.')
  if ((fold.parties[input.role] ?? []).some(({ desk }) => fold.reached.includes(desk)))
    throw new AppError(409, 'procedures.refused', 'This role has the case already: only a step can address it to another desk.')
  const named = resolveParties(seenBy(services.directory(), facts.authority), definition, { [input.role]: input.desks })
  const recorded = await recordStep({ tx, services }, row, {
    steps,
    step: {
      transition: NAME_PARTIES,
      role: opener,
      actor: { officer: facts.officer, officerName: facts.officerName, desk: row.party },
      at: clock.now(),
      fields: { role: input.role, parties: named[input.role] ?? [] },
      mirrored: false,
    },
  })
  return { parties: [...partiesOf(context, recorded.fold, row.party)] }
})
