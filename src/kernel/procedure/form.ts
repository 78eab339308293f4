/** What a step asks for now: the fields of its form that are shown, and which of them must be filled, given what is filled already. */
import type { Expr, FieldDef, FormEntry, ProcedureDef } from './definition.ts'
import { evaluate, type Facts } from './expression.ts'

export interface AskedField {
  readonly field: FieldDef
  readonly isRequired: boolean
}

export function askedFields(definition: ProcedureDef, transition: string, facts: Facts): readonly AskedField[] {
  const form = definition.transitions.find((each) => each.id === transition)?.form ?? []
  return form.flatMap((entry) => {
    const field = definition.fields.find((each) => each.id === entry.field)
    if (field === undefined || (entry.shown !== undefined && evaluate(entry.shown, facts) !== true)) return []
    return [{ field, isRequired: isRequired(entry, facts) }]
  })
}

/** A condition that is not known to hold asks for nothing. */
export function isRequired(entry: FormEntry, facts: Facts): boolean {
  const { required }: { required: boolean | Expr } = entry
  return typeof required === 'boolean' ? required : evaluate(required, facts) === true
}
