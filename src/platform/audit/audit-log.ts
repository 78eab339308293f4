/**
 * Writing to the log: one insert in the caller's transaction. The sealer (`sealer.ts`) follows behind; when it falls too far behind, releases stop.
 */
import { type Selectable, sql } from 'kysely'
import type { Json } from '#kernel/seal/canonical-json.ts'
import type { Clock } from '#platform/clock/clock.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { Tx } from '#platform/store/database.ts'
import type { AuditEntry } from './audit-event.ts'

interface EventTable {
  id: string
  at: Date
  event: string
  outcome: 'done' | 'refused' | 'failed'
  by: string
  officer: string | null
  desk: string | null
  authority: string | null
  purpose: string | null
  case_id: string | null
  subjects: { kind: string; id: string }[]
  subject_ids: string[]
  reason: string | null
  detail: Record<string, string | number | boolean | null> | null
  audience: string[]
}
export type AuditRow = Selectable<EventTable>

const MAX_BACKLOG = 10_000
const MAX_AGE_MS = 5 * 60_000

/**
 * Only the node's oversight desks may replay an entry, not even the desk that acted: the true reason of a refusal would tell it of things
 * that it may not know to exist.
 */
export async function appendEvents(
  tx: Tx,
  entries: readonly AuditEntry[],
  context: { readonly clock: Clock; readonly oversight: readonly string[] },
): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(({ event, outcome, by, facts, subjects, reason, detail }) => ({
    event,
    outcome,
    by,
    officer: facts?.officer ?? null,
    desk: facts?.desk ?? null,
    authority: facts?.authority ?? null,
    purpose: facts?.purpose ?? null,
    case_id: facts?.caseId ?? null,
    subjects,
    subject_ids: subjects.map((subject) => subject.id),
    reason: reason ?? null,
    detail: detail ?? null,
  }))
  await sql`insert into audit.events (at, event, outcome, by, officer, desk, authority, purpose, case_id, subjects, subject_ids, reason, detail, audience)
    select ${context.clock.now()}::timestamptz, event, outcome, by, officer, desk, authority, purpose, case_id, subjects, subject_ids, reason, detail, ${[...context.oversight]}::text[]
    from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (event text, outcome text, by text, officer text, desk text, authority text, purpose text, case_id text,
      subjects jsonb, subject_ids text[], reason text, detail jsonb)) with ordinality
      as r(event, outcome, by, officer, desk, authority, purpose, case_id, subjects, subject_ids, reason, detail, place) order by place`.execute(
    tx,
  )
}

/** What is sealed of an event: every column, in canonical form. */
export function sealedForm(row: AuditRow): Json {
  return {
    id: String(row.id),
    at: row.at.toISOString(),
    event: row.event,
    outcome: row.outcome,
    by: row.by,
    officer: row.officer,
    desk: row.desk,
    authority: row.authority,
    purpose: row.purpose,
    caseId: row.case_id,
    subjects: row.subjects,
    reason: row.reason,
    detail: row.detail,
    audience: row.audience,
  }
}

/** False when unsealed events are too many or too old: then nothing new may be released. For an officer's transaction as well as for background work. */
export async function isSealingHealthy(tx: Tx, now: Date): Promise<boolean> {
  const { rows } = await sql<{ waiting: string; oldest: Date | null }>`select waiting, oldest from audit.backlog()`.execute(tx)
  const backlog = rows[0]
  if (backlog === undefined || Number(backlog.waiting) > MAX_BACKLOG) return false
  return backlog.oldest === null || now.getTime() - backlog.oldest.getTime() <= MAX_AGE_MS
}

/** Stands before everything that gives something to somebody new. What takes back or tightens never waits for the log. */
export async function requireSealing(tx: Tx, now: Date): Promise<void> {
  if (!(await isSealingHealthy(tx, now)))
    throw new AppError(503, 'audit.backlog', 'The log is too far behind: nothing new is released until it has caught up.')
}
