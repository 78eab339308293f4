/**
 * Reads cases for the queue, the hand-over sheet, the calendar and the counts: one query for the rows, whatever is asked for. What a desk sees are its own
 * rows, in the order of an index for each filter, and the few that it backs up; both are read in order and merged, so that neither the size of the
 * authority nor that of the desk is in the time of a page. Counts stop at a ceiling and the answer says so. Row-level security stands behind all of it.
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
/** When the next end comes, `infinity` for never. A column, so that the store may look for it before it asks who sees the row. */
const dueKey = sql<Date>`due_key`
const HOUR = 3_600_000
const AHEAD = { '2h': 2, '24h': 24, '7d': 168 } as const
/** Sorts after every text that begins the same. */
const LAST = '\u{10FFFF}'

export interface WorkQuery {
  /** `running`: every case that has an end before it. */
  readonly show: 'open' | 'overdue' | 'suspended' | 'waiting' | 'done' | 'running'
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

type Desk = Pick<SessionFacts, 'authority' | 'desk'>

export async function readWork(tx: Tx, at: { readonly facts: Desk; readonly now: Date }, query: WorkQuery): Promise<WorkPage> {
  const order = orderOf(query)
  const mark = readMark(query.cursor, { parts: [order.part, 'text'], code: 'procedures.cursor' })
  const branch = (isOwn: boolean) => {
    const rows = tx
      .withTables<QueueTables>()
      .selectFrom('procedures.cases')
      .selectAll()
      .select([order.key.as('sort_key'), sql<string>`${order.key}::text`.as('mark_text')])
      .where('authority', '=', at.facts.authority)
      .where(isOwn ? sql<boolean>`desk = ${at.facts.desk}` : sql<boolean>`is_shared and desk <> ${at.facts.desk}`)
      .orderBy(order.key, order.direction)
      .orderBy('case_id', order.direction)
      .limit(query.limit + 1)
    const asked = narrowed(shownBy(rows, query.show, at.now), query, at.now)
    if (mark === undefined) return asked
    const after = sql.raw(order.direction === 'desc' ? '<' : '>')
    const value = order.part === 'instant' ? sql`${mark[0]}::timestamptz` : sql`${mark[0]}::text`
    return asked.where(sql<boolean>`(${order.key}, case_id) ${after} (${value}, ${mark[1]})`)
  }
  const db = tx.withTables<QueueTables>()
  const merged = await db
    .selectFrom(branch(true).as('own'))
    .selectAll()
    .unionAll(db.selectFrom(branch(false).as('backed')).selectAll())
    .orderBy('sort_key', order.direction)
    .orderBy('case_id', order.direction)
    .limit(query.limit + 1)
    .execute()
  const found = merged as unknown as QueuedRow[]
  const shown = found.slice(0, query.limit)
  const last = shown.at(-1)
  return { rows: shown, ...(found.length > query.limit && last !== undefined ? { next: writeMark([last.mark_text, last.case_id]) } : {}) }
}

/** By what runs out next; done cases by when they ended; a search for labels by the label, because a beginning of one letter may fit half of them. */
function orderOf({ show, text }: WorkQuery) {
  if (text !== undefined && text !== '') return { key: sql<unknown>`label_key`, part: 'text', direction: 'asc' } as const
  if (show === 'done') return { key: sql<unknown>`moved_at`, part: 'instant', direction: 'desc' } as const
  return { key: sql<unknown>`due_key`, part: 'instant', direction: 'asc' } as const
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
    case 'running':
      return rows.where('is_open', '=', true).where(sql<boolean>`${dueKey} < ${NEVER}`) as Query
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

export async function countWork(tx: Tx, at: { readonly facts: Desk; readonly now: Date }): Promise<WorkCounts> {
  const { authority, desk } = at.facts
  const some = (whose: ReturnType<typeof sql<boolean>>, condition: ReturnType<typeof sql<boolean>>) =>
    sql`(select 1 from procedures.cases where authority = ${authority} and ${whose} and is_open and ${condition} limit ${COUNT_CEILING})`
  const one = (condition: ReturnType<typeof sql<boolean>>) =>
    sql`(select least(count(*), ${COUNT_CEILING})::int from (${some(sql<boolean>`desk = ${desk}`, condition)}
      union all ${some(sql<boolean>`is_shared and desk <> ${desk}`, condition)}) as counted)`
  const { rows } = await sql<Omit<WorkCounts, 'ceiling'>>`
    select ${one(sql<boolean>`own_turn`)} as open, ${one(sql<boolean>`${dueKey} < ${at.now}`)} as overdue,
      ${one(sql<boolean>`is_suspended`)} as suspended, ${one(sql<boolean>`not own_turn`)} as waiting`.execute(tx)
  const counts = rows[0] ?? { open: 0, overdue: 0, suspended: 0, waiting: 0 }
  return { ...counts, ceiling: COUNT_CEILING }
}
