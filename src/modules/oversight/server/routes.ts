/** Replay and verification of the log. Row-level security shows entries to the node's oversight desks only; replaying is itself an entry. */
import { sql } from 'kysely'
import { proveEntry } from '#platform/audit/entry-proof.ts'
import { verifyLog as recompute } from '#platform/audit/verify-log.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { logHeads, proveLogged, replayLog, verifyLog } from '../contract.ts'

const SHOWN = 10

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
    ...(input.subject === undefined ? [] : [sql<boolean>`e.id in (select audit.entries_about(${input.subject}))`]),
    ...(input.event === undefined ? [] : [sql<boolean>`e.event = ${input.event}`]),
    ...(input.outcome === undefined ? [] : [sql<boolean>`e.outcome = ${input.outcome}`]),
    ...(input.from === undefined ? [] : [sql<boolean>`e.at >= ${new Date(input.from)}`]),
    ...(input.until === undefined ? [] : [sql<boolean>`e.at < ${new Date(input.until)}`]),
  ]
  const { rows } = await sql<Row>`
    select e.id, e.at, e.event, e.outcome, e.by, e.officer, e.desk, e.purpose, e.case_id, e.subjects, e.reason, s.idx + 1 as seq
    from audit.events e left join audit.leaves s on s.event_id = e.id
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

export const verifyLogRoute = handle(
  verifyLog,
  async (_input, context) => await recompute(context.services.database, context.services.logKey),
)

export const proveEntryRoute = handle(proveLogged, async ({ entry }, context) => {
  // Row-level security decides first: whoever may not replay the entry gets no proof of it either.
  const { rows } = await sql`select from audit.events where id = ${entry}`.execute(context.tx)
  const text =
    rows.length === 0 ? undefined : await context.services.database.asWorker('audit.prove', async (tx) => await proveEntry(tx, entry))
  if (text === undefined) throw notFound()
  context.about({ kind: 'log-entry', id: entry })
  return { fileName: `entry-${entry}.tlog-proof`, mediaType: 'text/plain; charset=utf-8', text }
})

export const logHeadsRoute = handle(logHeads, async (_input, { tx, services }) => {
  const heads = await sql<{ size: string; root: Buffer; note: string; at: Date; witnesses: string[]; lines: string[] }>`
    select c.size, c.root, c.note, c.at, coalesce(array_agg(w.peer order by w.peer) filter (where w.peer is not null), '{}') as witnesses,
      coalesce(array_agg(w.line order by w.peer) filter (where w.peer is not null), '{}') as lines
    from (select * from audit.checkpoints where size in (select size from audit.checkpoints order by size desc limit ${SHOWN})
        or size in (select size from audit.cosignatures group by size order by size desc limit ${SHOWN})) c left join audit.cosignatures w on w.size = c.size
    group by c.size, c.root, c.note, c.at order by c.size desc`.execute(tx)
  const peers = await sql<{
    peer: string
    size: string | null
    at: Date | null
    unproved: number
  }>`select peer, size, at, unproved from audit.witnessed order by peer`.execute(tx)
  const forks = await sql<{ subjects: readonly { readonly id: string }[]; at: Date }>`
    select subjects, at from audit.events where event = 'exchange.log-fork' order by id desc limit ${SHOWN}`.execute(tx)
  return {
    origin: services.logKey.name,
    publicKey: Buffer.from(services.logKey.publicKey).toString('base64'),
    heads: heads.rows.map((head) => ({
      size: Number(head.size),
      root: head.root.toString('base64'),
      at: head.at.toISOString(),
      witnesses: head.witnesses,
      note: head.note + head.lines.join(''),
    })),
    peers: peers.rows.flatMap(({ peer, size, at, unproved }) =>
      size === null || at === null ? [] : [{ peer, size: Number(size), at: at.toISOString(), unproved }],
    ),
    forks: forks.rows.map(({ subjects, at }) => ({ peer: subjects[0]?.id ?? '', at: at.toISOString() })),
  }
})
