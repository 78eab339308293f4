/** What a step asks for now: the fields of its form that are shown, and which of them must be filled, given what is filled already. */
import { type FieldDef, type ProcedureDef, REFUSAL_FIELDS, type TransitionDef } from './definition.ts'
import { type Expr, evaluate, type Facts } from './expression.ts'
import { openGrounds, refusalReaders } from './refusal.ts'

export interface FormField {
  readonly field: FieldDef
  /** The step itself asks for it: what an earlier step stored does not answer it. A field of a section may stand as it is stored. */
  readonly isOwn: boolean
  readonly required: boolean | Expr
  readonly shown?: Expr
}

export interface AskedField {
  readonly field: FieldDef
  readonly isRequired: boolean
}

/** Every field a step can ever ask for, sections spelled out, in order. */
export function formOf(definition: ProcedureDef, transition: TransitionDef): readonly FormField[] {
  const fields = (transition.form ?? []).flatMap((entry): FormField[] => {
    if ('section' in entry) return definition.fields.filter((field) => field.section === entry.section).map((field) => asked(field))
    const field = definition.fields.find((each) => each.id === entry.field)
    return field === undefined ? [] : [{ ...asked(field, entry), isOwn: true }]
  })
  return [...fields, ...refusalForm(definition, transition)]
}

export function askedFields(definition: ProcedureDef, transition: string, facts: Facts): readonly AskedField[] {
  const step = definition.transitions.find((each) => each.id === transition)
  if (step === undefined) return []
  return formOf(definition, step)
    .filter(({ shown }) => shown === undefined || evaluate(shown, facts) === true)
    .map((entry) => ({ field: entry.field, isRequired: isRequired(entry, facts) }))
}

/** A condition that is not known to hold asks for nothing. */
export function isRequired(entry: { readonly required: boolean | Expr }, facts: Facts): boolean {
  return typeof entry.required === 'boolean' ? entry.required : evaluate(entry.required, facts) === true
}

function asked(field: FieldDef, entry: { readonly required?: boolean | Expr; readonly shown?: Expr } = {}): FormField {
  const shown = entry.shown ?? field.shown
  return { field, isOwn: false, required: entry.required ?? field.required ?? false, ...(shown === undefined ? {} : { shown }) }
}

function refusalForm(definition: ProcedureDef, transition: TransitionDef): readonly FormField[] {
  if (transition.refuses === undefined) return []
  const grounds = openGrounds(definition, transition)
  const audience = refusalReaders(definition)
  const doubtful: Expr = {
    any: grounds.flatMap(({ code, doubtfulIf }) =>
      doubtfulIf === undefined ? [] : [{ all: [{ fact: REFUSAL_FIELDS.ground, is: code }, doubtfulIf.expr] }],
    ),
  }
  return [
    {
      field: { id: REFUSAL_FIELDS.ground, title: 'Ground', type: 'code', codes: grounds.map(({ code }) => code), audience },
      required: true,
      isOwn: true,
    },
    { field: { id: REFUSAL_FIELDS.reasons, title: 'Reasons', type: 'long-text', maxLength: 8000, audience }, required: true, isOwn: true },
    {
      field: {
        id: REFUSAL_FIELDS.justification,
        title: 'Why this ground applies all the same',
        type: 'long-text',
        maxLength: 4000,
        audience,
      },
      required: doubtful,
      shown: doubtful,
      isOwn: true,
    },
  ]
}
