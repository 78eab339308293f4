/** A person takes a step of a case that runs by its data alone. */

import type { RoleDef, TransitionDef } from '#kernel/procedure/definition.ts'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import { takeStep } from '../contract.ts'
import { caseRow, versionOf } from './case-row.ts'
import { clearDraft } from './drafts.ts'
import { partyOf } from './parties.ts'
import { transition } from './transition.ts'

export const takeStepRoute = handle(takeStep, async (input, context) => {
  const { facts, tx, services, clock } = context
  const row = await caseRow(tx, { authority: facts.authority, caseId: input.case })
  if (row.base === null) throw notFound()
  context.about({ kind: 'case', id: row.case_id })
  await requireSealing(tx, clock.now())
  const { definition } = versionOf(services, row.definition, row.definition_version)
  const step = definition.transitions.find(({ id }) => id === input.transition)
  const work = { tx, services }
  const result = await transition(work, {
    authority: facts.authority,
    caseId: row.case_id,
    transition: input.transition,
    actor: {
      officer: facts.officer,
      officerName: facts.officerName,
      desk: row.party,
      isSupervisor: facts.roles.includes('supervisor'),
    },
    facts: {},
    fields: input.fields,
    added: step === undefined ? {} : addressed(context, { step, roles: definition.roles, fields: input.fields }),
    version: input.version,
    key: input.key,
  })
  await clearDraft(work, row, input.transition)
  return result
})

/** The desk that a step names for a role, as this node's directory has it: recorded beside the field, so that every node folds the same party. */
function addressed(
  context: CaseContext,
  at: {
    readonly step: TransitionDef
    readonly roles: Readonly<Record<string, RoleDef>>
    readonly fields: Readonly<Record<string, unknown>>
  },
): Record<string, unknown> {
  const directory = seenBy(context.services.directory(), context.facts.authority)
  return Object.fromEntries(
    at.step.effects.flatMap((effect) => {
      if (effect.kind !== 'address' || typeof at.fields[effect.field] !== 'string') return []
      const role = at.roles[effect.role]
      const party = role === undefined ? undefined : partyOf(directory, role, String(at.fields[effect.field]))
      if (party === undefined) throw new AppError(422, 'procedures.party', `${role?.title ?? effect.role}: this desk cannot fill the role.`)
      return [[`${effect.field}.party`, party]]
    }),
  )
}
