/**
 * What came in one interchange, as far as its sender is told: nothing of what was accepted, of the rest level, code and position.
 * It listens to the envelope beside the reader of the contents, and checks each message against the tables on the way.
 * Invariant: what it keeps is bounded; what goes beyond is counted in `untold`, and no faulty message passes for acknowledged. A fault
 * under a table of another directory is not held against the sender.
 */
import { CONTROL_OF, type ControlFault, SYNTAX_VERSIONS } from './control-codes.ts'
import type { ReceivedGroup, ReceivedInterchange, ReceivedMessage } from './control-report.ts'
import type { EdifactProblem, InterchangeHeader, MessageHeader } from './envelope.ts'
import { MessageCheck } from './group-check.ts'
import { GENERIC_TYPES } from './group-editions.ts'
import { type StructureFault, type SyntaxCode, syntaxOf } from './group-fault.ts'
import type { GroupPlace } from './group-walk.ts'
import type { Refusal } from './limits.ts'
import { type Segment, tagOf } from './segment.ts'

export type { ReceivedInterchange } from './control-report.ts'

export interface ControlOptions {
  readonly told: (received: ReceivedInterchange) => void
  /** What the recipient's agreements say: 7 not the recipient, 23 unknown sender, 24 too old, 25 tests not taken. */
  readonly judge?: (header: InterchangeHeader) => ControlFault | undefined
  /** Every departure of a message from its structure, also under a table of another directory. */
  readonly structure?: (fault: StructureFault, isCertain: boolean) => void
}

/** Faulty messages, and faulty groups, told of in one answer. With more the interchange is rejected whole: who is not named is acknowledged. */
const MESSAGES_TOLD = 10_000
/** Faults beyond the first of a message, over the whole interchange. */
const DETAILS_TOLD = 50_000
const SEGMENTS_TOLD = 100
/** CONTRL takes as many. */
const ELEMENTS_TOLD = 99
const FAULTS_TOLD = 10

const UNB = tagOf('UNB')
const UNG = tagOf('UNG')
const UNH = tagOf('UNH')
const UNE = tagOf('UNE')

interface OpenInterchange extends ReceivedInterchange {
  counted: number
  untold: number
  isAnswer: boolean
  groupCount: number
  loose: number
}

interface OpenGroup extends ReceivedGroup {
  readonly type: string
  counted: number
  isEnded: boolean
}

export class ControlCollector {
  readonly #options: ControlOptions
  #interchange: OpenInterchange | undefined
  #group: OpenGroup | undefined
  #message: (ReceivedMessage & { readonly check: MessageCheck }) | undefined
  /** S009 of the UNH that was seen last, until its message starts. */
  #identifier: readonly string[] = []
  #faulty = 0
  #details = 0

  constructor(options: ControlOptions) {
    this.#options = options
  }

  /** Of the envelope, as `EnvelopeSink` says. */
  service(segment: Segment): void {
    if (segment.tag === UNB) this.#openInterchange(segment)
    else if (segment.tag === UNG) this.#openGroup(segment)
    else if (segment.tag === UNE) this.#endGroup()
    else if (segment.tag === UNH) this.#identifier = componentsOf(segment, 2)
  }

  interchangeStarted(header: InterchangeHeader): void {
    const open = this.#interchange
    if (open === undefined) return
    if (!SYNTAX_VERSIONS.has(header.version)) this.#blame(open.faults, { syntax: '2', tag: 'UNB', element: 2, component: 2 })
    const judged = this.#options.judge?.(header)
    if (judged !== undefined) this.#blame(open.faults, judged)
  }

  messageStarted({ type, directory, reference, segment }: MessageHeader): void {
    const open = this.#interchange
    const identifier = this.#identifier
    this.#identifier = []
    const message = {
      reference,
      identifier,
      faults: [],
      segments: [],
      first: segment,
      check: new MessageCheck({
        type,
        directory,
        first: segment,
        repeats: open?.version === '4',
        report: (fault) => this.#depart(fault),
      }),
    }
    this.#message = message
    if (open === undefined) return
    open.counted++
    if (type !== 'CONTRL') open.isAnswer = false
    if (this.#group?.isEnded === true) this.#closeGroup()
    if (this.#group === undefined) {
      if (open.loose++ === 0 && open.groupCount > 0) this.#blame(open.faults, { syntax: '30' })
    } else {
      this.#group.counted++
      if (this.#group.type !== '' && this.#group.type !== type) this.#blame(this.#group.faults, { syntax: '31', tag: 'UNG', element: 2 })
    }
    if (message.check.walk === undefined && type !== 'UNKNOWN' && !GENERIC_TYPES.has(type))
      this.#blame(message.faults, { syntax: '17', tag: 'UNH', element: 3, component: 1 })
  }

  /** The place of the segment in its message; undefined without a table or without a place. */
  segment(segment: Segment): GroupPlace | undefined {
    return this.#message?.check.segment(segment)
  }

  messageEnded(): void {
    const message = this.#message
    if (message === undefined) return
    message.check.end()
    this.#message = undefined
    const open = this.#interchange
    if (open === undefined || (message.faults.length === 0 && message.segments.length === 0)) return
    const { reference, first, identifier, faults, segments } = message
    if (this.#isOneTooMany(open)) {
      open.untold += faults.length + segments.length
      return
    }
    const list = this.#group === undefined ? open.messages : this.#group.messages
    list.push({ reference, first, identifier, faults, segments: segments.sort((a, b) => a.position - b.position) })
  }

  problem(problem: EdifactProblem): void {
    const control = CONTROL_OF[problem.code]
    const open = this.#interchange
    if (control === undefined || open === undefined) return
    const { level, ...fault } = control
    const message = this.#message
    if (level === 'segment' && message !== undefined)
      this.#blameSegment(problem.segment - message.first + 1, fault.syntax, problem.element === undefined ? undefined : problem.element + 1)
    else if (level === 'message' && message !== undefined) this.#blame(message.faults, fault)
    else if (level === 'group' && this.#group !== undefined) this.#blame(this.#group.faults, fault)
    else this.#blame(open.faults, fault)
  }

  /** No more segments; what was refused cannot be answered for. */
  finish(refusal?: Refusal): void {
    const open = this.#interchange
    if (open !== undefined && refusal !== undefined)
      this.#blame(
        open.faults,
        refusal.code === 'edifact.charset-not-supported' ? { syntax: '2', tag: 'UNB', element: 2, component: 1 } : { syntax: '18' },
      )
    this.#closeInterchange()
  }

  #openInterchange(segment: Segment): void {
    this.#closeInterchange()
    this.#faulty = 0
    this.#details = 0
    this.#interchange = {
      syntax: segment.text(1),
      version: segment.text(1, 2),
      sender: componentsOf(segment, 2),
      recipient: componentsOf(segment, 3),
      reference: segment.text(5),
      isTest: segment.text(11) === '1',
      faults: [],
      messages: [],
      groups: [],
      counted: 0,
      isAnswer: true,
      untold: 0,
      groupCount: 0,
      loose: 0,
    }
  }

  #closeInterchange(): void {
    this.messageEnded()
    this.#closeGroup()
    const open = this.#interchange
    this.#interchange = undefined
    if (open === undefined) return
    if (open.counted === 0 && open.groupCount === 0 && open.faults.length === 0) open.faults.push({ syntax: '32', tag: 'UNB' })
    const { groupCount: _groups, loose: _loose, ...received } = open
    this.#options.told({ ...received, isAnswer: open.isAnswer && open.counted > 0 })
  }

  #openGroup(segment: Segment): void {
    this.#closeGroup()
    this.#group = {
      reference: segment.text(5),
      sender: componentsOf(segment, 2),
      recipient: componentsOf(segment, 3),
      faults: [],
      messages: [],
      type: segment.text(1),
      counted: 0,
      isEnded: false,
    }
    const open = this.#interchange
    if (open === undefined) return
    if (open.groupCount++ === 0 && open.loose > 0) this.#blame(open.faults, { syntax: '30' })
    // An answer names a group by its reference; without one the level above answers for it.
    if (this.#group.reference === '') this.#blame(open.faults, { syntax: '13', tag: 'UNG', element: 6 })
  }

  #endGroup(): void {
    const group = this.#group
    if (group === undefined) return
    group.isEnded = true
    if (group.counted === 0) this.#blame(group.faults, { syntax: '32', tag: 'UNG' })
  }

  #closeGroup(): void {
    const group = this.#group
    this.#group = undefined
    if (group === undefined || this.#interchange === undefined) return
    const { reference, sender, recipient, faults, messages } = group
    if (faults.length === 0 && messages.length === 0) return
    if (messages.length === 0 && this.#isOneTooMany(this.#interchange)) this.#interchange.untold += faults.length
    else this.#interchange.groups.push({ reference, sender, recipient, faults, messages })
  }

  #isOneTooMany(open: OpenInterchange): boolean {
    if (++this.#faulty <= MESSAGES_TOLD) return false
    if (this.#faulty === MESSAGES_TOLD + 1) open.faults.push({ syntax: '18' })
    return true
  }

  #depart(fault: StructureFault): void {
    const message = this.#message
    if (message === undefined) return
    this.#options.structure?.(fault, message.check.isCertain)
    if (!message.check.isCertain) return
    this.#blameSegment(fault.position, syntaxOf(fault), fault.element === undefined ? undefined : fault.element + 1, fault)
  }

  #blameSegment(position: number, syntax: SyntaxCode, element?: number, at: { component?: number; occurrence?: number } = {}): void {
    const segments = this.#message?.segments
    if (segments === undefined) return
    const last = segments.at(-1)
    if (element === undefined) {
      if (last?.position === position && last.syntax === undefined) segments[segments.length - 1] = { ...last, syntax }
      else this.#keep(segments, { position, syntax, elements: [] }, SEGMENTS_TOLD)
      return
    }
    const { component, occurrence } = at
    const blamed = {
      syntax,
      element,
      ...(component === undefined ? {} : { component }),
      ...(occurrence === undefined ? {} : { occurrence }),
    }
    if (last?.position === position) this.#keep(last.elements, blamed, ELEMENTS_TOLD)
    else this.#keep(segments, { position, elements: [blamed] }, SEGMENTS_TOLD)
  }

  #blame(list: ControlFault[], fault: ControlFault): void {
    this.#keep(list, fault, FAULTS_TOLD)
  }

  #keep<T>(list: T[], item: T, most: number): void {
    const message = this.#message
    const isFirst = message === undefined || (message.faults.length === 0 && message.segments.length === 0)
    if (list.length < most && (isFirst || this.#details++ < DETAILS_TOLD)) list.push(item)
    else if (this.#interchange !== undefined) this.#interchange.untold++
  }
}

function componentsOf(segment: Segment, element: number): string[] {
  return Array.from({ length: segment.componentCount(element) }, (_, index) => segment.text(element, index + 1))
}
