/**
 * APERAK: tells the sender that a message was read, and which of its contents the application cannot take. CONTRL speaks of the syntax, this
 * of the matter.
 * Source: UN/EDIFACT APERAK D96A, which partners of every directory read; codes 1001 305 and 313, 1153 ACW, 4451 AAO (V in D23A).
 */

import { type ReplyEnvelope, wrapReply } from './control-reply.ts'
import type { ReceivedInterchange } from './control-report.ts'
import { printSegment } from './print.ts'

export interface ApplicationFault {
  /** Our own code, at most eight signs. */
  readonly code: string
  readonly text: string
  /** What the fault is about: qualifier of 1153 and value, such as `BM` and the number of the bill of lading. */
  readonly reference?: readonly [qualifier: string, value: string]
}

export interface ApplicationReply {
  /** Number of this answer. */
  readonly number: string
  /** Number of the document answered, as its BGM says. */
  readonly document: string
  /** Empty: the message was taken. */
  readonly faults: readonly ApplicationFault[]
}

/** ERC comes at most so often in D96A; further faults go into further answers. */
export const FAULTS_IN_ANSWER = 999
const CODE = 8
const LINE = 70
const LINES = 5

export function applicationReply(
  received: Pick<ReceivedInterchange, 'syntax' | 'version' | 'sender' | 'recipient' | 'isTest'>,
  envelope: ReplyEnvelope,
  { number, document, faults }: ApplicationReply,
): string {
  if (faults.length > FAULTS_IN_ANSWER) throw new RangeError(`One APERAK holds ${FAULTS_IN_ANSWER} faults, not ${faults.length}.`)
  const long = faults.find(({ code }) => code.length > CODE)
  if (long !== undefined) throw new RangeError(`APERAK holds codes of ${CODE} signs, not ${long.code}.`)
  const segments = [
    printSegment('BGM', [faults.length > 0 ? '313' : '305', number, faults.length > 0 ? '27' : '44']),
    printSegment('DTM', [['137', envelope.date + envelope.time, '203']]),
    ...(document === '' ? [] : [printSegment('RFF', [['ACW', document]])]),
    ...faults.flatMap(({ code, text, reference }) => [
      printSegment('ERC', [[code, '', 'ZZZ']]),
      ...(text === '' ? [] : [printSegment('FTX', ['AAO', '', '', linesOf(text)])]),
      ...(reference === undefined ? [] : [printSegment('RFF', [reference])]),
    ]),
  ]
  return wrapReply(received, envelope, { identifier: ['APERAK', 'D', '96A', 'UN'], segments })
}

/** Five lines of seventy signs; a longer text says that it goes on. */
function linesOf(text: string): string[] {
  const signs = [...text.replaceAll(/\s+/g, ' ').trim()]
  const shown = signs.length > LINE * LINES ? [...signs.slice(0, LINE * LINES - 3), '.', '.', '.'] : signs
  return Array.from({ length: Math.ceil(shown.length / LINE) }, (_, line) => shown.slice(line * LINE, (line + 1) * LINE).join(''))
}
