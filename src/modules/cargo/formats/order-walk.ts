/**
 * COREOR, COPARN, COPINO and COPRAR: orders and announcements about equipment: a header with parties and carriage, then one group per box.
 * Invariant: the text of a release number or PIN leaves this file nowhere; only that one was stated. Free text may hold one and is not read.
 * Source: message tables COREOR, COPARN, COPINO, COPRAR D95B to D23A. Document names and times as terminals use them: from memory.
 */
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { EquipmentOrder, EquipmentSighting, Stated, StatedReference } from '../model.ts'
import { ORDER_PARTY_ROLES, PLACE_ROLES } from './code-lists.ts'
import { isReleaseReference, readEquipmentSegment, readEquipmentType, readPlace, readReference } from './equipment-segments.ts'
import { type Draft, type MessageContext, type MessageWalk, newSighting } from './message-context.ts'
import { ORDER_FUNCTIONS, ORDER_TIMES, type OrderMessage, orderKind, readCarriage } from './order-segments.ts'
import { readParty } from './party-segments.ts'
import { readVoyageSegment } from './voyage-segments.ts'

const BGM = tagOf('BGM')
const RFF = tagOf('RFF')
const DTM = tagOf('DTM')
const TDT = tagOf('TDT')
const LOC = tagOf('LOC')
const NAD = tagOf('NAD')
const EQD = tagOf('EQD')
const EQN = tagOf('EQN')
const GID = tagOf('GID')
const CNT = tagOf('CNT')
const FTX = tagOf('FTX')
/** Entries of one kind in a header or an order. */
const ENTRIES_KEPT = 99
/** Signs of a header as it is stored: each order of the message carries it, and reading must not make more of a message than it is. */
const HEADER_SIGNS = 12_000

type Terms = Pick<
  Draft<EquipmentOrder>,
  'parties' | 'places' | 'references' | 'carriages' | 'plannedAt' | 'validFrom' | 'validUntil' | 'quantity' | 'isoType'
>

export class OrderWalk implements MessageWalk {
  readonly #context: MessageContext
  readonly #type: OrderMessage
  readonly #header: Terms = newTerms()
  readonly #releaseNumbers = new Set<string>()
  #document: Stated | undefined
  #name = ''
  #function: EquipmentOrder['function'] = 'new'
  #hasReleaseReference = false
  #own: Terms | undefined
  #equipment: Draft<EquipmentSighting> | undefined
  #ownHasRelease = false
  #isInLeg = false
  #isDischargeCall = false
  #headerSigns = 0
  #orders = 0

  constructor(context: MessageContext, type: OrderMessage) {
    this.#context = context
    this.#type = type
  }

  segment(segment: Segment): void {
    switch (segment.tag) {
      case BGM:
        this.#name = segment.text(1)
        this.#document = this.#context.shared(this.#context.stated(segment, 2), segment)
        this.#function = ORDER_FUNCTIONS.get(segment.text(3)) ?? (segment.isEmpty(3) ? 'new' : 'other')
        return
      case EQD:
        return this.#open(segment)
      case CNT:
        return this.#flush()
      case GID:
        this.#isInLeg = false
        return
      case FTX:
        return
      default:
    }
    this.#terms(this.#own ?? this.#header, segment)
  }

  end(): void {
    this.#flush()
    // Goods without equipment are released, too: the header is the order.
    if (this.#orders === 0 && (this.#document !== undefined || this.#hasReleaseReference)) this.#tell(newTerms())
  }

  #open(segment: Segment): void {
    this.#flush()
    this.#own = newTerms()
    this.#isInLeg = false
    const container = this.#context.container(segment, true)
    const isoType = this.#context.stated(segment, 3)
    if (isoType !== undefined) this.#own.isoType = isoType
    if (container === undefined) return
    this.#equipment = newSighting(container)
    readEquipmentType(this.#context, this.#equipment, segment)
  }

  #terms(terms: Terms, segment: Segment): void {
    switch (segment.tag) {
      case TDT:
        this.#isInLeg = true
        if (this.#own === undefined) readVoyageSegment(this.#context, segment)
        return this.#keep(terms.carriages, readCarriage(this.#context, segment), segment)
      case NAD:
        this.#isInLeg = false
        return this.#keep(terms.parties, readParty(this.#context, segment, ORDER_PARTY_ROLES), segment)
      case RFF:
        return this.#reference(terms, segment)
      case DTM:
        return this.#time(terms, segment)
      case LOC:
        if (this.#own === undefined) this.#isDischargeCall ||= PLACE_ROLES.get(segment.text(1)) === 'discharge'
        if (this.#own === undefined && this.#isInLeg) readVoyageSegment(this.#context, segment)
        if (this.#equipment !== undefined && !this.#isInLeg) return readEquipmentSegment(this.#context, this.#equipment, segment)
        return this.#keep(terms.places, readPlace(this.#context, segment), segment)
      case EQN: {
        const quantity = this.#context.statedNumber(segment, 1)
        if (quantity !== undefined) terms.quantity = quantity
        return
      }
      default:
        if (this.#equipment !== undefined && !this.#isInLeg) readEquipmentSegment(this.#context, this.#equipment, segment)
    }
  }

  #reference(terms: Terms, segment: Segment): void {
    if (isReleaseReference(segment)) {
      if (this.#releaseNumbers.size < ENTRIES_KEPT) this.#releaseNumbers.add(segment.text(1, 2))
      if (this.#own === undefined) this.#hasReleaseReference = true
      else this.#ownHasRelease = true
    } else if (segment.text(1) === 'VON' && this.#own === undefined) readVoyageSegment(this.#context, segment)
    else this.#keep(terms.references, readReference(this.#context, segment), segment)
  }

  #time(terms: Terms, segment: Segment): void {
    const time = this.#context.shared(this.#context.stated(segment, 1, 2), segment)
    const column = ORDER_TIMES.get(segment.text(1))
    if (this.#own === undefined && this.#isInLeg) readVoyageSegment(this.#context, segment)
    if (time !== undefined && column !== undefined) terms[column] ??= time
  }

  #keep<T>(list: T[], item: T | undefined, segment: Segment): void {
    if (item === undefined) return
    if (this.#own === undefined) this.#headerSigns += JSON.stringify(item).length
    const isFull = list.length >= ENTRIES_KEPT || (this.#own === undefined && this.#headerSigns > HEADER_SIGNS)
    if (!isFull) list.push(item)
    else this.#context.warn({ code: 'order.too-many', segment, text: 'More than an order may hold; this entry is not read.' })
  }

  #flush(): void {
    const own = this.#own
    this.#own = undefined
    if (own !== undefined) this.#tell(own)
    this.#equipment = undefined
    this.#ownHasRelease = false
  }

  #tell(own: Terms): void {
    const header = this.#header
    this.#orders++
    const status = this.#equipment?.status
    const kind = orderKind(this.#type, { name: this.#name, status, isDischargeCall: this.#isDischargeCall })
    const document = this.#document !== undefined && this.#isRelease(this.#document) ? undefined : this.#document
    this.#context.tellRow({
      kind: 'order',
      order: {
        ...header,
        ...own,
        kind,
        function: this.#function,
        ...(document === undefined ? {} : { document }),
        ...(this.#equipment === undefined ? {} : { equipment: this.#equipment }),
        parties: [...header.parties, ...own.parties],
        places: [...header.places, ...own.places],
        references: [...header.references, ...own.references].filter(({ number }: StatedReference) => !this.#isRelease(number)),
        carriages: [...header.carriages, ...own.carriages],
        hasReleaseReference: this.#hasReleaseReference || this.#ownHasRelease || document !== this.#document,
      },
    })
  }

  /** Senders repeat the release number as number of the document or under another qualifier. */
  #isRelease(stated: Stated): boolean {
    return this.#releaseNumbers.has(stated.value)
  }
}

function newTerms(): Terms {
  return { parties: [], places: [], references: [], carriages: [] }
}
