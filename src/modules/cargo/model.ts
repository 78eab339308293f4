/**
 * What the cargo slice reads out of messages and declarations: pure types, no behaviour, shared by formats, detectors, store and web.
 * Invariant: every value that came out of a document carries the pointer to the bytes it came from.
 */

/** Where a value stands in its source. Byte offsets are half open, counted in the raw document as received. */
export interface SourcePointer {
  /** SHA-256 of the raw document, lower-case hex: its address in the content store. */
  readonly document: string
  /** Ordinal of the segment (EDIFACT) or the row (CSV) in the document, counted from 1. */
  readonly segment: number
  /** Ordinal of the data element (EDIFACT, tag = 0) or the column (CSV), counted from 1. */
  readonly element: number
  /** Ordinal of the component in the element, counted from 1. */
  readonly component: number
  readonly start: number
  readonly end: number
}

/** A value as the source states it, with its pointer. The text is never corrected. */
export interface Stated<T = string> {
  readonly value: T
  readonly at: SourcePointer
}

/** UN/EDIFACT messages with a projection, air waybills, and documents of other kinds under the name of their standard. */
export type MessageType =
  | 'BAPLIE'
  | 'MOVINS'
  | 'CUSCAR'
  | 'CUSREP'
  | 'CUSRES'
  | 'IFTMIN'
  | 'IFTMBF'
  | 'IFTMBC'
  | 'IFTMCS'
  | 'IFCSUM'
  | 'IFTSTA'
  | 'IFTSAI'
  | 'IFTERA'
  | 'COARRI'
  | 'CODECO'
  | 'COPRAR'
  | 'COPARN'
  | 'COPINO'
  | 'COREOR'
  | 'VERMAS'
  | 'CALINF'
  | 'BERMAN'
  | 'APERAK'
  | 'CONTRL'
  | 'FWB'
  | 'FHL'
  | 'CSV'

/** SMDG and UN/EDIFACT 3227 functions that the slice uses. */
export type PlaceRole =
  | 'loading'
  | 'discharge'
  | 'transhipment'
  | 'delivery'
  | 'receipt'
  | 'original-loading'
  | 'final-discharge'
  | 'departure'
  | 'next-port'
  | 'activity'

export interface StatedPlace {
  readonly role: PlaceRole
  /** UN/LOCODE as stated, or whatever stood there. */
  readonly place: Stated
}

export type SealIssuer = 'carrier' | 'shipper' | 'customs' | 'terminal' | 'consolidator' | 'quarantine' | 'unknown'

export interface StatedSeal {
  readonly number: Stated
  readonly issuer: SealIssuer
}

export type WeightKind = 'verified-gross' | 'gross' | 'tare' | 'consignment-gross' | 'goods-gross'

export interface StatedWeight {
  readonly kind: WeightKind
  readonly kilograms: Stated<number>
}

export interface StatedReference {
  /** Code 1153: BN booking, BM bill of lading, MB master, BH house, RE release, ABT declaration … */
  readonly code: string
  readonly number: Stated
}

export type PartyRole = 'consignor' | 'consignee' | 'notify' | 'forwarder' | 'carrier' | 'container-operator' | 'customs-broker'

/** A party as stated. Only legal persons get history; the slice never builds history for natural persons. */
export interface StatedParty {
  readonly role: PartyRole
  readonly name: Stated
  readonly identifier?: Stated
  /** Street, place and postal code of a legal person. Where the name may be a person's, the address stays in the document. */
  readonly address?: Stated
}

/** An amount of money. Two of them are compared only in one currency. */
export interface StatedAmount extends Stated<number> {
  /** ISO 4217 as stated; absent where the document names none. */
  readonly currency?: string
}

/** Voyage of the message: one ship's call or the leg the report is about. */
export interface Voyage {
  readonly vesselName?: Stated
  readonly vesselImo?: Stated
  readonly voyageNumber?: Stated
  readonly carrier?: Stated
  readonly places: readonly StatedPlace[]
  readonly departsAt?: Stated
  readonly arrivesAt?: Stated
}

/** One container as one message states it: on board, discharged, loaded, through a gate, or declared in a consignment. */
export interface EquipmentSighting {
  readonly container: Stated
  readonly isoType?: Stated
  readonly fullness?: 'full' | 'empty'
  readonly status?: 'export' | 'import' | 'remain-on-board' | 'transhipment' | 'shifter'
  /** Bay-row-tier as stated. */
  readonly stowage?: Stated
  readonly places: readonly StatedPlace[]
  readonly weights: readonly StatedWeight[]
  readonly seals: readonly StatedSeal[]
  readonly references: readonly StatedReference[]
  readonly setTemperature?: Stated<number>
  readonly goods: readonly Stated[]
  readonly hsCodes: readonly Stated[]
  readonly remarks: readonly Stated[]
  readonly operator?: Stated
  /** When the event of a COARRI or CODECO took place, as stated (code 2380 text). */
  readonly happenedAt?: Stated
  readonly event?: 'loaded' | 'discharged' | 'gate-in' | 'gate-out'
  /** What MOVINS wants done with the box (code 4079 text): load, discharge, restow. */
  readonly instruction?: Stated
  /** A release number or PIN was stated with the box. Its text is never taken over: a code that is not kept cannot be sold. */
  readonly hasReleaseReference?: true
}

/** Which kind of statement it is; absent in cargo reports, where the message type says it. */
export type FilingKind = 'booking' | 'instruction' | 'contract' | 'air-waybill' | 'house-waybill'

/** One transport document as one message or declaration states it. */
export interface ConsignmentStatement {
  readonly kind?: FilingKind
  readonly document: Stated
  readonly parties: readonly StatedParty[]
  readonly places: readonly StatedPlace[]
  readonly goods: readonly Stated[]
  readonly hsCodes: readonly Stated[]
  readonly weights: readonly StatedWeight[]
  readonly packages?: Stated<number>
  /** What carrying the goods costs, all freight charges together. */
  readonly freight?: StatedAmount
  /** Value of the goods as declared for customs. */
  readonly customsValue?: StatedAmount
  readonly containers: readonly {
    readonly number: Stated
    readonly seals: readonly StatedSeal[]
  }[]
  readonly references: readonly StatedReference[]
  /** Special handling codes of air cargo as stated: PER perishable, VAL valuable … */
  readonly handling?: readonly Stated[]
}

/** Roles of parties that order, carry out or answer for a movement of equipment, beside those of a consignment. */
export type OrderPartyRole = PartyRole | 'haulier' | 'terminal' | 'ordering-party' | 'sender' | 'recipient' | 'declarant' | 'weighing-party'

export interface StatedOrderParty {
  readonly role: OrderPartyRole
  readonly name: Stated
  readonly identifier?: Stated
  /** Code list and agency of the identifier (1131 and 3055) as stated, with a colon between. */
  readonly identifierList?: string
}

/** How a leg is carried: mode, carrier, means of transport. Never a driver. */
export interface StatedCarriage {
  readonly stage: 'main' | 'pre' | 'on' | 'inland'
  readonly mode?: 'sea' | 'rail' | 'road' | 'air' | 'inland-water' | 'other'
  readonly carrier?: Stated
  /** Number plate, wagon or barge as stated. */
  readonly vehicle?: Stated
  readonly journey?: Stated
}

/**
 * What COREOR, COPARN, COPINO and COPRAR order or announce about equipment.
 * `release`: a box or goods may be given to a party. `acceptance`: a box is to be taken in. `transport`: a haulier is ordered.
 * `pre-notification`: a haulier will come. `loading`, `discharge`: lists for a ship.
 */
export interface EquipmentOrder {
  readonly kind: 'release' | 'acceptance' | 'transport' | 'pre-notification' | 'loading' | 'discharge' | 'announcement'
  /** 1225: what it does to an order that came before. */
  readonly function: 'new' | 'change' | 'replace' | 'cancel' | 'other'
  /** Number of the order; absent where it is a release number. */
  readonly document?: Stated
  /** Absent where boxes are ordered by type and count. */
  readonly equipment?: EquipmentSighting
  readonly isoType?: Stated
  readonly quantity?: Stated<number>
  readonly parties: readonly StatedOrderParty[]
  readonly places: readonly StatedPlace[]
  readonly references: readonly StatedReference[]
  readonly carriages: readonly StatedCarriage[]
  /** When it is to happen, from when and until when it may, as stated. */
  readonly plannedAt?: Stated
  readonly validFrom?: Stated
  readonly validUntil?: Stated
  /** A release number or PIN stands in the message. That it exists is kept, the code is not. */
  readonly hasReleaseReference: boolean
}

/** A time of a port call with how firm it is. */
export interface StatedTime {
  readonly event: 'arrival' | 'departure' | 'berthing' | 'cargo-closing'
  readonly basis: 'actual' | 'estimated' | 'scheduled'
  readonly at: Stated
}

/** One port on the way of one ship, from schedules (IFTSAI), calls (CALINF, BERMAN) and reports to customs (CUSREP). */
export interface PortCall {
  /** Order in the message, from 1. */
  readonly ordinal: number
  readonly role: PlaceRole | 'previous-port' | 'call' | 'berth' | 'arrival'
  readonly place: Stated
  readonly terminal?: Stated
  readonly times: readonly StatedTime[]
  readonly vesselName?: Stated
  readonly vesselImo?: Stated
  readonly voyageNumber?: Stated
  readonly carrier?: Stated
}

/** What IFTSTA reports about a box or a consignment. */
export interface StatusReport {
  readonly container?: Stated
  /** Number of the consignment or transport document. */
  readonly consignment?: Stated
  /** 4405 or 9011 as stated; the lists of the parties differ. */
  readonly status: Stated
  readonly reason?: Stated
  readonly happenedAt?: Stated
  readonly place?: Stated
  readonly references: readonly StatedReference[]
}

/** A verified gross mass with who answers for it and how it was found (SOLAS VI/2). */
export interface VerifiedMass {
  readonly container: Stated
  readonly kilograms: Stated<number>
  /** `weighed` is method 1, `calculated` method 2. */
  readonly method?: 'weighed' | 'calculated'
  readonly weighedAt?: Stated
  readonly parties: readonly StatedOrderParty[]
  readonly references: readonly StatedReference[]
  readonly seals: readonly StatedSeal[]
}

/** An answer to something sent before: by customs (CUSRES), an application (APERAK) or a translator (CONTRL). */
export interface ReceivedAnswer {
  readonly kind: 'customs' | 'application' | 'syntax'
  /** `stated` where the code says something that is not plainly one of the others. */
  readonly verdict: 'accepted' | 'rejected' | 'stated'
  readonly status?: Stated
  /** What it answers: document numbers, and control references under `UNB` and `UNH`. */
  readonly references: readonly StatedReference[]
  readonly problems: readonly { readonly code: Stated; readonly text?: Stated }[]
  readonly containers: readonly Stated[]
}

/** A warning or refusal with its place in the file. `at` reads `segment 12, element 3` or `byte 481`. */
export interface IntakeProblem {
  readonly code: string
  readonly at: string
  readonly text: string
}

/** What one message of a file holds. */
export interface CargoMessage {
  readonly type: MessageType | string
  /** `D95B`, `D13B`, `1.5` (BAPLIE 1:911) … as stated in UNH. */
  readonly directory: string
  readonly reference: string
  readonly segments: number
  /** What was done with the message as a whole. */
  readonly outcome: 'accepted' | 'warned' | 'quarantined'
  readonly voyage: Voyage
  readonly equipment: readonly EquipmentSighting[]
  readonly consignments: readonly ConsignmentStatement[]
  readonly warnings: readonly IntakeProblem[]
}
