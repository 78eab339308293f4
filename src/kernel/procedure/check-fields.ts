/** Checks of the fields and refusal grounds of a definition: an audience for every field, no personal field for a private partner, a basis for every ground. */
import type { Problem } from '#kernel/result/problem.ts'
import { type FieldDef, type ProcedureDef, REFUSAL_FIELDS } from './definition.ts'

/** Realm of private parties: vetted partners and providers. */
const PRIVATE = 'partner'

export function checkFields(definition: ProcedureDef): Problem[] {
  return definition.fields.flatMap((field) => checkField(definition, field))
}

function checkField(definition: ProcedureDef, field: FieldDef): Problem[] {
  const problems: Problem[] = []
  const add = (code: string, message: string) => problems.push({ code, at: `fields.${field.id}`, message })
  if (definition.fields.filter(({ id }) => id === field.id).length > 1) add('field.twice', 'Occurs twice.')
  if (!/^[a-zA-Z][a-zA-Z0-9-]*$/.test(field.id) || Object.values<string>(REFUSAL_FIELDS).includes(field.id))
    add('field.id', 'Is not an id that a field may have.')
  const isPersonal = field.personal === true || field.of?.some((part) => part.personal === true) === true
  if (field.audience.length === 0) add('field.audience', 'Nobody may see it.')
  for (const role of field.audience)
    if (definition.roles[role] === undefined && role !== 'oversight') add('field.audience', `Is for the unknown role ${role}.`)
  for (const role of field.audience)
    if (isPersonal && field.partnerBasis === undefined && definition.roles[role]?.realms.every((realm) => realm === PRIVATE) === true)
      add('field.personal', `Personal data for the private role ${role}, and no text that orders it.`)
  if (field.section !== undefined && !(definition.sections ?? []).some(({ id }) => id === field.section))
    add('field.section', `Stands in the unknown section ${field.section}.`)
  if (field.codeList !== undefined && definition.codeLists?.[field.codeList] === undefined)
    add('field.codes', `Uses the unknown code list ${field.codeList}.`)
  const isCoded = field.type === 'code' || field.type === 'codes'
  if (isCoded && field.codeList === undefined && (field.codes ?? []).length === 0) add('field.codes', 'A code field without codes.')
  if (field.type === 'list' && (field.of ?? []).length === 0) add('field.of', 'A list without fields.')
  return problems
}

export function checkGrounds(definition: ProcedureDef): Problem[] {
  const consults = definition.transitions.some((each) => each.consults === true)
  return definition.refusalGrounds.flatMap((ground): Problem[] => {
    const at = `refusalGrounds.${ground.code}`
    return [
      ...(ground.basis.act === '' ? [{ code: 'ground.basis', at, message: 'Has no basis.' }] : []),
      ...(ground.consultFirst === true && !consults
        ? [{ code: 'ground.consult', at, message: 'Needs a consultation, and no step is one.' }]
        : []),
    ]
  })
}
