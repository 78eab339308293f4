/**
 * JSON to cargo events: documents of DCSA, one message for each. Schema errors warn; only what is no JSON, or beyond the limits, is refused,
 * and what came before it stands.
 */

import { tellDocument } from './dcsa-document.ts'
import { tellEvent2, tellEvent3, tellMass } from './dcsa-event.ts'
import { DCSA_LISTS, type DcsaKind, dcsaKindOf } from './dcsa-kinds.ts'
import { tellPortCall, tellPortSchedule, tellRoute, tellServiceSchedule } from './dcsa-schedule.ts'
import { checkDcsa } from './dcsa-schema-check.ts'
import type { CargoEvent, ReadOptions } from './events.ts'
import { JSON_LIMITS, type JsonLimits, type JsonUnit, readJsonUnits } from './json-reader.ts'
import { type DocumentSource, wholeDocument } from './json-source.ts'
import { JsonValues, nodeIn, wordIn } from './json-values.ts'
import { DocumentEvents } from './xml-json-events.ts'

/** References of one file that are told apart; a repetition beyond them is not noticed. */
const REFERENCES_KEPT = 200_000

export interface JsonReadOptions extends ReadOptions {
  readonly jsonLimits?: JsonLimits
}

export async function* readJsonCargo(source: DocumentSource, options: JsonReadOptions = {}): AsyncGenerator<CargoEvent> {
  const limits = options.jsonLimits ?? JSON_LIMITS
  const events = new DocumentEvents('json')
  const bytes = await wholeDocument(source, limits.bytes)
  const seen = new Set<string>()
  let units = 0
  for (const unit of readJsonUnits(bytes, DCSA_LISTS, limits)) {
    if (unit.kind === 'refused') {
      events.start({ type: 'JSON', directory: '', reference: '' })
      events.finish(bytes.length, unit.problem)
      yield* events.take()
      return
    }
    units++
    tellUnit(events, unit, { bytes, values: new JsonValues(options.document ?? '', units), seen })
    yield* events.take()
  }
  if (units === 0) events.warn({ code: 'json.empty', at: 'byte 0', text: 'The list holds no document.' })
  events.finish(bytes.length)
  yield* events.take()
}

function tellUnit(
  events: DocumentEvents,
  unit: JsonUnit,
  { bytes, values, seen }: { bytes: Uint8Array; values: JsonValues; seen: Set<string> },
): void {
  const kind = dcsaKindOf(unit.node)
  if (kind === undefined) {
    events.start({ type: 'JSON', directory: '', reference: '' })
    for (const warning of unit.warnings) events.warn(warning)
    events.warn({
      code: 'message.unknown-type',
      at: `byte ${unit.node.start}`,
      text: 'The object is no document that is read; it is kept in the original.',
    })
    events.end()
    return
  }
  const { within } = kind
  const node = (within === undefined ? undefined : nodeIn(unit.node, within)) ?? unit.node
  const reference = referenceOf(unit)
  events.start({ type: kind.type, directory: kind.directory, reference })
  for (const warning of unit.warnings) events.warn(warning)
  const name = `${kind.type} ${reference}`
  if (reference !== '' && seen.has(name))
    events.warn({ code: 'message.repeated', at: `byte ${node.start}`, text: 'The same reference stands in this file before.' })
  if (seen.size < REFERENCES_KEPT) seen.add(name)
  const pointer = within === undefined ? unit.pointer : `${unit.pointer}/${within}`
  if (kind.schema === undefined) {
    if (kind.reads !== 'nothing')
      events.warn({ code: 'json.schema-not-checked', at: `byte ${node.start}`, text: `No schema of ${kind.directory} is at hand.` })
  } else {
    const json = Buffer.from(bytes.buffer, bytes.byteOffset + node.start, node.end - node.start).toString('utf8')
    for (const warning of checkDcsa(kind.schema, node, { json, pointer })) events.warn(warning)
  }
  project(events, { kind, node, values })
  events.end()
}

function project(events: DocumentEvents, { kind, node, values }: { kind: DcsaKind; node: JsonUnit['node']; values: JsonValues }): void {
  switch (kind.reads) {
    case 'transport-document':
    case 'booking':
      return tellDocument(events, node, { kind, values })
    case 'event-2':
      return tellEvent2(events, node, values)
    case 'event-3':
      return tellEvent3(events, node, values)
    case 'mass':
      return tellMass(events, node, values)
    case 'service-schedule':
      return tellServiceSchedule(events, node, values)
    case 'port-schedule':
      return tellPortSchedule(events, node, values)
    case 'route':
      return tellRoute(events, node, values)
    case 'port-call':
      return tellPortCall(events, node, values)
    case 'nothing':
      return events.warn({
        code: 'message.not-read',
        at: `byte ${node.start}`,
        text: 'The document states no cargo that is read; it is kept in the original.',
      })
  }
}

const REFERENCES = [
  'eventID',
  'declarationReference',
  'transportDocumentReference',
  'carrierBookingReference',
  'providerCorrelationReference',
]

function referenceOf({ node }: JsonUnit): string {
  for (const name of REFERENCES) {
    const word = wordIn(node, name) || wordIn(node, 'document', name) || wordIn(node, 'transportDocument', name)
    if (word !== '') return word.slice(0, 100)
  }
  return ''
}
