/**
 * What a problem of the envelope means to the sender: level, code of list 0085, and the service segment and element it is about.
 * Not in the table: problems that leave no doubt how to read (line breaks, a missing last terminator, Windows-1252 under Latin-1). They
 * are warned of here and not held against the sender (D).
 * Source: ISO 9735-4, annex (use of CONTRL); service code list 0085 (V); the choice for each problem is ours (D).
 */
import type { SyntaxCode } from './group-fault.ts'

export type ControlLevel = 'interchange' | 'group' | 'message' | 'segment'

/** An error of a level, about one of its service segments. Elements count from 1 with the tag as 1, as 0098 wants it. */
export interface ControlFault {
  readonly syntax: SyntaxCode
  readonly tag?: string
  readonly element?: number
  readonly component?: number
}

export const CONTROL_OF: Readonly<Record<string, ControlFault & { readonly level: ControlLevel }>> = {
  'interchange.duplicate': { level: 'interchange', syntax: '26', tag: 'UNB', element: 6 },
  'interchange.incomplete': { level: 'interchange', syntax: '13', tag: 'UNB' },
  'interchange.count': { level: 'interchange', syntax: '29', tag: 'UNZ', element: 2 },
  'interchange.reference': { level: 'interchange', syntax: '28', tag: 'UNZ', element: 3 },
  'interchange.no-trailer': { level: 'interchange', syntax: '13', tag: 'UNZ' },
  'charset.unknown': { level: 'interchange', syntax: '2', tag: 'UNB', element: 2, component: 1 },
  'segment.outside-message': { level: 'interchange', syntax: '33' },
  'message.no-header': { level: 'interchange', syntax: '33' },
  'edifact.stray-bytes': { level: 'interchange', syntax: '21' },
  'group.no-header': { level: 'interchange', syntax: '33' },
  'group.count': { level: 'group', syntax: '29', tag: 'UNE', element: 2 },
  'group.reference': { level: 'group', syntax: '28', tag: 'UNE', element: 3 },
  'group.no-trailer': { level: 'group', syntax: '13', tag: 'UNE' },
  'message.count': { level: 'message', syntax: '29', tag: 'UNT', element: 2 },
  'message.reference': { level: 'message', syntax: '28', tag: 'UNT', element: 3 },
  'message.no-trailer': { level: 'message', syntax: '13', tag: 'UNT' },
  'message.truncated': { level: 'message', syntax: '13', tag: 'UNT' },
  'message.cut-off': { level: 'message', syntax: '18' },
  'message.no-type': { level: 'message', syntax: '13', tag: 'UNH', element: 3 },
  'segment.bad-tag': { level: 'segment', syntax: '12' },
  'edifact.control-character': { level: 'segment', syntax: '21' },
  'charset.undeclared': { level: 'segment', syntax: '21' },
}

/** Syntax versions that are read. */
export const SYNTAX_VERSIONS: ReadonlySet<string> = new Set(['1', '2', '3', '4'])
