/**
 * Records of our schemata for readers who know only FollowTheMoney, and back. Outside, a record is of its fallback schema; properties that the fallback lacks
 * travel in the member `breakwater` together with the real schema. Some are also shown under a property that the fallback has (`shown`), and taken back on return.
 * Invariant: `fromPlain` of `toPlain` gives the same record.
 */
import type { Json } from '#kernel/seal/canonical-json.ts'
import type { RecordEntity } from './entity.ts'
import { propertyOf, type Schema, schemaOf } from './model.ts'

export const EXTENSION_MEMBER = 'breakwater'

/** `before` is what stood in the member already, whoever wrote it. */
const MEMBERS: ReadonlySet<string> = new Set(['schema', 'properties', 'shown', 'before'])

type Lists = Readonly<Record<string, readonly string[]>>

export function toPlain(entity: RecordEntity): RecordEntity {
  const schema = schemaOf(entity.schema)
  if (schema === undefined || !schema.isExtension) return entity
  const properties: Record<string, readonly string[]> = {}
  const own: Record<string, readonly string[]> = {}
  for (const [name, values] of Object.entries(entity.properties)) {
    const outside = propertyOf(schema.fallback, name)
    const isOutside = outside !== undefined && !outside.isStub && outside.type === schema.properties.get(name)?.type
    if (isOutside) properties[name] = values
    else own[name] = values
  }
  const shown: Record<string, string[]> = {}
  for (const [name, values] of Object.entries(own)) {
    const target = schema.properties.get(name)?.fallback
    if (target === undefined) continue
    const added = values.filter((value) => properties[target]?.includes(value) !== true)
    if (added.length === 0) continue
    properties[target] = [...(properties[target] ?? []), ...added]
    shown[target] = [...(shown[target] ?? []), ...added]
  }
  const before = entity.context[EXTENSION_MEMBER]
  const extension: Json = { schema: schema.name, properties: own, shown, ...(before === undefined ? {} : { before }) }
  return { ...entity, schema: schema.fallback, properties, context: { ...entity.context, [EXTENSION_MEMBER]: extension } }
}

interface FromPlain {
  readonly schema: Schema
  /** The record without what was only shown and without its own properties, which are still to be read with the care of a line. */
  readonly entity: RecordEntity
  readonly properties: { readonly [name: string]: Json }
}

/** Undefined when the member does not say what `toPlain` says, or of another schema than that of the line. */
export function fromPlain(entity: RecordEntity): FromPlain | undefined {
  const { [EXTENSION_MEMBER]: extension, ...context } = entity.context
  if (!isObject(extension) || !Object.keys(extension).every((member) => MEMBERS.has(member))) return undefined
  const { schema: name, properties, shown, before } = extension
  const schema = typeof name === 'string' ? schemaOf(name) : undefined
  if (schema === undefined || !schema.isExtension || schema.fallback !== entity.schema) return undefined
  if (!isObject(properties) || !areLists(shown)) return undefined
  // What the fallback has and our schema has not can only have been added outside; it would be lost, so the line stays plain.
  const left = Object.entries(entity.properties).flatMap(([property, values]) => {
    const added = new Set(shown[property] ?? [])
    const kept = values.filter((value) => !added.has(value))
    return kept.length === 0 ? [] : [[property, kept] as const]
  })
  if (left.some(([property]) => schema.properties.get(property)?.isStub !== false)) return undefined
  const own = before === undefined ? context : { ...context, [EXTENSION_MEMBER]: before }
  return { schema, entity: { ...entity, schema: schema.name, properties: Object.fromEntries(left), context: own }, properties }
}

function isObject(value: Json | undefined): value is { readonly [member: string]: Json } {
  return value !== undefined && value !== null && typeof value === 'object' && !Array.isArray(value)
}

function areLists(value: Json | undefined): value is Lists {
  return isObject(value) && Object.values(value).every((list) => Array.isArray(list) && list.every((each) => typeof each === 'string'))
}
