/**
 * Rows of orders, port calls, statuses, masses and answers: the columns that are searched by, and the whole statement with its pointers.
 * Invariant: no column and no statement holds a release number or PIN; the walks leave it where it stands.
 */
import type { Insertable } from 'kysely'
import { storableText } from '#platform/store/storable-text.ts'
import type { EquipmentOrder, PortCall, ReceivedAnswer, Stated, StatusReport, VerifiedMass, Voyage } from '../model.ts'
import type { OrderTable, PortCallTable, ReceivedAnswerTable, StatusTable, VerifiedMassTable } from './channel-tables.ts'
import { instantOf } from './stated-instant.ts'
import { searchKey, storableJson } from './storable.ts'

export interface MessageRowKey {
  readonly authority: string
  readonly desk: string
  readonly document: string
  readonly audience: string[]
  readonly ordinal: number
  readonly message: number
}

export interface MessageRowContext {
  readonly type: string
  readonly voyage: Voyage | undefined
  readonly receivedAt: Date
}

export function orderRow(order: EquipmentOrder, key: MessageRowKey, context: MessageRowContext): Insertable<OrderTable> {
  const road = order.carriages.find(({ mode, carrier }) => mode === 'road' && carrier !== undefined)
  const haulier = order.parties.find(({ role }) => role === 'haulier')?.name ?? road?.carrier
  const vehicle = order.carriages.find(({ stage, vehicle: each }) => stage !== 'main' && each !== undefined)?.vehicle
  const references = [...order.references, ...(order.equipment?.references ?? [])]
  return {
    ...key,
    message_type: context.type,
    kind: order.kind,
    function: order.function,
    number: upper(order.document),
    container: upper(order.equipment?.container),
    iso_type: plain(order.isoType ?? order.equipment?.isoType),
    quantity: order.quantity?.value ?? null,
    bookings: [...new Set(references.filter(({ code }) => code === 'BN').map(({ number }) => searchKey(number.value)))],
    haulier: plain(haulier),
    vehicle: upper(vehicle),
    voyage: upper(context.voyage?.voyageNumber),
    planned_at: instant(order.plannedAt),
    valid_from: instant(order.validFrom),
    valid_until: instant(order.validUntil),
    release_stated: order.hasReleaseReference || order.equipment?.hasReleaseReference === true,
    received_at: context.receivedAt,
    statement: storableJson(order),
  }
}

export function portCallRow(call: PortCall, key: MessageRowKey, context: MessageRowContext): Insertable<PortCallTable> {
  const arrival = firmest(call, 'arrival')
  const departure = firmest(call, 'departure')
  return {
    ...key,
    message_type: context.type,
    call: call.ordinal,
    role: call.role,
    place: searchKey(call.place.value.toUpperCase()),
    terminal: upper(call.terminal),
    vessel_imo: upper(call.vesselImo),
    vessel: upper(call.vesselName),
    voyage: upper(call.voyageNumber),
    arrives_at: arrival?.instant ?? null,
    arrival_basis: arrival?.basis ?? null,
    departs_at: departure?.instant ?? null,
    departure_basis: departure?.basis ?? null,
    received_at: context.receivedAt,
    statement: storableJson(call),
  }
}

export function statusRow(status: StatusReport, key: MessageRowKey, context: MessageRowContext): Insertable<StatusTable> {
  const happened = instantOf(status.happenedAt?.value)
  return {
    ...key,
    container: upper(status.container),
    consignment: upper(status.consignment),
    status: storableText(status.status.value),
    reason: plain(status.reason),
    place: upper(status.place),
    happened_at: happened ?? context.receivedAt,
    happened_stated: happened !== undefined,
    statement: storableJson(status),
  }
}

export function verifiedMassRow(mass: VerifiedMass, key: MessageRowKey, context: MessageRowContext): Insertable<VerifiedMassTable> {
  return {
    ...key,
    container: searchKey(mass.container.value.toUpperCase()),
    kilograms: mass.kilograms.value,
    method: mass.method ?? null,
    responsible: plain(mass.parties.find(({ role }) => role === 'declarant')?.name),
    weighed_at: instant(mass.weighedAt),
    received_at: context.receivedAt,
    statement: storableJson(mass),
  }
}

export function receivedAnswerRow(answer: ReceivedAnswer, key: MessageRowKey, context: MessageRowContext): Insertable<ReceivedAnswerTable> {
  return {
    ...key,
    kind: answer.kind,
    verdict: answer.verdict,
    status: plain(answer.status),
    refers_to: [...new Set(answer.references.map(({ number }) => searchKey(number.value.toUpperCase())))],
    containers: answer.containers.map(({ value }) => searchKey(value.toUpperCase())),
    received_at: context.receivedAt,
    statement: storableJson(answer),
  }
}

const FIRMNESS = { actual: 2, estimated: 1, scheduled: 0 } as const

/** What happened before what is expected before what was planned. */
function firmest(call: PortCall, event: 'arrival' | 'departure'): { instant: Date; basis: string } | undefined {
  let best: { instant: Date; basis: keyof typeof FIRMNESS } | undefined
  for (const time of call.times) {
    const at = time.event === event ? instantOf(time.at.value) : undefined
    if (at !== undefined && (best === undefined || FIRMNESS[time.basis] > FIRMNESS[best.basis])) best = { instant: at, basis: time.basis }
  }
  return best
}

function instant(stated: Stated | undefined): Date | null {
  return instantOf(stated?.value) ?? null
}

function upper(stated: Stated | undefined): string | null {
  return stated === undefined ? null : searchKey(stated.value.toUpperCase())
}

function plain(stated: Stated | undefined): string | null {
  return stated === undefined ? null : storableText(stated.value)
}
