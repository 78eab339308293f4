/**
 * What was found in one interchange, for the officer who answers for it: what its sender is told, in words and with the bytes; and what is not
 * held against the sender, because the table of its own directory is not known, with the note that says so.
 * Invariant: what is kept is bounded, and what goes beyond is counted.
 */
import { CONTROL_OF } from '#kernel/edifact/control-codes.ts'
import type { ReceivedInterchange } from '#kernel/edifact/control-report.ts'
import { type ToldFault, toldFaults } from '#kernel/edifact/control-words.ts'
import type { EdifactProblem, MessageHeader } from '#kernel/edifact/envelope.ts'
import { findEdition } from '#kernel/edifact/group-editions.ts'
import { faultText, type StructureFault } from '#kernel/edifact/group-fault.ts'
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { AnswerFinding, AnswerFindings } from '../contract/answers.ts'

/** Shown of one answer; more help nobody to mend a sender. */
const SHOWN = 200
/** Places and words remembered of one interchange: more than can be shown, so that what is shown has them. */
const REMEMBERED = 4000
const NOTES = 20
const UNB = tagOf('UNB')
const UNH = tagOf('UNH')

export class ControlFindings {
  /** First byte of segments by their ordinal in the document; 0 stands for UNB. */
  #bytes = new Map<number, number>()
  #words = new Map<string, string>()
  #untold: AnswerFinding[] = []
  #untoldLeftOut = 0
  #notes = new Map<string, number>()
  #first = 0
  #reference = ''
  #current = { ordinal: 0, byte: 0 }
  #before = { ordinal: 0, byte: 0 }

  /** Of the envelope, before whoever judges the segment sees it. */
  segment(segment: Segment): void {
    this.#before = this.#current
    this.#current = { ordinal: segment.ordinal, byte: segment.base + segment.start }
    if (segment.tag === UNH) this.#remember(segment.ordinal, this.#current.byte)
  }

  messageStarted({ type, directory, reference, segment }: MessageHeader): void {
    this.#first = segment
    this.#reference = reference
    const note = findEdition(type, directory)?.note
    if (note !== undefined && (this.#notes.has(note) || this.#notes.size < NOTES)) this.#notes.set(note, (this.#notes.get(note) ?? 0) + 1)
  }

  departed(fault: StructureFault, isTold: boolean): void {
    const ordinal = this.#first + fault.position - 1
    const byte = [this.#current, this.#before].find((each) => each.ordinal === ordinal)?.byte
    if (byte !== undefined) this.#remember(ordinal, byte)
    const text = faultText(fault)
    if (isTold) this.#say({ segment: ordinal, element: fault.element, component: fault.component }, text)
    else if (this.#untold.length < SHOWN)
      this.#untold.push({ code: fault.code, at: `message ${this.#reference}, position ${fault.position}`, text, ...present(byte) })
    else this.#untoldLeftOut++
  }

  problem({ code, segment, element, byte, text }: EdifactProblem): void {
    // What concerns more than a segment has its words in the answer; what is told to nobody stands in the warnings of the document.
    if (CONTROL_OF[code]?.level !== 'segment') return
    this.#remember(segment, byte)
    this.#say({ segment, element }, text)
  }

  /** The interchange is over: what was found in it. The next begins with nothing. */
  take(received: ReceivedInterchange): AnswerFindings {
    const told: AnswerFinding[] = []
    let toldLeftOut = received.untold
    for (const fault of toldFaults(received))
      if (told.length < SHOWN) told.push(this.#finding(fault))
      else toldLeftOut++
    const notes = [...this.#notes].map(([text, messages]) => ({ text, messages }))
    const findings = { told, toldLeftOut, untold: this.#untold, untoldLeftOut: this.#untoldLeftOut, notes }
    this.#bytes = new Map()
    this.#words = new Map()
    this.#untold = []
    this.#untoldLeftOut = 0
    this.#notes = new Map()
    return findings
  }

  /** A segment that opens an interchange stands for all of it. */
  opened(segment: Segment): void {
    if (segment.tag === UNB) this.#bytes.set(0, segment.base + segment.start)
  }

  #finding(fault: ToldFault): AnswerFinding {
    const { code, at, segment } = fault
    const text = segment === undefined ? undefined : this.#words.get(keyOf(fault))
    return { code, at, text: text ?? fault.text, ...present(this.#bytes.get(segment ?? 0)) }
  }

  #say(place: Place, text: string): void {
    const key = keyOf(place)
    if (this.#words.size < REMEMBERED && !this.#words.has(key)) this.#words.set(key, text)
  }

  #remember(ordinal: number, byte: number): void {
    if (this.#bytes.size < REMEMBERED) this.#bytes.set(ordinal, byte)
  }
}

interface Place {
  readonly segment?: number | undefined
  readonly element?: number | undefined
  readonly component?: number | undefined
}

function keyOf({ segment = 0, element = 0, component = 0 }: Place): string {
  return `${segment}:${element}:${component}`
}

function present(byte: number | undefined): { readonly byte?: number } {
  return byte === undefined ? {} : { byte }
}
