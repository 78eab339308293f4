/**
 * IFTSTA: what became of a box or of a consignment, and when and where. Boxes come first, each with its statuses; then consignments, whose
 * statuses name the boxes they are about.
 * A box with a status is a sighting, too: it was somewhere at a time. What the status code means is agreed between parties and not guessed.
 * Source: message tables IFTSTA D95B, D96A, D00B, D23A; STS C601, C555, C556; times of code list 2005 that say when something happened.
 */
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { EquipmentSighting, Stated, StatusReport } from '../model.ts'
import { readEquipmentSegment, readEquipmentType, readReference } from './equipment-segments.ts'
import { type Draft, type MessageContext, type MessageWalk, newSighting } from './message-context.ts'
import { readVoyageSegment } from './voyage-segments.ts'

const EQD = tagOf('EQD')
const CNI = tagOf('CNI')
const STS = tagOf('STS')
const RFF = tagOf('RFF')
const LOC = tagOf('LOC')
const DTM = tagOf('DTM')
const TDT = tagOf('TDT')
const GID = tagOf('GID')
const HAPPENED = new Set(['7', '78', '178', '186', '200', '201', '203', '334'])
const REFERENCES_KEPT = 20

export class StatusWalk implements MessageWalk {
  readonly #context: MessageContext
  #consignment: Stated | undefined
  #isInConsignments = false
  #sighting: Draft<EquipmentSighting> | undefined
  #status: Draft<StatusReport> | undefined
  /** The status was told with the boxes it names. */
  #isTold = false
  #isInGoods = false
  /** Behind TDT: places and times of the ship, not of the status. */
  #isInLeg = false

  constructor(context: MessageContext) {
    this.#context = context
  }

  segment(segment: Segment): void {
    switch (segment.tag) {
      case EQD:
        return this.#equipment(segment)
      case CNI:
        this.#flush()
        this.#isInConsignments = true
        this.#consignment = this.#context.shared(this.#context.stated(segment, 2), segment)
        return
      case STS:
        return this.#open(segment)
      case GID:
        this.#isInGoods = true
        return
      default:
    }
    if (this.#isInGoods) return
    if (this.#status !== undefined && (this.#sighting === undefined || !this.#isInConsignments))
      return this.#inStatus(this.#status, segment)
    if (this.#sighting !== undefined) return readEquipmentSegment(this.#context, this.#sighting, segment)
    if (this.#status === undefined) readVoyageSegment(this.#context, segment)
  }

  end(): void {
    this.#flush()
  }

  #open(segment: Segment): void {
    this.#flushStatus()
    if (this.#isInConsignments) this.#flushEquipment()
    this.#isInGoods = false
    this.#isInLeg = false
    // Up to D95B the status stands in the first element, later behind its category.
    const status = this.#context.shared(this.#context.stated(segment, 2) ?? this.#context.stated(segment, 1), segment)
    if (status === undefined)
      return this.#context.warn({ code: 'status.no-code', segment, text: 'A status group names no status; it is not used.' })
    this.#status = { status, references: [] }
    const reason = this.#context.shared(this.#context.stated(segment, 3), segment)
    if (reason !== undefined) this.#status.reason = reason
    if (this.#consignment !== undefined) this.#status.consignment = this.#consignment
  }

  #inStatus(status: Draft<StatusReport>, segment: Segment): void {
    if (segment.tag === TDT) {
      this.#isInLeg = true
      return readVoyageSegment(this.#context, segment)
    }
    if (this.#isInLeg) return
    switch (segment.tag) {
      case DTM: {
        const time = this.#context.shared(this.#context.stated(segment, 1, 2), segment)
        if (time !== undefined && HAPPENED.has(segment.text(1))) status.happenedAt ??= time
        return
      }
      case LOC: {
        const place = this.#context.shared(this.#context.stated(segment, 2) ?? this.#context.stated(segment, 2, 4), segment)
        if (place !== undefined) status.place ??= place
        return
      }
      case RFF: {
        const reference = readReference(this.#context, segment)
        if (status.references.length >= REFERENCES_KEPT) return
        if (reference !== undefined && this.#context.shared(reference.number, segment) !== undefined) status.references.push(reference)
        return
      }
      default:
    }
  }

  #equipment(segment: Segment): void {
    if (!this.#isInConsignments) this.#flushStatus()
    this.#flushEquipment()
    this.#isInGoods = false
    this.#isInLeg = false
    const container = this.#context.container(segment)
    if (container === undefined) return
    this.#sighting = newSighting(container)
    readEquipmentType(this.#context, this.#sighting, segment)
    if (this.#status === undefined || !this.#isInConsignments) return
    this.#place(this.#sighting, this.#status)
    this.#tell({ ...this.#status, container })
    this.#isTold = true
  }

  #flush(): void {
    this.#flushStatus()
    this.#flushEquipment()
  }

  #flushStatus(): void {
    const status = this.#status
    const isTold = this.#isTold
    this.#status = undefined
    this.#isTold = false
    if (status === undefined || isTold) return
    const sighting = this.#isInConsignments ? undefined : this.#sighting
    if (sighting === undefined) return this.#tell(status)
    this.#place(sighting, status)
    this.#tell({ ...status, container: sighting.container })
  }

  #flushEquipment(): void {
    const sighting = this.#sighting
    this.#sighting = undefined
    if (sighting !== undefined) this.#context.tellEquipment(sighting)
  }

  /** The newest status of a box says where it was; the older ones stay in their own rows. */
  #place(sighting: Draft<EquipmentSighting>, status: StatusReport): void {
    if (status.happenedAt !== undefined) sighting.happenedAt = status.happenedAt
    if (status.place === undefined) return
    sighting.places = sighting.places.filter(({ role }) => role !== 'activity').concat({ role: 'activity', place: status.place })
  }

  #tell(status: StatusReport): void {
    this.#context.tellRow({ kind: 'status', status })
  }
}
