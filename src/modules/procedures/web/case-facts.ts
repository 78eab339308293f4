/**
 * Facts of a case as far as the screen knows them, for the conditions of its forms. What the screen does not know (what a slice adds) stays unknown and asks for nothing; the node, which knows all, says with the draft what is missing.
 */
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { Fact, Facts } from '#kernel/procedure/expression.ts'
import { factsOfValue } from '#kernel/procedure/facts.ts'
import type { Values } from '#web/kit/procedure-form/form-model.ts'
import type { CaseOnScreen } from '../contract.ts'

export interface ScreenWorld {
  readonly definition: ProcedureDef
  readonly view: Pick<CaseOnScreen, 'state' | 'values' | 'history' | 'parties'>
  readonly now: number
  readonly isSupervisor: boolean
}

export function factsOnScreen({ definition, view, now, isSupervisor }: ScreenWorld, typed: Values): Facts {
  const facts: Record<string, Fact | undefined> = { state: view.state, 'actor.isSupervisor': isSupervisor }
  for (const [id, value] of Object.entries({ ...view.values, ...typed })) Object.assign(facts, factsOfValue(id, value, now))
  for (const { transition, overtaken } of view.history) if (!overtaken) facts[`done.${transition}`] = true
  for (const role of Object.keys(definition.roles)) {
    const first = view.parties.find((party) => party.role === role)
    facts[`party.${role}`] = first !== undefined
    if (first === undefined) continue
    const { country, kind, realm } = first
    Object.assign(facts, { [`party.${role}.country`]: country, [`party.${role}.kind`]: kind, [`party.${role}.realm`]: realm })
  }
  return facts
}
