/** The model in words: names of schemata, properties and relations, and of values that are codes. What has no name stands for itself, never for nothing. */
import { FTM_COUNTRY_CODES, FTM_LANGUAGE_CODES, FTM_TOPIC_CODES } from '#kernel/record/ftm-codes.ts'
import { recordLabels } from '#kernel/record/labels.en.ts'
import { type Property, propertyOf } from '#kernel/record/model.ts'
import type { PropertyType } from '#kernel/record/schema.ts'
import type { Choice } from '#web/kit/fields.tsx'

const labels: Readonly<Record<string, string>> = recordLabels

export function schemaText(schema: string): string {
  return labels[`record.schema.${schema}`] ?? schema
}

export function schemataText(schema: string): string {
  return labels[`record.schemata.${schema}`] ?? schema
}

/** Merged records may be of several schemata: the first that has the property names it. */
export function propertyNamed(schemata: readonly string[], prop: string): Property | undefined {
  return schemata.map((schema) => propertyOf(schema, prop)).find((property) => property !== undefined)
}

export function propertyText(schemata: readonly string[], prop: string): string {
  const property = propertyNamed(schemata, prop)
  return property === undefined ? prop : labelText(property)
}

export function labelText(property: Property): string {
  return labels[property.label] ?? property.name
}

/** `Directorship`, or `Payment.payerAccount`. */
export function kindText(kind: string): string {
  const [schema = '', prop] = kind.split('.')
  return prop === undefined ? schemaText(schema) : `${schemaText(schema)}: ${propertyText([schema], prop)}`
}

const CODES = {
  country: codesOf(FTM_COUNTRY_CODES),
  language: codesOf(FTM_LANGUAGE_CODES),
  topic: codesOf(FTM_TOPIC_CODES),
  gender: new Map(['male', 'female', 'other'].map((gender) => [gender, labels[`record.gender.${gender}`] ?? gender])),
} as const

function isCoded(type: PropertyType): type is keyof typeof CODES {
  return type in CODES
}

/** Country, language, topic and gender are codes; everything else is what it says. */
export function valueText(type: PropertyType, value: string): string {
  return isCoded(type) ? (CODES[type].get(value) ?? value) : value
}

/** What may stand in a value of the type, where that is a closed list. */
export function choicesOf(type: PropertyType): readonly Choice[] | undefined {
  if (!isCoded(type)) return undefined
  return [...CODES[type]].map(([id, label]) => ({ id, label })).sort((a, b) => a.label.localeCompare(b.label))
}

function codesOf(list: string): ReadonlyMap<string, string> {
  return new Map(list.split('|').map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]))
}
