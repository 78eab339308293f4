/**
 * BAPLIE, the stowage plan, in both generations. Up to D08A the stowage location comes first and the weight stands before the
 * equipment; from D13B on a UNS opens the plan and everything hangs under the equipment. One walk reads both, because both group by
 * location; some senders of the second write the equipment before its location, which is told by the first EQD.
 * Source: message tables BAPLIE 1:911, D95B, D13B, D15A; SMDG user guides 1.5, 2 and 3.
 */
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { EquipmentSighting, Stated } from '../model.ts'
import { type EquipmentDetails, push, readEquipmentSegment, readEquipmentType, readPlace, readReference } from './equipment-segments.ts'
import type { Draft, MessageContext, MessageWalk } from './message-context.ts'
import { readVoyageSegment } from './voyage-segments.ts'

const LOC = tagOf('LOC')
const EQD = tagOf('EQD')
const RFF = tagOf('RFF')
const CNT = tagOf('CNT')
const UNS = tagOf('UNS')
const TDT = tagOf('TDT')
const STOWAGE = '147'

interface Slot {
  readonly details: EquipmentDetails
  hasLocation: boolean
  hasEquipment: boolean
  container: Stated | undefined
}

export class BaplieWalk implements MessageWalk {
  readonly #context: MessageContext
  #slot: Slot | undefined
  #equipmentComesFirst: boolean | undefined
  #instruction: Stated | undefined

  constructor(context: MessageContext) {
    this.#context = context
  }

  segment(segment: Segment): void {
    if (segment.tag === LOC && segment.text(1) === STOWAGE) return this.#location(segment)
    if (segment.tag === EQD) return this.#equipment(segment)
    const slot = this.#slot
    if (segment.tag === CNT && segment.text(1) === '16') return this.#control(segment)
    if (slot === undefined || segment.tag === TDT) return readVoyageSegment(this.#context, segment)
    if (segment.tag === UNS) return this.#flush()
    if (segment.tag === RFF) return this.#reference(slot, segment)
    if (segment.tag === LOC) return push(slot.details.places, readPlace(this.#context, segment))
    readEquipmentSegment(this.#context, slot.details, segment)
  }

  end(): void {
    this.#flush()
  }

  /** What is to be done with the boxes at the locations that follow (MOVINS). */
  instruct(instruction: Stated): void {
    this.#flush()
    this.#instruction = instruction
  }

  /** A word on the box that is being read. */
  remark(remark: Stated): void {
    this.#slot?.details.remarks.push(remark)
  }

  #location(segment: Segment): void {
    if (this.#slot === undefined || this.#slot.hasLocation) {
      this.#flush()
      this.#slot = newSlot()
    }
    this.#slot.hasLocation = true
    const stowage = this.#context.stated(segment, 2)
    if (stowage !== undefined) this.#slot.details.stowage = stowage
  }

  #equipment(segment: Segment): void {
    const before = this.#slot
    this.#equipmentComesFirst ??= before === undefined
    if (before === undefined || before.hasEquipment) {
      this.#flush()
      this.#slot = newSlot()
      // A second box at the same location (flat racks in a bundle) shares its place, but not the weight.
      if (before !== undefined && !this.#equipmentComesFirst) inherit(before, this.#slot)
    }
    const slot = this.#slot as Slot
    slot.hasEquipment = true
    slot.container = this.#context.container(segment)
    readEquipmentType(this.#context, slot.details, segment)
  }

  #reference(slot: Slot, segment: Segment): void {
    const reference = readReference(this.#context, segment)
    // Up to D08A the segment is mandatory, so that senders without a bill of lading write the dummy BM:1.
    if (reference !== undefined && !(reference.code === 'BM' && reference.number.value === '1')) slot.details.references.push(reference)
  }

  #control(segment: Segment): void {
    this.#flush()
    const stated = this.#context.statedNumber(segment, 1, 2)
    const { containers } = this.#context.tally
    if (stated !== undefined && stated.value !== containers)
      this.#context.warn({
        code: 'message.equipment-count',
        segment,
        element: 1,
        text: `CNT counts ${stated.value} units, ${containers} numbers came.`,
      })
  }

  #flush(): void {
    const slot = this.#slot
    this.#slot = undefined
    if (slot?.container === undefined) return
    const sighting: Draft<EquipmentSighting> = { container: slot.container, ...slot.details }
    if (this.#instruction !== undefined) sighting.instruction = this.#instruction
    this.#context.tellEquipment(sighting)
  }
}

function newSlot(): Slot {
  const details = { places: [], weights: [], seals: [], references: [], goods: [], hsCodes: [], remarks: [] }
  return { details, hasLocation: false, hasEquipment: false, container: undefined }
}

function inherit(from: Slot, to: Slot): void {
  to.hasLocation = from.hasLocation
  if (from.details.stowage !== undefined) to.details.stowage = from.details.stowage
  to.details.places.push(...from.details.places)
}
