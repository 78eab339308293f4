/**
 * The answers to a document: each interchange checked against the tables, and what its sender is told. A pass of its own over the stored
 * bytes, so that intake waits for no answer.
 */
import type { ControlFault } from '#kernel/edifact/control-codes.ts'
import { ControlCollector, type ReceivedInterchange } from '#kernel/edifact/control-received.ts'
import { Envelope, type InterchangeHeader, type MessageHeader } from '#kernel/edifact/envelope.ts'
import { Scanner } from '#kernel/edifact/scanner.ts'
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { AnswerFindings } from '../contract/answers.ts'
import { ControlFindings } from './control-findings.ts'
import { decompress } from './decompress.ts'

const BGM = tagOf('BGM')
/** Interchanges and messages of one document that are answered; beyond them a document is a load test. */
const INTERCHANGES = 1000
const MESSAGES = 100_000

export interface AnswerableMessage {
  /** Ordinal in the document, as the reader counts. */
  readonly message: number
  readonly type: string
  /** Number of the document that BGM names; empty when it names none. */
  readonly document: string
}

export interface AnswerableInterchange {
  readonly received: ReceivedInterchange
  readonly messages: readonly AnswerableMessage[]
  readonly findings: AnswerFindings
}

export interface ControlPassOptions {
  readonly isKnown?: (header: InterchangeHeader) => boolean
  readonly judge?: (header: InterchangeHeader) => ControlFault | undefined
}

export async function controlPass(source: AsyncIterable<Uint8Array>, options: ControlPassOptions = {}): Promise<AnswerableInterchange[]> {
  const answerable: AnswerableInterchange[] = []
  let messages: AnswerableMessage[] = []
  let count = 0
  let open: { header: MessageHeader; document: string } | undefined
  const found = new ControlFindings()
  const collector = new ControlCollector({
    told: (received) => {
      const findings = found.take(received)
      if (answerable.length < INTERCHANGES) answerable.push({ received, messages, findings })
      messages = []
    },
    structure: (fault, isTold) => found.departed(fault, isTold),
    ...(options.judge === undefined ? {} : { judge: options.judge }),
  })
  const envelope = new Envelope(
    {
      service: (segment) => {
        collector.service(segment)
        found.opened(segment)
      },
      interchangeStarted: (header) => collector.interchangeStarted(header),
      messageStarted: (header) => {
        count++
        open = { header, document: '' }
        found.messageStarted(header)
        collector.messageStarted(header)
      },
      segment: (segment) => {
        if (segment.tag === BGM && open !== undefined) open.document = documentOf(segment)
        collector.segment(segment)
      },
      messageEnded: () => {
        if (open !== undefined && count <= MESSAGES && !open.header.isRepeated)
          messages.push({ message: count, type: open.header.type, document: open.document })
        open = undefined
        collector.messageEnded()
      },
      problem: (problem) => {
        found.problem(problem)
        collector.problem(problem)
      },
    },
    options.isKnown === undefined ? {} : { isKnown: options.isKnown },
  )
  const scanner = new Scanner({
    segment: (segment) => {
      found.segment(segment)
      if (envelope.unreadable === undefined) envelope.segment(segment)
      if (envelope.unreadable !== undefined)
        scanner.refuse('edifact.charset-not-supported', envelope.unreadable.byte, envelope.unreadable.text)
    },
    stray: (byte) => envelope.stray(byte),
  })
  try {
    for await (const chunk of decompress(source)) {
      scanner.push(chunk)
      if (scanner.refusal !== undefined) break
    }
  } catch {
    // Damaged compression: what was read so far is answered as a document that breaks off.
  }
  scanner.finish()
  envelope.finish(scanner.segment, scanner.refusal !== undefined)
  collector.finish(scanner.refusal)
  return answerable
}

function documentOf(segment: Segment): string {
  return segment.text(2).slice(0, 35)
}
