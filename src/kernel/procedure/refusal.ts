/** Grounds of a refusal: which a step offers, what must be so before one may be used, and who may read what was said. */
import { type Guard, type ProcedureDef, REFUSAL_FIELDS, type RefusalGround, type TransitionDef } from './definition.ts'
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

const REFUSAL: readonly string[] = Object.values(REFUSAL_FIELDS)

export function isOfRefusal(field: string): boolean {
  return REFUSAL.includes(field)
}

/**
 * Whether a desk in these roles may read ground and reasons of a refusal: the one answer for pages, messages and documents. The fields are the same in every
 * refusal of a procedure: whoever may not read one of them reads none.
 */
export function mayReadRefusals(definition: Pick<ProcedureDef, 'roles' | 'transitions'>, roles: readonly string[]): boolean {
  const everyone = Object.keys(definition.roles)
  return definition.transitions.every(
    ({ refuses, refusalAudience = everyone }) => refuses === undefined || refusalAudience.some((role) => roles.includes(role)),
  )
}

/** Roles that may read refusals each by itself. */
export function refusalReaders(definition: Pick<ProcedureDef, 'roles' | 'transitions'>): readonly string[] {
  return Object.keys(definition.roles).filter((role) => mayReadRefusals(definition, [role]))
}
