/** Records for tests, with names in Latin letters as any-ascii gives them. */
import anyAscii from 'any-ascii'
import { type PreparedRecord, prepareRecord } from './record.ts'

export function record(schema: string, properties: Readonly<Record<string, string | readonly string[]>>): PreparedRecord {
  const lists = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]))
  return prepareRecord({ schema, properties: lists }, anyAscii)
}

export function person(name: string, more: Readonly<Record<string, string | readonly string[]>> = {}): PreparedRecord {
  return record('Person', { name, ...more })
}
