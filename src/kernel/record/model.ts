/**
 * The registry of record kinds: FollowTheMoney 3.8.4 and our extensions, with inheritance worked out once.
 * Invariants: a schema has its own properties and those of all it extends, its own first; every property with `reverse` has a stub at its range, and a stub
 * never holds a value; every schema of ours names a schema of FollowTheMoney that stands for it outside (`fallback`).
 */
import { CARGO_SCHEMATA } from './extension-cargo.ts'
import { JUSTICE_SCHEMATA } from './extension-justice.ts'
import { MONEY_SCHEMATA } from './extension-money.ts'
import { NETWORK_SCHEMATA } from './extension-networks.ts'
import { PLACE_SCHEMATA } from './extension-places.ts'
import { FTM_SCHEMATA } from './ftm-model.ts'
import { LINKS, type LinkDef } from './links.ts'
import type { EdgeDef, PropertyDef, PropertyType, SchemaDef } from './schema.ts'

export const EXTENSION_SCHEMATA = {
  ...CARGO_SCHEMATA,
  ...PLACE_SCHEMATA,
  ...NETWORK_SCHEMATA,
  ...JUSTICE_SCHEMATA,
  ...MONEY_SCHEMATA,
} as const
const ALL_SCHEMATA = { ...FTM_SCHEMATA, ...EXTENSION_SCHEMATA }
export type SchemaName = keyof typeof ALL_SCHEMATA

/** A property as it holds for every schema that has it. */
export interface Property extends PropertyDef {
  readonly name: string
  /** The schema that declares it, which is also the middle of its message key. */
  readonly owner: SchemaName
  readonly isMatchable: boolean
  /** The other end of a relation that another schema declares: shown, never written. */
  readonly isStub: boolean
  /** Message key of its name. */
  readonly label: string
}

export interface Edge extends EdgeDef {
  /** Message key of what the source does to the target. */
  readonly label: string
}

export interface Link extends LinkDef {
  /** Message key: the name of the property at the end. */
  readonly label: string
}

export interface Schema {
  readonly name: SchemaName
  /** Itself and all that it extends, itself first. */
  readonly ancestors: ReadonlySet<string>
  readonly isAbstract: boolean
  readonly isMatchable: boolean
  readonly isHidden: boolean
  readonly isGenerated: boolean
  readonly isDeprecated: boolean
  readonly isExtension: boolean
  readonly caption: readonly string[]
  readonly featured: readonly string[]
  readonly required: readonly string[]
  readonly extent: { readonly start: readonly string[]; readonly end: readonly string[] }
  readonly edge: Edge | undefined
  readonly links: readonly Link[]
  /** Schema of FollowTheMoney that stands for it outside; itself when it is one. */
  readonly fallback: SchemaName
  readonly properties: ReadonlyMap<string, Property>
  /** Message keys of one and of many. */
  readonly label: string
  readonly plural: string
}

/** Types whose equal values speak for the same thing. Source: FollowTheMoney 3.8.4, `types/*.py` (`matchable`). */
const MATCHABLE_TYPES: ReadonlySet<PropertyType> = new Set([
  'address',
  'checksum',
  'country',
  'date',
  'email',
  'entity',
  'iban',
  'identifier',
  'ip',
  'name',
  'phone',
  'url',
])

const NOTHING = { start: [], end: [] } as const
const registry = buildRegistry()

export const schemata: readonly Schema[] = [...registry.values()]

export function schemaOf(name: string): Schema | undefined {
  return registry.get(name)
}

export function isA(name: string, ancestor: string): boolean {
  return registry.get(name)?.ancestors.has(ancestor) === true
}

/** Inherited ones included; empty for a schema that nobody declares. */
export function propertiesOf(name: string): ReadonlyMap<string, Property> {
  return registry.get(name)?.properties ?? new Map()
}

export function propertyOf(name: string, property: string): Property | undefined {
  return registry.get(name)?.properties.get(property)
}

/** Whether what stands under the property names a record. */
export function isReference(name: string, property: string): boolean {
  return propertyOf(name, property)?.type === 'entity'
}

export function edgeOf(name: string): Edge | undefined {
  return registry.get(name)?.edge
}

export function linksOf(name: string): readonly Link[] {
  return registry.get(name)?.links ?? []
}

export function isMatchable(name: string): boolean {
  return registry.get(name)?.isMatchable === true
}

/** Schema that values of a property of the type `entity` must be of. */
export function rangeOf(name: string, property: string): string | undefined {
  return propertyOf(name, property)?.range
}

export function fallbackOf(name: string): string | undefined {
  return registry.get(name)?.fallback
}

/** The more special of two schemata when one extends the other; two that do not cannot be of one thing. */
export function commonSchema(left: string, right: string): string | undefined {
  if (isA(left, right)) return left
  return isA(right, left) ? right : undefined
}

/** First value of the first caption property that has one. Empty when none has: what to show then is the screen's to say. */
export function captionOf(name: string, properties: Readonly<Record<string, readonly string[]>>): string {
  for (const property of registry.get(name)?.caption ?? []) {
    const value = Object.hasOwn(properties, property) ? properties[property]?.[0] : undefined
    if (value !== undefined && value !== '') return value
  }
  return ''
}

function buildRegistry(): ReadonlyMap<string, Schema> {
  const defs = new Map<string, SchemaDef>(Object.entries(ALL_SCHEMATA))
  const stubs = stubsOf(defs)
  return new Map([...defs].map(([name, def]) => [name, resolved(name as SchemaName, { def, defs, stubs })] as const))
}

interface Declared {
  readonly def: SchemaDef
  readonly defs: ReadonlyMap<string, SchemaDef>
  readonly stubs: ReadonlyMap<string, readonly Property[]>
}

function resolved(name: SchemaName, { def, defs, stubs }: Declared): Schema {
  const line = lineOf(name, defs)
  const properties = new Map<string, Property>()
  for (const owner of line) {
    for (const [property, own] of Object.entries(defs.get(owner)?.properties ?? {}))
      if (!properties.has(property)) properties.set(property, declared(property, owner as SchemaName, own))
    for (const stub of stubs.get(owner) ?? []) if (!properties.has(stub.name)) properties.set(stub.name, stub)
  }
  const inherited = <T>(take: (each: SchemaDef) => T | undefined): T | undefined =>
    line.map((each) => take(defs.get(each) as SchemaDef)).find((each) => each !== undefined)
  return {
    name,
    ancestors: new Set(line),
    isAbstract: def.isAbstract === true,
    isMatchable: def.isMatchable === true,
    isHidden: def.isHidden === true,
    isGenerated: def.isGenerated === true,
    isDeprecated: def.isDeprecated === true,
    isExtension: def.fallback !== undefined,
    caption: inherited((each) => each.caption) ?? [],
    featured: inherited((each) => each.featured) ?? [],
    required: def.required ?? [],
    extent: inherited((each) => each.extent) ?? NOTHING,
    edge: def.edge === undefined ? undefined : { ...def.edge, label: `record.edge.${name}` },
    links: line
      .flatMap((each) => LINKS[each] ?? [])
      .map((link) => ({ ...link, label: `record.property.${properties.get(link.to)?.owner ?? name}.${link.to}` })),
    fallback: (def.fallback as SchemaName | undefined) ?? name,
    properties,
    label: `record.schema.${name}`,
    plural: `record.schemata.${name}`,
  }
}

/** Itself and what it extends, nearest first, each once. */
function lineOf(name: string, defs: ReadonlyMap<string, SchemaDef>): readonly string[] {
  const line = new Set([name])
  for (const each of line) for (const parent of defs.get(each)?.extends ?? []) line.add(parent)
  return [...line]
}

function stubsOf(defs: ReadonlyMap<string, SchemaDef>): ReadonlyMap<string, readonly Property[]> {
  const stubs = new Map<string, Property[]>()
  for (const [name, def] of defs)
    for (const [property, { range, reverse, isHidden, isMatchable = true }] of Object.entries(def.properties)) {
      if (range === undefined || reverse === undefined) continue
      const stub = {
        name: reverse,
        owner: range as SchemaName,
        type: 'entity' as const,
        range: name,
        reverse: property,
        isStub: true,
        isMatchable,
      }
      const label = `record.property.${range}.${reverse}`
      stubs.set(range, [...(stubs.get(range) ?? []), { ...stub, label, ...(isHidden === undefined ? {} : { isHidden }) }])
    }
  return stubs
}

function declared(name: string, owner: SchemaName, def: PropertyDef): Property {
  return {
    ...def,
    name,
    owner,
    isMatchable: def.isMatchable ?? MATCHABLE_TYPES.has(def.type),
    isStub: false,
    label: `record.property.${owner}.${name}`,
  }
}
