/** The rows of the slice as Kysely sees them. Names and meaning: `migrations.ts`. */
import type { ColumnType, JSONColumnType } from 'kysely'
import type { Budget } from '#kernel/procedure/definition.ts'

type Instant = ColumnType<Date, Date | string, Date | string>
type MaybeInstant = ColumnType<Date | null, Date | string | null, Date | string | null>

interface Held {
  authority: string
  case_id: string
  audience: string[]
}

export interface CaseTable extends Held {
  definition: string
  definition_version: string
  subject: string
  label: string
  link: string
  /** Desk whose leg of the procedure this is. */
  party: string
  /** Role that the desks of this authority have in the case. */
  role: string
  originator: string
  state: string
  revision: number
  /** Instants of the case by name, ISO 8601: `eta`, `until`. */
  anchors: JSONColumnType<Record<string, string>, string>
  zone: string
  calendar: string
  opened_at: Instant
  moved_at: Instant
  is_open: boolean
  own_turn: boolean
  due_at: MaybeInstant
}

export interface MoveTable extends Held {
  seq: number
  transition: string
  from_state: string
  to_state: string
  at: Instant
  officer: string | null
  officer_name: string | null
  desk: string | null
  fields: JSONColumnType<Record<string, unknown>, string>
  key: string | null
}

export interface ClockTable extends Held {
  clock: string
  started_at: Instant
  anchor: MaybeInstant
  next_at: MaybeInstant
}

export interface ClockEventTable extends Held {
  clock: string
  seq: number
  kind: 'suspend' | 'resume' | 'stop' | 'extend'
  at: Instant
  reason: string
  extension: JSONColumnType<Budget, string> | null
}

export interface RungTable extends Held {
  clock: string
  rung: string
  fired_at: Instant
}

export type ProcedureTables = {
  'procedures.cases': CaseTable
  'procedures.moves': MoveTable
  'procedures.clocks': ClockTable
  'procedures.clock_events': ClockEventTable
  'procedures.rungs': RungTable
}
