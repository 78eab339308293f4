/**
 * VERMAS: the verified gross mass of each box, how it was found and who answers for it. Each is a sighting with that weight, too.
 * Source: message table VERMAS D16A (as D23A); documents SM1 and SM2 (method 1 weighed, method 2 calculated, SOLAS VI/2) as terminals and
 * lines use them, from memory.
 */
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { EquipmentSighting, StatedOrderParty, VerifiedMass } from '../model.ts'
import { ORDER_PARTY_ROLES } from './code-lists.ts'
import { readEquipmentSegment, readEquipmentType } from './equipment-segments.ts'
import { type Draft, type MessageContext, type MessageWalk, newSighting } from './message-context.ts'
import { readParty } from './party-segments.ts'
import { readVoyageSegment } from './voyage-segments.ts'

const EQD = tagOf('EQD')
const DTM = tagOf('DTM')
const DOC = tagOf('DOC')
const NAD = tagOf('NAD')
const TDT = tagOf('TDT')
const CNT = tagOf('CNT')
/** 2005: 798 is when the box was weighed; WAT is how the first users of the message wrote it. */
const WEIGHED_AT = new Set(['798', 'WAT'])
const METHODS: ReadonlyMap<string, NonNullable<VerifiedMass['method']>> = new Map<string, NonNullable<VerifiedMass['method']>>([
  ['SM1', 'weighed'],
  ['SM2', 'calculated'],
])
const PARTIES_KEPT = 20

export class VermasWalk implements MessageWalk {
  readonly #context: MessageContext
  readonly #senders: StatedOrderParty[] = []
  #sighting: Draft<EquipmentSighting> | undefined
  #parties: StatedOrderParty[] = []
  #method: VerifiedMass['method']
  #weighedAt: VerifiedMass['weighedAt']
  #isInEquipment = false

  constructor(context: MessageContext) {
    this.#context = context
  }

  segment(segment: Segment): void {
    if (segment.tag === EQD) return this.#open(segment)
    if (segment.tag === CNT) return this.#flush(segment)
    if (segment.tag === NAD) return this.#party(this.#isInEquipment ? this.#parties : this.#senders, segment)
    const sighting = this.#sighting
    if (sighting === undefined) return this.#isInEquipment ? undefined : readVoyageSegment(this.#context, segment)
    switch (segment.tag) {
      case DTM: {
        const time = this.#context.stated(segment, 1, 2)
        if (time !== undefined && WEIGHED_AT.has(segment.text(1))) this.#weighedAt ??= time
        return
      }
      case DOC:
        this.#method ??= METHODS.get(segment.text(1))
        return
      case TDT:
        return readVoyageSegment(this.#context, segment)
      default:
        readEquipmentSegment(this.#context, sighting, segment)
    }
  }

  end(): void {
    this.#flush()
  }

  #open(segment: Segment): void {
    this.#flush(segment)
    this.#isInEquipment = true
    const container = this.#context.container(segment)
    if (container === undefined) return
    this.#sighting = newSighting(container)
    readEquipmentType(this.#context, this.#sighting, segment)
  }

  #party(parties: StatedOrderParty[], segment: Segment): void {
    const party = readParty(this.#context, segment, ORDER_PARTY_ROLES)
    if (party === undefined || parties.length >= PARTIES_KEPT) return
    const isShared = [party.name, party.identifier].every((each) => each === undefined || this.#context.shared(each, segment) !== undefined)
    if (isShared) parties.push(party)
  }

  #flush(next?: Segment): void {
    const sighting = this.#sighting
    const [method, weighedAt, parties] = [this.#method, this.#weighedAt, [...this.#senders, ...this.#parties]]
    this.#sighting = undefined
    this.#method = undefined
    this.#weighedAt = undefined
    this.#parties = []
    if (sighting === undefined) return
    const mass = sighting.weights.find(({ kind }) => kind === 'verified-gross')
    if (mass !== undefined) {
      const { container, references, seals } = sighting
      this.#context.tellRow({
        kind: 'verified-mass',
        mass: {
          container,
          kilograms: mass.kilograms,
          ...(method === undefined ? {} : { method }),
          ...(weighedAt === undefined ? {} : { weighedAt }),
          parties,
          references,
          seals,
        },
      })
    } else if (next !== undefined)
      this.#context.warn({ code: 'verified-mass.none', segment: next, text: 'The box before this segment has no verified gross mass.' })
    this.#context.tellEquipment(sighting)
  }
}
