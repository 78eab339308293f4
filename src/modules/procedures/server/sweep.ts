/**
 * The sweep: looks at every clock whose next instant has come, fires what is due exactly once, and moves the case when the definition says so.
 * Cases are taken in batches and locked while it works on them, so that several processes share the work; what another holds waits for the next sweep.
 * A batch is one transaction: its rungs, what they set off, and when to look next are there together or not at all, so a node killed in between fires
 * them at the next sweep, and never twice. What needs no step is written for the whole batch at once. A case whose step fails is left as it was, keeps no
 * other from ringing, and is tried again by the next sweep; the sweep then ends as failed.
 */
import { sql } from 'kysely'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { isDeadlock } from '#platform/store/deadlock.ts'
import { foldOf, foldSteps, stepsOf } from './case-fold.ts'
import { caseRow } from './case-row.ts'
import { type DerivedClock, deriveClocks, scheduleClocks } from './clocks.ts'
import { backupsOf, letIn } from './escalate.ts'
import { firedFor } from './fired-rungs.ts'
import { type CaseOf, ofCases } from './of-cases.ts'
import { type QueueDue, queueDue } from './queue-due.ts'
import { callOf, carryOutCall, nextRinging, type Ringing, type RingingRow } from './ringing.ts'
import { tellingsOf } from './rung-notices.ts'
import { noteRungs } from './rungs.ts'
import { repeatOrder } from './shared-cases.ts'
import { ownDesks, writeNotices } from './write-notices.ts'

const BATCH = 500

/** Of a case no more than its clocks and rungs need: reading rows is a large part of what a sweep does. */
const READ: readonly (keyof RingingRow | keyof QueueDue)[] = [
  'authority',
  'case_id',
  'definition',
  'definition_version',
  'subject',
  'party',
  'role',
  'state',
  'anchors',
  'zone',
  'calendar',
  'is_open',
  'base',
  'audience',
  'due_at',
  'due_kind',
  'is_suspended',
]

/** The store takes or writes some batches while another is folded. */
const AT_WORK = 4

interface Sweep {
  /** Cases that could not ring, and why: left for the next sweep. */
  readonly failed: Map<string, unknown>
  /** Where the batches have come to, in the order of instant and id: the next begins behind it, and goes through nothing again that another holds or rang. */
  behind: { readonly at: Date; readonly caseId: string }
  /** Batches are taken in turn, so that what one transaction can ring is not split between two. */
  taken: Promise<unknown>
}

/** Answers how many cases were looked at. */
export async function sweepClocks(services: NodeServices): Promise<number> {
  const sweep = beginSweep()
  const batches = await Promise.allSettled(Array.from({ length: AT_WORK }, async () => await sweepBatches(services, sweep)))
  for (const batch of batches) if (batch.status === 'rejected') throw batch.reason
  const swept = batches.reduce((sum, batch) => sum + (batch.status === 'fulfilled' ? batch.value : 0), 0)
  // A step may reach into another case, and of two batches that wait for each other's the store stops one: what it stopped is taken again, alone.
  const { failed } = sweep
  const defects = new Map([...failed].filter(([, error]) => !isDeadlock(error)))
  if (defects.size < failed.size) await sweepBatches(services, beginSweep(defects))
  for (const error of defects.values()) throw error
  return swept
}

function beginSweep(failed = new Map<string, unknown>()): Sweep {
  return { failed, behind: { at: new Date(0), caseId: '' }, taken: Promise.resolve() }
}

async function sweepBatches(services: NodeServices, sweep: Sweep): Promise<number> {
  let swept = 0
  for (;;) {
    const looked = await services.database.asWorker('procedures.sweep', async (tx) => await sweepBatch({ tx, services }, sweep))
    if (looked === 0) return swept
    swept += looked
  }
}

type DueRow = RingingRow & QueueDue & { readonly rings_at: Date }

interface Swept {
  readonly row: RingingRow & Partial<QueueDue>
  readonly clocks: readonly DerivedClock[]
  readonly fired: Fired
}

/** Rungs that have fired, by clock: every clock of a case has its place, so that each is written anew. */
type Fired = Map<string, Set<string>>

async function sweepBatch(work: WorkContext, sweep: Sweep): Promise<number> {
  const { tx, services } = work
  const { failed } = sweep
  const now = services.clock.now()
  const taking = sweep.taken.then(async () => await takeDue(tx, now, sweep))
  sweep.taken = taking.catch(() => undefined)
  const rows = await taking
  if (rows.length === 0) return 0
  const steps = await stepsOf(tx, rows)
  const fired = await firedRungs(tx, rows)
  const swept: Swept[] = []
  const rung: Ringing[] = []
  for (const each of rows) {
    const own = fired.get(each.case_id) ?? new Map<string, Set<string>>()
    let row: Swept['row'] = each
    // No clock of a case that is closed rings, whatever was written of it before.
    let clocks = row.is_open ? deriveClocks(services, { row, fold: foldSteps(services, row, steps.get(row.case_id) ?? []), now }) : []
    // One at a time, the earliest first: what a rung sets off may stop the clock that would have rung next.
    for (;;) {
      const next = nextRinging(clocks, own, now)
      if (next === undefined) {
        swept.push({ row, clocks, fired: own })
        break
      }
      own.set(next.clock.id, (own.get(next.clock.id) ?? new Set()).add(firedFor(next.rung, next.clock)))
      const isBuiltIn = callOf(services, { row, call: next.call }).kind === 'built-in'
      const ringing = { ...next, row, isBuiltIn }
      if (!isBuiltIn) {
        const error = await attempt(tx, async () => await carryOutCall(work, ringing))
        if (error !== undefined) {
          if (!next.isLate) own.get(next.clock.id)?.delete(firedFor(next.rung, next.clock))
          failed.set(row.case_id, error)
          swept.push({ row, clocks, fired: own })
          break
        }
      }
      if (!ringing.isLate) rung.push(ringing)
      if (isBuiltIn) continue
      row = await caseRow(tx, { authority: row.authority, caseId: row.case_id })
      const derived = deriveClocks(services, { row, fold: await foldOf(tx, services, row), now })
      for (const { id } of derived) if (!own.has(id)) own.set(id, new Set())
      clocks = row.is_open ? derived : []
    }
  }
  await noteRungs(work, rung)
  const backups = backupsOf(work, rung)
  await schedule(tx, widenedBy(swept, backups))
  await letIn(work, backups)
  await writeNotices(work, tellingsOf(rung, backups))
  await services.announce(tx, 'work', [...new Set(rung.flatMap(({ row }) => ownDesks(row)))])
  return rows.length
}

/** The clocks of a case that a backup desk gets are written once, for it too. */
function widenedBy(swept: readonly Swept[], backups: ReadonlyMap<Ringing, string>): readonly Swept[] {
  const desks = new Map<string, string[]>()
  for (const [{ row }, desk] of backups) desks.set(row.case_id, [...(desks.get(row.case_id) ?? []), desk])
  return swept.map((each) => {
    const backup = desks.get(each.row.case_id)
    return backup === undefined ? each : { ...each, row: { ...each.row, audience: [...new Set([...each.row.audience, ...backup])] } }
  })
}

/** What fails leaves nothing behind; the transaction goes on. */
async function attempt(tx: Tx, act: () => Promise<void>): Promise<unknown> {
  await sql`savepoint one_case`.execute(tx)
  try {
    await act()
    await sql`release savepoint one_case`.execute(tx)
    return undefined
  } catch (error) {
    await sql`rollback to savepoint one_case`.execute(tx)
    return error
  }
}

/**
 * Locks the cases and not their clocks: whoever moves a case holds the case first, and so neither waits for the other in a ring. One is locked after the
 * other, in the order of their clocks, and none beyond the batch: an order or a grouping outside would make the store go through all of them first.
 */
async function takeDue(tx: Tx, now: Date, sweep: Sweep): Promise<readonly DueRow[]> {
  const { failed, behind } = sweep
  const { rows } = await sql<DueRow>`
    select ${sql.join(READ.map((column) => sql.ref(`c.${column}`)))}, due.next_at as rings_at from (
      select authority, case_id, next_at from procedures.clocks
      where next_at <= ${now} and (next_at, case_id) > (${behind.at}::timestamptz, ${behind.caseId}) and case_id <> all(${[...failed.keys()]}::text[])
      order by next_at, case_id limit ${BATCH * 2}) as due
    cross join lateral (select * from procedures.cases where authority = due.authority and case_id = due.case_id for update skip locked) c
    limit ${BATCH}`.execute(tx)
  const last = rows.at(-1)
  if (last !== undefined && comesAfter(last, sweep.behind)) sweep.behind = { at: last.rings_at, caseId: last.case_id }
  // Of a case with several clocks that are due each has found it.
  return [...new Map(rows.map((row) => [row.case_id, row])).values()]
}

function comesAfter({ rings_at: at, case_id: caseId }: DueRow, behind: Sweep['behind']): boolean {
  return at > behind.at || (at.getTime() === behind.at.getTime() && caseId > behind.caseId)
}

async function firedRungs(tx: Tx, rows: readonly CaseOf[]): Promise<ReadonlyMap<string, Fired>> {
  const found = new Map<string, Fired>()
  const { rows: clocks } = await sql<{ case_id: string; clock: string; fired: string[] }>`
    select k.* from ${ofCases(rows)} cross join lateral (
      select case_id, clock, fired from procedures.clocks where authority = c.authority and case_id = c.case_id offset 0) k`.execute(tx)
  for (const { case_id: id, clock, fired } of clocks) {
    const own = found.get(id) ?? new Map<string, Set<string>>()
    found.set(id, own.set(clock, new Set(fired)))
  }
  return found
}

/** Writes for all cases of a batch when the sweep must look next, and what the queue is ordered by where that has changed. */
async function schedule(tx: Tx, swept: readonly Swept[]): Promise<void> {
  await scheduleClocks(tx, swept)
  const due = swept.map(({ row, clocks: own }) => ({ row, ...queueDue(own) })).filter((each) => !isAsWritten(each.row, each))
  if (due.length > 0)
    await sql`update procedures.cases c set due_at = d.due_at, due_kind = d.due_kind, is_suspended = d.is_suspended
      from unnest(${due.map(({ row }) => row.authority)}::text[], ${due.map(({ row }) => row.case_id)}::text[],
        ${due.map(({ due_at: at }) => at?.toISOString() ?? null)}::timestamptz[], ${due.map(({ due_kind: kind }) => kind)}::text[],
        ${due.map(({ is_suspended: is }) => is)}::boolean[]) as d(authority, case_id, due_at, due_kind, is_suspended)
      where c.authority = d.authority and c.case_id = d.case_id`.execute(tx)
  const shared = due.map(({ row }) => row).filter(({ audience }) => audience.length > 1)
  if (shared.length > 0) await repeatOrder(tx, shared)
}

function isAsWritten(row: Swept['row'], due: QueueDue): boolean {
  return row.due_at?.getTime() === due.due_at?.getTime() && row.due_kind === due.due_kind && row.is_suspended === due.is_suspended
}
