/**
 * Appends to the log and seals it. Writing an event costs one insert in the caller's transaction; the sealer, one for all processes, follows
 * behind and chains the events in the order of their ids. When it falls too far behind, releases stop (`isSealingHealthy`).
 */
import { createHash } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type { Json } from '#kernel/seal/canonical-json.ts'
import { GENESIS, nextLink } from '#kernel/seal/chain.ts'
import type { Clock } from '#platform/clock/clock.ts'
import type { Database, Tx } from '#platform/store/database.ts'
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

const LOCK = 4_217_002
const BATCH = 2000
/** Ids looked at again in each pass, and once a minute for what a very long transaction wrote. */
const NEAR = 2000
const FAR = 100_000
const FAR_EVERY_MS = 60_000
const MAX_BACKLOG = 10_000
const MAX_AGE_MS = 5 * 60_000

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

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

/**
 * Seals one batch; answers how many events were sealed. Two sealers never run at once: the second finds the lock taken and seals nothing.
 * A transaction may commit an id smaller than the last sealed one; `lookBack` says how many ids below it are looked at again.
 */
export async function sealBatch(database: Database, lookBack: number = FAR): Promise<number> {
  return await database.asWorker('audit.seal', async (tx) => {
    const lock = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as got`.execute(tx)
    if (lock.rows[0]?.got !== true) return 0
    const head = await headOf(tx, lookBack)
    const { rows } = await sql<AuditRow>`
      select e.* from audit.events e where e.id > ${head.floor} and not exists (select from audit.seals s where s.event_id = e.id and s.event_id > ${head.floor}) order by e.id limit ${BATCH}`.execute(
      tx,
    )
    let { link, seq } = head
    const seals: { seq: number; event_id: string; previous: string; link: string }[] = []
    for (const row of rows) {
      const previous = link
      link = nextLink(previous, sealedForm(row), sha256)
      seq += 1
      seals.push({ seq, event_id: row.id, previous, link })
    }
    if (seals.length > 0)
      await sql`insert into audit.seals (seq, event_id, previous, link) select * from json_to_recordset(${JSON.stringify(seals)}) as s(seq bigint, event_id bigint, previous text, link text)`.execute(
        tx,
      )
    return rows.length
  })
}

async function headOf(tx: Tx, lookBack: number): Promise<{ readonly link: string; readonly seq: number; readonly floor: number }> {
  const { rows } = await sql<{ seq: string; link: string; top: string }>`
    select seq, link, (select max(event_id) from audit.seals) as top from audit.seals order by seq desc limit 1`.execute(tx)
  const head = rows[0]
  return head === undefined
    ? { link: GENESIS, seq: 0, floor: 0 }
    : { link: head.link, seq: Number(head.seq), floor: Math.max(0, Number(head.top) - lookBack) }
}

/** False when unsealed events are too many or too old: then nothing new may be released. For an officer's transaction as well as for background work. */
export async function isSealingHealthy(tx: Tx, now: Date): Promise<boolean> {
  const { rows } = await sql<{ waiting: string; oldest: Date | null }>`select waiting, oldest from audit.backlog()`.execute(tx)
  const backlog = rows[0]
  if (backlog === undefined || Number(backlog.waiting) > MAX_BACKLOG) return false
  return backlog.oldest === null || now.getTime() - backlog.oldest.getTime() <= MAX_AGE_MS
}

export interface ChainReport {
  readonly intact: boolean
  readonly checked: number
  /** Events not sealed yet. */
  readonly unsealed: number
  readonly head: string
  readonly firstBad?: number
  readonly because?: string
}

/** Recomputes the whole chain, a batch at a time; names the first place where it breaks. */
export async function verifyChain(database: Database): Promise<ChainReport> {
  return await database.asWorker('audit.verify', async (tx) => {
    let link = GENESIS
    let checked = 0
    for (;;) {
      const { rows } = await sql<AuditRow & { seq: string; previous: string; link: string; found: string | null }>`
        select s.seq, s.previous, s.link, e.id as found, e.* from audit.seals s left join audit.events e on e.id = s.event_id
        where s.seq > ${checked} order by s.seq limit ${BATCH}`.execute(tx)
      if (rows.length === 0) break
      for (const row of rows) {
        const bad = (because: string): ChainReport => ({ intact: false, checked, unsealed: 0, head: link, firstBad: checked + 1, because })
        if (Number(row.seq) !== checked + 1) return bad('A seal is missing.')
        if (row.found === null) return bad('The sealed event is gone.')
        if (row.previous !== link) return bad('The seal does not follow the one before.')
        const expected = nextLink(link, sealedForm(row), sha256)
        if (row.link !== expected) return bad('The event is not the one that was sealed.')
        link = expected
        checked += 1
      }
    }
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from audit.events e where not exists (select from audit.seals s where s.event_id = e.id)`.execute(tx)
    return { intact: true, checked, unsealed: rows[0]?.n ?? 0, head: link }
  })
}

export interface Sealer {
  /** Seals everything there is now. */
  flush(): Promise<void>
  stop(): Promise<void>
}

/** Seals behind the writers: at most `everyMs` after an event, sooner when it is busy. */
export function startSealer(database: Database, options: { readonly everyMs: number; readonly onError: (error: unknown) => void }): Sealer {
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  let waiting = false
  let ticks = 0
  const farEvery = Math.max(1, Math.round(FAR_EVERY_MS / options.everyMs))
  const pass = async (lookBack: number): Promise<void> => {
    while ((await sealBatch(database, lookBack)) === BATCH && !stopped);
  }
  const timer = setInterval(() => {
    // A slow store must not gather a queue of passes.
    if (waiting) return
    waiting = true
    const lookBack = ticks % farEvery === 0 ? FAR : NEAR
    ticks += 1
    running = running
      .then(async () => await pass(lookBack))
      .catch(options.onError)
      .then(() => {
        waiting = false
      })
  }, options.everyMs)
  timer.unref()
  return {
    flush: async () => {
      const pending = running.then(async () => await pass(FAR))
      running = pending.catch(() => undefined)
      await pending
    },
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
