/**
 * Segments to messages: interchange, group and message envelopes with their control counts and references.
 * Invariant: every message that starts ends exactly once, as accepted, warned or quarantined, whatever the rest of the file does;
 * so messages in = accepted + warned + quarantined.
 * Source: ISO 9735-1, 7 and 8; codes beside each problem: UN/EDIFACT service code list 0085.
 * Departs: wrong counts are common in real files and only warn; a message without type is named from UNG, UNB or BGM.
 */
import { charsetOfSyntax, holdsC1 } from './charset.ts'
import { CONTROLLED, NOT_ASCII, type Segment, tagOf, WRAPPED } from './segment.ts'

/** Something is not as it should be, but reading goes on. */
export interface EdifactProblem {
  readonly code: string
  /** Ordinal of the segment in the document; 0 when the problem is not in a segment. */
  readonly segment: number
  readonly element?: number
  readonly byte: number
  readonly text: string
}

export interface InterchangeHeader {
  readonly syntax: string
  readonly version: string
  readonly sender: string
  readonly recipient: string
  /** Date and time of preparation as stated: some senders begin their references anew. */
  readonly prepared: string
  readonly reference: string
  readonly application: string
  readonly isTest: boolean
}

export interface MessageHeader {
  readonly type: string
  /** `D95B`; for BAPLIE `1:911` its published name, `1.5`. */
  readonly directory: string
  readonly reference: string
  /** The message came again under the same sender, recipient, time and control reference. */
  readonly isRepeated: boolean
  /** The segment UNH, or BGM where UNH is missing. */
  readonly segment: number
}

export type Outcome = 'accepted' | 'warned' | 'quarantined'

export interface MessageTrailer {
  /** Segments as found, UNH and UNT included. */
  readonly segments: number
  readonly outcome: Outcome
}

export interface EnvelopeSink {
  /** A segment of the envelope, UNB to UNZ, when what it closes has ended and before what it opens starts. */
  service?(segment: Segment): void
  interchangeStarted?(header: InterchangeHeader): void
  messageStarted(header: MessageHeader): void
  /** Every segment of the message between header and trailer. */
  segment(segment: Segment): void
  messageEnded(trailer: MessageTrailer): void
  problem(problem: EdifactProblem): void
}

export interface EnvelopeOptions {
  /** True when the same interchange was received before this document. */
  readonly isKnown?: (header: InterchangeHeader) => boolean
}

const UNB = tagOf('UNB')
const UNG = tagOf('UNG')
const UNH = tagOf('UNH')
const UNT = tagOf('UNT')
const UNE = tagOf('UNE')
const UNZ = tagOf('UNZ')
const BGM = tagOf('BGM')

/** Message type by document name (code list 1001) where nothing else names it; only codes that one message uses. */
const TYPE_BY_DOCUMENT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '85': 'CUSCAR',
    '785': 'CUSCAR',
    '119': 'COARRI',
    '122': 'COARRI',
    '705': 'IFTMCS',
  }),
)
/** Interchanges remembered for finding repetitions inside one file; more are not compared. */
const REMEMBERED = 100_000

interface OpenMessage {
  reference: string
  segments: number
  hasWarning: boolean
  isRepeated: boolean
  hasHeader: boolean
}

export class Envelope {
  /** UNB segments seen. */
  interchanges = 0
  readonly outcomes: Record<Outcome, number> = { accepted: 0, warned: 0, quarantined: 0 }
  /** Set when the interchange names a character set that cannot be read byte by byte. */
  unreadable: { byte: number; text: string } | undefined
  readonly #sink: EnvelopeSink
  readonly #options: EnvelopeOptions
  readonly #seen = new Set<string>()
  #interchange: (InterchangeHeader & { messages: number; groups: number; isRepeated: boolean }) | undefined
  #group: { reference: string; type: string; messages: number } | undefined
  #message: OpenMessage | undefined
  /** A UNH without type, waiting for the next segment to name it. */
  #nameless: { reference: string; segment: number } | undefined
  #declaredAscii = false
  #reported = new Set<string>()

  constructor(sink: EnvelopeSink, options: EnvelopeOptions = {}) {
    this.#sink = sink
    this.#options = options
  }

  segment(segment: Segment): void {
    if (segment.flags !== 0) this.#reportBytes(segment)
    if (!segment.isTerminated && !this.#isWholeTrailer(segment)) return
    if (this.#nameless !== undefined) this.#nameFrom(segment)
    switch (segment.tag) {
      case UNB:
        this.#closeInterchange(segment)
        return this.#openInterchange(segment)
      case UNG:
        return this.#openGroup(segment)
      case UNH:
        return this.#openMessage(segment)
      case UNT:
        return this.#trailer(segment)
      case UNE:
        return this.#closeGroup(segment)
      case UNZ:
        return this.#endInterchange(segment)
      default:
        return this.#content(segment)
    }
  }

  /** No more segments. `isCut`: the file was refused before its end. */
  finish(segment: Segment, isCut: boolean): void {
    if (this.#nameless !== undefined) this.#start('UNKNOWN', '', this.#nameless)
    const message = this.#message
    if (message !== undefined) {
      if (isCut) this.#warn('message.cut-off', segment, 'The message breaks off where the document was refused.')
      else if (message.hasHeader) this.#warn('message.truncated', segment, 'The document ends inside the message: UNT is missing.')
      this.#end('quarantined')
    }
    if (this.#interchange !== undefined && !isCut) this.#warn('interchange.no-trailer', segment, 'The interchange ends without UNZ.')
    this.#interchange = undefined
  }

  /** A reader of the message's content found something to warn about. */
  noteWarning(): void {
    if (this.#message !== undefined) this.#message.hasWarning = true
  }

  stray(byte: number): void {
    if (this.#reported.has('stray')) return
    this.#reported.add('stray')
    this.#sink.problem({ code: 'edifact.stray-bytes', segment: 0, byte, text: 'NUL bytes stand between segments; they are skipped.' })
  }

  #warn(code: string, segment: Segment, text: string, element?: number): void {
    if (this.#message !== undefined) this.#message.hasWarning = true
    this.#sink.problem({
      code,
      segment: segment.ordinal,
      byte: segment.base + segment.start,
      text,
      ...(element === undefined ? {} : { element }),
    })
  }

  /** Once per kind and message: bytes that the character set, or any character set, does not have. */
  #reportBytes(segment: Segment): void {
    const report = (code: string, text: string): void => {
      if (this.#reported.has(code)) return
      this.#reported.add(code)
      this.#warn(code, segment, text)
    }
    if ((segment.flags & CONTROLLED) !== 0) report('edifact.control-character', 'A segment holds control characters, kept as they stand.')
    if ((segment.flags & WRAPPED) !== 0) report('segment.line-break', 'Line breaks stand inside a segment; values are read without them.')
    if ((segment.flags & NOT_ASCII) === 0) return
    if (this.#declaredAscii)
      report('charset.undeclared', 'Letters beyond ASCII under a character set that has none; read as UTF-8 or else as Windows-1252.')
    else if (segment.charset === 'windows-1252' && holdsC1(segment.buffer, segment.start, segment.end))
      report('charset.windows-1252', 'The interchange says Latin-1 but holds Windows-1252 characters; read as those.')
  }

  #isWholeTrailer(segment: Segment): boolean {
    const isTrailer = (segment.tag === UNT || segment.tag === UNZ || segment.tag === UNE) && !segment.isEmpty(2)
    this.#warn(
      isTrailer ? 'segment.not-terminated' : 'segment.truncated',
      segment,
      isTrailer ? 'The last segment has no terminator.' : 'The document breaks off inside a segment, which is not used.',
    )
    return isTrailer
  }

  #openInterchange(segment: Segment): void {
    this.interchanges++
    this.#reported.clear()
    this.#sink.service?.(segment)
    const header: InterchangeHeader = {
      syntax: segment.text(1),
      version: segment.text(1, 2),
      sender: segment.text(2),
      recipient: segment.text(3),
      prepared: `${segment.text(4)} ${segment.text(4, 2)}`,
      reference: segment.text(5),
      application: segment.text(7),
      isTest: segment.text(11) === '1',
    }
    const isRepeated = this.#isRepeated(header)
    this.#interchange = { ...header, messages: 0, groups: 0, isRepeated }
    // Told before its warnings, so that they stand behind it.
    this.#sink.interchangeStarted?.(header)
    this.#chooseCharset(segment, header.syntax)
    if (header.sender === '' || header.recipient === '' || header.reference === '')
      this.#warn('interchange.incomplete', segment, 'UNB lacks sender, recipient or control reference; repetitions cannot be told.')
    if (isRepeated)
      this.#warn('interchange.duplicate', segment, 'An interchange with this sender, recipient, time and control reference came before.', 5)
  }

  #isRepeated(header: InterchangeHeader): boolean {
    if (header.sender === '' || header.recipient === '' || header.reference === '') return false
    const key = JSON.stringify([header.sender, header.recipient, header.prepared, header.reference])
    const isRepeated = this.#seen.has(key) || this.#options.isKnown?.(header) === true
    if (this.#seen.size < REMEMBERED) this.#seen.add(key)
    return isRepeated
  }

  #chooseCharset(segment: Segment, syntax: string): void {
    const declared = charsetOfSyntax(syntax)
    this.#declaredAscii = syntax === 'UNOA' || syntax === 'UNOB'
    segment.charset = declared.kind === 'known' ? declared.charset : 'guess'
    if (declared.kind === 'unknown')
      this.#warn('charset.unknown', segment, `The syntax identifier ${JSON.stringify(syntax.slice(0, 8))} names no known character set.`, 1)
    if (declared.kind === 'refused')
      this.unreadable = {
        byte: segment.base + segment.start,
        text: `Character set ${syntax} switches codes inside the text and is not read.`,
      }
  }

  #openGroup(segment: Segment): void {
    this.#closeOpenMessage(segment)
    if (this.#group !== undefined) this.#warn('group.no-trailer', segment, 'A group starts before the last one ended.')
    this.#sink.service?.(segment)
    if (this.#interchange !== undefined) this.#interchange.groups++
    this.#group = { type: segment.text(1), reference: segment.text(5), messages: 0 }
  }

  #closeGroup(segment: Segment): void {
    this.#closeOpenMessage(segment)
    this.#sink.service?.(segment)
    const group = this.#group
    this.#group = undefined
    if (group === undefined) return this.#warn('group.no-header', segment, 'A group ends that never started.')
    if (!states(segment.text(1), group.messages))
      this.#warn('group.count', segment, `UNE counts ${segment.text(1)} messages, ${group.messages} came.`, 1)
    if (segment.text(2) !== group.reference) this.#warn('group.reference', segment, 'UNE does not repeat the reference of UNG.', 2)
  }

  #openMessage(segment: Segment): void {
    this.#closeOpenMessage(segment)
    this.#sink.service?.(segment)
    this.#countMessage()
    const reference = segment.text(1)
    const type = segment.text(2)
    if (type !== '') return this.#start(type, directoryOf(segment), { reference, segment: segment.ordinal })
    const recovered = this.#group?.type || this.#interchange?.application || ''
    this.#nameless = { reference, segment: segment.ordinal }
    if (recovered !== '') this.#start(recovered, '', this.#nameless)
    if (this.#message !== undefined) this.#warn('message.no-type', segment, `UNH names no message type; the envelope says ${recovered}.`, 2)
  }

  #countMessage(): void {
    if (this.#interchange !== undefined) this.#interchange.messages++
    if (this.#group !== undefined) this.#group.messages++
  }

  #nameFrom(segment: Segment): void {
    const waiting = this.#nameless
    if (waiting === undefined) return
    const type = segment.tag === BGM ? (TYPE_BY_DOCUMENT.get(segment.text(1)) ?? 'UNKNOWN') : 'UNKNOWN'
    this.#start(type, '', waiting)
    this.#warn(
      'message.no-type',
      segment,
      type === 'UNKNOWN' ? 'Nothing names the message type.' : `UNH names no message type; BGM says ${type}.`,
    )
  }

  #start(type: string, directory: string, from: { reference: string; segment: number }, hasHeader = true): void {
    this.#nameless = undefined
    const isRepeated = this.#interchange?.isRepeated ?? false
    this.#message = { reference: from.reference, segments: 1, hasWarning: false, isRepeated, hasHeader }
    this.#reported.clear()
    this.#sink.messageStarted({ type, directory, reference: from.reference, isRepeated, segment: from.segment })
  }

  #content(segment: Segment): void {
    const message = this.#message
    if (message !== undefined) {
      message.segments++
      if (segment.tag === 0 || !isTag(segment.tag))
        return this.#warn('segment.bad-tag', segment, 'A segment has no tag of three letters or digits; it is not used.', 0)
      return this.#sink.segment(segment)
    }
    if (segment.tag !== BGM || this.#group !== undefined)
      return this.#warn('segment.outside-message', segment, 'A segment stands outside any message.')
    // A message body on its own: someone cut the envelope off. Read it, but do not trust it.
    this.#countMessage()
    this.#start(TYPE_BY_DOCUMENT.get(segment.text(1)) ?? 'UNKNOWN', '', { reference: '', segment: segment.ordinal }, false)
    this.#warn('message.no-header', segment, 'The message has no UNH.')
    this.#sink.segment(segment)
  }

  #trailer(segment: Segment): void {
    this.#sink.service?.(segment)
    const message = this.#message
    if (message === undefined) return this.#warn('message.no-header', segment, 'A message ends that never started.')
    message.segments++
    if (!states(segment.text(1), message.segments))
      this.#warn('message.count', segment, `UNT counts ${segment.text(1) || 'nothing'}, ${message.segments} segments came.`, 1)
    if (segment.text(2) !== message.reference) this.#warn('message.reference', segment, 'UNT does not repeat the reference of UNH.', 2)
    this.#end(message.isRepeated || !message.hasHeader ? 'quarantined' : message.hasWarning ? 'warned' : 'accepted')
  }

  #closeOpenMessage(segment: Segment): void {
    if (this.#nameless !== undefined) this.#nameFrom(segment)
    const message = this.#message
    if (message === undefined) return
    if (message.hasHeader) this.#warn('message.no-trailer', segment, 'The message has no UNT.')
    this.#end(message.isRepeated || !message.hasHeader ? 'quarantined' : 'warned')
  }

  #end(outcome: Outcome): void {
    const message = this.#message
    if (message === undefined) return
    this.outcomes[outcome]++
    // The trailer reports first: it still belongs to the message that it closes.
    this.#sink.messageEnded({ segments: message.segments, outcome })
    this.#message = undefined
  }

  #endInterchange(segment: Segment): void {
    this.#closeOpenMessage(segment)
    this.#sink.service?.(segment)
    const interchange = this.#interchange
    if (interchange === undefined) return this.#warn('interchange.no-header', segment, 'An interchange ends that never started.')
    if (this.#group !== undefined) this.#warn('group.no-trailer', segment, 'The interchange ends before its group.')
    const expected = interchange.groups > 0 ? interchange.groups : interchange.messages
    if (!states(segment.text(1), expected))
      this.#warn('interchange.count', segment, `UNZ counts ${segment.text(1) || 'nothing'}, ${expected} came.`, 1)
    if (segment.text(2) !== interchange.reference)
      this.#warn('interchange.reference', segment, 'UNZ does not repeat the reference of UNB.', 2)
    this.#interchange = undefined
    this.#group = undefined
  }

  #closeInterchange(segment: Segment): void {
    this.#closeOpenMessage(segment)
    if (this.#interchange !== undefined)
      this.#warn('interchange.no-trailer', segment, 'An interchange starts before the last one ended: UNZ is missing.')
    this.#interchange = undefined
    this.#group = undefined
  }
}

function directoryOf(segment: Segment): string {
  const version = segment.text(2, 2)
  const release = segment.text(2, 3)
  if (segment.text(2) === 'BAPLIE' && version === '1' && release === '911') return '1.5'
  if (release === '') return version
  return /^[A-Z]$/.test(version) ? version + release : `${version}.${release}`
}

function states(text: string, count: number): boolean {
  return /^[0-9]{1,9}$/.test(text) && Number(text) === count
}

function isTag(tag: number): boolean {
  for (let shift = 0; shift <= 16; shift += 8) {
    const byte = (tag >> shift) & 0xff
    if (!((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39))) return false
  }
  return true
}
