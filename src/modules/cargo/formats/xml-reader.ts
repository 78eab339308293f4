/**
 * XML to cargo events: entry summary declarations and ICS2 messages, alone or in an envelope. Each is held against its schema in a thread of
 * its own and, for declarations, against the business rules; both only warn. What is not well-formed, or dangerous, is refused.
 */
import type { EnsMessage } from '#kernel/ens/rule.ts'
import { ruleWarnings, schemaWarnings } from './ens-check.ts'
import { readEns } from './ens-message.ts'
import type { CargoEvent, ReadOptions } from './events.ts'
import { readIcs2Consignments } from './ics2-message.ts'
import { readIcs2 } from './ics2-read.ts'
import { type DocumentSource, wholeDocument } from './json-source.ts'
import { DocumentEvents } from './xml-json-events.ts'
import { XML_LIMITS, type XmlLimits } from './xml-limits.ts'
import { type SchemaThread, schemaThread, type XmlSchemaSet } from './xml-schema-check.ts'
import { ensSchema, ICS2_MESSAGES, type Ics2Message, ics2Schema } from './xml-schemas.ts'
import { readXmlAside, type XmlElement } from './xml-tree.ts'
import { XmlValues } from './xml-values.ts'

export interface XmlReadOptions extends ReadOptions {
  readonly xmlLimits?: XmlLimits
  /** True where declarations leave out the totals and the place of declaration. */
  readonly newEnsForm?: boolean
  readonly schemaThread?: SchemaThread
}

/** Envelopes nest their message only so deep. */
const ENVELOPE_DEPTH = 6
const ENS = ['CC315A', 'CC313A'] as const

interface Found {
  readonly element: XmlElement
  readonly path: readonly number[]
}

export async function* readXmlCargo(source: DocumentSource, options: XmlReadOptions = {}): AsyncGenerator<CargoEvent> {
  const limits = options.xmlLimits ?? XML_LIMITS
  const events = new DocumentEvents('xml')
  const bytes = await wholeDocument(source, limits.bytes)
  const read = await readXmlAside(bytes, limits)
  if (!read.ok) {
    events.start({ type: 'XML', directory: '', reference: '' })
    events.finish(bytes.length, read.problem)
    yield* events.take()
    return
  }
  const found = messagesIn({ element: read.root, path: [] })
  if (found.length === 0) {
    events.start({ type: 'XML', directory: '', reference: '' })
    const text = `The root element ${JSON.stringify(read.root.name.slice(0, 40))} holds no message that is read.`
    events.warn({ code: 'message.unknown-type', at: `byte ${read.root.start}`, text })
    events.end()
  }
  for (const each of found) {
    await tellMessage(events, each, { bytes, options })
    yield* events.take()
  }
  events.finish(bytes.length)
  yield* events.take()
}

async function tellMessage(
  events: DocumentEvents,
  { element, path }: Found,
  { bytes, options }: { bytes: Uint8Array; options: XmlReadOptions },
): Promise<void> {
  const values = new XmlValues(options.document ?? '')
  const isEns = ENS.some((name) => name === element.name)
  let schema: XmlSchemaSet | undefined
  if (isEns) {
    const form = `${element.name}${options.newEnsForm === true ? '-New' : ''}` as EnsMessage
    const { reference, voyage, consignments } = readEns(element, values)
    schema = ensSchema(form)
    events.start({ type: element.name, directory: 'ICS 11.2', reference })
    events.voyage(voyage)
    for (const statement of consignments) {
      for (const { number } of statement.containers) events.container(number)
      events.consignment(statement)
    }
    for (const warning of ruleWarnings(element, form)) events.warn(warning)
  } else {
    const folder = options.ics2Schemas ?? ''
    if (folder !== '') schema = ics2Schema(element.name as Ics2Message, folder)
    const reading = readIcs2(element)
    events.start({ type: element.name, directory: 'ICS2 2', reference: reading?.content.header.messageId ?? '' })
    for (const statement of readIcs2Consignments(element, values)) {
      for (const { number } of statement.containers) events.container(number)
      events.consignment(statement)
    }
    if (reading !== undefined && reading.unread.length > 0) {
      const text = `Not read, but kept in the original: ${reading.unread.slice(0, 20).join(', ')}.`
      events.warn({ code: 'ics2.not-read', at: `byte ${element.start}`, text })
    }
  }
  const verdict =
    schema === undefined
      ? ({ checked: false, because: 'no schema of it is at hand.' } as const)
      : await (options.schemaThread ?? schemaThread).check(schema, bytes, { path })
  for (const warning of schemaWarnings(verdict)) events.warn(warning)
  events.end()
}

function messagesIn(found: Found): Found[] {
  const { element, path } = found
  if ([...ENS, ...ICS2_MESSAGES].some((name) => name === element.name)) return [found]
  if (path.length >= ENVELOPE_DEPTH) return []
  return element.children.flatMap((child, index) => messagesIn({ element: child, path: [...path, index] }))
}
