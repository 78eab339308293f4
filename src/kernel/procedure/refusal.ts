/** Grounds of a refusal: which a step offers, and what must be so before one may be used. */
import type { Guard, ProcedureDef, RefusalGround, TransitionDef } from './definition.ts'
import { evaluate, type Facts } from './expression.ts'

export function openGrounds(definition: ProcedureDef, transition: TransitionDef): readonly RefusalGround[] {
  const { refuses } = transition
  if (refuses === undefined) return []
  return refuses.length === 0 ? definition.refusalGrounds : definition.refusalGrounds.filter(({ code }) => refuses.includes(code))
}

/** Why the chosen ground may not be used now; undefined when it may. `facts` include `done.<step>` for the consultation. */
export function refusalBar(definition: ProcedureDef, ground: RefusalGround, facts: Facts): Pick<Guard, 'because' | 'basis'> | undefined {
  if (ground.notFor !== undefined && evaluate(ground.notFor, facts) !== false)
    return { because: 'This ground may not be used here.', basis: ground.basis }
  if (ground.consultFirst === true) {
    const consultations = definition.transitions.filter((each) => each.consults === true)
    if (!consultations.some(({ id }) => facts[`done.${id}`] === true))
      return { because: 'This ground needs a consultation first.', basis: ground.basis }
  }
  return undefined
}
