/**
 * What reading a cargo file yields, in the order of the file. Nothing is held back: a container is told when its last segment was read.
 * Invariant: each message that starts ends with one `message` event, and the last event of every file is `end`.
 */
import type { InterchangeHeader, Outcome } from '#kernel/edifact/envelope.ts'
import type { EdifactLimits } from '#kernel/edifact/limits.ts'
import type { DeclarationMapping } from '../contract/declaration-mappings.ts'
import type {
  CargoMessage,
  ConsignmentStatement,
  EquipmentOrder,
  EquipmentSighting,
  IntakeProblem,
  PortCall,
  ReceivedAnswer,
  StatusReport,
  VerifiedMass,
  Voyage,
} from '../model.ts'

/** How many equipment numbers a message states and in what condition. */
export interface ContainerCount {
  /** Numbers stated; an empty one is a warning and not counted. */
  readonly containers: number
  readonly distinctContainers: number
  /** Shaped like ISO 6346, but the check digit does not fit. */
  readonly badCheckDigit: number
  /** Stated, but not of the shape. */
  readonly notIso: number
}

/** A message without its rows: those were told one by one. */
export interface MessageResult extends Omit<CargoMessage, 'equipment' | 'consignments'>, ContainerCount {
  readonly equipment: number
  readonly consignments: number
  /** Orders, port calls, status reports, verified masses and answers. */
  readonly others?: number
}

export interface FileSummary {
  readonly format: 'edifact' | 'csv' | 'air' | 'json' | 'xml' | 'unknown'
  readonly bytes: number
  readonly interchanges: number
  /** Equal to the sum of the three outcomes. */
  readonly messages: number
  readonly outcomes: Readonly<Record<Outcome, number>>
  readonly equipment: number
  readonly consignments: number
  /** Orders, port calls, status reports, verified masses and answers. */
  readonly others?: number
  readonly warnings: number
  /** Why reading stopped, when it stopped before the end. */
  readonly refused?: IntakeProblem
}

/** Rows beyond sightings and consignments, each by its kind. */
export type MessageRow =
  | { readonly kind: 'order'; readonly order: EquipmentOrder }
  | { readonly kind: 'port-call'; readonly call: PortCall }
  | { readonly kind: 'status'; readonly status: StatusReport }
  | { readonly kind: 'verified-mass'; readonly mass: VerifiedMass }
  | { readonly kind: 'answer'; readonly answer: ReceivedAnswer }

export type CargoEvent =
  | { readonly kind: 'interchange'; readonly interchange: InterchangeHeader }
  | {
      readonly kind: 'message-started'
      readonly message: number
      readonly type: string
      readonly directory: string
      readonly reference: string
    }
  /** Told once, before the first row of the message. */
  | { readonly kind: 'voyage'; readonly message: number; readonly voyage: Voyage }
  | { readonly kind: 'equipment'; readonly message: number; readonly sighting: EquipmentSighting }
  | { readonly kind: 'consignment'; readonly message: number; readonly statement: ConsignmentStatement }
  | (MessageRow & { readonly message: number })
  /** `message` is 0 for what concerns the file or the interchange. */
  | { readonly kind: 'warning'; readonly message: number; readonly warning: IntakeProblem }
  | { readonly kind: 'message'; readonly message: number; readonly result: MessageResult }
  | { readonly kind: 'end'; readonly summary: FileSummary }

export interface ReadOptions {
  /** SHA-256 of the document as received, for the pointers; empty when nobody keeps it. */
  readonly document?: string
  readonly limits?: EdifactLimits
  /** True when an interchange with this sender, recipient and reference was received before. */
  readonly isKnown?: (header: InterchangeHeader) => boolean
  /** The mapping that a desk saved for a table with these headers. */
  readonly mappingFor?: (headers: readonly string[]) => DeclarationMapping | undefined
  /** Folder of the ICS2 schemas, which are not shipped; without it those messages are read unchecked, with a warning. */
  readonly ics2Schemas?: string
}

/** Warnings told for one message; the rest is counted, in one last warning. */
export const WARNINGS_TOLD = 1000
