/** The rows of the slice as Kysely sees them. Names and meaning: `migrations.ts`. */
import type { ColumnType, JSONColumnType } from 'kysely'
import type { CaseBase, Party } from '#kernel/procedure/fold.ts'

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
  /** What the case is about: the record of the slice that opened it, or the reference that is the same on every node of the case. */
  subject: string
  label: string
  link: string
  /** Desk whose leg of the procedure this is. For a case that runs by its data alone: the desk that holds this row. */
  party: string
  /** Role that the desks of this authority have in the case. */
  role: string
  originator: string
  state: string
  /** How many steps are recorded: what a person saw when a step is tried. */
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
  /** What the steps are folded onto; null where a slice knows its parties. */
  base: JSONColumnType<CaseBase, string> | null
  /** Who fills the roles now, by role; derived. */
  parties: JSONColumnType<Record<string, readonly Party[]>, string>
  /** Case of this authority that it follows from. */
  parent: string | null
  closed_at: MaybeInstant
  /** Chosen by whoever opened it: the same key opens it once. */
  opening_key: string | null
}

/** A step of a case. Append only; the values of purged fields are taken out. */
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
  /** Id that is the same on every node. */
  step: string
  /** Place in the causal order (`fold.ts`). */
  ord: number
  role: string | null
  /** When what it ordered to erase was erased here. */
  erased_at: ColumnType<Date | null, never, Date>
}

/** Derived from the steps at every move: when the sweep must look at a clock. */
export interface ClockTable extends Held {
  clock: string
  next_at: MaybeInstant
  /** Rungs that fired and the ends they fired for, in that order (`fired-rungs.ts`). */
  fired: string[]
}

export interface DraftTable extends Held {
  transition: string
  fields: JSONColumnType<Record<string, unknown>, string>
  revision: number
  saved_at: Instant
  saved_by: string
  saved_by_name: string
}

/** A step that came before its case did. */
export interface EarlyStepTable {
  authority: string
  reference: string
  desk: string
  step: string
  message: JSONColumnType<Record<string, unknown>, string>
  received_at: Instant
  audience: string[]
}

export interface DefinitionTable {
  id: string
  version: string
  digest: string
  definition: JSONColumnType<Record<string, unknown>, string>
  taken_in_at: Instant
}

export type ProcedureTables = {
  'procedures.cases': CaseTable
  'procedures.moves': MoveTable
  'procedures.clocks': ClockTable
  'procedures.drafts': DraftTable
  'procedures.early_steps': EarlyStepTable
  'procedures.definitions': DefinitionTable
}
