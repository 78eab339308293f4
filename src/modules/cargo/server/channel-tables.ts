/** Rows of orders, calls, statuses, masses, answers and ways in, as Kysely sees them, beside those of `tables.ts`. Names and meaning: `migrations.ts`. */
import type { ColumnType, JSONColumnType } from 'kysely'
import type { AnswerFindings } from '../contract/answers.ts'
import type { RefusedDelivery } from '../contract/channels.ts'
import type { DeclarationMapping } from '../contract/declaration-mappings.ts'
import type { EquipmentOrder, PortCall, ReceivedAnswer, StatusReport, VerifiedMass } from '../model.ts'
import type { CargoTables, DocumentTable } from './tables.ts'

type Instant = ColumnType<Date, Date | string, Date | string>
type MaybeInstant = ColumnType<Date | null, Date | string | null, Date | string | null>
type Json<T extends object | null> = JSONColumnType<T, string>

interface MessageRowTable {
  authority: string
  desk: string
  document: string
  ordinal: number
  message: number
  audience: string[]
}

export interface OrderTable extends MessageRowTable {
  message_type: string
  kind: EquipmentOrder['kind']
  function: EquipmentOrder['function']
  number: string | null
  container: string | null
  iso_type: string | null
  quantity: number | null
  bookings: string[]
  haulier: string | null
  vehicle: string | null
  voyage: string | null
  planned_at: MaybeInstant
  valid_from: MaybeInstant
  valid_until: MaybeInstant
  release_stated: boolean
  received_at: Instant
  statement: Json<EquipmentOrder>
}

export interface PortCallTable extends MessageRowTable {
  message_type: string
  call: number
  role: PortCall['role']
  place: string
  terminal: string | null
  vessel_imo: string | null
  vessel: string | null
  voyage: string | null
  arrives_at: MaybeInstant
  arrival_basis: string | null
  departs_at: MaybeInstant
  departure_basis: string | null
  received_at: Instant
  statement: Json<PortCall>
}

export interface StatusTable extends MessageRowTable {
  container: string | null
  consignment: string | null
  status: string
  reason: string | null
  place: string | null
  happened_at: Instant
  happened_stated: boolean
  statement: Json<StatusReport>
}

export interface VerifiedMassTable extends MessageRowTable {
  container: string
  kilograms: number
  method: string | null
  responsible: string | null
  weighed_at: MaybeInstant
  received_at: Instant
  statement: Json<VerifiedMass>
}

export interface ReceivedAnswerTable extends MessageRowTable {
  kind: ReceivedAnswer['kind']
  verdict: ReceivedAnswer['verdict']
  status: string | null
  refers_to: string[]
  containers: string[]
  received_at: Instant
  statement: Json<ReceivedAnswer>
}

export interface InterchangeTable {
  authority: string
  desk: string
  sender: string
  recipient: string
  reference: string
  document: string
  broken: boolean
  received_at: Instant
  audience: string[]
}

export interface GivenAnswerTable {
  authority: string
  desk: string
  document: string
  ordinal: number
  kind: 'CONTRL' | 'APERAK'
  partner: string
  reference: string
  verdict: 'accepted' | 'rejected'
  text: string
  findings: Json<AnswerFindings>
  made_at: Instant
  audience: string[]
}

export interface SentAnswerTable {
  authority: string
  desk: string
  document: string
  ordinal: number
  at: Instant
  by: string
  audience: string[]
}

export interface DeclarationMappingTable {
  authority: string
  desk: string
  mapping: string
  version: number
  title: string
  headers: string
  definition: Json<DeclarationMapping>
  purpose: string
  at: Instant
  saved_by: string
  audience: string[]
}

export interface ChannelTable {
  authority: string
  desk: string
  channel: string
  title: string
  token_hash: string
  opened_by: string
  opened_at: Instant
  expires_at: Instant
  closed_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
  used_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
  day: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
  day_documents: ColumnType<number, number | undefined, number>
  day_bytes: ColumnType<string, string | number | undefined, string | number>
  rotated_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
  prior_hash: ColumnType<string | null, string | null | undefined, string | null>
  refused: ColumnType<number, number | undefined, number>
  refused_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
  refused_why: ColumnType<RefusedDelivery | null, RefusedDelivery | null | undefined, RefusedDelivery | null>
  purpose: string
  audience: string[]
}

/** Upload by an officer, a folder that is watched, a machine with a token. */
export type DocumentWay = 'upload' | 'folder' | 'machine'

interface IntakeColumns {
  way: ColumnType<DocumentWay, DocumentWay | undefined, DocumentWay>
  mapping: ColumnType<DeclarationMapping | null, string | null | undefined, string | null>
  others: ColumnType<number, number | undefined, number>
  interchanges: ColumnType<number, number | undefined, number>
}

export type IntakeTables = Omit<CargoTables, 'cargo.documents'> & {
  'cargo.documents': DocumentTable & IntakeColumns
  'cargo.orders': OrderTable
  'cargo.port_calls': PortCallTable
  'cargo.statuses': StatusTable
  'cargo.verified_masses': VerifiedMassTable
  'cargo.received_answers': ReceivedAnswerTable
  'cargo.interchanges': InterchangeTable
  'cargo.given_answers': GivenAnswerTable
  'cargo.sent_answers': SentAnswerTable
  'cargo.declaration_mappings': DeclarationMappingTable
  'cargo.channels': ChannelTable
}
