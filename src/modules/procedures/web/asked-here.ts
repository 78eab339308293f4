/**
 * Fields that a step asks for on the screen: those whose condition is known to hold, and those of which only the node knows that it holds. The node says
 * so by missing them; such a field stays once it was asked for, else it would go while it is being filled.
 */
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { evaluate, type Facts } from '#kernel/procedure/expression.ts'
import { type AskedField, formOf } from '#kernel/procedure/form.ts'
import type { Problem } from '#kernel/result/problem.ts'
import { MISSING } from '#web/kit/procedure-form/form-model.ts'

export interface AskHere {
  readonly definition: ProcedureDef
  readonly step: string
  readonly facts: Facts
  /** Fields the node missed since the form was opened. */
  readonly missed: ReadonlySet<string>
}

export function askedHere({ definition, step, facts, missed }: AskHere): readonly AskedField[] {
  const transition = definition.transitions.find(({ id }) => id === step)
  if (transition === undefined) return []
  return formOf(definition, transition).flatMap(({ field, shown, required }): readonly AskedField[] => {
    const isShown = shown === undefined ? true : evaluate(shown, facts)
    const isRequired = typeof required === 'boolean' ? required : evaluate(required, facts)
    const byNode = missed.has(field.id)
    if (isShown === false || (isShown === 'unknown' && !byNode)) return []
    return [{ field, isRequired: isRequired === 'unknown' ? byNode : isRequired }]
  })
}

/** The same set when nothing is new: what hangs on it is not drawn again. */
export function withMissed(missed: ReadonlySet<string>, problems: readonly Problem[]): ReadonlySet<string> {
  const fresh = problems.flatMap(({ code, at }) => (code === MISSING && !missed.has(at) ? [at] : []))
  return fresh.length === 0 ? missed : new Set([...missed, ...fresh])
}
