/**
 * Limits of one XML document. They bound memory and time on hostile input and leave room for the largest real declarations
 * (999 goods items with 9,999 seals are under 4 MB).
 */
export interface XmlLimits {
  readonly bytes: number
  readonly depth: number
  readonly elements: number
  readonly attributes: number
  readonly textLength: number
}

export const XML_LIMITS: XmlLimits = { bytes: 32 * 1024 * 1024, depth: 48, elements: 500_000, attributes: 64, textLength: 1024 * 1024 }
