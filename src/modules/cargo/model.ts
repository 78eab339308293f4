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

export type MessageType = 'BAPLIE' | 'CUSCAR' | 'IFTMCS' | 'COARRI' | 'CODECO' | 'CSV'

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
}

/** One transport document as one message or declaration states it. */
export interface ConsignmentStatement {
  readonly document: Stated
  readonly parties: readonly StatedParty[]
  readonly places: readonly StatedPlace[]
  readonly goods: readonly Stated[]
  readonly hsCodes: readonly Stated[]
  readonly weights: readonly StatedWeight[]
  readonly packages?: Stated<number>
  readonly containers: readonly {
    readonly number: Stated
    readonly seals: readonly StatedSeal[]
  }[]
  readonly references: readonly StatedReference[]
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
