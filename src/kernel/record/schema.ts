/**
 * The shape in which kinds of records are declared: schemata with properties, after FollowTheMoney. A schema inherits all properties of those it extends;
 * values are sets of texts, each of its type. A relation exists only where a schema declares it: as an edge (the record is the relation) or as a link
 * (the record stands between others, `links.ts`).
 * Source: FollowTheMoney 3.8.4, `followthemoney/schema/*.yaml` and `types/*.py`.
 */

export const PROPERTY_TYPES = [
  'address',
  'checksum',
  'country',
  'date',
  'email',
  'entity',
  'gender',
  'html',
  'iban',
  'identifier',
  'ip',
  'json',
  'language',
  'mimetype',
  'name',
  'number',
  'phone',
  'string',
  'text',
  'topic',
  'url',
] as const
export type PropertyType = (typeof PROPERTY_TYPES)[number]

/** A property as it is written down. Absent members take the default of its type. */
export interface PropertyDef {
  readonly type: PropertyType
  /** Schema of the records that values of the type `entity` name. */
  readonly range?: string
  /** Name that the same relation has on the record at its other end. */
  readonly reverse?: string
  /** Kind of identifier, which says how its check digits are computed. */
  readonly format?: string
  /** Whether equal values speak for the same thing; the type says so otherwise. */
  readonly isMatchable?: boolean
  readonly isHidden?: boolean
  readonly isDeprecated?: boolean
  /** Longest value that FollowTheMoney takes, where it departs from its type. Longer ones are kept here. */
  readonly maxLength?: number
  /** Property of the fallback schema that shows the value to readers of plain FollowTheMoney. */
  readonly fallback?: string
}

/** The record is a relation from `source` to `target`, both properties of its own. */
export interface EdgeDef {
  readonly source: string
  readonly target: string
  readonly isDirected: boolean
  readonly caption?: readonly string[]
}

export interface SchemaDef {
  readonly extends: readonly string[]
  /** No record is of it; only of those that extend it. */
  readonly isAbstract?: boolean
  readonly isMatchable?: boolean
  readonly isHidden?: boolean
  /** Made by programs rather than by people. */
  readonly isGenerated?: boolean
  readonly isDeprecated?: boolean
  /** Properties whose first value names the record, best first; inherited when absent. */
  readonly caption?: readonly string[]
  readonly featured?: readonly string[]
  readonly required?: readonly string[]
  readonly edge?: EdgeDef
  /** Properties that say from when until when it holds; inherited when absent. */
  readonly extent?: { readonly start: readonly string[]; readonly end: readonly string[] }
  /** For a schema of ours: what it is in plain FollowTheMoney. */
  readonly fallback?: string
  readonly properties: Readonly<Record<string, PropertyDef>>
}

export type SchemaDefs = Readonly<Record<string, SchemaDef>>
