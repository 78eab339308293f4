/**
 * The segments that name the ship, the voyage and its ports.
 * Source: TDT C222 and C040 in D95B to D23A; 1131 code IMO or 146, or 3055 code 11 (Lloyd's Register), mark an IMO number.
 */
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { Stated } from '../model.ts'
import { readPlace } from './equipment-segments.ts'
import type { MessageContext } from './message-context.ts'

const TDT = tagOf('TDT')
const RFF = tagOf('RFF')
const LOC = tagOf('LOC')
const DTM = tagOf('DTM')

const IMO_NUMBER = /^(?:IMO)?[0-9]{7}$/
const CALL_SIGN = /^[A-Z0-9]{3,9}$/

export function readVoyageSegment(context: MessageContext, segment: Segment): void {
  const { voyage } = context
  switch (segment.tag) {
    case TDT:
      return readTransport(context, segment)
    case RFF: {
      const number = context.stated(segment, 1, 2)
      if (segment.text(1) === 'VON' && number !== undefined) voyage.voyageNumber = number
      return
    }
    case LOC: {
      const place = readPlace(context, segment)
      if (place !== undefined) voyage.places.push(place)
      return
    }
    case DTM:
      return readTime(context, segment)
    default:
  }
}

/** Ship and voyage of one TDT segment. */
export interface StatedShip {
  voyageNumber?: Stated
  carrier?: Stated
  vesselName?: Stated
  vesselImo?: Stated
}

function readTransport(context: MessageContext, segment: Segment): void {
  // 20: main carriage. Feeder, truck and rail legs say nothing about the ship's voyage; 1 is what gate reports write.
  if (segment.text(1) !== '20') return
  const { voyageNumber, ...ship } = readShip(context, segment)
  Object.assign(context.voyage, ship)
  if (voyageNumber !== undefined) context.voyage.voyageNumber ??= voyageNumber
}

export function readShip(context: MessageContext, segment: Segment): StatedShip {
  const ship: StatedShip = {}
  const number = context.stated(segment, 2)
  const carrier = context.stated(segment, 5) ?? context.stated(segment, 5, 4)
  const identity = context.stated(segment, 8)
  const name = context.stated(segment, 8, 4)
  // Planners write UNKNOWN here and put the voyage into RFF+VON.
  if (number !== undefined && number.value !== 'UNKNOWN') ship.voyageNumber = number
  if (carrier !== undefined) ship.carrier = carrier
  if (name !== undefined) ship.vesselName = name
  if (identity === undefined) return ship
  if (IMO_NUMBER.test(identity.value)) ship.vesselImo = identity
  else if (name === undefined && !CALL_SIGN.test(identity.value)) ship.vesselName = identity
  return ship
}

function readTime(context: MessageContext, segment: Segment): void {
  const time = context.stated(segment, 1, 2)
  if (time === undefined) return
  const code = segment.text(1)
  if (code === '133' || code === '136' || code === '186') context.voyage.departsAt = time
  if (code === '132') context.voyage.arrivesAt = time
  if (code === '178' && context.voyage.arrivesAt === undefined) context.voyage.arrivesAt = time
}
