/**
 * What of a case is compared with other cases (Directive (EU) 2023/977, Art 16(1): an incoming request is checked against what is held already):
 * the fields that name a kind of key. A name and a date of birth that stand in one entry of a list, or once each among the fields, are one person.
 */
import { type CaseKey, CROSS_CHECK_KINDS, type CrossCheckKind, caseKeyOf, personKey } from '#kernel/match-key/case-keys.ts'
import type { FieldDef, ProcedureDef } from './definition.ts'

export interface CrossKey extends CaseKey {
  /** Field it stands in. */
  readonly field: string
}

type Checked = Pick<FieldDef, 'id' | 'crossCheck'>

/** Each key once for each field, in the order of the definition. */
export function crossKeysOf(definition: ProcedureDef, values: Readonly<Record<string, unknown>>): readonly CrossKey[] {
  const found = [
    ...keysOfGroup(definition.fields, values),
    ...definition.fields.flatMap((field) =>
      entriesOf(values[field.id]).flatMap((entry) => keysOfGroup(field.of ?? [], entry).map((key) => ({ ...key, field: field.id }))),
    ),
  ]
  const seen = new Set<string>()
  return found.filter(({ kind, text, field }) => {
    const name = `${field} ${kind} ${text}`
    return !seen.has(name) && seen.add(name)
  })
}

/** Values that stand together: the plain fields of a case, or one entry of a list. */
function keysOfGroup(fields: readonly Checked[], values: Readonly<Record<string, unknown>>): readonly CrossKey[] {
  const said = fields.flatMap(({ id, crossCheck }) =>
    isKind(crossCheck) ? textsOf(values[id]).map((text) => ({ field: id, kind: crossCheck, text })) : [],
  )
  const alone = said.flatMap(({ field, kind, text }) => {
    const key = caseKeyOf(kind, text)
    return key === undefined ? [] : [{ ...key, field }]
  })
  return [...personOf(said), ...alone]
}

function personOf(said: readonly { readonly field: string; readonly kind: CrossCheckKind; readonly text: string }[]): readonly CrossKey[] {
  const names = said.filter(({ kind }) => kind === 'person-name')
  const [born, ...more] = said.filter(({ kind }) => kind === 'date-of-birth')
  // With several dates nobody knows whose they are.
  if (born === undefined || more.length > 0) return []
  return names.flatMap(({ field, text }) => {
    const key = personKey(text, born.text)
    return key === undefined ? [] : [{ ...key, field }]
  })
}

function entriesOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : []
}

function textsOf(value: unknown): readonly string[] {
  return [value].flat().filter((each): each is string => typeof each === 'string' && each !== '')
}

function isKind(text: string | undefined): text is CrossCheckKind {
  return CROSS_CHECK_KINDS.some((kind) => kind === text)
}
