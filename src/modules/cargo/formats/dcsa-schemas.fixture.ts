/**
 * Makes `dcsa-schemas.json.gz` from the OpenAPI documents of DCSA: for each kind of document its schema with what it refers to, as plain JSON
 * Schema without examples and descriptions. Written by its test with UPDATE_SCHEMAS=1, and compared by it otherwise.
 * Source: github.com/dcsaorg/DCSA-OpenAPI (Apache-2.0).
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse } from 'yaml'

export const OPENAPI = fileURLToPath(new URL('../../../../../shared/data/cargo/dcsa/openapi/', import.meta.url))

/** Kind of document: file of the standard and name of the schema in it. */
const KINDS: Readonly<Record<string, readonly [file: string, schema: string]>> = {
  'transport-document': ['EBL_v3.0.4', 'TransportDocument'],
  'shipping-instructions': ['EBL_v3.0.4', 'ShippingInstructions'],
  'create-shipping-instructions': ['EBL_v3.0.4', 'CreateShippingInstructions'],
  'create-booking': ['BKG_v2.0.5', 'CreateBooking'],
  booking: ['BKG_v2.0.5', 'Booking'],
  'arrival-notice': ['AN_v1.0.0-Beta-1', 'ArrivalNotice'],
  'transport-event-2': ['TNT_v2.2.0', 'transportEvent'],
  'shipment-event-2': ['TNT_v2.2.0', 'shipmentEvent'],
  'equipment-event-2': ['TNT_v2.2.0', 'equipmentEvent'],
  'service-schedule': ['OVS_v3.0.2', 'ServiceSchedule'],
  'commercial-service-schedule': ['CS_v1.0.3', 'ServiceSchedule'],
  'port-schedule': ['CS_v1.0.3', 'PortSchedule'],
  'point-to-point': ['CS_v1.0.3', 'PointToPoint'],
  'ebl-envelope': ['EBL_PINT_v3.0.0', 'EblEnvelope'],
  'port-call': ['JIT_v2.0.0', 'PortCall'],
  'terminal-call': ['JIT_v2.0.0', 'TerminalCall'],
  'port-call-service': ['JIT_v2.0.0', 'PortCallService'],
  'vessel-status': ['JIT_v2.0.0', 'VesselStatus'],
}

/** Words of JSON Schema that decide; everything else in an OpenAPI schema explains. */
const KEPT: ReadonlySet<string> = new Set([
  'type',
  'enum',
  'const',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'required',
])
const PREFIX = '#/components/schemas/'

type Plain = Readonly<Record<string, unknown>>

/** The text of the file, before compression. */
export function dcsaSchemas(): string {
  const kinds: Record<string, string> = {}
  const definitions: Record<string, unknown> = {}
  for (const [kind, [file, schema]] of Object.entries(KINDS)) {
    const document = readOpenApi(file)
    kinds[kind] = `${file}.${schema}`
    collect(definitions, { file, name: schema, schemas: document })
  }
  return `${JSON.stringify({ kinds, $defs: definitions })}\n`
}

const opened = new Map<string, Plain>()

function readOpenApi(file: string): Plain {
  const known = opened.get(file)
  if (known !== undefined) return known
  const document = parse(gunzipSync(readFileSync(`${OPENAPI}${file}.yaml.gz`)).toString('utf8'), { maxAliasCount: -1 }) as {
    components: { schemas: Plain }
  }
  opened.set(file, document.components.schemas)
  return document.components.schemas
}

function collect(definitions: Record<string, unknown>, { file, name, schemas }: { file: string; name: string; schemas: Plain }): void {
  const key = `${file}.${name}`
  if (key in definitions) return
  const schema = schemas[name]
  if (schema === undefined) throw new Error(`${key} is not defined.`)
  definitions[key] = {}
  definitions[key] = plainSchema(schema as Plain, (reference) => {
    if (!reference.startsWith(PREFIX)) throw new Error(`${reference} lies outside of the document.`)
    const next = reference.slice(PREFIX.length)
    collect(definitions, { file, name: next, schemas })
    return `#/$defs/${file}.${next}`
  })
}

function plainSchema(schema: Plain, refer: (reference: string) => string): Plain {
  const reference = schema['$ref']
  if (typeof reference === 'string') return { $ref: refer(reference) }
  const plain: Record<string, unknown> = {}
  const list = (value: unknown) => (value as readonly Plain[]).map((each) => plainSchema(each, refer))
  for (const [word, value] of Object.entries(schema)) {
    if (KEPT.has(word)) plain[word] = value
    else if (word === 'properties')
      plain[word] = Object.fromEntries(Object.entries(value as Plain).map(([name, each]) => [name, plainSchema(each as Plain, refer)]))
    else if (word === 'items' || word === 'not') plain[word] = plainSchema(value as Plain, refer)
    else if (word === 'allOf' || word === 'anyOf' || word === 'oneOf') plain[word] = list(value)
    else if (word === 'additionalProperties') plain[word] = typeof value === 'boolean' ? value : plainSchema(value as Plain, refer)
  }
  for (const [exclusive, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const)
    if (plain[exclusive] === true) {
      plain[exclusive] = plain[bound]
      delete plain[bound]
    } else if (plain[exclusive] === false) delete plain[exclusive]
  if (schema['nullable'] === true) {
    if (typeof plain['type'] === 'string') plain['type'] = [plain['type'], 'null']
    if (Array.isArray(plain['enum'])) plain['enum'] = [...(plain['enum'] as unknown[]), null]
  }
  return plain
}
