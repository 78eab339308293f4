/** Who may yet become a party of a case: a desk may speak of it before the step that brings it in has come here. */
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { CaseFold } from '#kernel/procedure/fold.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { partyOf } from './parties.ts'

/** Roles that a step gives to the desk it names. */
export function addressedBy({ transitions }: ProcedureDef, transition: string): readonly string[] {
  const effects = transitions.find(({ id }) => id === transition)?.effects ?? []
  return effects.flatMap((effect) => (effect.kind === 'address' ? [effect.role] : []))
}

export function couldFill(
  work: WorkContext,
  { roles }: ProcedureDef,
  { role, desk }: { readonly role: string; readonly desk: string },
): boolean {
  const asked = roles[role]
  return asked !== undefined && partyOf(work.services.directory(), asked, desk) !== undefined
}

/** The desk could fill the role, and a step may give the role to another desk than the one that has it, or nobody has it yet. */
export function mayBeBroughtIn(
  work: WorkContext,
  { definition, fold }: { readonly definition: ProcedureDef; readonly fold: Pick<CaseFold, 'parties' | 'reached'> },
  { role, desk }: { readonly role: string; readonly desk: string },
): boolean {
  const isVacant = !(fold.parties[role] ?? []).some((party) => fold.reached.includes(party.desk))
  const mayChange = isVacant || definition.transitions.some(({ id }) => addressedBy(definition, id).includes(role))
  return mayChange && couldFill(work, definition, { role, desk })
}
