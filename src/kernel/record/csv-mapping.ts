/**
 * Rows of a table as records: which columns are the properties of which records, and how the records of one row relate. A mapping is data, saved and used again.
 * Invariant: every value of a mapped column is in a record or in quarantine, with the row and column it came from.
 * After FollowTheMoney's mappings (`mapping/entity.py`, `property.py`): entities by name, keys, column, columns, join, split, literal, format, entity.
 * Departs from it: a format is written `DD/MM/YYYY`; an entity without a key of its own that is an edge is named by its two ends.
 */
import type { Problem } from '#kernel/result/problem.ts'
import { clean } from './clean.ts'
import { readDate } from './csv-date-format.ts'
import { type Quarantined, quarantine, type RecordEntity } from './entity.ts'
import { edgeOf, propertyOf } from './model.ts'
import { onlyCountry } from './only-country.ts'
import type { PropertyType } from './schema.ts'
import type { PhoneParser, PhoneReading } from './value-contact.ts'
import { formatOf } from './value-identifier.ts'

export interface PropertyMapping {
  readonly column?: string
  /** Several columns, each with values of its own, or one value of all with `join`. */
  readonly columns?: readonly string[]
  readonly join?: string
  /** Sign between several values in one cell. */
  readonly split?: string
  /** The same value for every row. */
  readonly literal?: string
  /** Order of a date: `DD/MM/YYYY`. */
  readonly format?: string
  /** The record of the same row that has this name in the mapping. */
  readonly entity?: string
}

export interface EntityMapping {
  readonly schema: string
  /** Columns that together name the record; an edge may do without and is then named by its ends. */
  readonly keys?: readonly string[]
  /** Stands before the key: records of two roles with the same literal and key are one. The name of the entity when absent. */
  readonly keyLiteral?: string
  /** Only rows whose column has one of the values. */
  readonly only?: Readonly<Record<string, readonly string[]>>
  readonly properties: Readonly<Record<string, PropertyMapping>>
}

export interface Mapping {
  readonly entities: Readonly<Record<string, EntityMapping>>
}

export type Row = Readonly<Record<string, string>>

export interface MappedEntity {
  /** Name in the mapping. */
  readonly name: string
  readonly entity: RecordEntity
  /** Where each value came from, in the order of the values; empty for a literal or a relation. */
  readonly pointers: Readonly<Record<string, readonly string[]>>
}

export interface MappedRow {
  readonly entities: readonly MappedEntity[]
  readonly problems: readonly Problem[]
  readonly quarantined: readonly Quarantined[]
}

export interface MapOptions {
  /** Makes an id of a key; the key itself is the id when absent. */
  readonly idOf?: (key: string) => string
  readonly parsePhone?: PhoneParser
}

/** `rowNumber` counts as the reader of the file counts its lines. The mapping has passed `checkMapping`. */
export function mapRow(mapping: Mapping, row: Row, at: { readonly rowNumber: number } & MapOptions): MappedRow {
  const ids = idsOf(mapping, row, at.idOf)
  const problems: Problem[] = []
  const quarantined: Quarantined[] = []
  const entities: MappedEntity[] = []
  for (const [name, entity] of Object.entries(mapping.entities)) {
    if (!isMeant(entity, row)) continue
    const plain = { row, ids, rowNumber: at.rowNumber, schema: entity.schema }
    const reading = { ...plain, phones: { parsePhone: at.parsePhone, country: countryFor(at.parsePhone, entity, plain) } }
    const id = ids.get(name)
    const values = Object.entries(entity.properties).map(([property, source]) => ({
      property,
      given: valuesOf(source, { ...reading, property }),
    }))
    if (id === undefined) {
      // Nothing names the record: what the row says of it is kept aside, so that it is seen.
      for (const { property, given } of values)
        for (const { value, pointer } of given)
          if (pointer !== '')
            quarantined.push(
              quarantine({ at: pointer, property, value, code: 'mapping.no-key', message: `The row does not name its ${name}.` }),
            )
      continue
    }
    const properties: Record<string, readonly string[]> = {}
    const pointers: Record<string, readonly string[]> = {}
    for (const { property, given } of values) {
      const kept = new Map<string, string>()
      for (const each of given) {
        if (each.value === '') continue
        const { value, problems: found } = each.cleaned
        if (value === undefined) {
          const problem = found.at(-1) ?? { code: 'record.empty', message: 'There is no value.' }
          quarantined.push({
            ...quarantine({ at: each.pointer, property, value: each.value, code: '', message: '' }),
            problem: { ...problem, at: each.pointer },
          })
          continue
        }
        for (const problem of found) problems.push({ ...problem, at: each.pointer })
        if (kept.has(value))
          problems.push({ code: 'record.value.repeated', at: each.pointer, message: 'The value stands in the row twice and is kept once.' })
        else kept.set(value, each.pointer)
      }
      if (kept.size === 0) continue
      properties[property] = [...kept.keys()]
      pointers[property] = [...kept.values()]
    }
    entities.push({ name, entity: { id, schema: entity.schema, properties, context: {} }, pointers })
  }
  return { entities, problems, quarantined }
}

/** Of the record that the row makes; looked for where a number needs it. */
function countryFor(
  parsePhone: PhoneParser | undefined,
  { schema, properties }: EntityMapping,
  place: Omit<Place, 'property'>,
): string | undefined {
  const typed = (type: PropertyType) => Object.entries(properties).filter(([property]) => propertyOf(schema, property)?.type === type)
  if (parsePhone === undefined || typed('phone').length === 0) return undefined
  const named = typed('country').map(
    ([property, source]) =>
      [property, valuesOf(source, { ...place, property }).map(({ value, cleaned }) => cleaned.value ?? value)] as const,
  )
  return onlyCountry(schema, Object.fromEntries(named))
}

/** Columns of one name can only be left alone: which of them a mapping means is not known. */
export function repeatedColumns(mapping: Mapping, headers: readonly string[]): readonly Problem[] {
  const unmapped = unmappedColumns(mapping, headers)
  return headers
    .filter((header, index) => headers.indexOf(header) !== index && !unmapped.includes(header))
    .map((header) => ({ code: 'record.header.repeated', at: 'headers', message: `Two columns are called ${header.slice(0, 80)}.` }))
}

/** Columns of the table that no record takes: to be shown before an import, since what they hold stays outside. */
export function unmappedColumns(mapping: Mapping, headers: readonly string[]): readonly string[] {
  const used = new Set(
    Object.values(mapping.entities).flatMap(({ keys = [], only = {}, properties }) => [
      ...keys,
      ...Object.keys(only),
      ...Object.values(properties).flatMap(({ column, columns = [] }) => (column === undefined ? columns : [column, ...columns])),
    ]),
  )
  return headers.filter((header) => !used.has(header))
}

function isMeant({ only = {} }: EntityMapping, row: Row): boolean {
  return Object.entries(only).every(([column, values]) => values.includes(cellOf(row, column)))
}

function cellOf(row: Row, column: string): string {
  return Object.hasOwn(row, column) ? (row[column] ?? '').trim() : ''
}

function idsOf(mapping: Mapping, row: Row, idOf: ((key: string) => string) | undefined): ReadonlyMap<string, string> {
  const ids = new Map<string, string>()
  const take = (literal: string, parts: readonly string[], name: string): void => {
    const key = [literal, ...parts].map((part) => part.replace(/[\\|]/g, '\\$&')).join('|')
    ids.set(name, idOf === undefined ? key : idOf(key))
  }
  const meant = Object.entries(mapping.entities).filter(([, entity]) => isMeant(entity, row))
  for (const [name, { keys, keyLiteral = name }] of meant) {
    const parts = (keys ?? []).map((column) => cellOf(row, column).normalize('NFC'))
    if (parts.some((part) => part !== '')) take(keyLiteral, parts, name)
  }
  for (const [name, { keys, keyLiteral = name, schema, properties }] of meant) {
    const edge = keys === undefined ? edgeOf(schema) : undefined
    if (edge === undefined) continue
    const ends = [edge.source, edge.target].map((end) => ids.get(properties[end]?.entity ?? ''))
    if (ends.every((end) => end !== undefined)) take(keyLiteral, ends, name)
  }
  return ids
}

interface Place {
  readonly row: Row
  readonly ids: ReadonlyMap<string, string>
  readonly rowNumber: number
  readonly phones?: PhoneReading
  readonly schema: string
  readonly property: string
}

interface GivenValue {
  readonly value: string
  readonly pointer: string
  readonly cleaned: { readonly value: string | undefined; readonly problems: readonly Problem[] }
}

function valuesOf(source: PropertyMapping, place: Place): readonly GivenValue[] {
  const { row, ids, rowNumber } = place
  if (source.entity !== undefined) {
    const id = ids.get(source.entity)
    return id === undefined ? [] : [{ value: id, pointer: '', cleaned: { value: id, problems: [] } }]
  }
  const given = (value: string, pointer: string): GivenValue => ({ value, pointer, cleaned: cleanedBy(value, source, place) })
  if (source.literal !== undefined) return [given(source.literal, '')]
  const columns = [...(source.column === undefined ? [] : [source.column]), ...(source.columns ?? [])]
  const cells = columns.flatMap((column) => {
    const value = cellOf(row, column)
    return value === '' ? [] : [{ value, pointer: `line ${rowNumber} column ${column}` }]
  })
  if (source.join !== undefined && cells.length > 0)
    return [given(cells.map(({ value }) => value).join(source.join), cells.map(({ pointer }) => pointer).join(', '))]
  const { split } = source
  const parts =
    split === undefined ? cells : cells.flatMap(({ value, pointer }) => value.split(split).map((part) => ({ value: part.trim(), pointer })))
  return parts.filter(({ value }) => value !== '').map(({ value, pointer }) => given(value, pointer))
}

function cleanedBy(value: string, { format }: PropertyMapping, { schema, property, phones }: Place): GivenValue['cleaned'] {
  const def = propertyOf(schema, property)
  if (def === undefined)
    return { value: undefined, problems: [{ code: 'record.property.unknown', at: property, message: 'There is no such property.' }] }
  if (format === undefined) return clean(def.type, value, { format: formatOf(def), ...phones })
  const date = readDate(value, format)
  const problem = { code: 'record.date.format', at: property, message: `The value is no date written ${format}.` }
  return date === undefined ? { value: undefined, problems: [problem] } : { value: date, problems: [] }
}
