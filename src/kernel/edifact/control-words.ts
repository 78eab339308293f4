/**
 * What a CONTRL says, in words for whoever sends it, in its own order.
 * Invariant: every code of the answer has its line; further faults of a level, for which CONTRL has no room, have theirs too.
 * Source: service code list 0085 (V), in words of ours. Elements are counted here without the tag, as everywhere else for people.
 */
import type { ControlFault } from './control-codes.ts'
import type { ReceivedElement, ReceivedInterchange, ReceivedMessage, ReceivedSegment } from './control-report.ts'
import type { SyntaxCode } from './group-fault.ts'

export interface ToldFault {
  readonly code: SyntaxCode
  /** `message 1, position 5, element 2`; positions are those of CONTRL: UNH is 1. */
  readonly at: string
  /** Ordinal of the segment in the document; absent for an interchange or group. */
  readonly segment?: number
  /** Counted without the tag. */
  readonly element?: number
  readonly component?: number
  readonly text: string
}

const WORDS: Readonly<Record<SyntaxCode, string>> = {
  '2': 'syntax version or character set is not supported',
  '7': 'the recipient that is named is another',
  '12': 'not a valid value',
  '13': 'missing',
  '14': 'a value that is not supported here',
  '15': 'may not stand here',
  '16': 'too many parts',
  '17': 'messages of this type, version or sender are not agreed',
  '18': 'not told more exactly',
  '19': 'not a well-formed number',
  '20': 'a sign that may not be a service character',
  '21': 'signs that may not stand here',
  '22': 'service signs that are not valid',
  '23': 'the sender is unknown',
  '24': 'too old',
  '25': 'tests are not taken',
  '26': 'received before, and not read again',
  '28': 'the references do not match',
  '29': 'the count does not match what came',
  '30': 'groups and messages are mixed',
  '31': 'one group holds more than one type of message',
  '32': 'holds nothing',
  '33': 'stands outside every message or group',
  '34': 'one lies within another, which is not allowed',
  '35': 'repeated too often',
  '36': 'its group is repeated too often',
  '37': 'the wrong kind of signs',
  '39': 'too long',
  '40': 'too short',
  '45': 'ends with separators that say nothing',
  '46': 'character set is not supported',
  '48': 'what depends on it is missing or too much',
}

export function* toldFaults(received: ReceivedInterchange): Generator<ToldFault> {
  for (const fault of received.faults) yield serviceFault(fault, 'interchange')
  // A level that is rejected takes the levels below it along, here as in the answer.
  if (received.faults.length > 0) return
  for (const message of received.messages) yield* messageFaults(message)
  for (const group of received.groups) {
    for (const fault of group.faults) yield serviceFault(fault, `group ${group.reference}`)
    if (group.faults.length === 0) for (const message of group.messages) yield* messageFaults(message)
  }
}

function* messageFaults(message: ReceivedMessage): Generator<ToldFault> {
  const { reference, first, faults, segments } = message
  const where = `message ${reference}`
  for (const fault of faults) yield { ...serviceFault(fault, where), segment: first }
  for (const segment of segments) yield* segmentFaults(segment, { where, first })
}

function* segmentFaults(
  { position, syntax, elements }: ReceivedSegment,
  { where, first }: { readonly where: string; readonly first: number },
): Generator<ToldFault> {
  const at = `${where}, position ${position}`
  const segment = first + position - 1
  if (syntax !== undefined) yield { code: syntax, at, segment, text: `The segment: ${WORDS[syntax]}.` }
  for (const each of elements) yield { ...elementFault(each, at), segment }
}

function elementFault({ syntax, element, component }: ReceivedElement, at: string): ToldFault {
  const place = placeOf(element - 1, component)
  return {
    code: syntax,
    at: place === '' ? at : `${at}, ${place}`,
    ...(element > 1 ? { element: element - 1 } : {}),
    ...(component === undefined ? {} : { component }),
    text: `${element > 1 ? 'The value' : 'The tag'}: ${WORDS[syntax]}.`,
  }
}

/** About a service segment: UNB to UNZ. */
function serviceFault({ syntax, tag, element, component }: ControlFault, at: string): ToldFault {
  const place = element === undefined ? '' : placeOf(element - 1, component)
  const subject = [tag ?? '', place].filter((part) => part !== '').join(', ')
  return { code: syntax, at, text: subject === '' ? `${capital(WORDS[syntax])}.` : `${subject}: ${WORDS[syntax]}.` }
}

function placeOf(element: number, component: number | undefined): string {
  if (element < 1) return ''
  return component === undefined ? `element ${element}` : `element ${element}, component ${component}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
