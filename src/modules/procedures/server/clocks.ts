/** The clocks of a case in the store: started and stopped by effects, derived by the kernel, never edited. */
import type { Selectable } from 'kysely'
import { type Due, dueOf, type LedgerEvent, type RunningClock } from '#kernel/procedure/clock.ts'
import type { ClockDef, Effect, ProcedureDef } from '#kernel/procedure/definition.ts'
import { holidayCalendar } from '#platform/clock/holiday-calendar.ts'
import { zoneRules } from '#platform/clock/zone-rules.ts'
import type { Tx } from '#platform/store/database.ts'
import type { CaseTable, ClockTable, ProcedureTables } from './tables.ts'

export type CaseRow = Selectable<CaseTable>

export interface DerivedClock {
  readonly definition: ClockDef
  readonly row: Selectable<ClockTable>
  readonly due: Due
  /** Still runs or is overdue: a clock that was stopped rings no more, even when it was stopped too late. */
  readonly isLive: boolean
}

const HOUR = 3_600_000

/** Derives every clock of a case as of `now`. */
export async function deriveClocks(
  tx: Tx,
  procedure: ProcedureDef,
  context: { readonly row: CaseRow; readonly now: Date },
): Promise<readonly DerivedClock[]> {
  const { row, now } = context
  const db = tx.withTables<ProcedureTables>()
  const clocks = await db
    .selectFrom('procedures.clocks')
    .selectAll()
    .where('authority', '=', row.authority)
    .where('case_id', '=', row.case_id)
    .orderBy('clock')
    .execute()
  if (clocks.length === 0) return []
  const events = await db
    .selectFrom('procedures.clock_events')
    .selectAll()
    .where('authority', '=', row.authority)
    .where('case_id', '=', row.case_id)
    .orderBy('clock')
    .orderBy('seq')
    .execute()
  const world = {
    rules: zoneRules,
    calendar: holidayCalendar(row.calendar),
    now: now.getTime(),
  }
  return clocks.flatMap((clock) => {
    const definition = procedure.clocks.find((each) => each.id === clock.clock)
    if (definition === undefined) return []
    const ledger = events.filter((event) => event.clock === clock.clock).map(ledgerEvent)
    const running: RunningClock = {
      startedAt: clock.started_at.getTime(),
      zone: row.zone,
      ledger,
      ...(clock.anchor === null ? {} : { anchor: clock.anchor.getTime() }),
    }
    const due = dueOf(definition, running, world)
    const isLive = (due.state === 'running' || due.state === 'missed') && !ledger.some((event) => event.kind === 'stop')
    return [{ definition, row: clock, due, isLive }]
  })
}

/** The safe end of a clock that starts now with a desk: for a deadline that is stated to that desk before its case is open. */
export function dueIfStarted(
  procedure: ProcedureDef,
  clock: string,
  at: { readonly now: Date; readonly zone: string; readonly calendar: string },
): Date {
  const definition = procedure.clocks.find((each) => each.id === clock)
  if (definition === undefined) throw new Error(`${procedure.id} has no clock ${clock}.`)
  const now = at.now.getTime()
  const world = { rules: zoneRules, calendar: holidayCalendar(at.calendar), now }
  return new Date(dueOf(definition, { startedAt: now, zone: at.zone, ledger: [] }, world).safe)
}

function ledgerEvent(event: { kind: string; at: Date; reason: string; extension: unknown }): LedgerEvent {
  const at = event.at.getTime()
  if (event.kind === 'extend')
    return {
      kind: 'extend',
      at,
      by: event.extension as never,
      reason: event.reason,
    }
  return {
    kind: event.kind as 'suspend' | 'resume' | 'stop',
    at,
    reason: event.reason,
  }
}

/** Carries out the clock effects of one transition. A clock that was never started cannot be stopped: that effect is void. */
export async function moveClocks(
  tx: Tx,
  effects: readonly Effect[],
  context: {
    readonly row: CaseRow
    readonly procedure: ProcedureDef
    readonly at: Date
    readonly reason: string
  },
): Promise<void> {
  const { row, procedure, at, reason } = context
  const db = tx.withTables<ProcedureTables>()
  for (const effect of effects) {
    if (effect.kind === 'call') continue
    const definition = procedure.clocks.find((clock) => clock.id === effect.clock)
    if (definition === undefined) continue
    if (effect.kind === 'start-clock') {
      const anchor = definition.atMost === undefined ? undefined : row.anchors[definition.atMost.anchor]
      await db
        .insertInto('procedures.clocks')
        .values({
          authority: row.authority,
          case_id: row.case_id,
          clock: effect.clock,
          started_at: at,
          anchor: anchor ?? null,
          next_at: null,
          audience: row.audience,
        })
        .onConflict((conflict) => conflict.columns(['authority', 'case_id', 'clock']).doNothing())
        .execute()
      continue
    }
    const kind = effect.kind === 'stop-clock' ? 'stop' : effect.kind === 'suspend-clock' ? 'suspend' : 'resume'
    await appendEvent(tx, { row, clock: effect.clock, kind, at, reason })
  }
}

async function appendEvent(
  tx: Tx,
  event: {
    readonly row: CaseRow
    readonly clock: string
    readonly kind: 'stop' | 'suspend' | 'resume'
    readonly at: Date
    readonly reason: string
  },
): Promise<void> {
  const { row, clock, kind, at, reason } = event
  const db = tx.withTables<ProcedureTables>()
  const started = await db
    .selectFrom('procedures.clocks')
    .select('clock')
    .where('authority', '=', row.authority)
    .where('case_id', '=', row.case_id)
    .where('clock', '=', clock)
    .executeTakeFirst()
  if (started === undefined) return
  const past = await db
    .selectFrom('procedures.clock_events')
    .select(['seq', 'kind'])
    .where('authority', '=', row.authority)
    .where('case_id', '=', row.case_id)
    .where('clock', '=', clock)
    .orderBy('seq')
    .execute()
  if (past.some((each) => each.kind === 'stop')) return
  await db
    .insertInto('procedures.clock_events')
    .values({
      authority: row.authority,
      case_id: row.case_id,
      clock,
      seq: past.length + 1,
      kind,
      at,
      reason,
      extension: null,
      audience: row.audience,
    })
    .execute()
}

/** The next instant at which the sweep must look at the clock: a rung not yet reached, or the safe end. Null when it runs no more. */
export function nextInstant(clock: DerivedClock, fired: ReadonlySet<string>): Date | null {
  if (!clock.isLive || (clock.due.state === 'missed' && fired.has('expired'))) return null
  const instants = clock.definition.ladder.filter((rung) => !fired.has(rung.rung)).map((rung) => clock.due.safe - rung.hoursBefore * HOUR)
  if (!fired.has('expired')) instants.push(clock.due.safe)
  return instants.length === 0 ? null : new Date(Math.min(...instants))
}

/** Derives the clocks again and writes the derived instants that the queue and the sweep are ordered by. */
export async function refreshInstants(
  tx: Tx,
  procedure: ProcedureDef,
  context: {
    readonly row: CaseRow
    readonly now: Date
    readonly fired?: ReadonlyMap<string, ReadonlySet<string>>
  },
): Promise<void> {
  const { row, fired } = context
  const db = tx.withTables<ProcedureTables>()
  const clocks = await deriveClocks(tx, procedure, context)
  for (const clock of clocks) {
    const next = nextInstant(clock, fired?.get(clock.definition.id) ?? new Set())
    if (next?.getTime() === clock.row.next_at?.getTime()) continue
    await db
      .updateTable('procedures.clocks')
      .set({ next_at: next })
      .where('authority', '=', row.authority)
      .where('case_id', '=', row.case_id)
      .where('clock', '=', clock.definition.id)
      .execute()
  }
  const running = clocks.filter((clock) => clock.isLive).map((clock) => clock.due.safe)
  const due = running.length === 0 ? null : new Date(Math.min(...running))
  await db
    .updateTable('procedures.cases')
    .set({ due_at: due })
    .where('authority', '=', row.authority)
    .where('case_id', '=', row.case_id)
    .execute()
}
