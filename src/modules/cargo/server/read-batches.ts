/** What reading a document tells, as rows written a batch at a time; nothing of it is held longer than a batch. */
import type { Insertable } from 'kysely'
import type { NodeServices } from '#platform/module/services.ts'
import { storableText } from '#platform/store/storable-text.ts'
import type { CargoEvent, MessageRow } from '../formats/events.ts'
import type { Stated, Voyage } from '../model.ts'
import type { IntakeTables, OrderTable, PortCallTable, ReceivedAnswerTable, StatusTable, VerifiedMassTable } from './channel-tables.ts'
import { type MessageRowKey, orderRow, portCallRow, receivedAnswerRow, statusRow, verifiedMassRow } from './read-message-rows.ts'
import { consignmentRow, equipmentRow } from './read-rows.ts'
import { preparedAt } from './stated-instant.ts'
import { storableJson } from './storable.ts'
import type { CargoTables, ConsignmentTable, EquipmentTable } from './tables.ts'

const BATCH = 500
const WARNINGS_KEPT = 20_000
/** Different message types listed with a document. */
const TYPES_KEPT = 100

export interface Reading {
  readonly services: NodeServices
  readonly authority: string
  readonly desk: string
  readonly document: string
  readonly receivedAt: Date
}

interface Others {
  readonly orders: Insertable<OrderTable>[]
  readonly calls: Insertable<PortCallTable>[]
  readonly statuses: Insertable<StatusTable>[]
  readonly masses: Insertable<VerifiedMassTable>[]
  readonly answers: Insertable<ReceivedAnswerTable>[]
}

function newOthers(): Others {
  return { orders: [], calls: [], statuses: [], masses: [], answers: [] }
}

/** Collects rows of the document and writes them a batch at a time. */
export class Batches {
  readonly #reading: Reading
  #equipment: Insertable<EquipmentTable>[] = []
  #consignments: Insertable<ConsignmentTable>[] = []
  #warnings: Insertable<CargoTables['cargo.warnings']>[] = []
  #messages: Insertable<CargoTables['cargo.messages']>[] = []
  readonly #others = newOthers()
  #voyage: Voyage | undefined
  #type = ''
  #preparedAt: Date | undefined
  readonly #types = new Set<string>()
  #equipmentCount = 0
  #consignmentCount = 0
  #warningCount = 0
  #otherCount = 0
  #lastByte = 0
  readonly vessel: { name: string | null; voyage: string | null } = { name: null, voyage: null }
  isGenerated = false

  constructor(reading: Reading) {
    this.#reading = reading
  }

  get messageTypes(): string[] {
    return [...this.#types].sort()
  }

  async take(event: CargoEvent): Promise<void> {
    const { authority, desk, document } = this.#reading
    const held = { authority, desk, document, audience: [desk] }
    switch (event.kind) {
      case 'message-started':
        this.#type = storableText(event.type)
        this.#voyage = undefined
        if (this.#types.size < TYPES_KEPT) this.#types.add(storableText(event.type))
        break
      case 'voyage':
        this.#voyage = event.voyage
        this.vessel.name ??= textOf(event.voyage.vesselName)
        this.vessel.voyage ??= textOf(event.voyage.voyageNumber)
        this.isGenerated ||= /\bGENERATED\b/.test(event.voyage.vesselName?.value ?? '')
        break
      case 'equipment':
        this.#equipmentCount += 1
        this.#lastByte = event.sighting.container.at.end
        this.#equipment.push(
          equipmentRow(
            event.sighting,
            { ...held, ordinal: this.#equipmentCount, message: event.message, type: this.#type },
            { voyage: this.#voyage, preparedAt: this.#preparedAt, receivedAt: this.#reading.receivedAt },
          ),
        )
        break
      case 'consignment':
        this.#consignmentCount += 1
        this.#lastByte = event.statement.document.at.end
        this.isGenerated ||= event.statement.parties.some((party) => /\bGENERATED\b/.test(party.name.value))
        this.#consignments.push(
          consignmentRow(
            event.statement,
            { ...held, ordinal: this.#consignmentCount, message: event.message, type: this.#type },
            this.#reading.receivedAt,
          ),
        )
        break
      case 'warning':
        this.#warningCount += 1
        if (this.#warningCount <= WARNINGS_KEPT)
          this.#warnings.push({
            ...held,
            ordinal: this.#warningCount,
            message: event.message,
            code: event.warning.code,
            place: event.warning.at,
            text: storableText(event.warning.text),
          })
        break
      case 'message': {
        const { type, directory, reference, segments, outcome, voyage } = event.result
        this.#messages.push({
          ...held,
          ordinal: event.message,
          type: storableText(type),
          directory: storableText(directory),
          reference: storableText(reference),
          segments,
          outcome,
          voyage: storableJson(voyage),
          prepared_at: this.#preparedAt ?? null,
        })
        break
      }
      case 'interchange':
        this.#preparedAt = preparedAt(event.interchange.prepared)
        break
      case 'end':
        break
      default:
        this.#other(event, held)
    }
    if (this.#waiting >= BATCH) await this.flush(this.#lastByte)
  }

  /** One counter for all: a row's ordinal is unique in its own table, too. */
  #other(event: MessageRow & { readonly message: number }, held: Omit<MessageRowKey, 'ordinal' | 'message'>): void {
    this.#otherCount += 1
    const key = { ...held, ordinal: this.#otherCount, message: event.message }
    const context = { type: this.#type, voyage: this.#voyage, receivedAt: this.#reading.receivedAt }
    switch (event.kind) {
      case 'order':
        return void this.#others.orders.push(orderRow(event.order, key, context))
      case 'port-call':
        return void this.#others.calls.push(portCallRow(event.call, key, context))
      case 'status':
        return void this.#others.statuses.push(statusRow(event.status, key, context))
      case 'verified-mass':
        return void this.#others.masses.push(verifiedMassRow(event.mass, key, context))
      case 'answer':
        return void this.#others.answers.push(receivedAnswerRow(event.answer, key, context))
    }
  }

  get #waiting(): number {
    const { orders, calls, statuses, masses, answers } = this.#others
    const others = orders.length + calls.length + statuses.length + masses.length + answers.length
    return others + this.#equipment.length + this.#consignments.length + this.#warnings.length + this.#messages.length
  }

  async flush(bytesRead: number): Promise<void> {
    const { services, authority, desk, document } = this.#reading
    await services.database.asWorker('cargo.read-document', async (tx) => {
      const db = tx.withTables<IntakeTables>()
      for (const part of chunks(this.#messages, 500)) await db.insertInto('cargo.messages').values(part).execute()
      for (const part of chunks(this.#equipment, 200)) await db.insertInto('cargo.equipment').values(part).execute()
      for (const part of chunks(this.#consignments, 200)) await db.insertInto('cargo.consignments').values(part).execute()
      const { orders, calls, statuses, masses, answers } = this.#others
      for (const part of chunks(orders, 200)) await db.insertInto('cargo.orders').values(part).execute()
      for (const part of chunks(calls, 200)) await db.insertInto('cargo.port_calls').values(part).execute()
      for (const part of chunks(statuses, 200)) await db.insertInto('cargo.statuses').values(part).execute()
      for (const part of chunks(masses, 200)) await db.insertInto('cargo.verified_masses').values(part).execute()
      for (const part of chunks(answers, 200)) await db.insertInto('cargo.received_answers').values(part).execute()
      for (const part of chunks(this.#warnings, 1000)) await db.insertInto('cargo.warnings').values(part).execute()
      await db
        .updateTable('cargo.documents')
        .set({ bytes_read: bytesRead })
        .where('authority', '=', authority)
        .where('desk', '=', desk)
        .where('document', '=', document)
        .execute()
      await services.announce(tx, 'documents', [desk])
    })
    this.#messages = []
    this.#equipment = []
    this.#consignments = []
    this.#warnings = []
    for (const list of Object.values(this.#others)) list.length = 0
  }
}

function textOf(stated: Stated | undefined): string | null {
  return stated === undefined ? null : storableText(stated.value)
}

function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  const parts: T[][] = []
  for (let at = 0; at < list.length; at += size) parts.push(list.slice(at, at + size))
  return parts
}
