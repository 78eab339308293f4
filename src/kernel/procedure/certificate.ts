/**
 * A case as a document for one role: the sections and fields of the definition in their order, with the titles and code lists of the version that the
 * case is pinned to. Invariant: it is made by taking the fields whose audience names the role, never by hiding others; what is not for the role is in no
 * byte of it, neither value nor title. The same case at the same point gives the same bytes on every node that holds those fields.
 * Source of the principle: the form of the European Production Order Certificate, whose Section M is not transmitted to the addressee
 * (Regulation (EU) 2023/1543, Annex I).
 */
import { canonicalJson, type Json } from '#kernel/seal/canonical-json.ts'
import { type FieldDef, type LegalRef, type ProcedureDef, REFUSAL_FIELDS } from './definition.ts'
import { isEmpty } from './field-value.ts'
import { formOf } from './form.ts'
import { isOfRefusal, mayReadRefusals, refusalReaders } from './refusal.ts'

export const CERTIFICATE_FORMAT = 'breakwater-certificate/1'

export interface CertificateField {
  readonly id: string
  /** Stable address of the value, `<section>/<field>`, in lists `<section>/<field>/<n>/<part>`: what a mapping onto an official schema names. */
  readonly path: string
  readonly title: string
  readonly type: string
  readonly state: 'given' | 'empty' | 'erased'
  readonly value?: Json
  /** What the codes of the value mean, in the words of the pinned version. */
  readonly text?: readonly string[]
  readonly entries?: readonly (readonly CertificateField[])[]
  readonly basis?: LegalRef
}

export interface CertificateSection {
  /** As the definition letters it; empty for fields that stand in no section. */
  readonly id: string
  readonly title: string
  readonly fields: readonly CertificateField[]
}

export interface Certificate {
  readonly format: typeof CERTIFICATE_FORMAT
  readonly procedure: { readonly id: string; readonly version: string; readonly title: string; readonly basis: readonly LegalRef[] }
  /** The same on every node of the case. */
  readonly case: string
  /** Number of the last step that it takes in. */
  readonly order: number
  readonly role: string
  /** The step whose form it is; absent when it is the case as a whole. */
  readonly form?: string
  readonly sections: readonly CertificateSection[]
}

export interface CertificateOf {
  readonly reference: string
  readonly order: number
  readonly values: Readonly<Record<string, unknown>>
  readonly purged: readonly string[]
  /** For whom it is made. */
  readonly role: string
  /** Roles of who makes it, when that is another: only what both may see is in it. */
  readonly by?: readonly string[]
  readonly form?: string
}

export function certificateOf(definition: ProcedureDef, of: CertificateOf): Certificate {
  const { id, version, title, basis } = definition
  const visible = visibleFields(definition, of)
  const printed = printedSections(definition, visible, of)
  const sections = [...(definition.sections ?? []), { id: '', title: '' }].map(
    (section): CertificateSection => ({
      ...section,
      fields: visible
        .filter((field) => (field.section ?? '') === section.id && (printed.has(section.id) || isTold(field, of) || of.form !== undefined))
        .map((field) => printField(definition, field, of)),
    }),
  )
  return {
    format: CERTIFICATE_FORMAT,
    procedure: { id, version, title, basis },
    case: of.reference,
    order: of.order,
    role: of.role,
    ...(of.form === undefined ? {} : { form: of.form }),
    sections: sections.filter(({ fields }) => fields.length > 0),
  }
}

/** The bytes that are signed, hashed and compared. */
export function certificateBytes(certificate: Certificate): string {
  return canonicalJson(certificate as unknown as Json)
}

/** True when whoever makes the certificate may see every field it could hold: then nothing is missing in it. */
export function seesAll(definition: ProcedureDef, by: readonly string[], role: string): boolean {
  return [...definition.fields, ...refusalFields(definition)].every(
    (field) => !isFor(definition, field, [role]) || isFor(definition, field, by),
  )
}

/** Forms of the procedure with something in them for the role: an official annex, an answer, a refusal. */
export function formsFor(
  definition: ProcedureDef,
  role: string,
): readonly { readonly id: string; readonly title: string; readonly official?: string }[] {
  return definition.transitions
    .filter((transition) => formOf(definition, transition).some(({ field }) => field.audience.includes(role)))
    .map(({ id, title, official }) => ({ id, title, ...(official === undefined ? {} : { official }) }))
}

/** In the order of the definition; of one form, the fields that its step asks for. */
function visibleFields(definition: ProcedureDef, { role, by = [role], form }: CertificateOf): readonly FieldDef[] {
  const step = definition.transitions.find(({ id }) => id === form)
  const asked = step === undefined ? undefined : new Set(formOf(definition, step).map(({ field }) => field.id))
  return [...definition.fields, ...refusalFields(definition)].filter(
    (field) => isFor(definition, field, [role]) && isFor(definition, field, by) && (form === undefined || asked?.has(field.id) === true),
  )
}

function isFor(definition: ProcedureDef, { id, audience }: FieldDef, roles: readonly string[]): boolean {
  return isOfRefusal(id) ? mayReadRefusals(definition, roles) : audience.some((each) => roles.includes(each))
}

/** Of a refusal, as `form.ts` asks for it. */
function refusalFields(definition: ProcedureDef): readonly FieldDef[] {
  if (definition.refusalGrounds.length === 0) return []
  const audience = refusalReaders(definition)
  return [
    { id: REFUSAL_FIELDS.ground, title: 'Ground', type: 'code', audience },
    { id: REFUSAL_FIELDS.reasons, title: 'Reasons', type: 'long-text', audience },
    { id: REFUSAL_FIELDS.justification, title: 'Why this ground applies all the same', type: 'long-text', audience },
  ]
}

/**
 * Sections of the case as a whole that are printed with all their fields: those of one form stand together, the empty ones too, as soon as one of them
 * says something. Decided by what the role may see alone, so what is not for it changes nothing.
 */
function printedSections(definition: ProcedureDef, visible: readonly FieldDef[], of: CertificateOf): ReadonlySet<string> {
  const told = new Set(visible.flatMap((field) => (field.section !== undefined && isTold(field, of) ? [field.section] : [])))
  const groups = definition.transitions.map(({ form = [] }) => form.flatMap((entry) => ('section' in entry ? [entry.section] : [])))
  return new Set([...told, ...groups.filter((group) => group.some((section) => told.has(section))).flat()])
}

function isTold({ id }: FieldDef, { values, purged }: CertificateOf): boolean {
  return !isEmpty(values[id]) || purged.includes(id)
}

type OneField = Omit<FieldDef, 'audience' | 'of'> & Pick<Partial<FieldDef>, 'of'>

function printField(definition: ProcedureDef, field: FieldDef, { values, purged }: CertificateOf): CertificateField {
  const path = `${field.section ?? ''}/${field.id}`
  if (purged.includes(field.id) && isEmpty(values[field.id])) return { ...headOf(field, path), state: 'erased' }
  return printValue(definition, field, { path, value: values[field.id] })
}

function printValue(
  definition: ProcedureDef,
  field: OneField,
  { path, value }: { readonly path: string; readonly value: unknown },
): CertificateField {
  const head = headOf(field, path)
  if (isEmpty(value)) return { ...head, state: 'empty' }
  if (field.type === 'list') {
    const entries = (value as readonly Readonly<Record<string, unknown>>[]).map((entry, index) =>
      (field.of ?? []).map((part) => printValue(definition, part, { path: `${path}/${index + 1}/${part.id}`, value: entry[part.id] })),
    )
    return { ...head, state: 'given', entries }
  }
  const codes = field.type === 'code' || field.type === 'codes'
  const text = codes ? [value].flat().map((code) => meaningOf(definition, field, String(code))) : undefined
  const { basis } = field.id === REFUSAL_FIELDS.ground ? groundOf(definition, String(value)) : field
  return {
    ...head,
    state: 'given',
    value: value as Json,
    ...(text === undefined ? {} : { text }),
    ...(basis === undefined ? {} : { basis }),
  }
}

function headOf({ id, title, type, basis }: OneField, path: string): Omit<CertificateField, 'state'> {
  return { id, path, title, type, ...(basis === undefined ? {} : { basis }) }
}

/** A code that the version does not know is printed as it stands: nothing is guessed. */
function meaningOf(definition: ProcedureDef, { id, codeList }: OneField, code: string): string {
  if (id === REFUSAL_FIELDS.ground) return groundOf(definition, code).text ?? code
  const list = codeList === undefined ? undefined : definition.codeLists?.[codeList]
  return list?.find((each) => each.code === code)?.title ?? code
}

function groundOf(definition: ProcedureDef, code: string): { readonly text?: string; readonly basis?: LegalRef } {
  return definition.refusalGrounds.find((each) => each.code === code) ?? {}
}
