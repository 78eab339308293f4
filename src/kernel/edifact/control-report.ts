/**
 * What is said of one interchange to its sender: a level is named only where something is wrong with it. `ControlCollector` makes it,
 * `controlReply` writes it down as CONTRL.
 */
import type { ControlFault } from './control-codes.ts'
import type { SyntaxCode } from './group-fault.ts'

export interface ReceivedElement {
  readonly syntax: SyntaxCode
  /** The tag is element 1. */
  readonly element: number
  readonly component?: number
  readonly occurrence?: number
}

export interface ReceivedSegment {
  /** UNH is 1. Of a missing segment the last one before it. */
  readonly position: number
  readonly syntax?: SyntaxCode
  readonly elements: ReceivedElement[]
}

export interface ReceivedMessage {
  readonly reference: string
  /** Ordinal of its UNH in the document. */
  readonly first: number
  /** Type, version, release, agency, association: S009 as it came. */
  readonly identifier: readonly string[]
  readonly faults: ControlFault[]
  readonly segments: ReceivedSegment[]
}

export interface ReceivedGroup {
  readonly reference: string
  readonly sender: readonly string[]
  readonly recipient: readonly string[]
  readonly faults: ControlFault[]
  /** Only those with a fault. */
  readonly messages: ReceivedMessage[]
}

export interface ReceivedInterchange {
  readonly syntax: string
  readonly version: string
  readonly reference: string
  /** S002 and S003 as they came. */
  readonly sender: readonly string[]
  readonly recipient: readonly string[]
  readonly isTest: boolean
  readonly faults: ControlFault[]
  /** Only those with a fault, outside groups. */
  readonly messages: ReceivedMessage[]
  /** Only those with a fault, of their own or of a message. */
  readonly groups: ReceivedGroup[]
  /** Messages seen. */
  readonly counted: number
  /** Every message is an answer (CONTRL): an answer is not answered. */
  readonly isAnswer: boolean
  /** Faults that are not listed because there are too many. */
  readonly untold: number
}
