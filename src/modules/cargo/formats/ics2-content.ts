/**
 * What four messages between the ICS2 common repository and a national system say, as plain values: results of risk analysis for the involved
 * (IE4S01) and the responsible member state (IE4S02), notice of a control (IE4N09), watch parameters (IE4Q07).
 * Source: XML schemas of the common repository, namespace urn:wco:datamodel:eu:ics2:2. Code lists are not public: codes are carried as they are.
 */

export const ICS2_NAMESPACE = 'urn:wco:datamodel:eu:ics2:2'

export interface Ics2Header {
  readonly messageId: string
  readonly correlationId?: string
  /** `2026-11-24T12:00:00Z`, as every instant here. */
  readonly timestamp: string
  /** At most 14 letters, digits, points and hyphens, as the recipient. */
  readonly sender: string
  readonly recipient: string
}

export interface RiskAnalyst {
  readonly name: string
  /** Kind of address and the address itself: `EM` and a mail address, `TE` and a number. One to nine. */
  readonly communication: readonly { readonly type: string; readonly identifier: string }[]
}

/** One hit. The pointers name the data elements that caused it: they are the explanation. */
export interface RiskResult {
  readonly type: string
  readonly area?: string
  readonly level?: string
  readonly criterion?: string
  readonly code?: string
  readonly text?: string
  readonly completedAt?: string
  readonly pointers: readonly string[]
}

export interface RiskAnalysis {
  readonly requestReference: string
  readonly category: string
  readonly results: readonly RiskResult[]
}

export interface TransportDocumentName {
  readonly number: string
  readonly type: string
}

/** What is to be controlled, below one master consignment. */
export interface ControlSubject {
  readonly receptacles?: readonly string[]
  readonly document?: TransportDocumentName
  readonly houses: readonly { readonly document?: TransportDocumentName; readonly containers: readonly string[] }[]
  readonly containers: readonly string[]
}

export interface ControlRecommendation {
  readonly place: string
  readonly subject: ControlSubject
  readonly information: readonly { readonly type: string; readonly code?: string; readonly text?: string }[]
}

export interface RiskAnalysisMessage {
  readonly message: 'IE4S01' | 'IE4S02'
  readonly header: Ics2Header
  readonly function: string
  readonly reference: string
  readonly issuedAt: string
  /** Involved in IE4S01, responsible in IE4S02. */
  readonly memberState: string
  /** Required in IE4S01. */
  readonly analyst?: RiskAnalyst
  /** One in IE4S01, up to nine in IE4S02. */
  readonly analyses: readonly RiskAnalysis[]
  readonly recommendations: readonly ControlRecommendation[]
  /** Transport documents and containers that must not be loaded. */
  readonly doNotLoad?: { readonly documents: readonly TransportDocumentName[]; readonly containers: readonly string[] }
}

export interface ControlNotice {
  readonly message: 'IE4N09'
  readonly header: Ics2Header
  readonly mrn: string
  readonly notifiedAt: string
  readonly scheduledAt?: string
  readonly office: string
  readonly document?: TransportDocumentName
  readonly controls: readonly { readonly place?: string; readonly office?: string; readonly subject: ControlSubject }[]
}

/** A watch entry. It always ends. */
export interface WatchParameters {
  readonly combination: string
  readonly validFrom: string
  readonly validUntil: string
  readonly countries: readonly string[]
  readonly transport?: {
    readonly mode: string
    readonly identifier?: string
    readonly identifierType?: string
    readonly conveyance?: string
  }
  readonly marks: readonly string[]
  readonly containers: readonly string[]
  readonly parties: readonly { readonly name?: string; readonly identifier?: string; readonly role?: string }[]
  readonly masters: readonly TransportDocumentName[]
  readonly houses: readonly TransportDocumentName[]
}

export interface WatchMessage {
  readonly message: 'IE4Q07'
  readonly header: Ics2Header
  readonly function: string
  readonly reference: string
  readonly issuedAt: string
  readonly memberState: string
  readonly parameters: readonly WatchParameters[]
}

export type Ics2Content = RiskAnalysisMessage | ControlNotice | WatchMessage
