/** Messages to one interchange with the counts and references that its envelope asks for (ISO 9735-1, 8). */
import { type PrintedElement, printSegment, printServiceAdvice } from '#kernel/edifact/print.ts'
import { LEVEL_A, type ServiceCharacters } from '#kernel/edifact/service-characters.ts'

export type PrintedSegment = readonly [tag: string, ...elements: PrintedElement[]]

export interface PrintedMessage {
  /** Composite S009: type, version, release, agency and association code. */
  readonly type: readonly string[]
  readonly reference: string
  readonly segments: Iterable<PrintedSegment>
}

export interface InterchangeOptions {
  readonly sender: string
  readonly recipient: string
  /** CCYYMMDDHHMM. */
  readonly prepared: string
  readonly reference: string
  readonly syntax?: readonly [identifier: string, version: string]
  readonly characters?: ServiceCharacters
}

export function printInterchange(options: InterchangeOptions, messages: readonly PrintedMessage[]): Uint8Array {
  return new TextEncoder().encode([...interchangeLines(options, messages)].join(''))
}

/** Piece by piece, for interchanges that no memory should hold. */
export function* interchangeLines(options: InterchangeOptions, messages: Iterable<PrintedMessage>): Generator<string> {
  const { characters = LEVEL_A, prepared, reference, sender, recipient } = options
  const print = ([tag, ...elements]: PrintedSegment): string => printSegment(tag, elements, characters)
  if (options.characters !== undefined) yield printServiceAdvice(characters)
  const prepareTime = [prepared.slice(2, 8), prepared.slice(8, 12)]
  yield print(['UNB', options.syntax ?? ['UNOC', '3'], sender, recipient, prepareTime, reference])
  let count = 0
  for (const message of messages) {
    count++
    yield print(['UNH', message.reference, message.type])
    let segments = 2
    for (const segment of message.segments) {
      segments++
      yield print(segment)
    }
    yield print(['UNT', String(segments), message.reference])
  }
  yield print(['UNZ', String(count), reference])
}
