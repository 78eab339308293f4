/** The clocks of a case: folded from its steps, computed by the kernel; what is stored is only when to look next. */
import { sql } from 'kysely'
import { type Due, dueOf, type RunningClock } from '#kernel/procedure/clock.ts'
import type { ClockDef, ProcedureDef } from '#kernel/procedure/definition.ts'
import type { CaseFold, StartedClock } from '#kernel/procedure/fold.ts'
import type { Calendars } from '#platform/clock/holiday-calendar.ts'
import { zoneRules } from '#platform/clock/zone-rules.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { rolesOf } from './case-fold.ts'
import { type CaseRow, versionOf } from './case-row.ts'
import { endStepOf } from './end-step.ts'
import { END, hasFired } from './fired-rungs.ts'
import { inCommon } from './in-common.ts'

/** What of a case its clocks are derived from, beside its steps. */
export type ClockedRow = Pick<CaseRow, 'definition' | 'subject' | 'base' | 'role' | 'party' | 'anchors' | 'zone' | 'calendar'>

export interface DerivedClock {
  /** `answer`, or `answer#2` when it was started again. */
  readonly id: string
  readonly definition: ClockDef
  readonly started: StartedClock
  readonly due: Due
  /** When its end rings: the safe end for whoever is to be told, the legal latest for a step that follows from the law. */
  readonly expiresAt: number
  /** Still runs or is overdue: a clock that was stopped rings no more, even when it was stopped too late. */
  readonly isLive: boolean
  /** Id of the step that this node has to take when it ends, also after the end has rung. */
  readonly endStep?: string
}

const HOUR = 3_600_000

/** Every clock of a case as of `now` that is for the desk of the row. */
export function deriveClocks(
  services: Pick<NodeServices, 'procedures' | 'calendars'>,
  at: { readonly row: ClockedRow; readonly fold: CaseFold; readonly now: Date },
): readonly DerivedClock[] {
  const { row, fold, now } = at
  const { definition } = versionOf(services, row.definition, fold.version)
  const roles = rolesOf(row, fold)
  return fold.clocks.flatMap((started): readonly DerivedClock[] => {
    const clock = definition.clocks.find((each) => each.id === started.clock)
    if (clock === undefined || clock.audience?.some((role) => roles.includes(role)) === false) return []
    const running = runningOf(clock, { row, fold, started })
    const { calendar = row.calendar } = started.obligated ?? {}
    const due = dueOf(clock, running, { rules: zoneRules, calendar: services.calendars.calendar(calendar), now: now.getTime() })
    const isStopped = started.ledger.some((event) => event.kind === 'stop')
    const isStep = definition.transitions.some(({ id }) => id === clock.onExpiry)
    const expiresAt = isStep ? due.legalLatest + graceOf(row, { definition, clock, fold, started }) : due.safe
    const isLive = !isStopped && due.state !== 'suspended'
    const endStep = isLive && isStep ? endStepOf(row, { definition, clock, fold, started, due }) : undefined
    return [{ id: started.id, definition: clock, started, due, expiresAt, isLive, ...(endStep === undefined ? {} : { endStep }) }]
  })
}

/** How long a node waits for another before it takes a step that the end of a clock takes. */
const GRACE_MS = HOUR

/**
 * The node of the obliged desk waits for what others may have done to the clock in time, which may still be on its way; that of the opener then for the node
 * of the obliged desk, which may be silent.
 */
function graceOf(
  row: ClockedRow,
  at: { readonly definition: ProcedureDef; readonly clock: ClockDef; readonly fold: CaseFold; readonly started: StartedClock },
): number {
  const { obligated } = at.started
  if (obligated === undefined) return 0
  const forOthers = othersMayMove(at) ? GRACE_MS : 0
  return obligated.desk === row.party || row.role !== at.definition.opener ? forOthers : forOthers + GRACE_MS
}

/** Whether a desk other than the obliged one may take a step that meets, extends or suspends the clock. */
function othersMayMove({
  definition,
  clock,
  fold,
  started,
}: {
  readonly definition: ProcedureDef
  readonly clock: ClockDef
  readonly fold: CaseFold
  readonly started: StartedClock
}): boolean {
  return definition.transitions.some(
    ({ id, by = [], effects }) =>
      effects.some(
        (effect) =>
          'clock' in effect &&
          effect.clock === clock.id &&
          (effect.kind === 'extend-clock' ||
            effect.kind === 'suspend-clock' ||
            (effect.kind === 'stop-clock' && clock.metBy?.includes(id) !== false)),
      ) && by.some((role) => fold.parties[role]?.some(({ desk }) => desk !== started.obligated?.desk)),
  )
}

/** The clock as the kernel counts it: zone of the obliged desk, anchor of the case or of its values. */
export function runningOf(
  clock: ClockDef,
  { row, fold, started }: { readonly row: ClockedRow; readonly fold: CaseFold; readonly started: StartedClock },
): RunningClock {
  const stated = clock.atMost === undefined ? undefined : (row.anchors[clock.atMost.anchor] ?? fold.values[clock.atMost.anchor])
  const anchor = Date.parse(String(stated))
  return {
    startedAt: started.startedAt,
    zone: started.obligated?.zone ?? row.zone,
    ledger: started.ledger,
    ...(Number.isNaN(anchor) ? {} : { anchor }),
  }
}

/** The safe end of a clock that starts now with a desk: for a deadline that is stated to that desk before its case is open. */
export function dueIfStarted(
  procedure: ProcedureDef,
  clock: string,
  at: { readonly now: Date; readonly zone: string; readonly calendar: string; readonly calendars: Calendars },
): Date {
  const definition = procedure.clocks.find((each) => each.id === clock)
  if (definition === undefined) throw new Error(`${procedure.id} has no clock ${clock}.`)
  const now = at.now.getTime()
  const world = { rules: zoneRules, calendar: at.calendars.calendar(at.calendar), now }
  return new Date(dueOf(definition, { startedAt: now, zone: at.zone, ledger: [] }, world).safe)
}

/** The next instant at which the sweep must look at the clock: a rung not yet reached, or the safe end. Null when it runs no more. */
export function nextInstant(clock: DerivedClock, fired: ReadonlySet<string>): Date | null {
  if (!clock.isLive) return null
  const instants = clock.definition.ladder
    .filter((rung) => !hasFired(fired, clock, rung))
    .map((rung) => clock.due.safe - rung.hoursBefore * HOUR)
  if (clock.endStep !== undefined || !hasFired(fired, clock, END)) instants.push(clock.expiresAt)
  const next = Math.min(...instants)
  return Number.isFinite(next) ? new Date(next) : null
}

export interface ClocksOfCase {
  readonly row: Pick<CaseRow, 'authority' | 'case_id' | 'audience'>
  readonly clocks: readonly DerivedClock[]
  readonly fired?: ReadonlyMap<string, ReadonlySet<string>>
}

/** Writes when the sweep must look at each clock of these cases, which rungs have fired, and for which desks: no rung and no desk less than before. */
export async function scheduleClocks(tx: Tx, cases: readonly ClocksOfCase[]): Promise<void> {
  const next = cases.flatMap(({ row, clocks, fired = new Map<string, ReadonlySet<string>>() }) => [
    ...clocks.map((clock) => {
      const own = fired.get(clock.id) ?? new Set()
      return { row, clock: clock.id, at: nextInstant(clock, own), fired: [...own] }
    }),
    // A rung may have closed the case, which then has no clock that runs.
    ...[...fired].flatMap(([clock, own]) => (clocks.some(({ id }) => id === clock) ? [] : [{ row, clock, at: null, fired: [...own] }])),
  ])
  if (next.length === 0) return
  const { kinds, places } = inCommon(
    next,
    ({ row, clock, fired }) => `${row.authority}\n${clock}\n${fired.join(' ')}\n${row.audience.join(' ')}`,
    ({ row: { authority, audience }, clock, fired }) => ({ authority, audience, clock, fired }),
  )
  await sql`insert into procedures.clocks as k (authority, case_id, clock, next_at, fired, audience)
    select authority, case_id, clock, next_at, fired, audience
    from unnest(${next.map(({ row }) => row.case_id)}::text[], ${next.map(({ at }) => at?.toISOString() ?? null)}::timestamptz[], ${places}::int[])
      as n(case_id, next_at, kind)
    join rows from (jsonb_to_recordset(${JSON.stringify(kinds)}::jsonb) as (authority text, audience text[], clock text, fired text[])) with ordinality
      as s(authority, audience, clock, fired, kind) using (kind)
    on conflict (authority, case_id, clock) do update set next_at = excluded.next_at,
      fired = case when cardinality(excluded.fired) > cardinality(k.fired) then excluded.fired else k.fired end,
      audience = case when excluded.audience @> k.audience then excluded.audience else k.audience end
    where k.next_at is distinct from excluded.next_at or cardinality(excluded.fired) > cardinality(k.fired) or not k.audience @> excluded.audience`.execute(
    tx,
  )
}
