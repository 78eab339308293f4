/**
 * Whether something is a mapping: of known schemata and properties, with columns that the table has and relations to records of the right kind.
 * Members that nobody knows are refused, since a mistyped one would otherwise map nothing without saying so.
 */
import { accept, type Parsed, type Problem } from '#kernel/result/problem.ts'
import { isDateFormat } from './csv-date-format.ts'
import type { EntityMapping, Mapping, PropertyMapping } from './csv-mapping.ts'
import { isSecretName } from './entity.ts'
import { edgeOf, isA, propertyOf, schemaOf } from './model.ts'

export const MAX_ENTITIES_OF_ROW = 40
const MAX_PROPERTIES = 300
const MAX_TEXT = 500
const ENTITY_MEMBERS = new Set(['schema', 'keys', 'keyLiteral', 'only', 'properties'])
const TEXT_MEMBERS = ['column', 'join', 'split', 'literal', 'format', 'entity'] as const
const PROPERTY_MEMBERS = new Set<string>([...TEXT_MEMBERS, 'columns'])

/** Headers, when given, are those of the table that is to be read. */
export function checkMapping(value: unknown, headers?: readonly string[]): Parsed<Mapping> {
  const problems: Problem[] = []
  const report = (at: string, code: string, message: string): void => {
    problems.push({ code: `record.mapping.${code}`, at, message })
  }
  const check = { report, headers: headers === undefined ? undefined : new Set(headers), schemata: new Map<string, string>() }
  if (!isObject(value) || !isObject(value['entities']) || Object.keys(value).length !== 1)
    report('mapping', 'form', 'A mapping is an object with one member, entities.')
  else {
    const entities = Object.entries(value['entities'])
    if (entities.length === 0 || entities.length > MAX_ENTITIES_OF_ROW)
      report('entities', 'count', `A row has 1 to ${MAX_ENTITIES_OF_ROW} records.`)
    else {
      for (const [name, entity] of entities)
        if (isObject(entity) && typeof entity['schema'] === 'string') check.schemata.set(name, entity['schema'])
      for (const [name, entity] of entities) checkEntity(`entities.${name}`, entity, check)
    }
  }
  return problems.length === 0 ? accept(value as Mapping) : { ok: false, problems }
}

/** Headers of a table that a mapping cannot tell apart or name. */
export function checkHeaders(headers: readonly string[]): readonly Problem[] {
  return headers.flatMap((header, at) => {
    const place = `column ${at + 1}`
    if (header.trim() === '')
      return [{ code: 'record.header.empty', at: place, message: 'The column has no name, so nothing can be taken from it.' }]
    const first = headers.indexOf(header)
    return first === at
      ? []
      : [{ code: 'record.header.repeated', at: place, message: `Column ${first + 1} has the same name; only one of them would be read.` }]
  })
}

interface Check {
  readonly report: (at: string, code: string, message: string) => void
  readonly headers: ReadonlySet<string> | undefined
  /** Schemata of the records of the row by their names in the mapping. */
  readonly schemata: ReadonlyMap<string, string>
}

function checkEntity(at: string, value: unknown, check: Check): void {
  const { report } = check
  if (!isObject(value)) return report(at, 'form', 'A record is an object with a schema, keys and properties.')
  for (const member of Object.keys(value)) if (!ENTITY_MEMBERS.has(member)) report(`${at}.${member}`, 'member', 'Nobody knows this member.')
  const { schema: name, keys, keyLiteral, only = {}, properties } = value as { [member in keyof EntityMapping]?: unknown }
  const schema = typeof name === 'string' ? schemaOf(name) : undefined
  if (schema === undefined || schema.isAbstract) return report(`${at}.schema`, 'schema', 'There is no such schema that a record can be of.')
  if (keyLiteral !== undefined && !isText(keyLiteral)) report(`${at}.keyLiteral`, 'text', 'The literal of a key is a text.')
  if (keys === undefined && schema.edge === undefined)
    report(`${at}.keys`, 'keys', 'Columns must name the record; only a relation is named by its ends.')
  if (keys !== undefined) checkColumns(`${at}.keys`, keys, check)
  if (isObject(only)) {
    checkColumns(`${at}.only`, Object.keys(only), { ...check, mayBeNone: true })
    for (const [column, values] of Object.entries(only))
      if (!areTexts(values)) report(`${at}.only.${column}`, 'text', 'The values of a column are a list of texts.')
  } else report(`${at}.only`, 'form', 'Rows are chosen by columns and lists of values.')
  if (!isObject(properties)) return report(`${at}.properties`, 'form', 'Properties are an object.')
  const entries = Object.entries(properties)
  if (entries.length > MAX_PROPERTIES) return report(`${at}.properties`, 'count', `A record has at most ${MAX_PROPERTIES} properties here.`)
  for (const [property, source] of entries)
    checkProperty(`${at}.properties.${property}`, source, { ...check, schema: schema.name, property })
  const edge = edgeOf(schema.name)
  for (const end of edge === undefined ? [] : [edge.source, edge.target])
    if (!Object.hasOwn(properties, end)) report(`${at}.properties.${end}`, 'edge', 'A relation needs both its ends.')
}

function checkProperty(at: string, value: unknown, check: Check & { readonly schema: string; readonly property: string }): void {
  const { report, schema, property } = check
  const def = propertyOf(schema, property)
  if (def === undefined || def.isStub) return report(at, 'property', `The schema ${schema} has no such property that can be written.`)
  if (!isObject(value)) return report(at, 'form', 'A source is an object with a column, columns, a literal or an entity.')
  for (const member of Object.keys(value))
    if (!PROPERTY_MEMBERS.has(member)) report(`${at}.${member}`, 'member', 'Nobody knows this member.')
  for (const member of TEXT_MEMBERS)
    if (value[member] !== undefined && !isText(value[member])) return report(`${at}.${member}`, 'text', 'It is a text.')
  const source = value as PropertyMapping
  const kinds = [source.column !== undefined || source.columns !== undefined, source.literal !== undefined, source.entity !== undefined]
  if (kinds.filter(Boolean).length !== 1)
    report(at, 'source', 'A value comes from columns, from a literal or from a record of the row: one of them.')
  if (source.column !== undefined) checkColumns(`${at}.column`, [source.column], check)
  if (source.columns !== undefined) checkColumns(`${at}.columns`, source.columns, check)
  if (source.split === '') report(`${at}.split`, 'text', 'Values cannot be split at nothing.')
  if (source.split !== undefined && source.join !== undefined) report(at, 'source', 'Cells are joined or split, not both.')
  if (source.format !== undefined && (def.type !== 'date' || !isDateFormat(source.format)))
    report(`${at}.format`, 'format', 'A format is for dates and written like DD/MM/YYYY.')
  if (source.entity !== undefined) {
    const other = check.schemata.get(source.entity)
    if (other === undefined) report(`${at}.entity`, 'entity', 'The row has no record of this name.')
    else if (def.range === undefined || !isA(other, def.range))
      report(`${at}.entity`, 'range', `The property takes ${def.range ?? 'no records'}, not ${other}.`)
  }
}

function checkColumns(at: string, value: unknown, { report, headers, mayBeNone = false }: Check & { readonly mayBeNone?: boolean }): void {
  if (!areTexts(value) || (value.length === 0 && !mayBeNone)) return report(at, 'columns', 'Columns are a list of their names.')
  for (const column of value) {
    if (headers?.has(column) === false) report(at, 'column', `The table has no column ${column.slice(0, 80)}.`)
    if (isSecretName(column)) report(at, 'secret', 'A secret key has no place in a record: this column is left alone.')
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= MAX_PROPERTIES && value.every((each) => isText(each))
}
