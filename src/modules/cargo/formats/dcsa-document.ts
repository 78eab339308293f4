/**
 * Bills of lading, shipping instructions, arrival notices and bookings: one consignment, and a sighting for each container that is named.
 * Source: DCSA bill of lading 3.0.4, booking 2.0.5, arrival notice 1.0.
 */
import type { EquipmentSighting, PartyRole, PlaceRole, Stated, StatedPlace, Voyage } from '../model.ts'
import { ConsignmentDraft } from './consignment-draft.ts'
import type { DcsaKind } from './dcsa-kinds.ts'
import { optional, placeOf, pushPlace, pushReference, sealsOf, sightingOf, vesselOf, weightOf } from './dcsa-parts.ts'
import type { JsonNode } from './json-reader.ts'
import { itemsIn, type JsonValues, nodeIn, wordIn } from './json-values.ts'
import { joinStated } from './stated-join.ts'
import { pushDistinct } from './xml-distinct.ts'
import type { DocumentEvents } from './xml-json-events.ts'

/** Members of `documentParties`, and codes of the party function; those that play no part in the journey are left in the original. */
const PARTY_ROLES: ReadonlyMap<string, PartyRole> = new Map<string, PartyRole>([
  ['shipper', 'consignor'],
  ['consignee', 'consignee'],
  ['endorsee', 'consignee'],
  ['issuingParty', 'carrier'],
  ['OS', 'consignor'],
  ['CN', 'consignee'],
  ['END', 'consignee'],
  ['N1', 'notify'],
  ['N2', 'notify'],
  ['NI', 'notify'],
  ['NP', 'notify'],
  ['DDR', 'forwarder'],
  ['DDS', 'forwarder'],
  ['COW', 'forwarder'],
  ['CA', 'carrier'],
])

const PORTS: readonly (readonly [member: string, role: PlaceRole])[] = [
  ['placeOfReceipt', 'receipt'],
  ['portOfLoading', 'loading'],
  ['portOfDischarge', 'discharge'],
  ['placeOfDelivery', 'delivery'],
]
/** Location types of a booking. */
const LOCATION_ROLES: ReadonlyMap<string, PlaceRole> = new Map<string, PlaceRole>([
  ['PRE', 'receipt'],
  ['POL', 'loading'],
  ['POD', 'discharge'],
  ['PDE', 'delivery'],
  ['PTP', 'transhipment'],
])

/** References and places of the document that stand with each of its containers; all of them stand in the consignment. */
const REFERENCES_REPEATED = 20

export function tellDocument(events: DocumentEvents, node: JsonNode, { kind, values }: { kind: DcsaKind; values: JsonValues }): void {
  const places = placesOf(node, values)
  events.voyage(voyageOf(node, { values, places }))
  const draft = new ConsignmentDraft()
  const booking = values.text(node, 'carrierBookingReference') ?? values.text(node, 'carrierBookingRequestReference')
  const bill = values.text(node, 'transportDocumentReference')
  draft.name(values.text(node, 'shippingInstructionsReference'), 1)
  draft.name(booking, 2)
  draft.name(bill, 3)
  pushReference(draft.references, 'TRD', bill)
  pushReference(draft.references, 'BKG', booking)
  pushReference(draft.references, 'SHI', values.text(node, 'shippingInstructionsReference'))
  for (const reference of itemsIn(node, 'references')) pushTyped(draft, reference, values)
  draft.places.push(...places)
  readParties(draft, nodeIn(node, 'documentParties'), values)
  for (const charge of itemsIn(node, 'charges')) readCharge(draft, charge, values)
  for (const item of itemsIn(node, 'consignmentItems')) readItem(draft, item, values)
  for (const equipment of itemsIn(node, 'requestedEquipments')) readRequest(draft, equipment, values)
  const sightings: EquipmentSighting[] = []
  const named = draft.references.filter(({ code }) => code === 'BM' || code === 'BN').slice(0, REFERENCES_REPEATED)
  for (const holder of itemsIn(node, 'utilizedTransportEquipments')) {
    const sighting = sightingOf(values, holder)
    if (sighting === undefined) continue
    draft.addContainer(sighting.container, sealsOf(values, holder))
    sighting.references.push(...named)
    sighting.places.push(...places.slice(0, REFERENCES_REPEATED))
    sightings.push(sighting)
  }
  for (const sighting of sightings) events.equipment(sighting)
  const seen = new Set(sightings.map(({ container }) => container.value))
  for (const { number } of draft.containers) if (!seen.has(number.value)) events.container(number)
  const statement = draft.statement()
  if (statement === undefined) {
    const text = 'The document has no number of its own and none of a booking: it states no consignment.'
    events.warn({ code: 'consignment.no-document', at: `byte ${node.start}`, text })
  } else if (kind.reads === 'booking') events.consignment({ kind: 'booking', ...statement })
  else if (kind.type === 'DCSA-INSTRUCTION') events.consignment({ kind: 'instruction', ...statement })
  else events.consignment({ kind: 'contract', ...statement })
}

function placesOf(node: JsonNode, values: JsonValues): StatedPlace[] {
  const places: StatedPlace[] = []
  for (const transport of [nodeIn(node, 'transports'), nodeIn(node, 'transport')])
    for (const [member, role] of PORTS) pushPlace(places, role, placeOf(values, nodeIn(transport, member)))
  for (const location of itemsIn(node, 'shipmentLocations')) {
    const role = LOCATION_ROLES.get(wordIn(location, 'locationTypeCode'))
    if (role !== undefined) pushPlace(places, role, placeOf(values, nodeIn(location, 'location')))
  }
  return places
}

function voyageOf(node: JsonNode, { values, places }: { values: JsonValues; places: readonly StatedPlace[] }): Voyage {
  const transports = nodeIn(node, 'transports')
  const leg = itemsIn(transports, 'vesselVoyages')[0] ?? nodeIn(itemsIn(node, 'transport', 'legs')[0], 'vesselVoyage')
  const number =
    values.text(leg, 'carrierExportVoyageNumber') ??
    values.text(leg, 'carrierImportVoyageNumber') ??
    values.text(node, 'carrierExportVoyageNumber')
  const departure = values.text(transports, 'plannedDepartureDate') ?? values.text(node, 'expectedDepartureDate')
  const arrival = values.text(transports, 'plannedArrivalDate') ?? values.text(node, 'transport', 'portOfDischargeArrivalDate', 'value')
  return {
    ...vesselOf(values, leg ?? nodeIn(node, 'vessel')),
    ...optional('voyageNumber', number),
    ...optional('carrier', values.text(node, 'carrierCode')),
    ...optional('departsAt', departure),
    ...optional('arrivesAt', arrival),
    places: places.filter(({ role }) => role === 'loading' || role === 'discharge'),
  }
}

function readParties(draft: ConsignmentDraft, parties: JsonNode | undefined, values: JsonValues): void {
  if (parties?.kind === 'array')
    for (const party of parties.items) pushParty(draft, PARTY_ROLES.get(wordIn(party, 'partyFunction')), { party, values })
  if (parties?.kind !== 'object') return
  for (const [member, node] of parties.members) {
    if (node.kind === 'object') pushParty(draft, PARTY_ROLES.get(member), { party: node, values })
    else if (member === 'notifyParties') for (const party of itemsIn(node)) pushParty(draft, 'notify', { party, values })
    else
      for (const other of itemsIn(node))
        pushParty(draft, PARTY_ROLES.get(wordIn(other, 'partyFunction')), { party: nodeIn(other, 'party'), values })
  }
}

function pushParty(
  draft: ConsignmentDraft,
  role: PartyRole | undefined,
  { party, values }: { party: JsonNode | undefined; values: JsonValues },
): void {
  const identifier = values.text(itemsIn(party, 'identifyingCodes')[0], 'partyCode')
  const name = values.text(party, 'partyName') ?? identifier
  if (role === undefined || name === undefined) return
  draft.addParty({ role, name, ...optional('identifier', identifier), ...optional('address', addressOf(party, values)) })
}

/** Lines as the sender laid them out, or members. */
function addressOf(party: JsonNode | undefined, values: JsonValues): Stated | undefined {
  const lines = itemsIn(party, 'addressLines').map((line) => values.text(line))
  const members = ['street', 'streetNumber', 'postCode', 'city'].map((member) => values.text(party, 'address', member))
  return joinStated(lines) ?? joinStated(members)
}

/** Charges with freight in their name, all together. */
function readCharge(draft: ConsignmentDraft, charge: JsonNode, values: JsonValues): void {
  const amount = values.number(charge, 'currencyAmount')
  const currency = wordIn(charge, 'currencyCode')
  if (amount === undefined || !/freight/i.test(wordIn(charge, 'chargeName'))) return
  draft.addFreight(currency === '' ? amount : { ...amount, currency })
}

function readItem(draft: ConsignmentDraft, item: JsonNode, values: JsonValues): void {
  pushReference(draft.references, 'BKG', values.text(item, 'carrierBookingReference'))
  for (const reference of itemsIn(item, 'references')) pushTyped(draft, reference, values)
  for (const line of itemsIn(item, 'descriptionOfGoods')) pushNew(draft.goods, values.text(line))
  for (const code of itemsIn(item, 'HSCodes')) pushNew(draft.hsCodes, values.text(code))
  for (const cargo of itemsIn(item, 'cargoItems')) {
    const container = values.text(cargo, 'equipmentReference')
    if (container !== undefined) draft.addContainer(container, [])
    const weight = weightOf(values, { holder: cargo, member: 'cargoGrossWeight', kind: 'goods-gross' })
    if (weight !== undefined) draft.weights.push(weight)
    draft.addPackages(values.number(cargo, 'outerPackaging', 'numberOfPackages'))
  }
}

function readRequest(draft: ConsignmentDraft, request: JsonNode, values: JsonValues): void {
  for (const reference of itemsIn(request, 'equipmentReferences')) {
    const container = values.text(reference)
    if (container !== undefined) draft.addContainer(container, [])
  }
  for (const commodity of itemsIn(request, 'commodities')) {
    pushNew(draft.goods, values.text(commodity, 'commodityType'))
    for (const code of itemsIn(commodity, 'HSCodes')) pushNew(draft.hsCodes, values.text(code))
    const weight = weightOf(values, { holder: commodity, member: 'cargoGrossWeight', kind: 'goods-gross' })
    if (weight !== undefined) draft.weights.push(weight)
    draft.addPackages(values.number(commodity, 'outerPackaging', 'numberOfPackages'))
  }
}

function pushTyped(draft: ConsignmentDraft, reference: JsonNode, values: JsonValues): void {
  const type = wordIn(reference, 'type') || wordIn(reference, 'typeCode')
  pushReference(draft.references, type, values.text(reference, 'value') ?? values.text(reference, 'reference'))
  for (const value of itemsIn(reference, 'values')) pushReference(draft.references, type, values.text(value))
}

function pushNew(list: Stated[], stated: Stated | undefined): void {
  if (stated !== undefined) pushDistinct(list, stated.value, stated)
}
