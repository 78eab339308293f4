/** Replay and verification of the log. Row-level security shows entries to the node's oversight desks only; replaying is itself an entry. */
import { sql } from 'kysely'
import { verifyChain } from '#platform/audit/audit-log.ts'
import { AppError } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { replayLog, verifyLog } from '../contract.ts'

interface Row {
  readonly id: string
  readonly at: Date
  readonly event: string
  readonly outcome: 'done' | 'refused' | 'failed'
  readonly by: string
  readonly officer: string | null
  readonly desk: string | null
  readonly purpose: string | null
  readonly case_id: string | null
  readonly subjects: { kind: string; id: string }[]
  readonly reason: string | null
  readonly seq: string | null
}

export const replayLogRoute = handle(replayLog, async (input, context) => {
  const mark = input.cursor === undefined ? null : input.cursor
  if (mark !== null && !/^\d{1,18}$/.test(mark)) throw new AppError(400, 'oversight.cursor', 'The page mark is not one this list gave out.')
  const isUp = input.order === 'asc'
  const direction = sql.raw(isUp ? 'asc' : 'desc')
  const beyond = sql.raw(isUp ? '>' : '<')
  const conditions = [
    sql<boolean>`true`,
    ...(mark === null ? [] : [sql<boolean>`e.id ${beyond} ${mark}::bigint`]),
    ...(input.officer === undefined ? [] : [sql<boolean>`e.officer = ${input.officer}`]),
    ...(input.subject === undefined ? [] : [sql<boolean>`e.subject_ids @> array[${input.subject}]::text[]`]),
    ...(input.event === undefined ? [] : [sql<boolean>`e.event = ${input.event}`]),
    ...(input.outcome === undefined ? [] : [sql<boolean>`e.outcome = ${input.outcome}`]),
    ...(input.from === undefined ? [] : [sql<boolean>`e.at >= ${new Date(input.from)}`]),
    ...(input.until === undefined ? [] : [sql<boolean>`e.at < ${new Date(input.until)}`]),
  ]
  const { rows } = await sql<Row>`
    select e.id, e.at, e.event, e.outcome, e.by, e.officer, e.desk, e.purpose, e.case_id, e.subjects, e.reason, s.seq
    from audit.events e left join audit.seals s on s.event_id = e.id
    where ${sql.join(conditions, sql` and `)} order by e.id ${direction} limit ${input.limit + 1}`.execute(context.tx)
  const shown = rows.slice(0, input.limit)
  const meanings = context.services.auditEvents
  return {
    items: shown.map((row) => ({
      id: String(row.id),
      at: row.at.toISOString(),
      event: row.event,
      meaning: meanings[row.event] ?? row.event,
      outcome: row.outcome,
      by: row.by,
      ...(row.officer === null ? {} : { officer: row.officer }),
      ...(row.desk === null ? {} : { desk: row.desk }),
      ...(row.purpose === null ? {} : { purpose: row.purpose }),
      ...(row.case_id === null ? {} : { caseId: row.case_id }),
      subjects: row.subjects,
      ...(row.reason === null ? {} : { reason: row.reason }),
      ...(row.seq === null ? {} : { seal: Number(row.seq) }),
    })),
    ...(rows.length > input.limit ? { next: String(shown.at(-1)?.id ?? '') } : {}),
  }
})

export const verifyLogRoute = handle(verifyLog, async (_input, context) => await verifyChain(context.services.database))
