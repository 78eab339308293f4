/**
 * CONTRL: tells the sender of an interchange that it came, and what is wrong with it at the smallest unit: interchange (UCI), group (UCF),
 * message (UCM), segment (UCS), element (UCD). What is not named is acknowledged.
 * Invariant: an interchange of answers gets none, so that two nodes never answer each other without end.
 * Source: ISO 9735-4; codes of 0083: 4 rejected, 7 acknowledged. Version and release of the answer itself: M.
 */
import { charsetOfSyntax } from './charset.ts'
import type { ControlFault } from './control-codes.ts'
import type { ReceivedElement, ReceivedInterchange, ReceivedMessage, ReceivedSegment } from './control-report.ts'
import { type PrintedElement, printSegment } from './print.ts'

export interface ReplyEnvelope {
  /** Control reference of the answer's interchange. */
  readonly reference: string
  /** `20260901` and `0600`, of the node's own clock. */
  readonly date: string
  readonly time: string
}

/** To be encoded as UTF-8. Undefined: nobody to answer to (no sender, recipient or reference), or an answer itself. */
export function controlReply(received: ReceivedInterchange, envelope: ReplyEnvelope): string | undefined {
  const { isAnswer, sender, recipient, reference } = received
  if (isAnswer || isBlank(sender[0]) || isBlank(recipient[0]) || reference === '') return undefined
  return wrapReply(received, envelope, {
    identifier: received.version === '4' ? ['CONTRL', '4', '1', 'UN'] : ['CONTRL', 'D', '3', 'UN'],
    segments: controlSegments(received),
  })
}

/** The message of an answer inside its own interchange, back to the sender of the one received. To be encoded as UTF-8. */
export function wrapReply(
  received: Pick<ReceivedInterchange, 'syntax' | 'version' | 'sender' | 'recipient' | 'isTest'>,
  { reference, date, time }: ReplyEnvelope,
  { identifier, segments }: { readonly identifier: readonly string[]; readonly segments: readonly string[] },
): string {
  const version = ['1', '2', '3', '4'].includes(received.version) ? received.version : '3'
  const day = version === '4' ? date : date.slice(2)
  const tail = received.isTest ? ['', '', '', '', '', '1'] : []
  const addressed = [received.recipient, received.sender, [day, time], reference, ...tail]
  const message = [
    printSegment('UNH', ['1', identifier]),
    ...segments,
    printSegment('UNT', [String(segments.length + 2), '1']),
    printSegment('UNZ', ['1', reference]),
  ].join('')
  const syntax = syntaxFor(received.syntax, printSegment('UNB', addressed) + message)
  return printSegment('UNB', [[syntax, version], ...addressed]) + message
}

/** As the sender wrote, unless we could not read that ourselves, or the names that are repeated need letters beyond ASCII: then UTF-8. */
function syntaxFor(received: string, text: string): string {
  if (!isAscii(text)) return 'UNOY'
  return charsetOfSyntax(received).kind === 'known' ? received : 'UNOC'
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false
  return true
}

function controlSegments(received: ReceivedInterchange): string[] {
  const { reference, sender, recipient, faults } = received
  const [fault] = faults
  const uci = printSegment('UCI', [reference, sender, recipient, ...actionOf(fault !== undefined, fault)])
  // A level that is rejected takes the levels below it along.
  if (fault !== undefined) return [uci]
  return [
    uci,
    ...received.messages.flatMap(messageSegments),
    ...received.groups.flatMap((group) => [
      printSegment('UCF', [
        group.reference,
        named(group.sender),
        named(group.recipient),
        ...actionOf(group.faults.length > 0, group.faults[0]),
      ]),
      ...(group.faults.length > 0 ? [] : group.messages.flatMap(messageSegments)),
    ]),
  ]
}

function messageSegments({ reference, identifier, faults, segments }: ReceivedMessage): string[] {
  const [fault] = faults
  // Type, version, release and agency belong together; a UNH that lacks one is named by its reference alone.
  const isWhole = identifier.length >= 4 && identifier.slice(0, 4).every((component) => component !== '')
  const ucm = printSegment('UCM', [reference, isWhole ? identifier : '', ...actionOf(true, fault)])
  return [ucm, ...segments.flatMap(segmentSegments)]
}

function segmentSegments({ position, syntax, elements }: ReceivedSegment): string[] {
  return [printSegment('UCS', [String(position), syntax ?? '']), ...elements.map(elementSegment)]
}

function elementSegment({ syntax, element, component, occurrence }: ReceivedElement): string {
  return printSegment('UCD', [syntax, [String(element), numberText(component), numberText(occurrence)]])
}

function actionOf(isRejected: boolean, fault: ControlFault | undefined): PrintedElement[] {
  const at = fault?.element === undefined ? '' : [String(fault.element), numberText(fault.component)]
  return [isRejected ? '4' : '7', fault?.syntax ?? '', fault?.tag ?? '', at]
}

function numberText(value: number | undefined): string {
  return value === undefined ? '' : String(value)
}

/** A qualifier alone names nobody. */
function named(components: readonly string[]): PrintedElement {
  return isBlank(components[0]) ? '' : components
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text === ''
}
