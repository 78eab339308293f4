/**
 * IFTSAI, CALINF, BERMAN and CUSREP: a ship and its ports with their times. Each place of the ship's leg is one call.
 * Calls that come before the ship is named wait for it; feeder, truck and rail legs in a schedule are not the ship's.
 * Source: message tables IFTSAI D99B, D00B, CALINF D95B, D00B, BERMAN D98B, D23A, CUSREP D95B, D03B; codes 3227 and 2005.
 */
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { EquipmentSighting, PortCall, Stated } from '../model.ts'
import { CALL_ROLES, CALL_TIMES } from './code-lists.ts'
import { readEquipmentSegment, readEquipmentType } from './equipment-segments.ts'
import { type Draft, type MessageContext, type MessageWalk, newSighting } from './message-context.ts'
import { readShip, readVoyageSegment, type StatedShip } from './voyage-segments.ts'

const TDT = tagOf('TDT')
const LOC = tagOf('LOC')
const DTM = tagOf('DTM')
const RFF = tagOf('RFF')
const EQD = tagOf('EQD')
const NAD = tagOf('NAD')
const TSR = tagOf('TSR')
/** Calls that wait for their ship, and times of one call. */
const KEPT = 99

export class PortCallWalk implements MessageWalk {
  readonly #context: MessageContext
  #ship: StatedShip | undefined
  #waiting: Draft<PortCall>[] = []
  #call: Draft<PortCall> | undefined
  #sighting: Draft<EquipmentSighting> | undefined
  #ordinal = 0
  #isOtherLeg = false

  constructor(context: MessageContext) {
    this.#context = context
  }

  segment(segment: Segment): void {
    switch (segment.tag) {
      case TDT:
        return this.#transport(segment)
      case LOC:
        return this.#place(segment)
      case DTM:
        return this.#time(segment)
      case RFF:
        return this.#reference(segment)
      case EQD:
        return this.#equipment(segment)
      case NAD:
      case TSR:
        this.#flushCall()
        this.#flushEquipment()
        return
      default:
        if (this.#sighting !== undefined) readEquipmentSegment(this.#context, this.#sighting, segment)
    }
  }

  end(): void {
    this.#flushCall()
    this.#flushEquipment()
    for (const call of this.#waiting.splice(0)) this.#tell(call)
  }

  #transport(segment: Segment): void {
    this.#flushCall()
    this.#flushEquipment()
    this.#isOtherLeg = segment.text(1) !== '20' && this.#ship !== undefined
    if (this.#isOtherLeg) return
    const ship = readShip(this.#context, segment)
    this.#ship = {}
    for (const [name, value] of Object.entries(ship) as [keyof StatedShip, Stated][])
      if (this.#context.shared(value, segment) !== undefined) this.#ship[name] = value
    // The voyage of the message is that of the first ship it names.
    for (const [name, value] of Object.entries(this.#ship))
      if (this.#context.voyage[name as keyof StatedShip] === undefined) this.#context.voyage[name as keyof StatedShip] = value
    for (const call of this.#waiting.splice(0)) this.#tell(call)
  }

  #place(segment: Segment): void {
    this.#flushCall()
    this.#flushEquipment()
    const role = CALL_ROLES.get(segment.text(1))
    if (this.#isOtherLeg || role === undefined) return
    const place = this.#context.stated(segment, 2) ?? this.#context.stated(segment, 2, 4)
    if (place === undefined) return
    this.#ordinal++
    this.#call = { ordinal: this.#ordinal, role, place, times: [] }
    const terminal = this.#context.stated(segment, 3) ?? this.#context.stated(segment, 3, 4)
    if (terminal !== undefined) this.#call.terminal = terminal
  }

  #time(segment: Segment): void {
    const meaning = CALL_TIMES.get(segment.text(1))
    const at = this.#context.stated(segment, 1, 2)
    if (this.#sighting !== undefined) return
    if (this.#call === undefined && this.#ship !== undefined && !this.#isOtherLeg) readVoyageSegment(this.#context, segment)
    if (this.#call === undefined || meaning === undefined || at === undefined) return
    if (this.#call.times.length < KEPT) this.#call.times.push({ ...meaning, at })
    else this.#context.warn({ code: 'port-call.times', segment, text: `More than ${KEPT} times of one call; the rest is not read.` })
  }

  #reference(segment: Segment): void {
    const number = this.#context.shared(this.#context.stated(segment, 1, 2), segment)
    if (this.#ship === undefined || number === undefined || segment.text(1) !== 'VON' || this.#call !== undefined) return
    this.#ship.voyageNumber ??= number
    this.#context.voyage.voyageNumber ??= number
  }

  /** CUSREP and IFTSAI count or name equipment on board. */
  #equipment(segment: Segment): void {
    this.#flushCall()
    this.#flushEquipment()
    const container = this.#context.container(segment, true)
    if (container === undefined) return
    this.#sighting = newSighting(container)
    readEquipmentType(this.#context, this.#sighting, segment)
  }

  #flushEquipment(): void {
    if (this.#sighting !== undefined) this.#context.tellEquipment(this.#sighting)
    this.#sighting = undefined
  }

  #flushCall(): void {
    const call = this.#call
    this.#call = undefined
    if (call === undefined) return
    if (this.#ship === undefined && this.#waiting.length < KEPT) this.#waiting.push(call)
    else this.#tell(call)
  }

  #tell(call: Draft<PortCall>): void {
    this.#context.tellRow({ kind: 'port-call', call: { ...call, ...this.#ship } })
  }
}
