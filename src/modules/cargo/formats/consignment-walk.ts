/**
 * CUSCAR and IFTMCS: transport documents with parties, goods and the containers that hold them.
 * CUSCAR lists the equipment first and then one CNI group per consignment, with one RFF group per transport document in it; an IFTMCS is
 * one consignment whose equipment comes last.
 * Source: message tables CUSCAR D95B, D96A, D03B and IFTMCS D95B, D99B, D03B.
 */
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { EquipmentSighting, StatedParty, StatedSeal, WeightKind } from '../model.ts'
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

/** Equipment of one message whose seals are kept for the consignments that follow; beyond it they stand only in the sightings. */
const SEALS_KEPT = 50_000

export class ConsignmentWalk implements MessageWalk {
  readonly #context: MessageContext
  readonly #isWholeMessage: boolean
  readonly #seals = new Map<string, StatedSeal[]>()
  #consignment: ConsignmentDraft | undefined
  #sighting: Draft<EquipmentSighting> | undefined
  #section: 'header' | 'equipment' | 'consignment' | 'goods' = 'header'

  constructor(context: MessageContext, groups: 'by-consignment' | 'whole-message') {
    this.#context = context
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
    this.#consignment?.addPackages(this.#context.statedNumber(segment, 2))
  }

  #equipment(segment: Segment): void {
    this.#flushEquipment()
    this.#section = 'equipment'
    const container = this.#context.container(segment)
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
    if (this.#isWholeMessage && !isInGoods && (segment.tag === TDT || segment.tag === LOC || segment.tag === DTM))
      readVoyageSegment(this.#context, segment)
    switch (segment.tag) {
      case RFF:
        return this.#reference(consignment, segment)
      case LOC:
        return void push(consignment.places, isInGoods ? undefined : readPlace(this.#context, segment))
      case NAD:
        return void push(consignment.parties, this.#party(segment))
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

  #reference(consignment: ConsignmentDraft, segment: Segment): void {
    const reference = readReference(this.#context, segment)
    if (reference === undefined) return
    const isDocument = TRANSPORT_DOCUMENTS.has(reference.code)
    let current = consignment
    if (isDocument && !this.#isWholeMessage && consignment.hasContent) {
      // The next RFF group of the same CNI: another transport document.
      this.#flushConsignment()
      this.#section = 'consignment'
      current = new ConsignmentDraft()
      this.#consignment = current
    }
    if (isDocument) current.name(reference.number, reference.code === 'BM' ? 2.5 : reference.code === 'BH' ? 2.25 : 2)
    current.references.push(reference)
  }

  #party(segment: Segment): StatedParty | undefined {
    const role = PARTY_ROLES.get(segment.text(1))
    if (role === undefined) return undefined
    const identifier = this.#context.stated(segment, 2)
    // C080 holds a structured name, C058 name and address as the sender laid them out.
    const name = this.#context.statedLines(segment, 4) ?? this.#context.stated(segment, 3) ?? identifier
    if (name === undefined) return undefined
    return identifier === undefined ? { role, name } : { role, name, identifier }
  }

  #flushEquipment(): void {
    if (this.#sighting !== undefined) this.#context.tellEquipment(this.#sighting)
    this.#sighting = undefined
  }

  #flushConsignment(): void {
    const statement = this.#consignment?.statement()
    this.#consignment = undefined
    if (statement !== undefined) this.#context.tellConsignment(statement)
  }
}
