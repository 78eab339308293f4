/**
 * Lines of FollowTheMoney: one JSON object a line, an entity or a statement. Reading never throws, and nothing of a line is lost: what is not of the model
 * stays in `context` or goes to quarantine with its place. Values stay as they were written; `clean-entity.ts` brings them to one form.
 * Invariant: reading what was printed gives the same entity.
 * Sources: FollowTheMoney 3.8.4, `proxy.py` (to_dict); nomenklatura, `statement/serialize.py` (JSON lines of statements).
 */
import type { Problem } from '#kernel/result/problem.ts'
import type { Json } from '#kernel/seal/canonical-json.ts'
import { ENTITY_ID_FORM, isEntityId, type RecordEntity } from './entity.ts'
import { jsonFault, MAX_DEPTH, measureJson } from './json-fault.ts'
import { type ReadJson, readJson } from './json-numbers.ts'
import { type EntityRead, LineReading, type Members } from './line-reading.ts'
import { schemaOf } from './model.ts'
import { EXTENSION_MEMBER, fromPlain } from './plain-ftm.ts'
import { readStatement, type StatementLine } from './statement-line.ts'

/** Longest line, in UTF-16 units. Longer ones are refused unread. */
export const MAX_LINE = 64 * 1024 * 1024

export type EntityLine =
  | EntityRead
  | { readonly kind: 'statement'; readonly statement: StatementLine; readonly problems: readonly Problem[] }
  | { readonly kind: 'blank' }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

/** `lineNumber` counts from 1. */
export function readEntityLine(line: string, lineNumber: number): EntityLine {
  const text = lineNumber === 1 && line.startsWith('\ufeff') ? line.slice(1) : line
  if (text.length > MAX_LINE) return refused(lineNumber, 'line.too-long', `A line has at most ${MAX_LINE} signs; here are ${text.length}.`)
  const parsed = parseLine(text, lineNumber)
  if ('kind' in parsed) return parsed
  const { members, problems } = parsed
  if (Object.hasOwn(members, 'prop') && (Object.hasOwn(members, 'entity_id') || Object.hasOwn(members, 'canonical_id')))
    return withProblems(readStatement(members, lineNumber), problems)
  return withProblems(readEntity(members, lineNumber), problems)
}

function withProblems(read: EntityLine, problems: readonly Problem[]): EntityLine {
  return problems.length === 0 || (read.kind !== 'entity' && read.kind !== 'statement')
    ? read
    : { ...read, problems: [...problems, ...read.problems] }
}

/** One line without its end. */
export function printEntityLine({ id, schema, properties, datasets, context }: RecordEntity): string {
  return JSON.stringify({ ...context, id, schema, properties, ...(datasets === undefined ? {} : { datasets }) })
}

interface ParsedLine {
  readonly members: Members
  readonly problems: readonly Problem[]
}

function parseLine(text: string, lineNumber: number): ParsedLine | EntityLine {
  const measured = measureJson(text)
  const { depth, members } = measured
  const fault = depth > MAX_DEPTH ? jsonFault(text) : undefined
  if (fault !== undefined) return refused(`${lineNumber}, column ${fault.column}`, `line.${fault.code}`, fault.message)
  let read: ReadJson
  try {
    read = readJson(text, measured)
  } catch {
    if (text.trim() === '') return { kind: 'blank' }
    const { code, column, message } = jsonFault(text) ?? { code: 'syntax', column: 1, message: 'The line is not JSON.' }
    return refused(`${lineNumber}, column ${column}`, `line.${code}`, message)
  }
  const { value, asText } = read
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return refused(lineNumber, 'line.object', 'A line is one JSON object.')
  // Fewer members than colons outside of texts: one name stands twice, and reading has dropped all but the last.
  const repeated = countMembers(value) === members ? undefined : jsonFault(text)
  if (repeated !== undefined) return refused(`${lineNumber}, column ${repeated.column}`, `line.${repeated.code}`, repeated.message)
  const message = `Numbers of more digits than a program holds, each kept as the text that it was: ${asText}.`
  return { members: value as Members, problems: asText === 0 ? [] : [{ code: 'record.number.digits', at: `line ${lineNumber}`, message }] }
}

function countMembers(value: Json): number {
  if (value === null || typeof value !== 'object') return 0
  let count = 0
  if (Array.isArray(value)) {
    for (const each of value as readonly Json[]) if (typeof each === 'object') count += countMembers(each)
    return count
  }
  for (const name of Object.keys(value)) count += 1 + countMembers((value as Members)[name] ?? null)
  return count
}

function readEntity(members: Members, lineNumber: number): EntityLine {
  const { id, schema: name, properties } = members
  if (typeof id !== 'string' || !isEntityId(id)) return refused(`${lineNumber}, id`, 'id', `An entity has an id: ${ENTITY_ID_FORM}.`)
  if (typeof name !== 'string') return refused(`${lineNumber}, schema`, 'schema.missing', 'An entity names its schema.')
  const schema = schemaOf(name)
  if (schema === undefined) return refused(`${lineNumber}, schema`, 'schema.unknown', `There is no schema ${name.slice(0, 60)}.`)
  if (properties !== undefined && (properties === null || typeof properties !== 'object' || Array.isArray(properties)))
    return refused(`${lineNumber}, properties`, 'properties', 'Properties are an object of lists of texts.')
  const reading = new LineReading(schema, `line ${lineNumber}, `)
  if (schema.isAbstract)
    reading.warn('schema', 'schema.abstract', `No record is of the schema ${name} itself, only of those that extend it.`)
  const values = reading.properties((properties ?? {}) as Members, 'properties')
  const { context, datasets } = reading.rest(members)
  const entity: RecordEntity = { id, schema: schema.name, properties: values, ...(datasets === undefined ? {} : { datasets }), context }
  return restored(entity, reading)
}

/** A record of ours that travelled as plain FollowTheMoney becomes again what it was. */
function restored(entity: RecordEntity, reading: LineReading): EntityLine {
  if (!Object.hasOwn(entity.context, EXTENSION_MEMBER)) return reading.entity(entity)
  const plain = fromPlain(entity)
  if (plain === undefined) {
    reading.warn(EXTENSION_MEMBER, 'extension', 'What says which of our schemata this was does not fit the line; it is kept as it came.')
    return reading.entity(entity)
  }
  const ours = new LineReading(plain.schema, reading.place)
  const own = ours.properties(plain.properties, `${EXTENSION_MEMBER}.properties`)
  reading.problems.push(...ours.problems)
  reading.quarantined.push(...ours.quarantined)
  const properties = { ...plain.entity.properties }
  for (const [name, values] of Object.entries(own)) properties[name] = [...new Set([...(properties[name] ?? []), ...values])]
  return reading.entity({ ...plain.entity, properties })
}

function refused(at: number | string, code: string, message: string): EntityLine {
  return { kind: 'refused', problems: [{ code: `record.${code}`, at: `line ${at}`, message }] }
}
