/**
 * CUSCAR, IFCSUM, IFTMCS, IFTMIN, IFTMBF and IFTMBC: transport documents with parties, goods and the containers that hold them.
 * CUSCAR lists the equipment first and then one CNI group per consignment, with one RFF group per transport document in it; IFCSUM has one
 * document per CNI group and equipment before or in it; bookings, instructions and contracts are one consignment whose equipment comes last.
 * Source: message tables CUSCAR D95B, D96A, D03B, IFCSUM D96A, D01B, IFTMCS D95B, D99B, D03B, IFTMIN D96A, D01B, IFTMBF and IFTMBC D96A, D23A.
 */
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { EquipmentSighting, FilingKind, PlaceRole, StatedSeal, WeightKind } from '../model.ts'
import { AmountWalk } from './amount-segments.ts'
import { PARTY_ROLES, TRANSPORT_DOCUMENTS } from './code-lists.ts'
import { ConsignmentDraft } from './consignment-draft.ts'
import {
  push,
  readEquipmentSegment,
  readEquipmentType,
  readHsCodes,
  readPlace,
  readReference,
  readSeal,
  readWeight,
} from './equipment-segments.ts'
import { type Draft, type MessageContext, type MessageWalk, newSighting } from './message-context.ts'
import { readAddress, readParty } from './party-segments.ts'
import { readVoyageSegment } from './voyage-segments.ts'

const BGM = tagOf('BGM')
const CNI = tagOf('CNI')
const EQD = tagOf('EQD')
const GID = tagOf('GID')
const LOC = tagOf('LOC')
const NAD = tagOf('NAD')
const RFF = tagOf('RFF')
const TDT = tagOf('TDT')
const DTM = tagOf('DTM')
const FTX = tagOf('FTX')
const MEA = tagOf('MEA')
const SEL = tagOf('SEL')
const SGP = tagOf('SGP')
const PAC = tagOf('PAC')
const CST = tagOf('CST')
const PIA = tagOf('PIA')
const GDS = tagOf('GDS')

/** Roles of places that only the main carriage gives. */
const OF_SHIP: ReadonlySet<PlaceRole> = new Set<PlaceRole>(['loading', 'discharge', 'transhipment', 'departure', 'next-port'])
/** Equipment of one message whose seals are kept for the consignments that follow; beyond it they stand only in the sightings. */
const SEALS_KEPT = 50_000

/** What makes a new consignment: a transport document named in a CNI group, the CNI group itself, or nothing within one message. */
export type ConsignmentGroups = 'by-document' | 'by-consignment' | 'whole-message'

export class ConsignmentWalk implements MessageWalk {
  readonly #context: MessageContext
  readonly #amounts: AmountWalk
  readonly #groups: ConsignmentGroups
  readonly #isWholeMessage: boolean
  readonly #kind: FilingKind | undefined
  readonly #seals = new Map<string, StatedSeal[]>()
  #consignment: ConsignmentDraft | undefined
  #sighting: Draft<EquipmentSighting> | undefined
  #section: 'header' | 'equipment' | 'consignment' | 'goods' = 'header'
  /** Inside a leg before or after the main carriage. */
  #isInOtherLeg = false

  constructor(context: MessageContext, groups: ConsignmentGroups, kind?: FilingKind) {
    this.#context = context
    this.#amounts = new AmountWalk(context)
    this.#groups = groups
    this.#kind = kind
    this.#isWholeMessage = groups === 'whole-message'
    if (this.#isWholeMessage) this.#consignment = new ConsignmentDraft()
  }

  segment(segment: Segment): void {
    switch (segment.tag) {
      case BGM:
        if (this.#isWholeMessage) this.#consignment?.name(this.#context.stated(segment, 2), 1)
        return
      case CNI:
        return this.#open(segment)
      case EQD:
        return this.#equipment(segment)
      case GID:
        return this.#goodsItem(segment)
      default:
    }
    if (this.#section === 'equipment') return this.#inEquipment(segment)
    if (this.#consignment === undefined) return this.#inHeader(segment)
    this.#inConsignment(this.#consignment, segment)
  }

  end(): void {
    this.#flushEquipment()
    this.#flushConsignment()
  }

  #open(segment: Segment): void {
    this.#flushEquipment()
    this.#flushConsignment()
    this.#section = 'consignment'
    this.#consignment = new ConsignmentDraft()
    this.#consignment.name(this.#context.stated(segment, 2), 3)
  }

  #goodsItem(segment: Segment): void {
    this.#flushEquipment()
    this.#section = 'goods'
    this.#isInOtherLeg = false
    this.#consignment?.addPackages(this.#context.statedNumber(segment, 2))
  }

  #equipment(segment: Segment): void {
    this.#flushEquipment()
    this.#section = 'equipment'
    const container = this.#context.container(segment, this.#kind === 'booking' || this.#kind === 'instruction')
    if (container === undefined) return
    const sighting = newSighting(container)
    readEquipmentType(this.#context, sighting, segment)
    this.#sighting = sighting
    if (this.#seals.size < SEALS_KEPT) this.#seals.set(container.value, sighting.seals)
    this.#consignment?.addContainer(container, sighting.seals)
  }

  #inHeader(segment: Segment): void {
    readVoyageSegment(this.#context, segment)
    if (segment.tag !== NAD || segment.text(1) !== 'CA') return
    const carrier = this.#context.stated(segment, 2) ?? this.#context.stated(segment, 4)
    if (carrier !== undefined) this.#context.voyage.carrier ??= carrier
  }

  #inEquipment(segment: Segment): void {
    if (this.#sighting !== undefined) readEquipmentSegment(this.#context, this.#sighting, segment)
  }

  #inConsignment(consignment: ConsignmentDraft, segment: Segment): void {
    const isInGoods = this.#section === 'goods'
    if (segment.tag === TDT && this.#groups !== 'by-document') this.#isInOtherLeg = segment.text(1) !== '20'
    if (segment.tag === NAD) this.#isInOtherLeg = false
    const isOfShip = segment.tag === TDT || segment.tag === LOC || segment.tag === DTM
    if (isOfShip && this.#isWholeMessage && !isInGoods && !this.#isInOtherLeg) readVoyageSegment(this.#context, segment)
    this.#amounts.segment(consignment, segment)
    switch (segment.tag) {
      case RFF:
        return this.#reference(consignment, segment)
      case LOC:
        return isInGoods ? undefined : this.#place(consignment, segment)
      case NAD:
        return this.#party(consignment, segment)
      case FTX:
        return void push(consignment.goods, segment.text(1) === 'AAA' ? this.#context.statedLines(segment, 4) : undefined)
      case MEA: {
        const kind: WeightKind = isInGoods ? 'goods-gross' : 'consignment-gross'
        return void push(consignment.weights, readWeight(this.#context, segment, kind))
      }
      case CST:
      case PIA:
      case GDS:
        return void consignment.hsCodes.push(...readHsCodes(this.#context, segment))
      case PAC:
        return consignment.addPackages(consignment.packages === undefined ? this.#context.statedNumber(segment, 1) : undefined)
      case SGP: {
        const container = this.#context.stated(segment, 1)
        return container === undefined ? undefined : consignment.addContainer(container, this.#seals.get(container.value) ?? [])
      }
      case SEL:
        return void push(consignment.containers.at(-1)?.seals ?? [], readSeal(this.#context, segment))
      default:
    }
  }

  #party(consignment: ConsignmentDraft, segment: Segment): void {
    const party = readParty(this.#context, segment, PARTY_ROLES)
    const address = party === undefined ? undefined : readAddress(this.#context, segment)
    if (party !== undefined) consignment.addParty(address === undefined ? party : { ...party, address })
  }

  #place(consignment: ConsignmentDraft, segment: Segment): void {
    const place = readPlace(this.#context, segment)
    // Where a truck is loaded says nothing of the ship; where it delivers is the end of the journey all the same.
    if (place !== undefined && !(this.#isInOtherLeg && OF_SHIP.has(place.role))) consignment.places.push(place)
  }

  #reference(consignment: ConsignmentDraft, segment: Segment): void {
    const reference = readReference(this.#context, segment)
    if (reference === undefined) return
    const isDocument = TRANSPORT_DOCUMENTS.has(reference.code)
    let current = consignment
    if (isDocument && this.#groups === 'by-document' && consignment.hasContent) {
      // The next RFF group of the same CNI: another transport document.
      this.#flushConsignment()
      this.#section = 'consignment'
      current = new ConsignmentDraft()
      this.#consignment = current
    }
    // A booking has no other name than its number.
    if (reference.code === 'BN' && this.#isWholeMessage) current.name(reference.number, 1.5)
    if (isDocument) current.name(reference.number, reference.code === 'BM' ? 2.5 : reference.code === 'BH' ? 2.25 : 2)
    current.references.push(reference)
  }

  #flushEquipment(): void {
    if (this.#sighting !== undefined) this.#context.tellEquipment(this.#sighting)
    this.#sighting = undefined
  }

  #flushConsignment(): void {
    const statement = this.#consignment?.statement()
    this.#amounts.reset()
    this.#consignment = undefined
    if (statement !== undefined) this.#context.tellConsignment(this.#kind === undefined ? statement : { kind: this.#kind, ...statement })
  }
}
