/**
 * The job that reads a document in the background: messages, containers, consignments and warnings go to the tables in batches, with progress.
 * At least once: it begins by removing what an interrupted reading left. In = accepted + warned + quarantined; the raw document stays.
 */
import type { Insertable } from 'kysely'
import { sql } from 'kysely'
import { looksLikeContainerNumber, parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { CargoEvent, FileSummary } from '../formats/events.ts'
import { readCargoFile } from '../formats/read-cargo-file.ts'
import type { ConsignmentStatement, EquipmentSighting, PlaceRole, StatedPlace, Voyage, WeightKind } from '../model.ts'
import { markDocument } from './alert-marks.ts'
import { instantOf } from './stated-instant.ts'
import type { CargoTables, ConsignmentTable, EquipmentTable } from './tables.ts'

const BATCH = 500
const WARNINGS_KEPT = 20_000

interface Reading {
  readonly services: NodeServices
  readonly authority: string
  readonly desk: string
  readonly document: string
  readonly receivedAt: Date
}

export async function readDocument(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const authority = String(data['authority'])
  const document = String(data['document'])
  const desk = String(data['desk'])
  const begun = await begin(services, { authority, document, desk })
  if (begun === undefined) return
  const reading: Reading = { services, authority, desk, document, receivedAt: begun.received_at }
  const rows = new Batches(reading)
  let summary: FileSummary | undefined
  for await (const event of readCargoFile(services.content.get(document), { document })) {
    if (event.kind === 'end') summary = event.summary
    await rows.take(event)
  }
  if (summary === undefined) throw new Error('The reader ended without a summary.')
  await rows.flush(summary.bytes)
  await finish(reading, summary, rows)
}

/** Marks the document as being read; undefined when it was read already. */
async function begin(
  services: NodeServices,
  key: { authority: string; document: string; desk: string },
): Promise<{ received_at: Date } | undefined> {
  return await services.database.asWorker('cargo.read-document', async (tx) => {
    const db = tx.withTables<CargoTables>()
    const row = await db
      .selectFrom('cargo.documents')
      .selectAll()
      .where('authority', '=', key.authority)
      .where('desk', '=', key.desk)
      .where('document', '=', key.document)
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) return undefined
    if (row.state === 'read' || row.state === 'refused') return undefined
    for (const table of ['cargo.messages', 'cargo.warnings', 'cargo.equipment', 'cargo.consignments'])
      await sql`delete from ${sql.table(table)} where authority = ${key.authority} and desk = ${key.desk} and document = ${key.document}`.execute(
        tx,
      )
    await db
      .updateTable('cargo.documents')
      .set({ state: 'reading', bytes_read: 0 })
      .where('authority', '=', key.authority)
      .where('desk', '=', key.desk)
      .where('document', '=', key.document)
      .execute()
    return { received_at: row.received_at }
  })
}

/** Collects rows of the document and writes them a batch at a time. */
class Batches {
  readonly #reading: Reading
  #equipment: Insertable<EquipmentTable>[] = []
  #consignments: Insertable<ConsignmentTable>[] = []
  #warnings: Insertable<CargoTables['cargo.warnings']>[] = []
  #messages: Insertable<CargoTables['cargo.messages']>[] = []
  readonly #voyages = new Map<number, Voyage>()
  #types = new Map<number, string>()
  #equipmentCount = 0
  #consignmentCount = 0
  #warningCount = 0
  #lastByte = 0
  readonly vessel: { name: string | null; voyage: string | null } = { name: null, voyage: null }
  isGenerated = false

  constructor(reading: Reading) {
    this.#reading = reading
  }

  get messageTypes(): string[] {
    return [...new Set(this.#types.values())].sort()
  }

  async take(event: CargoEvent): Promise<void> {
    const { authority, desk, document } = this.#reading
    const held = { authority, desk, document, audience: [desk] }
    switch (event.kind) {
      case 'message-started':
        this.#types.set(event.message, event.type)
        break
      case 'voyage':
        this.#voyages.set(event.message, event.voyage)
        this.vessel.name ??= event.voyage.vesselName?.value ?? null
        this.vessel.voyage ??= event.voyage.voyageNumber?.value ?? null
        this.isGenerated ||= /\bGENERATED\b/.test(event.voyage.vesselName?.value ?? '')
        break
      case 'equipment':
        this.#equipmentCount += 1
        this.#lastByte = event.sighting.container.at.end
        this.#equipment.push(
          equipmentRow(
            event.sighting,
            { ...held, ordinal: this.#equipmentCount, message: event.message, type: this.#types.get(event.message) ?? '' },
            this.#context(event.message),
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
            { ...held, ordinal: this.#consignmentCount, message: event.message, type: this.#types.get(event.message) ?? '' },
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
            text: event.warning.text,
          })
        break
      case 'message': {
        const { type, directory, reference, segments, outcome, voyage } = event.result
        this.#messages.push({
          ...held,
          ordinal: event.message,
          type,
          directory,
          reference,
          segments,
          outcome,
          voyage: JSON.stringify(voyage),
        })
        break
      }
      case 'interchange':
      case 'end':
        break
    }
    if (this.#equipment.length + this.#consignments.length + this.#warnings.length >= BATCH) await this.flush(this.#lastByte)
  }

  #context(message: number): { voyage: Voyage | undefined; receivedAt: Date } {
    return { voyage: this.#voyages.get(message), receivedAt: this.#reading.receivedAt }
  }

  async flush(bytesRead: number): Promise<void> {
    const { services, authority, desk, document } = this.#reading
    await services.database.asWorker('cargo.read-document', async (tx) => {
      const db = tx.withTables<CargoTables>()
      if (this.#messages.length > 0) await db.insertInto('cargo.messages').values(this.#messages).execute()
      for (const part of chunks(this.#equipment, 200)) await db.insertInto('cargo.equipment').values(part).execute()
      for (const part of chunks(this.#consignments, 200)) await db.insertInto('cargo.consignments').values(part).execute()
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
  }
}

async function finish(reading: Reading, summary: FileSummary, rows: Batches): Promise<void> {
  const { services, authority, desk, document } = reading
  await services.database.asWorker('cargo.read-document', async (tx) => {
    await tx
      .withTables<CargoTables>()
      .updateTable('cargo.documents')
      .set({
        state: summary.refused === undefined ? 'read' : 'refused',
        kind: summary.format === 'csv' ? 'declarations' : summary.format,
        bytes_read: summary.bytes,
        accepted: summary.outcomes.accepted,
        warned: summary.outcomes.warned,
        quarantined: summary.outcomes.quarantined,
        types: rows.messageTypes,
        containers: summary.equipment,
        consignments: summary.consignments,
        warnings: summary.warnings,
        refused: summary.refused === undefined ? null : JSON.stringify(summary.refused),
        vessel: rows.vessel.name,
        voyage: rows.vessel.voyage,
        generated: rows.isGenerated,
      })
      .where('authority', '=', authority)
      .where('desk', '=', desk)
      .where('document', '=', document)
      .execute()
    await services.record(tx, {
      event: 'cargo.document-processed',
      outcome: summary.refused === undefined ? 'done' : 'failed',
      facts: null,
      by: 'job:cargo.read-document',
      subjects: [{ kind: 'document', id: document }],
      detail: { messages: summary.messages, containers: summary.equipment, consignments: summary.consignments, warnings: summary.warnings },
    })
    await markDocument(tx, reading)
    if (summary.consignments > 0 && summary.format === 'csv')
      await services.enqueue(tx, { name: 'cargo.match-alerts', data: { authority }, key: `match:${authority}` })
    await services.enqueue(tx, {
      name: 'cargo.raise-signals',
      data: { authority, desk, document },
      key: `signals:${authority}:${desk}:${document}`,
    })
    await services.announce(tx, 'documents', [desk])
  })
}

interface RowKey {
  readonly authority: string
  readonly desk: string
  readonly document: string
  readonly audience: string[]
  readonly ordinal: number
  readonly message: number
  readonly type: string
}

function equipmentRow(
  sighting: EquipmentSighting,
  key: RowKey,
  context: { readonly voyage: Voyage | undefined; readonly receivedAt: Date },
): Insertable<EquipmentTable> {
  const { type, ...held } = key
  const container = sighting.container.value.toUpperCase()
  const verified = weightOf(sighting, 'verified-gross')
  const weight = verified ?? weightOf(sighting, 'gross')
  const stated = instantOf(sighting.happenedAt?.value) ?? instantOf(context.voyage?.departsAt?.value)
  return {
    ...held,
    message_type: type,
    container,
    iso_type: sighting.isoType?.value ?? null,
    fullness: sighting.fullness ?? null,
    stowage: sighting.stowage?.value ?? null,
    loading: placeOf(sighting.places, 'loading') ?? null,
    discharge: placeOf(sighting.places, 'discharge') ?? null,
    final_place: placeOf(sighting.places, 'delivery') ?? placeOf(sighting.places, 'final-discharge') ?? null,
    weight: weight ?? null,
    verified_weight: verified !== undefined,
    temperature: sighting.setTemperature?.value ?? null,
    operator: sighting.operator?.value ?? null,
    booking: sighting.references.find((reference) => reference.code === 'BN')?.number.value ?? null,
    bill: sighting.references.find((reference) => ['BM', 'BH', 'MB'].includes(reference.code))?.number.value ?? null,
    seals: sighting.seals.map((seal) => seal.number.value),
    goods: sighting.goods.map((each) => each.value).join('; ') || null,
    flags: flagsOf(container),
    observed_at: stated ?? context.receivedAt,
    observed_stated: stated !== undefined,
    sighting: JSON.stringify(sighting),
  }
}

function flagsOf(container: string): string[] {
  if (!looksLikeContainerNumber(container)) return ['not-iso']
  return parseContainerNumber(container).ok ? [] : ['bad-check-digit']
}

function consignmentRow(statement: ConsignmentStatement, key: RowKey, receivedAt: Date): Insertable<ConsignmentTable> {
  const { type, ...held } = key
  const party = (role: string) => statement.parties.find((each) => each.role === role)?.name.value ?? null
  const weight = (kind: WeightKind) => statement.weights.find((each) => each.kind === kind)?.kilograms.value
  return {
    ...held,
    declaration: type === 'CSV',
    bill: statement.document.value.toUpperCase(),
    consignor: party('consignor'),
    consignee: party('consignee'),
    notify: party('notify'),
    loading: placeOf(statement.places, 'loading') ?? null,
    discharge: placeOf(statement.places, 'discharge') ?? null,
    goods: statement.goods.map((each) => each.value).join('; ') || null,
    hs: statement.hsCodes[0]?.value ?? null,
    gross: weight('consignment-gross') ?? weight('goods-gross') ?? weight('gross') ?? null,
    packages: statement.packages?.value ?? null,
    containers: statement.containers.map((each) => each.number.value.toUpperCase()),
    seals: statement.containers.flatMap((each) => each.seals.map((seal) => seal.number.value)),
    bookings: statement.references.filter((reference) => reference.code === 'BN').map((reference) => reference.number.value),
    received_at: receivedAt,
    statement: JSON.stringify(statement),
  }
}

function placeOf(places: readonly StatedPlace[], role: PlaceRole): string | undefined {
  return places.find((place) => place.role === role)?.place.value.toUpperCase()
}

function weightOf(sighting: EquipmentSighting, kind: WeightKind): number | undefined {
  return sighting.weights.find((weight) => weight.kind === kind)?.kilograms.value
}

function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  const parts: T[][] = []
  for (let at = 0; at < list.length; at += size) parts.push(list.slice(at, at + size))
  return parts
}
