/**
 * What a form knows of itself, without a screen: sections and how far each is, problems by field, and which values leave it.
 * Invariant: a value whose condition no longer holds is never sent; a value the case holds and the person cleared is sent as null.
 */
import type { FieldDef, ProcedureDef } from '#kernel/procedure/definition.ts'
import { checkValue, type FormatChecks, isEmpty } from '#kernel/procedure/field-value.ts'
import type { AskedField } from '#kernel/procedure/form.ts'
import type { Problem } from '#kernel/result/problem.ts'

export type Values = Readonly<Record<string, unknown>>
/** A field of the form, or one of the fields of an entry in a list. */
export type ControlField = Omit<FieldDef, 'audience' | 'section' | 'of'> & Pick<Partial<FieldDef>, 'audience' | 'section' | 'of'>

/** Fields of one section in the order they are asked; `id` is absent for fields that stand in none. */
export interface FormSection {
  readonly id?: string
  readonly fields: readonly AskedField[]
}

export const SECTION_STATUS = ['problems', 'started', 'complete', 'empty'] as const
export type SectionStatus = (typeof SECTION_STATUS)[number]

export function sectionsOf(asked: readonly AskedField[]): readonly FormSection[] {
  const sections = new Map<string | undefined, AskedField[]>()
  for (const each of asked) {
    const { section } = each.field
    const there = sections.get(section)
    if (there === undefined) sections.set(section, [each])
    else there.push(each)
  }
  return [...sections].map(([id, fields]) => ({ ...(id === undefined ? {} : { id }), fields }))
}

export function statusOf(section: FormSection, values: Values, problems: readonly Problem[]): SectionStatus {
  const given = section.fields.filter(({ field }) => !isEmpty(values[field.id]))
  const isWrong = (id: string): boolean => problems.some(({ at, code }) => code !== MISSING && isAt(at, id))
  if (section.fields.some(({ field }) => isWrong(field.id))) return 'problems'
  const lacks = section.fields.some(({ field, isRequired }) => isRequired && isEmpty(values[field.id]))
  // What is missing inside an entry of a list is known from its problem alone.
  const lacksInside = problems.some(({ at, code }) => code === MISSING && section.fields.some(({ field }) => at.startsWith(`${field.id}.`)))
  if (lacks || lacksInside) return given.length === 0 ? 'empty' : 'started'
  return given.length === 0 ? 'empty' : 'complete'
}

export const MISSING = 'field.missing'

/** `persons.2.name` is at `persons`. */
export function isAt(at: string, id: string): boolean {
  return at === id || at.startsWith(`${id}.`)
}

export interface CheckWorld {
  readonly formats: FormatChecks
  readonly codeLists?: ProcedureDef['codeLists']
}

/** Everything the browser can see to be wrong now; the node decides again. */
export function problemsOf(asked: readonly AskedField[], values: Values, world: CheckWorld): readonly Problem[] {
  return asked.flatMap(({ field, isRequired }): readonly Problem[] => {
    const value = values[field.id]
    if (!isEmpty(value)) return checkValue(field, value, { ...world, formats: lenient(world.formats) })
    return isRequired ? [{ code: MISSING, at: field.id, message: `${field.title}: needed for this step.` }] : []
  })
}

/** A format that only the node knows is left to the node. */
function lenient(formats: FormatChecks): FormatChecks {
  return new Proxy(formats, { get: (known, name) => known[String(name)] ?? (() => undefined) })
}

/**
 * What the node found wrong is shown as long as the value is the one it looked at; what both found is shown once. That something is missing hangs on the
 * other values too, and stands only while all are those the node looked at.
 */
export function mergeProblems(
  own: readonly Problem[],
  node: { readonly problems: readonly Problem[]; readonly of: Values },
  values: Values,
): readonly Problem[] {
  const isCurrent = [...new Set([...Object.keys(values), ...Object.keys(node.of)])].every((id) => isSame(values[id], node.of[id]))
  const stands = node.problems.filter(({ at, code }) => {
    const id = at.split('.')[0] ?? ''
    if (code === MISSING && !isCurrent) return false
    return isSame(values[id], node.of[id]) && !own.some((each) => each.at === at && (each.code === code || each.code.startsWith('field.')))
  })
  return [...own, ...stands]
}

export function isSame(a: unknown, b: unknown): boolean {
  return a === b || (isEmpty(a) && isEmpty(b)) || JSON.stringify(a) === JSON.stringify(b)
}

/** `held` is what the case holds already. */
export function sentFields(asked: readonly AskedField[], values: Values, held: Values = {}): Record<string, unknown> {
  const sent: Record<string, unknown> = {}
  for (const { field } of asked) {
    const value = values[field.id]
    if (!isEmpty(value)) sent[field.id] = value
    else if (!isEmpty(held[field.id])) sent[field.id] = null
  }
  return sent
}
