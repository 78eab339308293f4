/**
 * Events of documents that are read whole (JSON and XML): counts, outcomes and warnings are kept here, so that the projections only state rows.
 * Invariant: each message that starts ends with one `message` event; in = accepted + warned + quarantined.
 */
import type { ConsignmentStatement, EquipmentSighting, IntakeProblem, Stated, Voyage } from '../model.ts'
import { ContainerTally } from './container-tally.ts'
import { type CargoEvent, type FileSummary, type MessageRow, WARNINGS_TOLD } from './events.ts'

export interface MessageName {
  readonly type: string
  readonly directory: string
  readonly reference: string
}

interface OpenMessage extends MessageName {
  readonly ordinal: number
  readonly tally: ContainerTally
  readonly warnings: IntakeProblem[]
  voyage: Voyage | undefined
  equipment: number
  consignments: number
  others: number
  untold: number
}

export class DocumentEvents {
  #events: CargoEvent[] = []
  readonly #format: FileSummary['format']
  readonly #outcomes = { accepted: 0, warned: 0, quarantined: 0 }
  #open: OpenMessage | undefined
  #messages = 0
  #equipment = 0
  #consignments = 0
  #others = 0
  #warnings = 0

  constructor(format: FileSummary['format']) {
    this.#format = format
  }

  start(name: MessageName): void {
    this.#messages++
    const counts = { equipment: 0, consignments: 0, others: 0, untold: 0 }
    this.#open = { ...name, ordinal: this.#messages, tally: new ContainerTally(), warnings: [], voyage: undefined, ...counts }
    this.#events.push({ kind: 'message-started', message: this.#messages, ...name })
  }

  /** Told once, before the first row; a message that states none has an empty one. */
  voyage(voyage: Voyage): void {
    const open = this.#message()
    if (open.voyage !== undefined) return
    open.voyage = voyage
    this.#events.push({ kind: 'voyage', message: open.ordinal, voyage })
  }

  equipment(sighting: EquipmentSighting): void {
    const open = this.#row()
    open.equipment++
    this.container(sighting.container)
    this.#events.push({ kind: 'equipment', message: open.ordinal, sighting })
  }

  consignment(statement: ConsignmentStatement): void {
    const open = this.#row()
    open.consignments++
    this.#events.push({ kind: 'consignment', message: open.ordinal, statement })
  }

  row(row: MessageRow): void {
    const open = this.#row()
    open.others++
    this.#events.push({ ...row, message: open.ordinal })
  }

  /** Counts a number that no sighting states, and says what is wrong with it. It is kept as stated either way. */
  container(number: Stated): void {
    const finding = this.#message().tally.addText(number.value)
    if (finding === 'iso') return
    const shown = JSON.stringify(number.value.slice(0, 20))
    const text = finding === 'format' ? `${shown} has not the shape of a container number.` : `The check digit of ${shown} does not fit.`
    this.warn({ code: `container-number.${finding}`, at: `byte ${number.at.start}`, text })
  }

  /** About the open message; outside of one, about the file. */
  warn(warning: IntakeProblem): void {
    const open = this.#open
    this.#warnings++
    if (open !== undefined) {
      if (open.warnings.length >= WARNINGS_TOLD) {
        open.untold++
        return
      }
      open.warnings.push(warning)
    }
    this.#events.push({ kind: 'warning', message: open?.ordinal ?? 0, warning })
  }

  end(isQuarantined = false): void {
    const open = this.#row()
    if (open.untold > 0) open.warnings.push({ code: 'warnings.more', at: 'message', text: `${open.untold} more warnings are not listed.` })
    const outcome = isQuarantined ? 'quarantined' : open.warnings.length > 0 ? 'warned' : 'accepted'
    const { type, directory, reference, voyage = { places: [] }, equipment, consignments, others, warnings, tally } = open
    const { containers, distinctContainers, badCheckDigit, notIso } = tally
    const counts = { containers, distinctContainers, badCheckDigit, notIso, equipment, consignments, others }
    this.#outcomes[outcome]++
    this.#equipment += equipment
    this.#consignments += consignments
    this.#others += others
    this.#open = undefined
    const result = { type, directory, reference, segments: 1, outcome, voyage, warnings, ...counts } as const
    this.#events.push({ kind: 'message', message: open.ordinal, result })
  }

  /** Ends the file. What is open when reading stopped is quarantined. */
  finish(bytes: number, refused?: IntakeProblem): void {
    if (this.#open !== undefined) this.end(true)
    const summary = {
      format: this.#format,
      bytes,
      interchanges: 0,
      messages: this.#messages,
      outcomes: { ...this.#outcomes },
      equipment: this.#equipment,
      consignments: this.#consignments,
      others: this.#others,
      warnings: this.#warnings,
    }
    this.#events.push({ kind: 'end', summary: refused === undefined ? summary : { ...summary, refused } })
  }

  take(): CargoEvent[] {
    const events = this.#events
    this.#events = []
    return events
  }

  #message(): OpenMessage {
    if (this.#open === undefined) throw new Error('A row belongs to a message.')
    return this.#open
  }

  #row(): OpenMessage {
    const open = this.#message()
    if (open.voyage === undefined) this.voyage({ places: [] })
    return open
  }
}
