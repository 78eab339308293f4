/** Rows of notices, feeds, hand-overs and statistics as Kysely sees them. Names and meaning: `queue-migration.ts`. */
import type { ColumnType, JSONColumnType } from 'kysely'
import type { Figures, WorkCounts } from '../contract.ts'
import type { CaseTable, ProcedureTables } from './tables.ts'

type Instant = ColumnType<Date, Date | string, Date | string>
type MaybeInstant = ColumnType<Date | null, Date | string | null, Date | string | null>

interface Held {
  authority: string
  audience: string[]
}

export interface QueuedCaseTable extends CaseTable {
  due_kind: 'law' | 'policy' | null
  is_suspended: boolean
  label_key: ColumnType<string, never, never>
  /** Whose row it is: the first desk of its audience. */
  desk: ColumnType<string, never, never>
  /** `due_at`, or infinity. */
  due_key: ColumnType<Date, never, never>
}

/** A desk that was let in sees the case: what follows the desk is as the case has it, written with it. */
interface SharedCaseTable extends Held {
  case_id: string
  desk: string
  is_open: boolean
  own_turn: boolean
  is_suspended: boolean
  due_key: Instant
}

interface NoticeTable extends Held {
  notice: string
  desk: string
  /** Only for persons of this role; null for everybody at the desk. */
  for_role: string | null
  case_id: string
  topic: 'clock' | 'expired' | 'escalated' | 'step' | 'overtaken' | 'told'
  clock: string | null
  clock_kind: 'law' | 'policy' | null
  due_at: MaybeInstant
  step: string | null
  text: string | null
  at: Instant
}

interface NoticeReadingTable extends Held {
  notice: string
  officer: string
  officer_name: string
  at: Instant
}

interface CalendarFeedTable extends Held {
  feed: string
  token_digest: string
  /** Who made it, for which desk and purpose: what it reads with. */
  officer: string
  desk: string
  purpose: string
  made_at: Instant
  expires_at: Instant
  read_at: MaybeInstant
  revoked_at: MaybeInstant
}

interface HandOverTable extends Held {
  hand_over: string
  desk: string
  officer: string
  officer_name: string
  since: Instant
  at: Instant
  notes: string
  counts: JSONColumnType<WorkCounts, string>
  key: string
  receiver: string | null
  receiver_name: string | null
  received_at: MaybeInstant
}

interface StatisticsTable extends Held {
  desk: string
  procedure: string
  period: string
  figures: JSONColumnType<Figures, string>
  made_at: Instant
}

export type QueueTables = Omit<ProcedureTables, 'procedures.cases'> & {
  'procedures.cases': QueuedCaseTable
  'procedures.shared_cases': SharedCaseTable
  'procedures.notices': NoticeTable
  'procedures.notice_readings': NoticeReadingTable
  'procedures.calendar_feeds': CalendarFeedTable
  'procedures.hand_overs': HandOverTable
  'procedures.statistics': StatisticsTable
}
