/**
 * Which walk reads which message. A type without one is kept and counted; IFTERA has no table in any directory and is read generically.
 * Source of the list: the messages of cargo, its transport and its answers (UN/EDIFACT directories D95B to D23A).
 */
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { EquipmentSighting } from '../model.ts'
import { AnswerWalk } from './answer-walk.ts'
import { BaplieWalk } from './baplie.ts'
import { ConsignmentWalk } from './consignment-walk.ts'
import { ContainerReportWalk } from './container-report.ts'
import { readEquipmentSegment, readEquipmentType } from './equipment-segments.ts'
import { type Draft, type MessageContext, type MessageWalk, newSighting } from './message-context.ts'
import { MovinsWalk } from './movins-walk.ts'
import { OrderWalk } from './order-walk.ts'
import { PortCallWalk } from './port-call-walk.ts'
import { StatusWalk } from './status-walk.ts'
import { VermasWalk } from './vermas-walk.ts'
import { readVoyageSegment } from './voyage-segments.ts'

const EQD = tagOf('EQD')
const CNT = tagOf('CNT')
const CNI = tagOf('CNI')

const WALKS: ReadonlyMap<string, (context: MessageContext) => MessageWalk> = new Map<string, (context: MessageContext) => MessageWalk>([
  ['BAPLIE', (context) => new BaplieWalk(context)],
  ['MOVINS', (context) => new MovinsWalk(context)],
  ['CUSCAR', (context) => new ConsignmentWalk(context, 'by-document')],
  ['IFCSUM', (context) => new ConsignmentWalk(context, 'by-consignment')],
  ['IFTMCS', (context) => new ConsignmentWalk(context, 'whole-message', 'contract')],
  ['IFTMIN', (context) => new ConsignmentWalk(context, 'whole-message', 'instruction')],
  ['IFTMBF', (context) => new ConsignmentWalk(context, 'whole-message', 'booking')],
  ['IFTMBC', (context) => new ConsignmentWalk(context, 'whole-message', 'booking')],
  ['COARRI', (context) => new ContainerReportWalk(context, 'COARRI')],
  ['CODECO', (context) => new ContainerReportWalk(context, 'CODECO')],
  ['COREOR', (context) => new OrderWalk(context, 'COREOR')],
  ['COPARN', (context) => new OrderWalk(context, 'COPARN')],
  ['COPINO', (context) => new OrderWalk(context, 'COPINO')],
  ['COPRAR', (context) => new OrderWalk(context, 'COPRAR')],
  ['VERMAS', (context) => new VermasWalk(context)],
  ['IFTSTA', (context) => new StatusWalk(context)],
  ['IFTSAI', (context) => new PortCallWalk(context)],
  ['CALINF', (context) => new PortCallWalk(context)],
  ['BERMAN', (context) => new PortCallWalk(context)],
  ['CUSREP', (context) => new PortCallWalk(context)],
  ['CUSRES', (context) => new AnswerWalk(context, 'customs')],
  ['APERAK', (context) => new AnswerWalk(context, 'application')],
  ['CONTRL', (context) => new AnswerWalk(context, 'syntax')],
  ['IFTERA', (context) => new GenericWalk(context)],
])

/** Messages with a walk of their own. */
export function walkOf(type: string, context: MessageContext): MessageWalk | undefined {
  return WALKS.get(type)?.(context)
}

/** A message that has no table: its ship and its boxes with what stands behind each, as all container messages lay them out. */
class GenericWalk implements MessageWalk {
  readonly #context: MessageContext
  #sighting: Draft<EquipmentSighting> | undefined
  #isBegun = false
  #isWarned = false

  constructor(context: MessageContext) {
    this.#context = context
  }

  segment(segment: Segment): void {
    if (!this.#isWarned)
      this.#context.warn({ code: 'message.no-table', segment, text: 'No directory has this message; its segments are read one by one.' })
    this.#isWarned = true
    if (segment.tag === EQD) return this.#open(segment)
    if (segment.tag === CNT || segment.tag === CNI) return this.end()
    if (this.#sighting !== undefined) readEquipmentSegment(this.#context, this.#sighting, segment)
    else if (!this.#isBegun) readVoyageSegment(this.#context, segment)
  }

  end(): void {
    if (this.#sighting !== undefined) this.#context.tellEquipment(this.#sighting)
    this.#sighting = undefined
  }

  #open(segment: Segment): void {
    this.end()
    this.#isBegun = true
    const container = this.#context.container(segment)
    if (container === undefined) return
    this.#sighting = newSighting(container)
    readEquipmentType(this.#context, this.#sighting, segment)
  }
}

/** Messages without a projection: only their equipment is counted. */
export class UnknownWalk implements MessageWalk {
  readonly #context: MessageContext

  constructor(context: MessageContext) {
    this.#context = context
  }

  segment(segment: Segment): void {
    if (segment.tag === EQD) this.#context.container(segment)
  }

  end(): void {}
}

/** A message of an interchange that came before: counted, and nothing in it is processed again. */
export class RepeatedWalk implements MessageWalk {
  segment(): void {}
  end(): void {}
}
