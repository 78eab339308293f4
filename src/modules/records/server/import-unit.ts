/**
 * What reading gives: units, each one or several lines that belong together, with the records in them and all that could not be taken as it stood.
 * Invariant: in = accepted + warned + quarantined over the lines of every unit; a unit is written as a whole, so that reading goes on after it.
 */
import { hash } from 'node:crypto'
import type { Quarantined } from '#kernel/record/entity.ts'
import { entityIdOf, identityText } from '#kernel/record/identity.ts'
import { isReference } from '#kernel/record/model.ts'
import type { Problem } from '#kernel/result/problem.ts'
import { isStorableText, storableText } from '#platform/store/storable-text.ts'
import type { LinePlace } from './import-lines.ts'
import type { StoredValue } from './tables.ts'

export interface LineProblem {
  readonly line: number
  /** Within the line. */
  readonly place: string
  readonly code: string
  readonly severity: 'warning' | 'quarantined'
  readonly text: string
  readonly raw?: string | undefined
}

export interface ReadRecord {
  readonly externalId: string
  readonly schema: string
  readonly values: readonly StoredValue[]
  readonly context?: Readonly<Record<string, unknown>> | undefined
  readonly line: number
  /** Its source says that its processing is restricted. */
  readonly restricted?: boolean | undefined
  /** Its last day, where its source says one. */
  readonly eraseAt?: Date | undefined
  /** Its id, where that was worked out already. */
  readonly entity?: string | undefined
}

export interface Unit {
  readonly line: number
  /** Lines or rows that count; empty ones do not. */
  readonly lines: number
  readonly warned: number
  readonly quarantined: number
  readonly records: readonly ReadRecord[]
  readonly problems: readonly LineProblem[]
  /** Where reading goes on. */
  readonly end: LinePlace
}

export const MOST_RAW = 2000
const SECRET_NEAR = /(?:private|secret|seed|recovery|mnemonic)[\s_-]*(?:key|phrase|seed)?/i
const LINE = /^line \d+(?:, | )?/

/** A line of which nothing could be taken; what stood there is quoted. */
export function refusedLine(line: number, problem: Problem, raw: string | undefined): LineProblem {
  return {
    line,
    place: problem.at.replace(LINE, ''),
    code: problem.code,
    severity: 'quarantined',
    text: problem.message,
    ...quoted(problem, raw),
  }
}

/** What is told of a line says nothing of what stands there; `raw` does. */
export function warning(line: number, problem: Problem, raw?: string): LineProblem {
  return {
    line,
    place: problem.at.replace(LINE, ''),
    code: problem.code,
    severity: 'warning',
    text: problem.message,
    ...quoted(problem, raw),
  }
}

/** Unless it may hold a secret. */
function quoted({ code }: Problem, raw: string | undefined): Pick<LineProblem, 'raw'> {
  return raw === undefined || code === 'record.secret' || SECRET_NEAR.test(raw) ? {} : { raw: raw.slice(0, MOST_RAW) }
}

/** A line in other characters than its file. */
export function foreignLine(line: number, readAs: 'utf-8' | 'windows-1252'): LineProblem {
  const message =
    readAs === 'utf-8' ? 'The line is UTF-8, unlike its file, and was read as that.' : 'The line is not UTF-8 and was read as Windows-1252.'
  return warning(line, { code: 'record.line.encoding', at: 'line', message })
}

/** A value of a record that was taken otherwise. */
export function asideValue(line: number, { problem, excerpt, count, length }: Quarantined): LineProblem {
  const more = [count > 1 ? `${count} values` : '', excerpt !== undefined && length > excerpt.length ? `${length} signs` : ''].filter(
    (each) => each !== '',
  )
  return {
    line,
    place: problem.at.replace(LINE, ''),
    code: problem.code,
    severity: 'quarantined',
    text: more.length === 0 ? problem.message : `${problem.message} (${more.join(', ')})`,
    ...(excerpt === undefined ? {} : { raw: excerpt.slice(0, MOST_RAW) }),
  }
}

export function recordId(collection: string, externalId: string): string {
  return entityIdOf(hash('sha256', identityText(collection, externalId), 'hex'))
}

export interface Extra {
  readonly pointer?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly lang?: string | undefined
}

const NOTHING: Extra = {}

/** As the store keeps it: a reference by the id of its record, with the name the source has for it. */
export function storedValue(
  collection: string,
  stated: { readonly schema: string; readonly prop: string; readonly value: string },
  extra?: Extra,
): StoredValue {
  const { schema, prop, value } = stated
  const isNaming = isReference(schema, prop)
  if (extra === undefined && !isNaming) return [prop, value]
  const { pointer = null, from = null, to = null, lang = null } = extra ?? NOTHING
  if (isNaming) return [prop, recordId(collection, value), pointer, from, to, lang, value]
  if (lang !== null) return [prop, value, pointer, from, to, lang]
  if (to !== null) return [prop, value, pointer, from, to]
  if (from !== null) return [prop, value, pointer, from]
  return pointer === null ? [prop, value] : [prop, value, pointer]
}

/** JSON without what the store cannot hold: the zero sign and halves of characters become the sign for unreadable. */
export function storable(value: unknown): unknown {
  return isStorable(value) ? value : repaired(value)
}

export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return isStorableText(value)
  if (Array.isArray(value)) return value.every(isStorable)
  if (typeof value !== 'object' || value === null) return true
  const members = value as Readonly<Record<string, unknown>>
  for (const name of Object.keys(members)) if (!isStorableText(name) || !isStorable(members[name])) return false
  return true
}

function repaired(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(repaired)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [repaired(name), repaired(inner)]))
}
