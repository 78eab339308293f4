/** Whether a value fits its field. Identifiers with a format are checked by the functions the caller knows; a format nobody knows never fits. */
import type { Problem } from '#kernel/result/problem.ts'
import type { FieldDef, ProcedureDef } from './definition.ts'
import { dayFrom, instantFrom } from './instant.ts'

/** Answers why a text is not of the format, or undefined when it is. */
export type FormatChecks = Readonly<Record<string, (text: string) => string | undefined>>

export interface ValueWorld {
  readonly formats: FormatChecks
  readonly codeLists?: ProcedureDef['codeLists']
}

type OneField = Omit<FieldDef, 'audience' | 'of' | 'section'> & Pick<Partial<FieldDef>, 'of'>

const COUNTRY = /^[A-Z]{2}$/
const DESK = /^[a-z0-9][a-z0-9.:_-]{0,119}$/
export const MAX_TEXT = 2000
export const MAX_LONG_TEXT = 20_000
export const MAX_ENTRIES = 200

export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Problems with the path of the field, entries of a list as `persons.2.name`. */
export function checkValue(field: OneField, value: unknown, world: ValueWorld & { readonly at?: string }): readonly Problem[] {
  const at = world.at ?? field.id
  const wrong = (message: string): readonly Problem[] => [{ code: 'field.value', at, message: `${field.title}: ${message}` }]
  switch (field.type) {
    case 'text':
    case 'long-text': {
      const most = field.maxLength ?? (field.type === 'text' ? MAX_TEXT : MAX_LONG_TEXT)
      if (typeof value !== 'string' || value.length > most) return wrong(`text of at most ${most} signs.`)
      const because = field.format === undefined ? undefined : (world.formats[field.format] ?? unknownFormat)(value)
      return because === undefined ? [] : wrong(because)
    }
    case 'code':
      return typeof value === 'string' && codesOf(field, world).includes(value) ? [] : wrong('not in the code list.')
    case 'codes':
      return Array.isArray(value) &&
        new Set(value).size === value.length &&
        value.every((each) => typeof each === 'string' && codesOf(field, world).includes(each))
        ? []
        : wrong('codes of the list, each at most once.')
    case 'country':
      return typeof value === 'string' && COUNTRY.test(value) ? [] : wrong('two letters of ISO 3166.')
    case 'desk':
      return typeof value === 'string' && DESK.test(value) ? [] : wrong('not the id of a desk.')
    case 'instant':
      return typeof value === 'string' && value.includes('T') && instantFrom(value) !== undefined ? [] : wrong('not an instant.')
    case 'date':
      return typeof value === 'string' && dayFrom(value) !== undefined ? [] : wrong('not a date of the calendar (YYYY-MM-DD).')
    case 'number':
      return typeof value === 'number' &&
        Number.isFinite(value) &&
        value >= (field.min ?? 0) &&
        value <= (field.max ?? Number.MAX_SAFE_INTEGER)
        ? []
        : wrong(`a number of ${field.min ?? 0}${field.max === undefined ? ' or more' : ` to ${field.max}`}.`)
    case 'yes-no':
      return typeof value === 'boolean' ? [] : wrong('neither yes nor no.')
    case 'list':
      return checkEntries(field, value, { ...world, at })
  }
}

function checkEntries(field: OneField, value: unknown, world: ValueWorld & { readonly at: string }): readonly Problem[] {
  const { at } = world
  const most = field.max ?? MAX_ENTRIES
  if (!Array.isArray(value) || value.length > most)
    return [{ code: 'field.value', at, message: `${field.title}: at most ${most} entries.` }]
  const parts = field.of ?? []
  return value.flatMap((entry: unknown, index): readonly Problem[] => {
    const here = `${at}.${index}`
    if (typeof entry !== 'object' || entry === null) return [{ code: 'field.value', at: here, message: `${field.title}: not an entry.` }]
    const given = entry as Readonly<Record<string, unknown>>
    const unknown = Object.keys(given).filter((id) => !parts.some((part) => part.id === id))
    return [
      ...unknown.map((id): Problem => ({ code: 'field.unknown', at: `${here}.${id}`, message: 'An entry has no such field.' })),
      ...parts.flatMap((part): readonly Problem[] => {
        const inner = given[part.id]
        if (!isEmpty(inner)) return checkValue(part, inner, { ...world, at: `${here}.${part.id}` })
        return part.required === true ? [{ code: 'field.missing', at: `${here}.${part.id}`, message: `${part.title} is needed.` }] : []
      }),
    ]
  })
}

export function codesOf(field: Pick<FieldDef, 'codes' | 'codeList'>, { codeLists }: Pick<ValueWorld, 'codeLists'>): readonly string[] {
  return field.codeList === undefined ? (field.codes ?? []) : (codeLists?.[field.codeList] ?? []).map(({ code }) => code)
}

function unknownFormat(): string {
  return 'the node knows no check for this identifier.'
}
