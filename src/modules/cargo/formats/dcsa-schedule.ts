/**
 * Schedules and port calls: one row for each port of each ship.
 * Source: DCSA operational vessel schedules 3.0.2, commercial schedules 1.0.3, just-in-time port calls 2.0.
 */
import type { PortCall, Stated, StatedTime } from '../model.ts'
import { optional, placeOf, vesselOf } from './dcsa-parts.ts'
import type { JsonNode } from './json-reader.ts'
import { itemsIn, type JsonValues, nodeIn, wordIn } from './json-values.ts'
import type { DocumentEvents } from './xml-json-events.ts'

const TIMES: ReadonlyMap<string, StatedTime['event']> = new Map<string, StatedTime['event']>([
  ['ARRI', 'arrival'],
  ['DEPA', 'departure'],
])
const BASES: ReadonlyMap<string, StatedTime['basis']> = new Map<string, StatedTime['basis']>([
  ['ACT', 'actual'],
  ['EST', 'estimated'],
  ['PLN', 'scheduled'],
  ['REQ', 'scheduled'],
])

export function tellServiceSchedule(events: DocumentEvents, node: JsonNode, values: JsonValues): void {
  events.voyage({ places: [] })
  let ordinal = 0
  for (const schedule of itemsIn(node, 'vesselSchedules')) {
    const vessel = vesselOf(values, nodeIn(schedule, 'vessel') ?? schedule)
    const carrier = values.text(schedule, 'vesselOperatorSMDGLinerCode') ?? values.text(schedule, 'vessel', 'operatorCarrierCode')
    for (const call of itemsIn(schedule, 'transportCalls')) {
      const place = placeOf(values, nodeIn(call, 'location'))
      if (place === undefined) continue
      ordinal++
      const voyage = values.text(call, 'carrierExportVoyageNumber') ?? values.text(call, 'carrierImportVoyageNumber')
      tellCall(events, {
        ordinal,
        role: 'call',
        place,
        times: timesOf(call, values),
        ...vessel,
        ...optional('carrier', carrier),
        ...optional('voyageNumber', voyage),
      })
    }
  }
  if (ordinal === 0) warnEmpty(events, node)
}

function warnEmpty(events: DocumentEvents, node: JsonNode): void {
  events.warn({ code: 'schedule.no-calls', at: `byte ${node.start}`, text: 'The schedule names no call of a ship at a place.' })
}

export function tellPortSchedule(events: DocumentEvents, node: JsonNode, values: JsonValues): void {
  events.voyage({ places: [] })
  const place = placeOf(values, nodeIn(node, 'location'))
  if (place === undefined) return warnEmpty(events, node)
  const terminal = values.text(node, 'location', 'facilitySMDGCode')
  for (const [index, schedule] of itemsIn(node, 'vesselSchedules').entries()) {
    const partner = itemsIn(schedule, 'servicePartners')[0]
    const voyage = values.text(partner, 'carrierExportVoyageNumber') ?? values.text(partner, 'carrierImportVoyageNumber')
    tellCall(events, {
      ordinal: index + 1,
      role: 'call',
      place,
      times: timesOf(schedule, values),
      ...vesselOf(values, nodeIn(schedule, 'vessel')),
      ...optional('terminal', terminal),
      ...optional('carrier', values.text(partner, 'carrierCode')),
      ...optional('voyageNumber', voyage),
    })
  }
}

/** From door to door: where each leg begins and ends. */
export function tellRoute(events: DocumentEvents, node: JsonNode, values: JsonValues): void {
  events.voyage({ places: [] })
  let ordinal = 0
  for (const leg of itemsIn(node, 'legs')) {
    const transport = nodeIn(leg, 'transport')
    const partner = itemsIn(transport, 'servicePartners')[0]
    const voyage = values.text(partner, 'carrierExportVoyageNumber') ?? values.text(partner, 'carrierImportVoyageNumber')
    const ship = {
      ...vesselOf(values, nodeIn(transport, 'vessel')),
      ...optional('carrier', values.text(partner, 'carrierCode')),
      ...optional('voyageNumber', voyage),
    }
    for (const end of ['departure', 'arrival'] as const) {
      const place = placeOf(values, nodeIn(leg, end, 'location'))
      const at = values.text(leg, end, 'dateTime')
      if (place === undefined) continue
      ordinal++
      tellCall(events, { ordinal, role: end, place, times: at === undefined ? [] : [{ event: end, basis: 'scheduled', at }], ...ship })
    }
  }
  if (ordinal === 0) warnEmpty(events, node)
}

export function tellPortCall(events: DocumentEvents, node: JsonNode, values: JsonValues): void {
  const vessel = vesselOf(values, nodeIn(node, 'vessel'))
  const voyage = values.text(node, 'terminalCall', 'exportVoyageNumberOrReference', 'carrierVoyageNumber')
  const place = values.text(node, 'portCall', 'UNLocationCode') ?? placeOf(values, nodeIn(node, 'portCallService', 'serviceLocation'))
  events.voyage({ ...vessel, ...optional('voyageNumber', voyage), places: place === undefined ? [] : [{ role: 'activity', place }] })
  if (place === undefined) return warnEmpty(events, node)
  const terminal = values.text(node, 'portCallService', 'serviceLocation', 'facility', 'facilityCode')
  const isBerth = wordIn(node, 'portCallService', 'portCallServiceTypeCode') === 'BERTH'
  const call: PortCall = {
    ordinal: 1,
    role: isBerth ? 'berth' : 'call',
    place,
    times: [],
    ...vessel,
    ...optional('terminal', terminal),
    ...optional('voyageNumber', voyage),
  }
  tellCall(events, call)
}

function tellCall(events: DocumentEvents, call: PortCall): void {
  events.row({ kind: 'port-call', call })
}

function timesOf(holder: JsonNode, values: JsonValues): StatedTime[] {
  return itemsIn(holder, 'timestamps').flatMap((each) => {
    const event = TIMES.get(wordIn(each, 'eventTypeCode'))
    const basis = BASES.get(wordIn(each, 'eventClassifierCode'))
    const at: Stated | undefined = values.text(each, 'eventDateTime')
    return event === undefined || basis === undefined || at === undefined ? [] : [{ event, basis, at }]
  })
}
