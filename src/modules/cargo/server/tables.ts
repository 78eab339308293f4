/** The rows of the slice as Kysely sees them. Names and meaning: `migrations.ts`. */
import type { ColumnType, JSONColumnType } from 'kysely'
import type { Signal } from '#kernel/signal/signal.ts'
import type { AlertSubject, matchedOn } from '../contract.ts'
import type { ConsignmentStatement, EquipmentSighting, IntakeProblem, Voyage } from '../model.ts'
import type { AlertContent } from './alert-content.ts'

type Instant = ColumnType<Date, Date | string, Date | string>
/** JSON columns take text on the way in, so that a string value is never mistaken for JSON. */
type Json<T extends object | null> = JSONColumnType<T, string>

interface Held {
  authority: string
  audience: string[]
}

/** What came with a document is held by the desk that took it in. */
interface HeldByDesk extends Held {
  desk: string
  document: string
}

export interface DocumentTable extends HeldByDesk {
  name: string
  size: ColumnType<string, number, number>
  kind: ColumnType<string, string | undefined, string>
  state: ColumnType<string, string | undefined, string>
  bytes_read: ColumnType<string, number | undefined, number>
  received_at: Instant
  accepted: ColumnType<number, number | undefined, number>
  warned: ColumnType<number, number | undefined, number>
  quarantined: ColumnType<number, number | undefined, number>
  types: ColumnType<string[], string[] | undefined, string[]>
  containers: ColumnType<number, number | undefined, number>
  consignments: ColumnType<number, number | undefined, number>
  warnings: ColumnType<number, number | undefined, number>
  refused: ColumnType<IntakeProblem | null, string | null | undefined, string | null>
  vessel: string | null
  voyage: string | null
  generated: ColumnType<boolean, boolean | undefined, boolean>
  purpose: string
}

export interface MessageTable extends HeldByDesk {
  ordinal: number
  type: string
  directory: string
  reference: string
  segments: number
  outcome: 'accepted' | 'warned' | 'quarantined'
  voyage: Json<Voyage>
  prepared_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}

export interface WarningTable extends HeldByDesk {
  ordinal: number
  message: number
  code: string
  place: string
  text: string
}

export interface EquipmentTable extends HeldByDesk {
  ordinal: number
  message: number
  message_type: string
  container: string
  iso_type: string | null
  fullness: 'full' | 'empty' | null
  stowage: string | null
  loading: string | null
  discharge: string | null
  final_place: string | null
  weight: number | null
  verified_weight: boolean
  temperature: number | null
  operator: string | null
  booking: string | null
  bill: string | null
  seals: string[]
  goods: string | null
  flags: string[]
  observed_at: Instant
  observed_stated: boolean
  sighting: Json<EquipmentSighting>
}

export interface ConsignmentTable extends HeldByDesk {
  ordinal: number
  message: number
  declaration: boolean
  bill: string
  consignor: string | null
  consignee: string | null
  notify: string | null
  loading: string | null
  discharge: string | null
  goods: string | null
  hs: string | null
  gross: number | null
  packages: number | null
  containers: string[]
  seals: string[]
  bookings: string[]
  received_at: Instant
  statement: Json<ConsignmentStatement>
}

/** A row for each thing by which a consignment is found: written by the store itself (`keys-migration.ts`). */
export interface ConsignmentKeyTable extends HeldByDesk {
  kind: 'container' | 'seal' | 'booking' | 'waybill' | 'other-waybill' | 'device'
  key: string
  ordinal: number
}

export interface SignalTable extends Held {
  desk: string
  subject_kind: string
  subject: string
  signal: string
  detector: string
  version: string
  body: Json<Signal>
  raised_at: Instant
}

export interface EvaluationTable extends Held {
  desk: string
  subject_kind: string
  subject: string
  not_computable: Json<{ detector: string; missing: string[] }[]>
  evaluated_at: Instant
}

export interface AlertTable extends Held {
  alert: string
  /** The desk that issued it or was sent it. */
  desk: string
  side: 'issued' | 'received'
  subject_kind: AlertSubject['kind']
  subject: string
  /** The box, where the alert is about one. */
  container: ColumnType<string, never, never>
  bill: string | null
  originator_desk: string
  originator_authority: string
  content: Json<AlertContent | Record<string, never>>
  handling: Json<object>
  reasons: string[]
  next_port: string | null
  eta: ColumnType<Date | null, Date | string | null, Date | string | null>
  issued_at: Instant
  notice: string | null
  key: string | null
}

export interface MatchHit {
  readonly on: (typeof matchedOn)[number]
  readonly value: string
  readonly bill: string
  readonly consignee?: string
  readonly goods?: string
  readonly at: {
    document: string
    segment: number
    element: number
    component: number
    start: number
    end: number
  }
}

export interface MatchTable extends Held {
  alert: string
  /** Whose declarations were compared. */
  desk: string
  checked_at: Instant
  compared: ColumnType<string, number, number>
  hits: Json<MatchHit[]>
}

export interface OutcomeTable extends Held {
  alert: string
  desk: string
  kind: string
  at: Instant
  fields: Json<Record<string, unknown>>
  reasons: string[]
}

export interface PortActionTable extends Held {
  action: string
  side: 'asked' | 'asked-of'
  alert: string | null
  kind: 'hold' | 'scan' | 'reposition' | 'preserve' | 'notify-if-accessed'
  container: string
  until: Instant
  legal_basis_text: string
  contact: string
  requested_by: string
  partner: string
  requested_at: Instant
  confirmed_at: ColumnType<Date | null, Date | string | null, Date | string | null>
  key: string | null
}

export type CargoTables = {
  'cargo.documents': DocumentTable
  'cargo.messages': MessageTable
  'cargo.warnings': WarningTable
  'cargo.equipment': EquipmentTable
  'cargo.consignments': ConsignmentTable
  'cargo.consignment_keys': ConsignmentKeyTable
  'cargo.signals': SignalTable
  'cargo.evaluations': EvaluationTable
  'cargo.alerts': AlertTable
  'cargo.matches': MatchTable
  'cargo.outcomes': OutcomeTable
  'cargo.port_actions': PortActionTable
}
