/**
 * A mapping while it is edited: plain values, each change gives a new mapping and leaves alone what it is not about.
 * Invariant: a column stands in a mapping as often as before unless the change is about that column; nothing is mapped that nobody chose.
 */
import type { EntityMapping, Mapping, PropertyMapping } from '#kernel/record/csv-mapping.ts'
import { edgeOf, isA, propertiesOf, propertyOf } from '#kernel/record/model.ts'

export interface Place {
  readonly entity: string
  readonly property: string
}

export const NO_MAPPING: Mapping = { entities: {} }

/** Where values of the column go. Keys are not places: they name a record and are no value of it. */
export function placesOf(mapping: Mapping, column: string): readonly Place[] {
  return Object.entries(mapping.entities).flatMap(([entity, { properties }]) =>
    Object.entries(properties).flatMap(([property, source]) => (columnsOf(source).includes(column) ? [{ entity, property }] : [])),
  )
}

export function columnsOf({ column, columns = [] }: PropertyMapping): readonly string[] {
  return column === undefined ? columns : [column, ...columns]
}

/** Takes the column out of every place and puts it into one, beside what is there already; without a place it is only taken out. */
export function assignColumn(mapping: Mapping, column: string, place: Place | undefined): Mapping {
  const without = mapEntities(mapping, (entity) => ({
    ...entity,
    properties: Object.fromEntries(
      Object.entries(entity.properties).flatMap(([property, source]) => {
        const left = columnsOf(source).filter((each) => each !== column)
        if (left.length === columnsOf(source).length) return [[property, source]]
        return left.length === 0 ? [] : [[property, withColumns(source, left)]]
      }),
    ),
  }))
  if (place === undefined) return without
  return changeProperty(without, place, (source) =>
    source === undefined || source.literal !== undefined || source.entity !== undefined
      ? { column }
      : withColumns(source, [...columnsOf(source), column]),
  )
}

/** Empty text: none. */
export function setReading(mapping: Mapping, place: Place, part: { readonly split?: string; readonly format?: string }): Mapping {
  return changeProperty(mapping, place, (source) => {
    if (source === undefined) return undefined
    const { split: heldSplit, format: heldFormat, ...rest } = source
    const { split = heldSplit ?? '', format = heldFormat ?? '' } = part
    return { ...rest, ...(split === '' ? {} : { split }), ...(format === '' ? {} : { format }) }
  })
}

export function setRelation(mapping: Mapping, place: Place, entity: string): Mapping {
  return changeProperty(mapping, place, () => (entity === '' ? undefined : { entity }))
}

export function setLiteral(mapping: Mapping, place: Place, literal: string): Mapping {
  return changeProperty(mapping, place, () => (literal === '' ? undefined : { literal }))
}

export function setKeys(mapping: Mapping, name: string, keys: readonly string[]): Mapping {
  return changeEntity(mapping, name, ({ keys: _, ...rest }) =>
    // A relation without keys is named by its ends; anything else needs them, and the check says so.
    keys.length === 0 && edgeOf(rest.schema) !== undefined ? rest : { ...rest, keys },
  )
}

/** A further record of the row, under a name that none has. */
export function addEntity(mapping: Mapping, schema: string): Mapping {
  const stem = schema.slice(0, 1).toLowerCase() + schema.slice(1)
  let name = stem
  for (let n = 2; Object.hasOwn(mapping.entities, name); n++) name = `${stem}${n}`
  const entity: EntityMapping = edgeOf(schema) === undefined ? { schema, keys: [], properties: {} } : { schema, properties: {} }
  return { entities: { ...mapping.entities, [name]: entity } }
}

/** With it go the relations that name it. */
export function removeEntity(mapping: Mapping, name: string): Mapping {
  const { [name]: _, ...rest } = mapping.entities
  return mapEntities({ entities: rest }, (entity) => ({
    ...entity,
    properties: Object.fromEntries(Object.entries(entity.properties).filter(([, source]) => source.entity !== name)),
  }))
}

/** What the new schema has no property for is mapped no longer, and stands among the columns that go nowhere. */
export function setSchema(mapping: Mapping, name: string, schema: string): Mapping {
  return changeEntity(mapping, name, (entity) => ({
    ...entity,
    schema,
    properties: Object.fromEntries(
      Object.entries(entity.properties).filter(([property]) => propertyOf(schema, property)?.isStub === false),
    ),
  }))
}

/** Properties that lead from the record to another one of the row, with the names of those that they may lead to. */
export function relationsOf(mapping: Mapping, name: string): readonly { readonly property: string; readonly fits: readonly string[] }[] {
  const schema = mapping.entities[name]?.schema ?? ''
  return [...propertiesOf(schema).values()].flatMap(({ name: property, type, range, isStub }) => {
    if (type !== 'entity' || isStub || range === undefined) return []
    const fits = Object.entries(mapping.entities).flatMap(([other, each]) => (other !== name && isA(each.schema, range) ? [other] : []))
    return fits.length === 0 ? [] : [{ property, fits }]
  })
}

function withColumns(source: PropertyMapping, columns: readonly string[]): PropertyMapping {
  const { column: _, columns: __, ...rest } = source
  const [first, ...more] = columns
  return first !== undefined && more.length === 0 ? { ...rest, column: first } : { ...rest, columns }
}

function mapEntities(mapping: Mapping, change: (entity: EntityMapping) => EntityMapping): Mapping {
  return { entities: Object.fromEntries(Object.entries(mapping.entities).map(([name, entity]) => [name, change(entity)])) }
}

function changeEntity(mapping: Mapping, name: string, change: (entity: EntityMapping) => EntityMapping): Mapping {
  const entity = mapping.entities[name]
  return entity === undefined ? mapping : { entities: { ...mapping.entities, [name]: change(entity) } }
}

function changeProperty(
  mapping: Mapping,
  { entity, property }: Place,
  change: (source: PropertyMapping | undefined) => PropertyMapping | undefined,
): Mapping {
  return changeEntity(mapping, entity, (held) => {
    const { [property]: source, ...rest } = held.properties
    const changed = change(source)
    return { ...held, properties: changed === undefined ? rest : { ...rest, [property]: changed } }
  })
}
