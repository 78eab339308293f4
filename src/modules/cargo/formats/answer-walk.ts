/**
 * CUSRES, APERAK and CONTRL as received: answers to what was sent before. One answer per message, per document (CUSRES) or per
 * acknowledged interchange and message (CONTRL), each with the references by which it finds what it answers.
 * Invariant: a verdict is taken only from a code that plainly says it; everything else is `stated`.
 * Source: message tables CUSRES D95B, D99B, APERAK D96A, D23A; CONTRL of ISO 9735-4; codes 4343, 1225, 1001, 0083, 0085.
 */
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { ReceivedAnswer, Stated } from '../model.ts'
import { readReference } from './equipment-segments.ts'
import type { Draft, MessageContext, MessageWalk } from './message-context.ts'

const BGM = tagOf('BGM')
const RFF = tagOf('RFF')
const DOC = tagOf('DOC')
const EQD = tagOf('EQD')
const ERC = tagOf('ERC')
const FTX = tagOf('FTX')
const UCI = tagOf('UCI')
const UCF = tagOf('UCF')
const UCM = tagOf('UCM')
const UCS = tagOf('UCS')
const UCD = tagOf('UCD')
const KEPT = 999
/** References of the head that each answered document carries. */
const HEAD_KEPT = 20

type Verdict = ReceivedAnswer['verdict']

/** 4343, 1225 and 0083: codes that say yes or no; 961 and 963 are the document names of CUSRES. */
const RESPONSES: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['AP', 'accepted'],
  ['RE', 'rejected'],
])
const FUNCTIONS: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['27', 'rejected'],
  ['29', 'accepted'],
  ['44', 'accepted'],
])
const NAMES: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['961', 'accepted'],
  ['963', 'rejected'],
])
const ACTIONS: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['4', 'rejected'],
  ['7', 'accepted'],
  ['8', 'accepted'],
])

export class AnswerWalk implements MessageWalk {
  readonly #context: MessageContext
  readonly #kind: ReceivedAnswer['kind']
  #head: Draft<ReceivedAnswer>
  #answer: Draft<ReceivedAnswer> | undefined
  #interchange: Stated | undefined
  #isTold = false

  constructor(context: MessageContext, kind: ReceivedAnswer['kind']) {
    this.#context = context
    this.#kind = kind
    this.#head = this.#newAnswer()
  }

  segment(segment: Segment): void {
    const answer = this.#answer ?? this.#head
    switch (segment.tag) {
      case BGM:
        return this.#beginning(segment)
      case DOC:
        return this.#document(segment)
      case RFF:
        return this.#reference(answer, readReference(this.#context, segment))
      case EQD: {
        const container = this.#context.container(segment)
        if (container !== undefined && answer.containers.length < KEPT) answer.containers.push(container)
        return
      }
      case ERC:
      case UCD:
        return this.#problem(answer, this.#context.stated(segment, 1))
      case UCS:
        return this.#problem(answer, this.#context.stated(segment, 2))
      case FTX:
        return this.#text(answer, segment)
      case UCI:
      case UCF:
        return this.#acknowledged(segment, { code: segment.tag === UCI ? 'UNB' : 'UNG', action: 4 })
      case UCM:
        return this.#acknowledged(segment, { code: 'UNH', action: 3 })
      default:
    }
  }

  end(): void {
    this.#flush()
    if (!this.#isTold) this.#tell(this.#head)
  }

  #beginning(segment: Segment): void {
    const [name, purpose, response] = [segment.text(1), segment.text(3), segment.text(4)]
    const status = this.#context.shared(this.#context.stated(segment, 4) ?? this.#context.stated(segment, 1), segment)
    if (status !== undefined) this.#head.status = status
    const verdict = RESPONSES.get(response) ?? FUNCTIONS.get(purpose) ?? (this.#kind === 'customs' ? NAMES.get(name) : undefined)
    if (verdict !== undefined) this.#head.verdict = verdict
  }

  /** A CUSRES answers each document for itself; an APERAK only names what it answers. */
  #document(segment: Segment): void {
    const number = this.#context.stated(segment, 2)
    const reference = number === undefined ? undefined : { code: 'DOC', number }
    if (this.#kind !== 'customs') return this.#reference(this.#head, reference)
    this.#flush()
    const references = this.#head.references.slice(0, HEAD_KEPT).filter((each) => this.#context.shared(each.number, segment) !== undefined)
    this.#answer = { ...this.#newAnswer(), verdict: this.#head.verdict, references }
    if (this.#head.status !== undefined) this.#answer.status = this.#head.status
    this.#reference(this.#answer, reference)
  }

  #acknowledged(segment: Segment, what: { readonly code: string; readonly action: number }): void {
    this.#flush()
    const number = this.#context.stated(segment, 1)
    if (what.code === 'UNB') this.#interchange = this.#context.shared(number, segment)
    const answer = this.#newAnswer()
    this.#answer = answer
    if (what.code !== 'UNB' && this.#interchange !== undefined) this.#reference(answer, { code: 'UNB', number: this.#interchange })
    this.#reference(answer, number === undefined ? undefined : { code: what.code, number })
    const status = this.#context.stated(segment, what.action)
    if (status !== undefined) answer.status = status
    answer.verdict = ACTIONS.get(segment.text(what.action)) ?? 'stated'
    this.#problem(answer, this.#context.stated(segment, what.action + 1))
  }

  #reference(answer: Draft<ReceivedAnswer>, reference: ReceivedAnswer['references'][number] | undefined): void {
    if (reference !== undefined && answer.references.length < KEPT) answer.references.push(reference)
  }

  #problem(answer: Draft<ReceivedAnswer>, code: Stated | undefined): void {
    if (code !== undefined && answer.problems.length < KEPT) answer.problems.push({ code })
  }

  /** A text behind an error explains it. */
  #text(answer: Draft<ReceivedAnswer>, segment: Segment): void {
    const last = answer.problems.at(-1)
    const text = this.#context.statedLines(segment, 4)
    if (last !== undefined && last.text === undefined && text !== undefined) answer.problems[answer.problems.length - 1] = { ...last, text }
  }

  #flush(): void {
    const answer = this.#answer
    this.#answer = undefined
    if (answer !== undefined) this.#tell(answer)
  }

  #tell(answer: ReceivedAnswer): void {
    this.#isTold = true
    this.#context.tellRow({ kind: 'answer', answer })
  }

  #newAnswer(): Draft<ReceivedAnswer> {
    return { kind: this.#kind, verdict: 'stated', references: [], problems: [], containers: [] }
  }
}
