/**
 * Shift hand-over. The sheet is derived when it is read, by the same reading as the queue; what the officer who leaves writes is stored as it was written,
 * and another officer of the desk says that it was received: nobody receives from himself.
 */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { listHandOvers, makeHandOver, receiveHandOver, type Sheet, showSheet } from '../contract.ts'
import { versionOf } from './case-row.ts'
import { itemsOf } from './queue-items.ts'
import { countWork, readWork, type WorkQuery } from './queue-rows.ts'
import type { QueueTables } from './queue-tables.ts'
import { nameOfDesk } from './write-notices.ts'

const HOUR = 3_600_000
const LONGEST_SHIFT_HOURS = 168
const EACH = 50
const HAPPENED = 200

export const showSheetRoute = handle(showSheet, async (input, context) => {
  const { facts, tx, services, clock } = context
  const now = clock.now()
  const since = shiftStart(input.since, now)
  const ahead = new Date(now.getTime() + input.hours * HOUR)
  const group = async (query: Omit<WorkQuery, 'limit'>) => {
    const page = await readWork(tx, { facts, now }, { ...query, limit: EACH })
    return { items: [...(await itemsOf({ tx, services }, page.rows, now))], hasMore: page.next !== undefined }
  }
  return {
    desk: { id: facts.desk, name: nameOfDesk(services, facts.desk) },
    at: now.toISOString(),
    since: since.toISOString(),
    hours: input.hours,
    overdue: await group({ show: 'overdue' }),
    due: await group({ show: 'open', dueFrom: now, dueBefore: ahead }),
    open: await group({ show: 'open', dueFrom: ahead }),
    suspended: await group({ show: 'suspended' }),
    waiting: await group({ show: 'waiting' }),
    happened: await happened(context, since),
    counts: await countWork(tx, { facts, now }),
  }
})

function shiftStart(text: string, now: Date): Date {
  const since = new Date(text)
  const age = now.getTime() - since.getTime()
  if (age < 0 || age > LONGEST_SHIFT_HOURS * HOUR)
    throw new AppError(422, 'procedures.shift', `A shift began in the last ${LONGEST_SHIFT_HOURS} hours.`)
  return since
}

interface HappeningRow {
  readonly at: Date
  readonly case_id: string
  readonly label: string
  readonly link: string
  readonly definition: string
  readonly definition_version: string
  readonly transition: string
  readonly officer_name: string | null
  readonly desk: string | null
  readonly role: string | null
}

/** Steps of the shift in their order; a step by another node is told by its desk. */
async function happened({ facts, tx, services }: CaseContext, since: Date): Promise<Sheet['happened']> {
  const { rows } = await sql<HappeningRow>`
    select m.at, m.case_id, c.label, c.link, c.definition, c.definition_version, m.transition, m.officer_name, m.desk, m.role
    from procedures.moves m join procedures.cases c on c.authority = m.authority and c.case_id = m.case_id
    where m.authority = ${facts.authority} and m.at >= ${since} order by m.at, m.case_id, m.seq limit ${HAPPENED + 1}`.execute(tx)
  const items = rows.slice(0, HAPPENED).map((row) => {
    const { definition } = versionOf(services, row.definition, row.definition_version)
    return {
      at: row.at.toISOString(),
      case: row.case_id,
      label: row.label,
      link: row.link,
      procedure: row.definition,
      step: definition.transitions.find(({ id }) => id === row.transition)?.title ?? row.transition,
      // Of a step of another node not even the desk may be known: then the role says whose it was.
      by: row.officer_name ?? (row.desk !== null ? nameOfDesk(services, row.desk) : (definition.roles[row.role ?? '']?.title ?? '')),
    }
  })
  return { items, hasMore: rows.length > HAPPENED }
}

export const makeHandOverRoute = handle(makeHandOver, async (input, context) => {
  const { facts, tx, services, clock } = context
  const now = clock.now()
  const since = shiftStart(input.since, now)
  const db = tx.withTables<QueueTables>()
  const made = await db
    .insertInto('procedures.hand_overs')
    .values({
      authority: facts.authority,
      hand_over: uuidv7(),
      desk: facts.desk,
      officer: facts.officer,
      officer_name: facts.officerName,
      since,
      at: now,
      notes: input.notes,
      counts: JSON.stringify(await countWork(tx, { facts, now })),
      key: input.key,
      receiver: null,
      receiver_name: null,
      received_at: null,
      audience: [facts.desk],
    })
    .onConflict((conflict) => conflict.columns(['authority', 'desk', 'key']).doNothing())
    .returning('hand_over')
    .executeTakeFirst()
  const handOver =
    made ??
    (await db
      .selectFrom('procedures.hand_overs')
      .select('hand_over')
      .where('authority', '=', facts.authority)
      .where('desk', '=', facts.desk)
      .where('key', '=', input.key)
      .executeTakeFirstOrThrow())
  context.about({ kind: 'hand-over', id: handOver.hand_over })
  await services.announce(tx, 'hand-overs', [facts.desk])
  return { handOver: handOver.hand_over }
})

export const listHandOversRoute = handle(listHandOvers, async (input, context) => {
  const { facts, tx } = context
  let query = tx
    .withTables<QueueTables>()
    .selectFrom('procedures.hand_overs')
    .selectAll()
    .select(sql<string>`at::text`.as('at_text'))
    .where('authority', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .orderBy('at', 'desc')
    .orderBy('hand_over', 'desc')
    .limit(input.limit + 1)
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'procedures.cursor' })
  if (mark !== undefined) query = query.where(sql<boolean>`(at, hand_over) < (${mark[0]}::timestamptz, ${mark[1]})`)
  const rows = await query.execute()
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  for (const row of shown) context.about({ kind: 'hand-over', id: row.hand_over })
  return {
    items: shown.map((row) => ({
      handOver: row.hand_over,
      from: row.officer_name,
      isOwn: row.officer === facts.officer,
      since: row.since.toISOString(),
      at: row.at.toISOString(),
      notes: row.notes,
      counts: row.counts,
      ...(row.received_at === null ? {} : { received: { by: row.receiver_name ?? '', at: row.received_at.toISOString() } }),
    })),
    ...(rows.length > input.limit && last !== undefined ? { next: writeMark([last.at_text, last.hand_over]) } : {}),
  }
})

export const receiveHandOverRoute = handle(receiveHandOver, async (input, context) => {
  const { facts, tx, services, clock } = context
  const db = tx.withTables<QueueTables>()
  const row = await db
    .selectFrom('procedures.hand_overs')
    .selectAll()
    .where('authority', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('hand_over', '=', input.handOver)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  context.about({ kind: 'hand-over', id: row.hand_over })
  if (row.officer === facts.officer) throw new AppError(409, 'procedures.own-hand-over', 'Another officer of the desk receives it.')
  if (row.receiver === facts.officer) return { received: true as const }
  if (row.received_at !== null) throw new AppError(409, 'procedures.conflict', 'Somebody else received it meanwhile.')
  await db
    .updateTable('procedures.hand_overs')
    .set({ receiver: facts.officer, receiver_name: facts.officerName, received_at: clock.now() })
    .where('authority', '=', facts.authority)
    .where('hand_over', '=', row.hand_over)
    .execute()
  await services.announce(tx, 'hand-overs', [facts.desk])
  return { received: true as const }
})
