/** Bytes through scanner, envelope and collector, as a reader joins them; everything that was told is kept. For tests. */
import { ControlCollector, type ControlOptions } from './control-received.ts'
import type { ReceivedInterchange } from './control-report.ts'
import { Envelope, type EnvelopeOptions, type Outcome } from './envelope.ts'
import type { StructureFault } from './group-fault.ts'
import { Scanner } from './scanner.ts'

export interface Reading {
  readonly received: readonly ReceivedInterchange[]
  /** For each message the place of each segment. */
  readonly places: readonly (readonly (string | undefined)[])[]
  readonly faults: readonly StructureFault[]
  /** Codes of the envelope. */
  readonly problems: readonly string[]
  readonly outcomes: readonly Outcome[]
  readonly refusal: string | undefined
}

export interface ReadingOptions extends Pick<ControlOptions, 'judge'>, EnvelopeOptions {
  readonly chunk?: number
}

export function readInterchanges(bytes: Uint8Array, { chunk = bytes.length, judge, isKnown }: ReadingOptions = {}): Reading {
  const received: ReceivedInterchange[] = []
  const places: (string | undefined)[][] = []
  const faults: StructureFault[] = []
  const problems: string[] = []
  const outcomes: Outcome[] = []
  const collector = new ControlCollector({
    told: (each) => void received.push(each),
    structure: (fault) => {
      faults.push(fault)
      envelope.noteWarning()
    },
    ...(judge === undefined ? {} : { judge }),
  })
  const envelope: Envelope = new Envelope(
    {
      service: (segment) => collector.service(segment),
      interchangeStarted: (header) => collector.interchangeStarted(header),
      messageStarted: (header) => {
        places.push([])
        collector.messageStarted(header)
      },
      segment: (segment) => {
        const place = collector.segment(segment)
        places.at(-1)?.push(place === undefined ? undefined : `${place.path}:${place.repetition.join('.')}`)
      },
      messageEnded: ({ outcome }) => {
        outcomes.push(outcome)
        collector.messageEnded()
      },
      problem: (problem) => {
        problems.push(problem.code)
        collector.problem(problem)
      },
    },
    isKnown === undefined ? {} : { isKnown },
  )
  const scanner = new Scanner({
    segment: (segment) => {
      if (envelope.unreadable === undefined) envelope.segment(segment)
      if (envelope.unreadable !== undefined)
        scanner.refuse('edifact.charset-not-supported', envelope.unreadable.byte, envelope.unreadable.text)
    },
    stray: (byte) => envelope.stray(byte),
  })
  for (let from = 0; from < bytes.length; from += chunk) scanner.push(bytes.subarray(from, from + chunk))
  scanner.finish()
  envelope.finish(scanner.segment, scanner.refusal !== undefined)
  collector.finish(scanner.refusal)
  return { received, places, faults, problems, outcomes, refusal: scanner.refusal?.code }
}

/** Text of signs up to U+00FF, one byte each. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0))
}
