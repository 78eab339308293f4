/**
 * Events of track and trace, and verified masses. Only what has happened is a sighting; what is planned or estimated is a status whose reason
 * names how firm it is.
 * Source: DCSA track and trace 2.2.0; the form of 3.0 from the published example messages; VGM 1.0 likewise.
 */
import type { EquipmentSighting, PortCall, Stated, StatedReference, StatedTime, StatusReport, VerifiedMass, Voyage } from '../model.ts'
import { optional, placeOf, pushReference, sightingOf, vesselOf, weightOf } from './dcsa-parts.ts'
import type { JsonNode } from './json-reader.ts'
import { itemsIn, type JsonValues, nodeIn, wordIn } from './json-values.ts'
import type { DocumentEvents } from './xml-json-events.ts'

const MOVES: ReadonlyMap<string, NonNullable<EquipmentSighting['event']>> = new Map<string, NonNullable<EquipmentSighting['event']>>([
  ['LOAD', 'loaded'],
  ['DISC', 'discharged'],
  ['GTIN', 'gate-in'],
  ['GTOT', 'gate-out'],
])
const BASES: ReadonlyMap<string, StatedTime['basis']> = new Map<string, StatedTime['basis']>([
  ['ACT', 'actual'],
  ['EST', 'estimated'],
  ['PLN', 'scheduled'],
  ['REQ', 'scheduled'],
])
const METHODS: ReadonlyMap<string, NonNullable<VerifiedMass['method']>> = new Map<string, NonNullable<VerifiedMass['method']>>([
  ['SM1', 'weighed'],
  ['SM2', 'calculated'],
])

/** The two forms of an event, brought to one. */
interface EventView {
  readonly node: JsonNode
  readonly values: JsonValues
  readonly type: string
  readonly classifier: Stated | undefined
  readonly code: Stated | undefined
  readonly happenedAt: Stated | undefined
  readonly call: JsonNode | undefined
  readonly vessel: JsonNode | undefined
  readonly equipment: JsonNode
  readonly place: Stated | undefined
  readonly voyageNumber: Stated | undefined
  readonly references: readonly StatedReference[]
  readonly documentNumber: Stated | undefined
}

export function tellEvent2(events: DocumentEvents, node: JsonNode, values: JsonValues): void {
  const type = wordIn(node, 'eventType')
  const call = nodeIn(node, 'transportCall')
  const references: StatedReference[] = []
  for (const each of itemsIn(node, 'documentReferences'))
    pushReference(references, wordIn(each, 'documentReferenceType'), values.text(each, 'documentReferenceValue'))
  for (const each of itemsIn(node, 'references'))
    pushReference(references, wordIn(each, 'referenceType'), values.text(each, 'referenceValue'))
  tell(events, {
    node,
    values,
    type,
    classifier: values.text(node, 'eventClassifierCode'),
    code: values.text(node, `${type.toLowerCase()}EventTypeCode`),
    happenedAt: values.text(node, 'eventDateTime'),
    call,
    vessel: nodeIn(call, 'vessel'),
    equipment: node,
    place: placeOf(values, nodeIn(node, 'eventLocation')) ?? placeOf(values, call),
    voyageNumber: values.text(call, 'exportVoyageNumber') ?? values.text(call, 'importVoyageNumber'),
    references,
    documentNumber: values.text(node, 'documentID'),
  })
}

export function tellEvent3(events: DocumentEvents, node: JsonNode, values: JsonValues): void {
  const classification = nodeIn(node, 'eventClassification')
  const type = wordIn(classification, 'eventTypeCode')
  const call = nodeIn(node, 'transportDetails', 'transportCall')
  const shipment = nodeIn(node, 'shipmentDetails')
  const references: StatedReference[] = []
  const document = nodeIn(shipment, 'documentReference')
  for (const each of [document, ...itemsIn(shipment, 'additionalDocumentReferences')])
    pushReference(references, wordIn(each, 'typeCode'), values.text(each, 'reference'))
  tell(events, {
    node,
    values,
    type,
    classifier: values.text(classification, 'eventClassifierCode'),
    code: values.text(classification, `${type.toLowerCase()}EventTypeCode`),
    happenedAt: values.text(node, 'eventDateTime'),
    call,
    vessel: nodeIn(call, 'vesselTransport'),
    equipment: nodeIn(node, 'equipmentDetails') ?? node,
    place: placeOf(values, nodeIn(node, 'eventLocation')),
    voyageNumber:
      values.text(call, 'exportVoyageNumberOrReference', 'carrierVoyageNumber') ??
      values.text(call, 'importVoyageNumberOrReference', 'carrierVoyageNumber'),
    references,
    documentNumber: values.text(document, 'reference'),
  })
}

function tell(events: DocumentEvents, view: EventView): void {
  events.voyage(voyageOf(view))
  if (view.type === 'TRANSPORT') return tellCall(events, view)
  const sighting = sightingOf(view.values, view.equipment)
  const move = MOVES.get(view.code?.value ?? '')
  if (sighting !== undefined && view.classifier?.value === 'ACT') {
    const fullness = fullnessOf(view.equipment)
    if (fullness !== undefined) sighting.fullness = fullness
    if (move !== undefined) sighting.event = move
    if (view.happenedAt !== undefined) sighting.happenedAt = view.happenedAt
    if (view.place !== undefined) sighting.places.push({ role: 'activity', place: view.place })
    sighting.references.push(...view.references)
    events.equipment(sighting)
    if (move !== undefined) return
  } else if (sighting !== undefined) events.container(sighting.container)
  tellStatus(events, view, sighting?.container)
}

function tellStatus(events: DocumentEvents, view: EventView, container: Stated | undefined): void {
  const { code, classifier, happenedAt, place, references, documentNumber } = view
  if (code === undefined) {
    events.warn({
      code: 'event.no-code',
      at: `byte ${view.node.start}`,
      text: 'The event does not say what happened; it is kept in the original.',
    })
    return
  }
  const isActual = classifier?.value === 'ACT'
  const status: StatusReport = {
    ...optional('container', container),
    ...optional('consignment', documentNumber),
    status: code,
    ...optional('reason', isActual ? undefined : classifier),
    ...optional('happenedAt', isActual ? happenedAt : undefined),
    ...optional('place', place),
    references,
  }
  events.row({ kind: 'status', status })
}

function tellCall(events: DocumentEvents, view: EventView): void {
  const { code, happenedAt, place } = view
  const isDeparture = code?.value === 'DEPA'
  if (place === undefined) return tellStatus(events, view, undefined)
  const basis = BASES.get(view.classifier?.value ?? '')
  const times: StatedTime[] =
    happenedAt === undefined || basis === undefined ? [] : [{ event: isDeparture ? 'departure' : 'arrival', basis, at: happenedAt }]
  const { places: _places, departsAt: _departs, arrivesAt: _arrives, ...ship } = voyageOf(view)
  const call: PortCall = { ordinal: 1, role: isDeparture ? 'departure' : 'arrival', place, times, ...ship }
  events.row({ kind: 'port-call', call })
}

function voyageOf(view: EventView): Voyage {
  const { values, vessel, voyageNumber, place, type, code, happenedAt } = view
  const isCall = type === 'TRANSPORT'
  const carrier = values.text(vessel, 'vesselOperatorCarrierCode')
  return {
    ...vesselOf(values, vessel),
    ...optional('voyageNumber', voyageNumber),
    ...optional('carrier', carrier),
    ...optional('departsAt', isCall && code?.value === 'DEPA' ? happenedAt : undefined),
    ...optional('arrivesAt', isCall && code?.value === 'ARRI' ? happenedAt : undefined),
    places: place === undefined || !isCall ? [] : [{ role: 'activity', place }],
  }
}

function fullnessOf(equipment: JsonNode): EquipmentSighting['fullness'] {
  const word = wordIn(equipment, 'emptyIndicatorCode')
  return word === 'EMPTY' ? 'empty' : word === 'LADEN' ? 'full' : undefined
}

export function tellMass(events: DocumentEvents, node: JsonNode, values: JsonValues): void {
  const voyage = nodeIn(node, 'vesselVoyageDetails')
  events.voyage({
    ...vesselOf(values, nodeIn(voyage, 'vessel') ?? voyage),
    ...optional('voyageNumber', values.text(voyage, 'exportVoyageNumberOrReference', 'carrierVoyageNumber')),
    ...optional('carrier', values.text(voyage, 'carrierCode')),
    places: [],
  })
  const retracted = nodeIn(node, 'isRetracted')
  const sighting = sightingOf(values, nodeIn(node, 'equipmentDetails') ?? node)
  const mass = weightOf(values, { holder: nodeIn(node, 'VGM'), member: 'weight', kind: 'verified-gross' })
  if (sighting === undefined || mass === undefined) {
    events.warn({
      code: 'mass.incomplete',
      at: `byte ${node.start}`,
      text: 'The declaration names no container, or no weight in a unit that is read.',
    })
    return
  }
  if (retracted?.kind === 'boolean' && retracted.value) {
    events.container(sighting.container)
    events.warn({ code: 'mass.retracted', at: `byte ${retracted.start}`, text: 'The declarant took the mass back; it is not stated.' })
    return
  }
  pushReference(sighting.references, 'BKG', values.text(node, 'shipmentDetails', 'carrierBookingReference'))
  pushReference(sighting.references, 'TRD', values.text(node, 'shipmentDetails', 'transportDocumentReference'))
  sighting.weights.push(mass)
  const place = placeOf(values, nodeIn(voyage, 'portOfLoading'))
  if (place !== undefined) sighting.places.push({ role: 'loading', place })
  events.equipment(sighting)
  const responsible = values.text(node, 'responsibleParty', 'partyName')
  const { container, references, seals } = sighting
  const stated: VerifiedMass = {
    container,
    kilograms: mass.kilograms,
    ...optional('method', METHODS.get(wordIn(node, 'VGM', 'method'))),
    ...optional('weighedAt', values.text(node, 'VGM', 'dateTime')),
    parties: responsible === undefined ? [] : [{ role: 'declarant', name: responsible }],
    references,
    seals,
  }
  events.row({ kind: 'verified-mass', mass: stated })
}
