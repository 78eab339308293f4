/**
 * MOVINS, stowage instructions: a BAPLIE whose locations stand in groups that say what is to be done there.
 * HAN opens such a group and may also stand with the equipment; which of the two it is, the segment behind it tells.
 * Source: message table MOVINS D95B, D96A, D23A.
 */
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { Stated } from '../model.ts'
import { BaplieWalk } from './baplie.ts'
import type { MessageContext, MessageWalk } from './message-context.ts'

const HAN = tagOf('HAN')
const LOC = tagOf('LOC')
const STOWAGE = '147'

export class MovinsWalk implements MessageWalk {
  readonly #context: MessageContext
  readonly #plan: BaplieWalk
  #waiting: Stated | undefined

  constructor(context: MessageContext) {
    this.#context = context
    this.#plan = new BaplieWalk(context)
  }

  segment(segment: Segment): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting !== undefined) {
      if (segment.tag === LOC && segment.text(1) === STOWAGE) this.#plan.instruct(waiting)
      else this.#plan.remark(waiting)
    }
    if (segment.tag === HAN) this.#waiting = this.#context.stated(segment, 1) ?? this.#context.stated(segment, 1, 4)
    else this.#plan.segment(segment)
  }

  end(): void {
    if (this.#waiting !== undefined) this.#plan.remark(this.#waiting)
    this.#plan.end()
  }
}
