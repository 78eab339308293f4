/**
 * Reads cases for the queue, the hand-over sheet, the calendar and the counts: one query for the rows, whatever is asked for. What a desk sees are its own
 * rows, in the order of an index for each filter, and the few that it backs up; both are read in order and merged, so that neither the size of the
 * authority nor that of the desk is in the time of a page. Counts stop at a ceiling and the answer says so. Row-level security stands behind all of it.
 */
import { type RawBuilder, sql } from 'kysely'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import type { Tx } from '#platform/store/database.ts'
import type { WorkCounts } from '../contract.ts'
import type { CaseRow } from './case-row.ts'

export const COUNT_CEILING = 1000
const NEVER = sql`'infinity'::timestamptz`
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

/** Rows that a desk sees, and where they have what the queue is ordered and counted by: an index begins with its desk. */
interface Whose {
  readonly rows: RawBuilder<unknown>
  readonly counted: RawBuilder<unknown>
  readonly id: RawBuilder<unknown>
  readonly isOpen: RawBuilder<unknown>
  readonly ownTurn: RawBuilder<unknown>
  readonly isSuspended: RawBuilder<unknown>
  /** When the next end comes, `infinity` for never. A column, so that the store may look for it before it asks who sees the row. */
  readonly due: RawBuilder<unknown>
}

function ownRows({ authority, desk }: Desk): Whose {
  const rows = sql`procedures.cases c where c.authority = ${authority} and c.desk = ${desk}`
  return { rows, counted: rows, ...keysIn('c') }
}

/** `offset 0`: case by case by the key, never by reading all that the authority has. */
function backedUpRows({ authority, desk }: Desk): Whose {
  const own = sql`where s.authority = ${authority} and s.desk = ${desk}`
  return {
    rows: sql`procedures.shared_cases s
      cross join lateral (select * from procedures.cases where authority = s.authority and case_id = s.case_id offset 0) c ${own}`,
    counted: sql`procedures.shared_cases s ${own}`,
    ...keysIn('s'),
  }
}

function keysIn(table: 'c' | 's'): Omit<Whose, 'rows' | 'counted'> {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  return {
    id: column('case_id'),
    isOpen: column('is_open'),
    ownTurn: column('own_turn'),
    isSuspended: column('is_suspended'),
    due: column('due_key'),
  }
}

export async function readWork(tx: Tx, at: { readonly facts: Desk; readonly now: Date }, query: WorkQuery): Promise<WorkPage> {
  const { part, direction } = orderOf(query)
  const mark = readMark(query.cursor, { parts: [part, 'text'], code: 'procedures.cursor' })
  const order = sql.raw(direction)
  const branch = (whose: Whose) => {
    const key = keyOf(query, whose)
    const value = part === 'instant' ? sql`${mark?.[0]}::timestamptz` : sql`${mark?.[0]}::text`
    const after = sql`(${key}, ${whose.id}) ${sql.raw(direction === 'desc' ? '<' : '>')} (${value}, ${mark?.[1]})`
    const conditions = [...shownBy(query.show, whose, at.now), ...narrowed(query, whose, at.now), ...(mark === undefined ? [] : [after])]
    return sql`(select c.*, ${key} as sort_key, ${key}::text as mark_text from ${whose.rows} and ${sql.join(conditions, sql` and `)}
      order by ${key} ${order}, ${whose.id} ${order} limit ${query.limit + 1})`
  }
  const { rows: found } = await sql<QueuedRow>`${branch(ownRows(at.facts))} union all ${branch(backedUpRows(at.facts))}
    order by sort_key ${order}, case_id ${order} limit ${query.limit + 1}`.execute(tx)
  const shown = found.slice(0, query.limit)
  const last = shown.at(-1)
  return { rows: shown, ...(found.length > query.limit && last !== undefined ? { next: writeMark([last.mark_text, last.case_id]) } : {}) }
}

/** By what runs out next; done cases by when they ended; a search for labels by the label, because a beginning of one letter may fit half of them. */
function orderOf(query: WorkQuery) {
  if (isSearch(query)) return { part: 'text', direction: 'asc' } as const
  return { part: 'instant', direction: query.show === 'done' ? 'desc' : 'asc' } as const
}

function keyOf(query: WorkQuery, whose: Whose): RawBuilder<unknown> {
  return isSearch(query) ? sql`c.label_key` : query.show === 'done' ? sql`c.moved_at` : whose.due
}

function isSearch({ text }: WorkQuery): boolean {
  return text !== undefined && text !== ''
}

function shownBy(show: WorkQuery['show'], { isOpen, ownTurn, isSuspended, due }: Whose, now: Date): readonly RawBuilder<unknown>[] {
  switch (show) {
    case 'open':
      return [isOpen, ownTurn]
    case 'waiting':
      return [isOpen, sql`not ${ownTurn}`]
    case 'overdue':
      return [isOpen, sql`${due} < ${now}`]
    case 'running':
      return [isOpen, sql`${due} < ${NEVER}`]
    case 'suspended':
      return [isOpen, isSuspended]
    case 'done':
      return [sql`not ${isOpen}`]
  }
}

function narrowed(query: WorkQuery, { due }: Whose, now: Date): readonly RawBuilder<unknown>[] {
  const { procedure, clockKind, urgency, party, role, text = '', dueFrom, dueBefore } = query
  const begins = text.toLowerCase()
  return [
    ...(procedure === undefined ? [] : [sql`c.definition = ${procedure}`]),
    ...(clockKind === undefined ? [] : [sql`c.due_kind = ${clockKind}`]),
    ...(party === undefined ? [] : [sql`c.party = ${party}`]),
    ...(role === undefined ? [] : [sql`c.role = ${role}`]),
    ...(urgency === undefined ? [] : [sql`${due} <= ${new Date(now.getTime() + AHEAD[urgency] * HOUR)}`]),
    ...(dueFrom === undefined ? [] : [sql`${due} >= ${dueFrom}`]),
    ...(dueBefore === undefined ? [] : [sql`${due} < ${dueBefore}`]),
    ...(isSearch(query) ? [sql`c.label_key >= ${begins}`, sql`c.label_key < ${`${begins}${LAST}`}`] : []),
  ]
}

export async function countWork(tx: Tx, at: { readonly facts: Desk; readonly now: Date }): Promise<WorkCounts> {
  const [own, backedUp] = [ownRows(at.facts), backedUpRows(at.facts)]
  const some = (whose: Whose, condition: (whose: Whose) => RawBuilder<unknown>) =>
    sql`(select 1 from ${whose.counted} and ${whose.isOpen} and ${condition(whose)} limit ${COUNT_CEILING})`
  const one = (condition: (whose: Whose) => RawBuilder<unknown>) =>
    sql`(select least(count(*), ${COUNT_CEILING})::int from (${some(own, condition)} union all ${some(backedUp, condition)}) as counted)`
  const { rows } = await sql<Omit<WorkCounts, 'ceiling'>>`
    select ${one(({ ownTurn }) => ownTurn)} as open, ${one(({ due }) => sql`${due} < ${at.now}`)} as overdue,
      ${one(({ isSuspended }) => isSuspended)} as suspended, ${one(({ ownTurn }) => sql`not ${ownTurn}`)} as waiting`.execute(tx)
  const counts = rows[0] ?? { open: 0, overdue: 0, suspended: 0, waiting: 0 }
  return { ...counts, ceiling: COUNT_CEILING }
}
