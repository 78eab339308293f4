/**
 * Which document of DCSA a JSON object is, told by its members: messages carry no type of their own.
 * Source: DCSA OpenAPI documents (bill of lading 3.0, booking 2.0, PINT 3.0, arrival notice 1.0, track and trace 2.2 and 3.0, schedules,
 * port calls 2.0) and the published example messages.
 */
import type { JsonNode } from './json-reader.ts'
import { hasMember, itemsIn, nodeIn, wordIn } from './json-values.ts'

export interface DcsaKind {
  /** What the message is called in the list of messages. */
  readonly type: string
  readonly directory: string
  readonly reads:
    | 'transport-document'
    | 'booking'
    | 'event-2'
    | 'event-3'
    | 'mass'
    | 'service-schedule'
    | 'port-schedule'
    | 'route'
    | 'port-call'
    | 'nothing'
  /** Member that holds the document, when it is wrapped. */
  readonly within?: string
  /** Name of its schema, where one is at hand. */
  readonly schema?: string
}

/** Members of an envelope whose items are documents of their own. */
export const DCSA_LISTS: ReadonlySet<string> = new Set(['events', 'arrivalNotices', 'arrivalNoticeNotifications', 'VGMDeclarations'])

const EVENT_SCHEMAS: ReadonlyMap<string, string> = new Map([
  ['TRANSPORT', 'transport-event-2'],
  ['SHIPMENT', 'shipment-event-2'],
  ['EQUIPMENT', 'equipment-event-2'],
])

export function dcsaKindOf(node: JsonNode): DcsaKind | undefined {
  if (node.kind !== 'object') return undefined
  const has = (name: string) => hasMember(node, name)
  if (has('eventClassification')) return { type: 'DCSA-EVENT', directory: 'TNT 3.0', reads: 'event-3' }
  if (has('eventType') || has('eventClassifierCode')) {
    const schema = EVENT_SCHEMAS.get(wordIn(node, 'eventType')) ?? 'shipment-event-2'
    return { type: 'DCSA-EVENT', directory: 'TNT 2.2', reads: 'event-2', schema }
  }
  if (has('portCallService') || has('portCall') || has('terminalCall'))
    return { type: 'DCSA-PORT-CALL', directory: 'JIT 2.0', reads: 'port-call' }
  if (has('VGM')) return { type: 'DCSA-VGM', directory: 'VGM 1.0', reads: 'mass' }
  if (has('errorDateTime') && has('statusCode')) return { type: 'DCSA-ERROR', directory: '', reads: 'nothing' }
  return documentKind(node, has) ?? scheduleKind(node, has)
}

function documentKind(node: JsonNode, has: (name: string) => boolean): DcsaKind | undefined {
  const bill = { type: 'DCSA-BILL', directory: 'EBL 3.0', reads: 'transport-document' } as const
  if (has('document') && has('issueTo')) return { ...bill, within: 'document', schema: 'transport-document' }
  if (has('transportDocument') && nodeIn(node, 'transportDocument')?.kind === 'object')
    return { ...bill, type: 'DCSA-ENVELOPE', directory: 'PINT 3.0', within: 'transportDocument', schema: 'transport-document' }
  if (has('issueDateTime') && has('transportDocumentReference') && has('carrierCode') && has('transport'))
    return { ...bill, type: 'DCSA-ARRIVAL', directory: 'AN 1.0' }
  if (has('issueDate') && has('portOfDischargeArrivalDate'))
    return { ...bill, type: 'DCSA-ARRIVAL', directory: 'AN 1.0', schema: 'arrival-notice' }
  if (has('transportDocumentReference') && has('transports')) return { ...bill, schema: 'transport-document' }
  if (has('consignmentItems') && has('documentParties'))
    return { type: 'DCSA-INSTRUCTION', directory: 'EBL 3.0', reads: 'transport-document', schema: instructionSchema(has) }
  if (has('requestedEquipments') || has('shipmentLocations')) {
    const schema = has('bookingStatus') ? 'booking' : 'create-booking'
    return { type: 'DCSA-BOOKING', directory: 'BKG 2.0', reads: 'booking', schema }
  }
  if (has('surrenderRequestReference')) return { type: 'DCSA-SURRENDER', directory: 'EBL 3.0', reads: 'nothing' }
  if (has('transportDocumentReference') && !has('consignmentItems')) return { type: 'DCSA-NOTIFICATION', directory: '', reads: 'nothing' }
  return undefined
}

function instructionSchema(has: (name: string) => boolean): string {
  return has('shippingInstructionsStatus') ? 'shipping-instructions' : 'create-shipping-instructions'
}

function scheduleKind(node: JsonNode, has: (name: string) => boolean): DcsaKind | undefined {
  const schedule = { type: 'DCSA-SCHEDULE', directory: 'OVS 3.0' } as const
  if (has('carrierServiceCode') || has('carrierServiceName') || has('universalServiceReference')) {
    // The commercial form names the ship in an object of its own, the operational one beside the calls.
    const isCommercial = itemsIn(node, 'vesselSchedules').some((each) => hasMember(each, 'vessel'))
    if (isCommercial) return { ...schedule, directory: 'CS 1.0', reads: 'service-schedule', schema: 'commercial-service-schedule' }
    return { ...schedule, reads: 'service-schedule', schema: 'service-schedule' }
  }
  if (has('vesselSchedules') && has('location'))
    return { ...schedule, directory: 'CS 1.0', reads: 'port-schedule', schema: 'port-schedule' }
  if (has('legs') && has('placeOfReceipt')) return { ...schedule, directory: 'CS 1.0', reads: 'route', schema: 'point-to-point' }
  return undefined
}
