/** Parts that documents and events of DCSA share: places, seals, equipment, weights, vessels. Codes: DCSA information model. */
import type {
  EquipmentSighting,
  PlaceRole,
  SealIssuer,
  Stated,
  StatedPlace,
  StatedReference,
  StatedSeal,
  StatedWeight,
  Voyage,
  WeightKind,
} from '../model.ts'
import { KILOGRAMS, RELEASE_REFERENCES } from './code-lists.ts'
import type { JsonNode } from './json-reader.ts'
import { itemsIn, type JsonValues, nodeIn, wordIn } from './json-values.ts'
import { type Draft, newSighting } from './message-context.ts'
import { pushDistinct } from './xml-distinct.ts'

const SEAL_SOURCES: ReadonlyMap<string, SealIssuer> = new Map<string, SealIssuer>([
  ['CAR', 'carrier'],
  ['SHI', 'shipper'],
  ['CUS', 'customs'],
  ['PHY', 'quarantine'],
  ['VET', 'quarantine'],
])
/** DCSA document and reference types as codes 1153; what is not here keeps its own code. */
const REFERENCE_CODES: ReadonlyMap<string, string> = new Map([
  ['BKG', 'BN'],
  ['CBR', 'BN'],
  ['TRD', 'BM'],
  ['SHI', 'SI'],
])

/** UN/LOCODE, or the name when there is no code. */
export function placeOf(values: JsonValues, location: JsonNode | undefined): Stated | undefined {
  return (
    values.text(location, 'UNLocationCode') ??
    values.text(location, 'location', 'UNLocationCode') ??
    values.text(location, 'locationName') ??
    values.text(location, 'facility', 'facilityCode') ??
    values.text(location, 'address', 'city')
  )
}

export function pushPlace(places: StatedPlace[], role: PlaceRole, place: Stated | undefined): void {
  if (place !== undefined) places.push({ role, place })
}

export function sealsOf(values: JsonValues, holder: JsonNode | undefined): StatedSeal[] {
  return itemsIn(holder, 'seals').flatMap((seal) => {
    const number = values.text(seal, 'number') ?? values.text(seal, 'sealNumber')
    const source = wordIn(seal, 'source') || wordIn(seal, 'sealSource')
    return number === undefined ? [] : [{ number, issuer: SEAL_SOURCES.get(source) ?? 'unknown' }]
  })
}

/** Both forms in use: `{ value, unit }`, and a number with its unit beside it. */
export function weightOf(
  values: JsonValues,
  { holder, member, kind }: { holder: JsonNode | undefined; member: string; kind: WeightKind },
): StatedWeight | undefined {
  const amount = values.number(holder, member, 'value') ?? values.number(holder, member)
  const unit = wordIn(holder, member, 'unit') || wordIn(holder, `${member}Unit`) || 'KGM'
  const factor = KILOGRAMS.get(unit)
  if (amount === undefined || factor === undefined) return undefined
  return { kind, kilograms: factor === 1 ? amount : { value: amount.value * factor, at: amount.at } }
}

/** A reference whose number gives cargo away is never taken over. */
export function pushReference(references: StatedReference[], type: string, number: Stated | undefined): void {
  const code = REFERENCE_CODES.get(type) ?? type.slice(0, 10)
  if (number === undefined || code === '' || code === 'EQ' || RELEASE_REFERENCES.has(code)) return
  pushDistinct(references, `${code} ${number.value}`, { code, number })
}

/** Equipment as documents state it: `{ equipment: { … }, seals, cargoGrossWeight, activeReeferSettings }`. */
export function sightingOf(values: JsonValues, holder: JsonNode): Draft<EquipmentSighting> | undefined {
  const equipment = nodeIn(holder, 'equipment') ?? holder
  const container = values.text(equipment, 'equipmentReference') ?? values.text(holder, 'equipmentReference')
  if (container === undefined) return undefined
  const sighting = newSighting(container)
  const isoType = values.text(equipment, 'ISOEquipmentCode')
  if (isoType !== undefined) sighting.isoType = isoType
  sighting.seals.push(...sealsOf(values, holder))
  for (const [member, at, kind] of [
    ['cargoGrossWeight', holder, 'goods-gross'],
    ['tareWeight', equipment, 'tare'],
  ] as const) {
    const weight = weightOf(values, { holder: at, member, kind })
    if (weight !== undefined) sighting.weights.push(weight)
  }
  const reefer = nodeIn(holder, 'activeReeferSettings') ?? nodeIn(holder, 'reeferDetails')
  const temperature = values.number(reefer, 'temperatureSetpoint') ?? values.number(reefer, 'internalSetpointTemperature')
  if (temperature !== undefined) sighting.setTemperature = wordIn(reefer, 'temperatureUnit') === 'FAH' ? celsius(temperature) : temperature
  return sighting
}

function celsius({ value, at }: Stated<number>): Stated<number> {
  return { value: Math.round(((value - 32) / 1.8) * 100) / 100, at }
}

export function vesselOf(values: JsonValues, vessel: JsonNode | undefined): Pick<Voyage, 'vesselName' | 'vesselImo'> {
  const name = values.text(vessel, 'vesselName') ?? values.text(vessel, 'name')
  const imo = values.text(vessel, 'vesselIMONumber')
  return { ...optional('vesselName', name), ...optional('vesselImo', imo) }
}

export function optional<Key extends string, T>(key: Key, value: T | undefined): { readonly [K in Key]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: T })
}
