/**
 * COARRI (discharged or loaded) and CODECO (through the gate): a header that says which event, then one group per container.
 * Source: message tables COARRI and CODECO, D95B to D23A; the event is the document name of BGM, for COARRI else the status of the box.
 */
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { EquipmentSighting } from '../model.ts'
import { REPORT_EVENTS } from './code-lists.ts'
import { readEquipmentSegment, readEquipmentType, readPlace } from './equipment-segments.ts'
import { type Draft, type MessageContext, type MessageWalk, newSighting } from './message-context.ts'
import { readVoyageSegment } from './voyage-segments.ts'

const BGM = tagOf('BGM')
const EQD = tagOf('EQD')
const LOC = tagOf('LOC')
const DTM = tagOf('DTM')
const TDT = tagOf('TDT')
const CNT = tagOf('CNT')
const STOWAGE = '147'
/** 2005: 7 and 203 are when the event took place, 181 when the box was placed. */
const EVENT_TIMES = new Set(['7', '181', '203'])

export class ContainerReportWalk implements MessageWalk {
  readonly #context: MessageContext
  readonly #type: 'COARRI' | 'CODECO'
  #event: EquipmentSighting['event']
  #sighting: Draft<EquipmentSighting> | undefined
  #isInEquipment = false
  /** A truck or train leg inside the group: its places are not the sea journey's. */
  #isInLeg = false

  constructor(context: MessageContext, type: 'COARRI' | 'CODECO') {
    this.#context = context
    this.#type = type
  }

  segment(segment: Segment): void {
    if (segment.tag === BGM) this.#event = REPORT_EVENTS[this.#type].get(segment.text(1))
    if (segment.tag === EQD) return this.#equipment(segment)
    if (segment.tag === CNT) return this.end()
    if (!this.#isInEquipment) return readVoyageSegment(this.#context, segment)
    const sighting = this.#sighting
    if (segment.tag === TDT) this.#isInLeg = true
    if (sighting === undefined) return
    if (segment.tag === LOC) return this.#place(sighting, segment)
    if (segment.tag === DTM) return this.#time(sighting, segment)
    readEquipmentSegment(this.#context, sighting, segment)
  }

  end(): void {
    if (this.#sighting !== undefined) this.#context.tellEquipment(this.#sighting)
    this.#sighting = undefined
  }

  #equipment(segment: Segment): void {
    this.end()
    this.#isInEquipment = true
    this.#isInLeg = false
    const container = this.#context.container(segment)
    if (container === undefined) return
    const sighting = newSighting(container)
    readEquipmentType(this.#context, sighting, segment)
    const event = this.#event ?? (this.#type === 'COARRI' ? eventOfStatus(sighting.status) : undefined)
    if (event !== undefined) sighting.event = event
    this.#sighting = sighting
  }

  #place(sighting: Draft<EquipmentSighting>, segment: Segment): void {
    if (this.#isInLeg) return
    if (segment.text(1) === STOWAGE) {
      const stowage = this.#context.stated(segment, 2)
      if (stowage !== undefined) sighting.stowage = stowage
      return
    }
    const place = readPlace(this.#context, segment)
    if (place !== undefined) sighting.places.push(place)
  }

  #time(sighting: Draft<EquipmentSighting>, segment: Segment): void {
    const time = this.#context.stated(segment, 1, 2)
    if (!this.#isInLeg && time !== undefined && EVENT_TIMES.has(segment.text(1))) sighting.happenedAt ??= time
  }
}

function eventOfStatus(status: EquipmentSighting['status']): EquipmentSighting['event'] {
  if (status === 'import') return 'discharged'
  return status === 'export' ? 'loaded' : undefined
}
