/**
 * What a walk over the segments of one message works with: values with their pointers, warnings with their places, rows to tell.
 * Invariant: no value leaves without the pointer to its bytes.
 */
import type { Segment } from '#kernel/edifact/segment.ts'
import type { ConsignmentStatement, EquipmentSighting, IntakeProblem, Stated, Voyage } from '../model.ts'
import { NOT_CONTAINERS } from './code-lists.ts'
import { ContainerTally } from './container-tally.ts'
import type { MessageRow } from './events.ts'

/** A row while its segments still come in. */
export type Draft<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] }

export interface RowSink {
  voyage(voyage: Voyage): void
  equipment(sighting: EquipmentSighting): void
  consignment(statement: ConsignmentStatement): void
  row(row: MessageRow): void
  warning(warning: IntakeProblem): void
}

/** Walks the segments between UNH and UNT. Never throws; what it does not know it leaves alone. */
export interface MessageWalk {
  segment(segment: Segment): void
  end(): void
}

const NUMBER = /^[+-]?(?:[0-9]{1,15}(?:[.,][0-9]{0,15})?|[.,][0-9]{1,15})$/

/** UN/EDIFACT gives a name 70 signs and a number 70. */
const SHARED_SIGNS = 350

export class MessageContext {
  readonly voyage: Draft<Voyage> = { places: [] }
  readonly tally = new ContainerTally()
  equipment = 0
  consignments = 0
  others = 0
  readonly #document: string
  readonly #sink: RowSink
  #isVoyageTold = false

  constructor(document: string, sink: RowSink) {
    this.#document = document
    this.#sink = sink
  }

  stated(segment: Segment, element: number, component = 1): Stated | undefined {
    const token = segment.find(element, component)
    if (token < 0) return undefined
    const start = segment.tokens[token] as number
    const end = segment.tokens[token + 1] as number
    if (start === end) return undefined
    const at = {
      document: this.#document,
      segment: segment.ordinal,
      element,
      component,
      start: segment.base + start,
      end: segment.base + end,
    }
    return { value: segment.textOf(token), at }
  }

  /** Lines of one text in neighbouring components, joined by blanks; the pointer spans them all. */
  statedLines(segment: Segment, element: number, from = 1): Stated | undefined {
    let lines: Stated | undefined
    for (let component = from; component <= segment.componentCount(element); component++) {
      const line = this.stated(segment, element, component)
      if (line === undefined) continue
      lines = lines === undefined ? line : { value: `${lines.value} ${line.value}`, at: { ...lines.at, end: line.at.end } }
    }
    return lines
  }

  statedNumber(segment: Segment, element: number, component = 1): Stated<number> | undefined {
    const text = this.stated(segment, element, component)
    if (text === undefined) return undefined
    const plain = text.value.trim()
    if (NUMBER.test(plain)) return { value: Number(plain.replace(',', '.')), at: text.at }
    this.warn({
      code: 'value.not-a-number',
      segment,
      element,
      text: `${JSON.stringify(plain.slice(0, 20))} is not a number; it is not used.`,
    })
    return undefined
  }

  /**
   * The equipment number of an EQD segment, counted and judged; undefined when there is none or it cannot be a container.
   * `isOptional`: bookings and orders name boxes by type and count, and a missing number is no fault of theirs.
   */
  container(segment: Segment, isOptional = false): Stated | undefined {
    if (NOT_CONTAINERS.has(segment.text(1))) return undefined
    const token = segment.find(2, 1)
    const number = this.stated(segment, 2)
    if (number === undefined || number.value.trim() === '') {
      if (!isOptional) this.warn({ code: 'equipment.no-number', segment, element: 2, text: 'The equipment has no number.' })
      return undefined
    }
    const finding = this.tally.add(segment, token)
    const shown = JSON.stringify(number.value.slice(0, 20))
    if (finding === 'check-digit')
      this.warn({ code: 'container-number.check-digit', segment, element: 2, text: `The check digit of ${shown} does not fit.` })
    if (finding === 'format')
      this.warn({ code: 'container-number.format', segment, element: 2, text: `${shown} has not the shape of a container number.` })
    return number
  }

  warn(problem: { code: string; segment: Segment; element?: number; text: string }): void {
    const { code, segment, element, text } = problem
    this.#sink.warning({ code, at: placeInFile(segment.ordinal, element), text })
  }

  /**
   * A value that many rows will carry. One longer than any name or number is left out with a warning: reading must not make more of a
   * message than it is.
   */
  shared(stated: Stated | undefined, segment: Segment): Stated | undefined {
    if (stated === undefined || stated.value.length <= SHARED_SIGNS) return stated
    const text = `A value has more than ${SHARED_SIGNS} signs and would stand in many rows; it is not used.`
    this.warn({ code: 'value.too-long', segment, element: stated.at.element, text })
    return undefined
  }

  tellEquipment(sighting: EquipmentSighting): void {
    this.tellVoyage()
    this.equipment++
    this.#sink.equipment(sighting)
  }

  tellConsignment(statement: ConsignmentStatement): void {
    this.tellVoyage()
    this.consignments++
    this.#sink.consignment(statement)
  }

  tellRow(row: MessageRow): void {
    this.tellVoyage()
    this.others++
    this.#sink.row(row)
  }

  tellVoyage(): void {
    if (this.#isVoyageTold) return
    this.#isVoyageTold = true
    this.#sink.voyage(this.voyage)
  }
}

export function placeInFile(segment: number, element?: number): string {
  return element === undefined ? `segment ${segment}` : `segment ${segment}, element ${element}`
}

export function newSighting(container: Stated): Draft<EquipmentSighting> {
  return { container, places: [], weights: [], seals: [], references: [], goods: [], hsCodes: [], remarks: [] }
}
