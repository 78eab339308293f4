/**
 * EDIFACT bytes to cargo events: scanner, envelopes, and for each message the walk that knows its type.
 * Invariant: no bytes are held beyond one segment, no rows beyond the current one.
 */

import type { ForeignDecoder } from '#kernel/edifact/charset.ts'
import { type EdifactProblem, Envelope, type MessageHeader, type MessageTrailer, type Outcome } from '#kernel/edifact/envelope.ts'
import { Scanner } from '#kernel/edifact/scanner.ts'
import type { Segment } from '#kernel/edifact/segment.ts'
import type { IntakeProblem } from '../model.ts'
import { type CargoEvent, type FileSummary, type ReadOptions, WARNINGS_TOLD } from './events.ts'
import { MessageContext, type MessageWalk, placeInFile } from './message-context.ts'
import { RepeatedWalk, UnknownWalk, walkOf } from './message-walks.ts'

interface OpenMessage {
  readonly header: MessageHeader
  readonly context: MessageContext
  readonly walk: MessageWalk
  readonly warnings: IntakeProblem[]
  untold: number
}

export class EdifactReader {
  #events: CargoEvent[] = []
  readonly #options: ReadOptions
  readonly #envelope: Envelope
  readonly #scanner: Scanner
  #message: OpenMessage | undefined
  #messages = 0
  #equipment = 0
  #consignments = 0
  #others = 0
  #warnings = 0
  #fileWarnings = 0
  #bytes = 0

  constructor(options: ReadOptions) {
    this.#options = options
    const sink = {
      interchangeStarted: (interchange: Parameters<NonNullable<ReadOptions['isKnown']>>[0]) =>
        this.#tell({ kind: 'interchange', interchange }),
      messageStarted: (header: MessageHeader) => this.#start(header),
      segment: (segment: Segment) => this.#message?.walk.segment(segment),
      messageEnded: (trailer: MessageTrailer) => this.#end(trailer),
      problem: (problem: EdifactProblem) => this.#warn(toIntakeProblem(problem)),
    }
    this.#envelope = new Envelope(sink, options.isKnown === undefined ? {} : { isKnown: options.isKnown })
    const envelope = this.#envelope
    this.#scanner = new Scanner(
      {
        segment: (segment) => {
          // The rest of an interchange in a foreign character set would only be noise.
          if (envelope.unreadable === undefined) envelope.segment(segment)
          if (envelope.unreadable !== undefined)
            this.#scanner.refuse('edifact.charset-not-supported', envelope.unreadable.byte, envelope.unreadable.text)
        },
        stray: (byte) => envelope.stray(byte),
      },
      options.limits,
    )
    const { segment } = this.#scanner
    segment.foreign = decodeForeign
    const { buffer, byteOffset, byteLength } = segment.buffer
    const shared = Buffer.from(buffer, byteOffset, byteLength)
    segment.ascii = (_, start, end) => shared.toString('latin1', start, end)
  }

  get isRefused(): boolean {
    return this.#scanner.refusal !== undefined
  }

  push(chunk: Uint8Array): CargoEvent[] {
    this.#bytes += chunk.length
    this.#scanner.push(chunk)
    return this.#take()
  }

  finish(): CargoEvent[] {
    this.#scanner.finish()
    this.#envelope.finish(this.#scanner.segment, this.#scanner.refusal !== undefined)
    this.#tell({ kind: 'end', summary: this.#summary() })
    return this.#take()
  }

  #summary(): FileSummary {
    const { refusal } = this.#scanner
    const outcomes: Record<Outcome, number> = { ...this.#envelope.outcomes }
    const refused: IntakeProblem | undefined =
      refusal !== undefined
        ? { code: refusal.code, at: `byte ${refusal.byte}`, text: refusal.text }
        : this.#messages === 0
          ? { code: 'edifact.no-message', at: 'byte 0', text: 'The document holds no message.' }
          : undefined
    const summary: FileSummary = {
      format: refusal?.code === 'edifact.not-edifact' || refusal?.code === 'edifact.empty' ? 'unknown' : 'edifact',
      bytes: this.#bytes,
      interchanges: this.#envelope.interchanges,
      messages: this.#messages,
      outcomes,
      equipment: this.#equipment,
      consignments: this.#consignments,
      others: this.#others,
      warnings: this.#warnings,
    }
    return refused === undefined ? summary : { ...summary, refused }
  }

  #start(header: MessageHeader): void {
    this.#messages++
    const message = this.#messages
    this.#tell({ kind: 'message-started', message, type: header.type, directory: header.directory, reference: header.reference })
    const context = new MessageContext(this.#options.document ?? '', {
      voyage: (voyage) => this.#tell({ kind: 'voyage', message, voyage }),
      equipment: (sighting) => this.#tell({ kind: 'equipment', message, sighting }),
      consignment: (statement) => this.#tell({ kind: 'consignment', message, statement }),
      row: (row) => this.#tell({ ...row, message }),
      warning: (warning) => {
        this.#envelope.noteWarning()
        this.#warn(warning)
      },
    })
    const walk = header.isRepeated ? new RepeatedWalk() : walkOf(header.type, context)
    this.#message = { header, context, walk: walk ?? new UnknownWalk(context), warnings: [], untold: 0 }
    if (walk === undefined && header.type !== 'UNKNOWN') {
      this.#envelope.noteWarning()
      this.#warn({
        code: 'message.unknown-type',
        at: placeInFile(header.segment),
        text: `Messages of type ${JSON.stringify(header.type.slice(0, 12))} are kept and counted, not read.`,
      })
    }
  }

  #end(trailer: MessageTrailer): void {
    const open = this.#message
    if (open === undefined) return
    open.walk.end()
    open.context.tellVoyage()
    this.#message = undefined
    const { context, header, warnings } = open
    if (open.untold > 0)
      warnings.push({
        code: 'warnings.more',
        at: placeInFile(header.segment),
        text: `${open.untold} more warnings of this message are not listed.`,
      })
    this.#equipment += context.equipment
    this.#consignments += context.consignments
    this.#others += context.others
    const { containers, distinctContainers, badCheckDigit, notIso } = context.tally
    this.#tell({
      kind: 'message',
      message: this.#messages,
      result: {
        type: header.type,
        directory: header.directory,
        reference: header.reference,
        segments: trailer.segments,
        outcome: trailer.outcome,
        voyage: context.voyage,
        warnings,
        equipment: context.equipment,
        consignments: context.consignments,
        others: context.others,
        containers,
        distinctContainers,
        badCheckDigit,
        notIso,
      },
    })
  }

  #warn(warning: IntakeProblem): void {
    this.#warnings++
    const open = this.#message
    if (open === undefined) {
      if (this.#fileWarnings++ < WARNINGS_TOLD) this.#tell({ kind: 'warning', message: 0, warning })
      return
    }
    if (open.warnings.length >= WARNINGS_TOLD) {
      open.untold++
      return
    }
    open.warnings.push(warning)
    this.#tell({ kind: 'warning', message: this.#messages, warning })
  }

  #tell(event: CargoEvent): void {
    this.#events.push(event)
  }

  #take(): CargoEvent[] {
    const events = this.#events
    this.#events = []
    return events
  }
}

const decoders = new Map<string, InstanceType<typeof TextDecoder>>()

const decodeForeign: ForeignDecoder = (bytes, charset) => {
  let decoder = decoders.get(charset)
  if (decoder === undefined) {
    decoder = new TextDecoder(charset)
    decoders.set(charset, decoder)
  }
  return decoder.decode(bytes)
}

function toIntakeProblem(problem: EdifactProblem): IntakeProblem {
  const at = problem.segment === 0 ? `byte ${problem.byte}` : placeInFile(problem.segment, problem.element)
  return { code: problem.code, at, text: problem.text }
}
