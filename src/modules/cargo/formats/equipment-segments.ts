/**
 * The segments that describe equipment, alike in all container messages: type, places, weights, seals, references, goods, temperature.
 * Source: segment tables of D95B to D23A; positions of the elements have not changed between them for what is read here.
 */
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { EquipmentSighting, Stated, StatedPlace, StatedReference, StatedSeal, StatedWeight, WeightKind } from '../model.ts'
import { EQUIPMENT_STATUS, FULLNESS, KILOGRAMS, PLACE_ROLES, RELEASE_REFERENCES, SEAL_ISSUERS } from './code-lists.ts'
import type { Draft, MessageContext } from './message-context.ts'

const LOC = tagOf('LOC')
const MEA = tagOf('MEA')
const SEL = tagOf('SEL')
const RFF = tagOf('RFF')
const FTX = tagOf('FTX')
const TMP = tagOf('TMP')
const NAD = tagOf('NAD')
const GDS = tagOf('GDS')
const PIA = tagOf('PIA')
const CST = tagOf('CST')
const HAN = tagOf('HAN')

/** The part of a sighting that segments before EQD may already fill. */
export type EquipmentDetails = Omit<Draft<EquipmentSighting>, 'container'>

/** Reads one segment into the equipment it follows; segments without a column are left alone. */
export function readEquipmentSegment(context: MessageContext, details: EquipmentDetails, segment: Segment): void {
  switch (segment.tag) {
    case LOC:
      return void push(details.places, readPlace(context, segment))
    case MEA:
      return void push(details.weights, readWeight(context, segment, 'gross'))
    case SEL:
      return void push(details.seals, readSeal(context, segment))
    case RFF:
      if (isReleaseReference(segment)) details.hasReleaseReference = true
      return void push(details.references, readReference(context, segment))
    case FTX:
      return void push(segment.text(1) === 'AAA' ? details.goods : details.remarks, context.statedLines(segment, 4))
    case TMP:
      return readTemperature(context, details, segment)
    case NAD:
      return readOperator(context, details, segment)
    case GDS:
    case PIA:
      for (const code of readHsCodes(context, segment)) details.hsCodes.push(code)
      return
    case HAN:
      return void push(details.remarks, context.stated(segment, 1) ?? context.stated(segment, 1, 4))
    default:
  }
}

export function readEquipmentType(context: MessageContext, details: EquipmentDetails, segment: Segment): void {
  const isoType = context.stated(segment, 3)
  const status = EQUIPMENT_STATUS.get(segment.text(5))
  const fullness = FULLNESS.get(segment.text(6))
  if (isoType !== undefined) details.isoType = isoType
  if (status !== undefined) details.status = status
  if (fullness !== undefined) details.fullness = fullness
}

export function readPlace(context: MessageContext, segment: Segment): StatedPlace | undefined {
  const role = PLACE_ROLES.get(segment.text(1))
  const place = context.stated(segment, 2) ?? context.stated(segment, 2, 4)
  return role === undefined || place === undefined ? undefined : { role, place }
}

export function readWeight(context: MessageContext, segment: Segment, gross: WeightKind): StatedWeight | undefined {
  const purpose = segment.text(1)
  if (purpose !== 'AAE' && purpose !== 'WT' && purpose !== 'AAY') return undefined
  const kind = weightKind(segment.text(2), gross)
  if (kind === undefined || segment.isEmpty(3, 2)) return undefined
  const unit = segment.text(3, 1)
  const factor = KILOGRAMS.get(unit)
  if (factor === undefined) {
    // Volumes and counts travel in the same segment; only a weight in a foreign unit is worth a word.
    if (purpose === 'WT' || segment.text(2) !== '')
      context.warn({
        code: 'weight.unit',
        segment,
        element: 3,
        text: `${JSON.stringify(unit.slice(0, 8))} is no unit of weight that is read.`,
      })
    return undefined
  }
  const stated = context.statedNumber(segment, 3, 2)
  return stated === undefined ? undefined : { kind, kilograms: factor === 1 ? stated : { value: stated.value * factor, at: stated.at } }
}

/** 6313. AAD and AAB keep the meaning they have in cargo reports; AET and an empty code are the weight as loaded. */
function weightKind(code: string, gross: WeightKind): WeightKind | undefined {
  switch (code) {
    case 'VGM':
      return 'verified-gross'
    case 'T':
      return 'tare'
    case 'AAD':
      return 'consignment-gross'
    case 'AAB':
      return 'goods-gross'
    case 'G':
    case 'WT':
    case 'AET':
    case 'AAE':
    case '':
      return gross
    default:
      return undefined
  }
}

export function readSeal(context: MessageContext, segment: Segment): StatedSeal | undefined {
  const number = context.stated(segment, 1)
  return number === undefined ? undefined : { number, issuer: SEAL_ISSUERS.get(segment.text(2)) ?? 'unknown' }
}

/** A release number or PIN, which is known to exist and otherwise left where it stands. */
export function isReleaseReference(segment: Segment): boolean {
  return RELEASE_REFERENCES.has(segment.text(1)) && !segment.isEmpty(1, 2)
}

export function readReference(context: MessageContext, segment: Segment): StatedReference | undefined {
  if (RELEASE_REFERENCES.has(segment.text(1))) return undefined
  const number = context.stated(segment, 1, 2)
  return number === undefined ? undefined : { code: segment.text(1), number }
}

/** HS numbers stand beside other codes: GDS and CST name their list, PIA names it per number. Blanks and points are kept as stated. */
export function readHsCodes(context: MessageContext, segment: Segment): Stated[] {
  const codes: Stated[] = []
  // The first element of CST and PIA is an ordinal or a qualifier.
  for (let element = segment.tag === GDS ? 1 : 2; element <= Math.min(segment.elementCount, 6); element++) {
    const list = segment.text(element, 2)
    if (segment.tag !== CST && list !== 'HS') continue
    const code = context.stated(segment, element)
    if (code !== undefined && /^[0-9][0-9 .]{3,14}$/.test(code.value)) codes.push(code)
  }
  return codes
}

function readTemperature(context: MessageContext, details: EquipmentDetails, segment: Segment): void {
  if (segment.text(1) !== '2') return
  const stated = context.statedNumber(segment, 2, 1)
  if (stated === undefined) return
  const isFahrenheit = segment.text(2, 2) === 'FAH'
  details.setTemperature = isFahrenheit ? { value: Math.round(((stated.value - 32) * 50) / 9) / 10, at: stated.at } : stated
}

function readOperator(context: MessageContext, details: EquipmentDetails, segment: Segment): void {
  const role = segment.text(1)
  if (role !== 'CF' && (role !== 'CA' || details.operator !== undefined)) return
  const operator = context.stated(segment, 2) ?? context.stated(segment, 4)
  if (operator !== undefined) details.operator = operator
}

export function push<T>(list: T[], item: T | undefined): void {
  if (item !== undefined) list.push(item)
}
