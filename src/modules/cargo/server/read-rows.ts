/** Rows of containers and consignments: the columns that are listed and searched, and the whole statement with its pointers. */
import type { Insertable } from 'kysely'
import { looksLikeContainerNumber, parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import { storableText } from '#platform/store/storable-text.ts'
import { grossOf } from '../detectors/statement-parts.ts'
import type { ConsignmentStatement, EquipmentSighting, PlaceRole, Stated, StatedPlace, Voyage, WeightKind } from '../model.ts'
import { instantOf } from './stated-instant.ts'
import { searchKey, storableJson } from './storable.ts'
import type { ConsignmentTable, EquipmentTable } from './tables.ts'

/** What was declared to customs, as against what carriers and forwarders report: tables of declarations, and entry summary declarations. */
export function isDeclaration(type: string): boolean {
  return type === 'CSV' || type === 'ENS' || /^CC3[0-9]{2}/.test(type)
}

export interface RowKey {
  readonly authority: string
  readonly desk: string
  readonly document: string
  readonly audience: string[]
  readonly ordinal: number
  readonly message: number
  readonly type: string
}

export function equipmentRow(
  sighting: EquipmentSighting,
  key: RowKey,
  context: { readonly voyage: Voyage | undefined; readonly preparedAt: Date | undefined; readonly receivedAt: Date },
): Insertable<EquipmentTable> {
  const { type, ...held } = key
  const container = searchKey(sighting.container.value.toUpperCase())
  const verified = weightOf(sighting, 'verified-gross')
  const weight = verified ?? weightOf(sighting, 'gross')
  const stated = instantOf(sighting.happenedAt?.value) ?? instantOf(context.voyage?.departsAt?.value) ?? context.preparedAt
  return {
    ...held,
    message_type: type,
    container,
    iso_type: plain(sighting.isoType),
    fullness: sighting.fullness ?? null,
    stowage: keyOf(sighting.stowage),
    loading: placeOf(sighting.places, 'loading') ?? null,
    discharge: placeOf(sighting.places, 'discharge') ?? null,
    final_place: placeOf(sighting.places, 'delivery') ?? placeOf(sighting.places, 'final-discharge') ?? null,
    weight: weight ?? null,
    verified_weight: verified !== undefined,
    temperature: sighting.setTemperature?.value ?? null,
    operator: plain(sighting.operator),
    booking: keyOf(sighting.references.find((reference) => reference.code === 'BN')?.number),
    bill: keyOf(sighting.references.find((reference) => ['BM', 'BH', 'MB'].includes(reference.code))?.number),
    seals: sighting.seals.map((seal) => searchKey(seal.number.value)),
    goods: goodsOf(sighting.goods),
    flags: flagsOf(container),
    observed_at: stated ?? context.receivedAt,
    observed_stated: stated !== undefined,
    sighting: storableJson(sighting),
  }
}

function flagsOf(container: string): string[] {
  if (!looksLikeContainerNumber(container)) return ['not-iso']
  return parseContainerNumber(container).ok ? [] : ['bad-check-digit']
}

export function consignmentRow(statement: ConsignmentStatement, key: RowKey, receivedAt: Date): Insertable<ConsignmentTable> {
  const { type, ...held } = key
  const party = (role: string) => plain(statement.parties.find((each) => each.role === role)?.name)
  return {
    ...held,
    declaration: isDeclaration(type),
    bill: searchKey(statement.document.value.toUpperCase()),
    consignor: party('consignor'),
    consignee: party('consignee'),
    notify: party('notify'),
    loading: placeOf(statement.places, 'loading') ?? null,
    discharge: placeOf(statement.places, 'discharge') ?? null,
    goods: goodsOf(statement.goods),
    hs: plain(statement.hsCodes[0]),
    gross: grossOf(statement)?.value ?? null,
    packages: statement.packages?.value ?? null,
    containers: statement.containers.map((each) => searchKey(each.number.value.toUpperCase())),
    seals: statement.containers.flatMap((each) => each.seals.map((seal) => searchKey(seal.number.value))),
    bookings: statement.references.filter(({ code }) => code === 'BN').map(({ number }) => searchKey(number.value)),
    received_at: receivedAt,
    statement: storableJson(statement),
  }
}

function plain(stated: Stated | undefined): string | null {
  return stated === undefined ? null : storableText(stated.value)
}

function keyOf(stated: Stated | undefined): string | null {
  return stated === undefined ? null : searchKey(stated.value)
}

function goodsOf(goods: readonly Stated[]): string | null {
  return storableText(goods.map((each) => each.value).join('; ')) || null
}

function placeOf(places: readonly StatedPlace[], role: PlaceRole): string | undefined {
  const place = places.find((each) => each.role === role)?.place.value.toUpperCase()
  return place === undefined ? undefined : searchKey(place)
}

function weightOf(sighting: EquipmentSighting, kind: WeightKind): number | undefined {
  return sighting.weights.find((weight) => weight.kind === kind)?.kilograms.value
}
