/**
 * Reads cases for the queue, the hand-over sheet and the counts: one query for the rows, whatever is asked for, and each filter has an index that serves
 * its order. Counts stop at a ceiling and the answer says so, because a count of everything would read everything.
 */
import { type SelectQueryBuilder, sql } from 'kysely'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import type { Tx } from '#platform/store/database.ts'
import type { WorkCounts } from '../contract.ts'
import type { CaseRow } from './case-row.ts'
import type { QueueTables } from './queue-tables.ts'

export const COUNT_CEILING = 1000
const NEVER = sql`'infinity'::timestamptz`
const dueKey = sql<Date>`coalesce(due_at, ${NEVER})`
const HOUR = 3_600_000
const AHEAD = { '2h': 2, '24h': 24, '7d': 168 } as const
/** Sorts after every text that begins the same. */
const LAST = '\u{10FFFF}'

export interface WorkQuery {
  readonly show: 'open' | 'overdue' | 'suspended' | 'waiting' | 'done'
  readonly procedure?: string | undefined
  readonly clockKind?: 'law' | 'policy' | undefined
  readonly urgency?: keyof typeof AHEAD | undefined
  readonly party?: string | undefined
  readonly role?: string | undefined
  readonly text?: string | undefined
  /** Only what ends between these instants; a sheet asks so. */
  readonly dueFrom?: Date
  readonly dueBefore?: Date
  readonly cursor?: string | undefined
  readonly limit: number
}

export type QueuedRow = CaseRow & { readonly is_suspended: boolean; readonly mark_text: string }

export interface WorkPage {
  readonly rows: readonly QueuedRow[]
  readonly next?: string
}

export async function readWork(
  tx: Tx,
  at: { readonly facts: Pick<SessionFacts, 'authority'>; readonly now: Date },
  query: WorkQuery,
): Promise<WorkPage> {
  const isDone = query.show === 'done'
  const sortKey = isDone ? sql<Date>`moved_at` : dueKey
  const db = tx.withTables<QueueTables>()
  let rows = db
    .selectFrom('procedures.cases')
    .selectAll()
    .select(sql<string>`${sortKey}::text`.as('mark_text'))
    .where('authority', '=', at.facts.authority)
    .orderBy(sortKey, isDone ? 'desc' : 'asc')
    .orderBy('case_id', isDone ? 'desc' : 'asc')
    .limit(query.limit + 1)
  rows = narrowed(shownBy(rows, query.show, at.now), query, at.now)
  const mark = readMark(query.cursor, { parts: ['instant', 'text'], code: 'procedures.cursor' })
  if (mark !== undefined) {
    const place = sql`(${mark[0]}::timestamptz, ${mark[1]})`
    rows = rows.where(isDone ? sql<boolean>`(${sortKey}, case_id) < ${place}` : sql<boolean>`(${sortKey}, case_id) > ${place}`)
  }
  const found = (await rows.execute()) as QueuedRow[]
  const shown = found.slice(0, query.limit)
  const last = shown.at(-1)
  return { rows: shown, ...(found.length > query.limit && last !== undefined ? { next: writeMark([last.mark_text, last.case_id]) } : {}) }
}

// oxlint-disable-next-line typescript/no-explicit-any -- the columns chosen so far are of no concern to a condition
type Rows = SelectQueryBuilder<QueueTables, 'procedures.cases', any>

function shownBy<Query extends Rows>(rows: Query, show: WorkQuery['show'], now: Date): Query {
  switch (show) {
    case 'open':
      return rows.where('is_open', '=', true).where('own_turn', '=', true) as Query
    case 'waiting':
      return rows.where('is_open', '=', true).where('own_turn', '=', false) as Query
    case 'overdue':
      return rows.where('is_open', '=', true).where(sql<boolean>`${dueKey} < ${now}`) as Query
    case 'suspended':
      return rows.where(sql<boolean>`is_open and is_suspended`) as Query
    case 'done':
      return rows.where(sql<boolean>`not is_open`) as Query
  }
}

function narrowed<Query extends Rows>(rows: Query, query: WorkQuery, now: Date): Query {
  const { procedure, clockKind, urgency, party, role, text, dueFrom, dueBefore } = query
  let some: Rows = rows
  if (procedure !== undefined) some = some.where('definition', '=', procedure)
  if (clockKind !== undefined) some = some.where('due_kind', '=', clockKind)
  if (party !== undefined) some = some.where('party', '=', party)
  if (role !== undefined) some = some.where('role', '=', role)
  if (urgency !== undefined) some = some.where(sql<boolean>`${dueKey} <= ${new Date(now.getTime() + AHEAD[urgency] * HOUR)}`)
  if (dueFrom !== undefined) some = some.where(sql<boolean>`${dueKey} >= ${dueFrom}`)
  if (dueBefore !== undefined) some = some.where(sql<boolean>`${dueKey} < ${dueBefore}`)
  if (text !== undefined && text !== '') {
    const begins = text.toLowerCase()
    some = some.where('label_key', '>=', begins).where('label_key', '<', `${begins}${LAST}`)
  }
  return some as Query
}

export async function countWork(tx: Tx, at: { readonly facts: Pick<SessionFacts, 'authority'>; readonly now: Date }): Promise<WorkCounts> {
  const one = (condition: ReturnType<typeof sql<boolean>>) =>
    sql`(select count(*)::int from (select 1 from procedures.cases where authority = ${at.facts.authority} and is_open and ${condition} limit ${COUNT_CEILING}) as counted)`
  const { rows } = await sql<Omit<WorkCounts, 'ceiling'>>`
    select ${one(sql<boolean>`own_turn`)} as open, ${one(sql<boolean>`${dueKey} < ${at.now}`)} as overdue,
      ${one(sql<boolean>`is_suspended`)} as suspended, ${one(sql<boolean>`not own_turn`)} as waiting`.execute(tx)
  const counts = rows[0] ?? { open: 0, overdue: 0, suspended: 0, waiting: 0 }
  return { ...counts, ceiling: COUNT_CEILING }
}
