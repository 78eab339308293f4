/** The words of a procedure: they come from its definition, in the version the case runs on, and are no message keys. */
import { type FieldDef, type ProcedureDef, REFUSAL_FIELDS } from '#kernel/procedure/definition.ts'
import { formOf } from '#kernel/procedure/form.ts'
import type { ControlField } from '#web/kit/procedure-form/form-model.ts'
import type { FormTexts } from '#web/kit/procedure-form/form-setting.ts'
import { t } from './text.ts'

export function textsOf(definition: ProcedureDef): FormTexts {
  const roles = Object.keys(definition.roles)
  return {
    field: ({ title }) => title,
    code: (field, code) => codeTitle(definition, field, code),
    section: (id) => definition.sections?.find((section) => section.id === id)?.title ?? id,
    note: ({ audience }) =>
      audience === undefined || roles.every((role) => audience.includes(role))
        ? undefined
        : t('form.seenBy', { roles: audience.map((role) => roleTitle(definition, role)).join(', ') }),
  }
}

export function codeTitle(definition: ProcedureDef, field: Pick<ControlField, 'id' | 'codeList'>, code: string): string {
  if (field.id === REFUSAL_FIELDS.ground) return definition.refusalGrounds.find((ground) => ground.code === code)?.text ?? code
  const list = field.codeList === undefined ? undefined : definition.codeLists?.[field.codeList]
  return list?.find((each) => each.code === code)?.title ?? code
}

export function roleTitle(definition: ProcedureDef, role: string): string {
  return definition.roles[role]?.title ?? role
}

export function stateTitle(definition: ProcedureDef, state: string): string {
  return definition.states.find(({ id }) => id === state)?.title ?? state
}

/** Every field a case of the procedure can hold: its own, and those that refusals ask for. */
export function everyField(definition: ProcedureDef): readonly FieldDef[] {
  const own = new Set(definition.fields.map(({ id }) => id))
  const more = new Map(
    definition.transitions
      .flatMap((transition) => formOf(definition, transition))
      .flatMap(({ field }) => (own.has(field.id) ? [] : [[field.id, field] as const])),
  )
  return [...definition.fields, ...more.values()]
}
