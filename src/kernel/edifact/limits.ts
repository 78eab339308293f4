/**
 * How much of anything one document may claim before it is refused. A refusal comes at the byte that breaks the limit,
 * so hostile input costs at most one segment of memory.
 */
export interface EdifactLimits {
  /** Bytes of one segment, terminator included. */
  readonly segmentBytes: number
  /** Components of one segment, tag included. */
  readonly segmentComponents: number
  /** Bytes of one interchange, or of what stands before the first one. */
  readonly interchangeBytes: number
}

export const DEFAULT_LIMITS: EdifactLimits = {
  segmentBytes: 64 * 1024,
  segmentComponents: 4096,
  interchangeBytes: 512 * 1024 * 1024,
}

/** The document cannot be read beyond `byte`. What was read before it stands. */
export interface Refusal {
  readonly code:
    | 'edifact.empty'
    | 'edifact.not-edifact'
    | 'edifact.utf-16'
    | 'edifact.service-characters'
    | 'edifact.segment-too-long'
    | 'edifact.too-many-components'
    | 'edifact.interchange-too-long'
    | 'edifact.charset-not-supported'
  /** Offset in the document, from 0. */
  readonly byte: number
  readonly text: string
}
