/**
 * FWB and FHL bytes to cargo events, line by line. Telegraph headers and whatever stands between messages are counted and said, not read.
 * Invariant: no bytes are held beyond one line; every message that starts ends as accepted, warned or quarantined.
 */
import type { FilingKind, IntakeProblem, Stated } from '../model.ts'
import { type AirLine, splitFields } from './air-message.ts'
import { AirWaybill } from './air-waybill.ts'
import type { ConsignmentDraft } from './consignment-draft.ts'
import { type CargoEvent, type FileSummary, type ReadOptions, WARNINGS_TOLD } from './events.ts'

const START = /^(FWB|FHL)\/([0-9]{1,2})$/
const LINE_BYTES = 4096
/** A waybill or a house list is far below it; beyond it the lines are counted and left out. */
const LINES = 50_000
const VERSIONS = { FWB: [9, 17], FHL: [2, 5] } as const
const WORD = /^[A-Z]{3}$/
const MARK = /^\xef\xbb\xbf/

/** The head of a file: a line that opens an air waybill message among its first lines. */
export function isAirMessage(head: string): boolean {
  return head
    .split(/\r\n|\r|\n/)
    .slice(0, 12)
    .some((line) => START.test(line.trim()))
}

interface OpenMessage {
  readonly type: 'FWB' | 'FHL'
  readonly version: string
  readonly waybill: AirWaybill
  readonly warnings: IntakeProblem[]
  untold: number
  lines: number
  paragraph: string
  index: number
  consignments: number
  isVoyageTold: boolean
}

export class AirReader {
  readonly #document: string
  #events: CargoEvent[] = []
  #message: OpenMessage | undefined
  #pending = ''
  #isTooLong = false
  #at = 0
  #line = 0
  #bytes = 0
  #messages = 0
  #consignments = 0
  #warnings = 0
  #between = 0
  readonly #outcomes = { accepted: 0, warned: 0, quarantined: 0 }

  constructor(options: ReadOptions) {
    this.#document = options.document ?? ''
  }

  get isRefused(): boolean {
    return false
  }

  push(chunk: Uint8Array): CargoEvent[] {
    this.#bytes += chunk.length
    // One sign per byte, so that places in the text are places in the document.
    const text = this.#pending + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1')
    let from = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#take(text.slice(from, end), end + 1 - from)
      from = end + 1
    }
    this.#pending = text.slice(from)
    if (this.#pending.length > LINE_BYTES) {
      // The beginning says which line it is; the rest of it is not held.
      this.#isTooLong = true
      this.#at += this.#pending.length - LINE_BYTES
      this.#pending = this.#pending.slice(0, LINE_BYTES)
    }
    return this.#taken()
  }

  finish(): CargoEvent[] {
    if (this.#pending !== '') this.#take(this.#pending, this.#pending.length)
    this.#end()
    const summary: FileSummary = {
      format: 'air',
      bytes: this.#bytes,
      interchanges: 0,
      messages: this.#messages,
      outcomes: { ...this.#outcomes },
      equipment: 0,
      consignments: this.#consignments,
      others: 0,
      warnings: this.#warnings,
    }
    this.#tell({ kind: 'end', summary })
    return this.#taken()
  }

  #take(raw: string, length: number): void {
    const start = this.#at
    this.#at += length
    this.#line++
    const isTooLong = this.#isTooLong || raw.length > LINE_BYTES
    this.#isTooLong = false
    // A byte order mark says nothing in a format of plain letters.
    const text = (this.#line === 1 ? raw.replace(MARK, '') : raw).replace(/\r$/, '')
    const opens = START.exec(text.trim())
    if (opens !== null) return this.#open(opens[1] as 'FWB' | 'FHL', opens[2] ?? '')
    const message = this.#message
    if (text.trim() === '') return
    if (message === undefined) {
      if (this.#between++ === 0) this.#warn({ code: 'air.outside-message', text: 'Lines stand outside any message; they are not read.' })
      return
    }
    message.lines++
    if (isTooLong) return this.#warn({ code: 'air.line-too-long', text: `The line has more than ${LINE_BYTES} bytes; it is not read.` })
    if (message.lines > LINES) {
      if (message.lines === LINES + 1) this.#warn({ code: 'air.too-many-lines', text: `More than ${LINES} lines; the rest is not read.` })
      return
    }
    message.waybill.line(this.#lineOf(message, splitFields(text, { document: this.#document, ordinal: this.#line, start })))
  }

  #lineOf(message: OpenMessage, fields: readonly Stated[]): AirLine {
    const word = fields[0]?.value ?? ''
    const isWaybill = message.lines === 1 && message.type === 'FWB'
    // NAM, ADR and LOC look like paragraphs and continue the party that they stand in.
    const isPart = word === '' || word === 'NAM' || word === 'ADR' || word === 'LOC'
    const isFirst = isWaybill || (!isPart && WORD.test(word))
    if (isFirst) {
      message.paragraph = isWaybill ? 'AWB' : word
      message.index = 0
    } else message.index++
    return { paragraph: message.paragraph, isFirst, index: message.index, ordinal: this.#line, fields }
  }

  #open(type: 'FWB' | 'FHL', version: string): void {
    this.#end()
    this.#messages++
    const waybill = new AirWaybill(type, {
      warn: ({ line, ...problem }) => this.#warn({ ...problem, line: line.ordinal }),
      consignment: (draft, kind, handling) => this.#consignment(draft, kind, handling),
    })
    this.#message = {
      type,
      version,
      waybill,
      warnings: [],
      untold: 0,
      lines: 0,
      paragraph: '',
      index: 0,
      consignments: 0,
      isVoyageTold: false,
    }
    this.#tell({ kind: 'message-started', message: this.#messages, type, directory: version, reference: '' })
    const [oldest, newest] = VERSIONS[type]
    if (Number(version) < oldest || Number(version) > newest)
      this.#warn({ code: 'air.version', text: `Version ${version} of ${type} is read like version ${newest}.` })
  }

  #consignment(draft: ConsignmentDraft, kind: FilingKind, handling: readonly Stated[]): void {
    const message = this.#message
    const statement = draft.statement()
    if (message === undefined || statement === undefined) return
    this.#tellVoyage(message)
    message.consignments++
    this.#consignments++
    const told = handling.length === 0 ? { kind, ...statement } : { kind, ...statement, handling: [...handling] }
    this.#tell({ kind: 'consignment', message: this.#messages, statement: told })
  }

  #tellVoyage(message: OpenMessage): void {
    if (message.isVoyageTold) return
    message.isVoyageTold = true
    this.#tell({ kind: 'voyage', message: this.#messages, voyage: message.waybill.voyage })
  }

  #end(): void {
    const message = this.#message
    if (message === undefined) return
    message.waybill.end()
    this.#tellVoyage(message)
    if (!message.waybill.hasWaybill && message.warnings.length === 0)
      this.#warn({ code: 'air.no-waybill', text: 'The message names no air waybill.' })
    this.#message = undefined
    const outcome = !message.waybill.hasWaybill ? 'quarantined' : message.warnings.length > 0 ? 'warned' : 'accepted'
    this.#outcomes[outcome]++
    if (message.untold > 0)
      message.warnings.push({ code: 'warnings.more', at: `line ${this.#line}`, text: `${message.untold} more warnings are not listed.` })
    this.#tell({
      kind: 'message',
      message: this.#messages,
      result: {
        type: message.type,
        directory: message.version,
        reference: '',
        segments: message.lines + 1,
        outcome,
        voyage: message.waybill.voyage,
        warnings: message.warnings,
        equipment: 0,
        consignments: message.consignments,
        others: 0,
        containers: 0,
        distinctContainers: 0,
        badCheckDigit: 0,
        notIso: 0,
      },
    })
  }

  #warn(problem: { readonly code: string; readonly text: string; readonly line?: number; readonly element?: number | undefined }): void {
    const { code, text, line = this.#line, element } = problem
    const warning = { code, at: element === undefined ? `line ${line}` : `line ${line}, field ${element}`, text }
    this.#warnings++
    const message = this.#message
    if (message !== undefined && message.warnings.length >= WARNINGS_TOLD) {
      message.untold++
      return
    }
    message?.warnings.push(warning)
    this.#tell({ kind: 'warning', message: message === undefined ? 0 : this.#messages, warning })
  }

  #tell(event: CargoEvent): void {
    this.#events.push(event)
  }

  #taken(): CargoEvent[] {
    const events = this.#events
    this.#events = []
    return events
  }
}
