/**
 * Where a message departs from its structure, with the code that an answer to the sender carries (service code list 0085).
 * Reading goes on after each.
 */
export type SyntaxCode =
  | '2'
  | '7'
  | '12'
  | '13'
  | '14'
  | '15'
  | '16'
  | '17'
  | '18'
  | '19'
  | '20'
  | '21'
  | '22'
  | '23'
  | '24'
  | '25'
  | '26'
  | '28'
  | '29'
  | '30'
  | '31'
  | '32'
  | '33'
  | '34'
  | '35'
  | '36'
  | '37'
  | '39'
  | '40'
  | '45'
  | '46'
  | '48'

const SYNTAX_OF = {
  'segment.unknown': '15',
  'segment.misplaced': '15',
  'segment.missing': '13',
  'segment.too-many': '35',
  'group.too-many': '36',
  'element.missing': '13',
  'element.too-many': '16',
  'element.repeated': '35',
  'element.too-long': '39',
  'element.not-numeric': '37',
  'element.not-alphabetic': '37',
  'element.decimal': '19',
} as const satisfies Record<string, SyntaxCode>

export type FaultCode = keyof typeof SYNTAX_OF

export interface StructureFault {
  readonly code: FaultCode
  /** Position in the message, UNH counted as 1; of a missing segment the last one before it. */
  readonly position: number
  readonly tag: string
  /** Where in the structure: `SG5/SG6/LOC`; empty when nowhere. */
  readonly path: string
  /** Counted from 1, the tag not counted. */
  readonly element?: number
  readonly component?: number
  /** Which repetition of the element. */
  readonly occurrence?: number
}

export function syntaxOf({ code }: StructureFault): SyntaxCode {
  return SYNTAX_OF[code]
}

const TEXTS: Readonly<Record<FaultCode, string>> = {
  'segment.unknown': 'is no segment of this message',
  'segment.misplaced': 'may not stand here',
  'segment.missing': 'is missing',
  'segment.too-many': 'comes more often than the message allows',
  'group.too-many': 'opens its group more often than the message allows',
  'element.missing': 'is missing',
  'element.too-many': 'is one more than the segment has',
  'element.repeated': 'is repeated too often',
  'element.too-long': 'is too long',
  'element.not-numeric': 'is not a number',
  'element.not-alphabetic': 'holds digits but may hold letters only',
  'element.decimal': 'is not a well-formed number',
}

/** One English sentence for the list of problems of a document. */
export function faultText(fault: StructureFault): string {
  const { code, tag, path, element, component } = fault
  const where = path === '' || path === tag ? tag : `${tag} (${path})`
  const part = element === undefined ? '' : `, element ${element}${component === undefined ? '' : `, component ${component}`}`
  return `${where}${part} ${TEXTS[code]}.`
}
