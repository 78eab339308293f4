/** Which rung of a case rings next, and what it calls: a step of the procedure, a name that the slice binds, or what the engine does by itself. */
import { BUILT_IN_CALLS } from '#kernel/procedure/check-clocks.ts'
import type { TransitionDef } from '#kernel/procedure/definition.ts'
import type { ProcedureBinding, WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { FoldedRow } from './case-fold.ts'
import { bindingOf, type CaseRow } from './case-row.ts'
import type { ClockedRow, DerivedClock } from './clocks.ts'
import { stepIdOf, takesStepsOf } from './end-step.ts'
import { END, EXPIRED, hasFired } from './fired-rungs.ts'
import { moveBy } from './transition.ts'

const HOUR = 3_600_000

/** What of a case a sweep reads: its clocks, and what a rung is told. */
export type RingingRow = FoldedRow &
  ClockedRow &
  Pick<CaseRow, 'authority' | 'case_id' | 'subject' | 'state' | 'is_open' | 'due_at' | 'audience'>

export interface Ringing {
  /** As it stood when the rung was reached. */
  readonly row: RingingRow
  readonly clock: DerivedClock
  readonly rung: string
  /** `remind`, `escalate`, a step or a name of the slice. */
  readonly call: string
  /** The engine does it by itself: a step may have the same name. */
  readonly isBuiltIn: boolean
  /** The end rang before, when its step did not fit the case: only the step is still to be taken. */
  readonly isLate: boolean
}

export function nextRinging(
  clocks: readonly DerivedClock[],
  fired: ReadonlyMap<string, ReadonlySet<string>>,
  now: Date,
): Omit<Ringing, 'row' | 'isBuiltIn'> | undefined {
  let next: (Omit<Ringing, 'row' | 'isBuiltIn'> & { readonly at: number }) | undefined
  const reach = (
    clock: DerivedClock,
    at: number,
    { call, ...rung }: { readonly rung: string; readonly hoursBefore: number; readonly call: string },
  ) => {
    if (at > now.getTime() || (next !== undefined && next.at <= at)) return
    const isLate = hasFired(fired.get(clock.id) ?? new Set(), clock, rung)
    if (!isLate || (rung.rung === EXPIRED && clock.endStep !== undefined)) next = { clock, rung: rung.rung, call, at, isLate }
  }
  for (const clock of clocks) {
    if (!clock.isLive) continue
    const { ladder, onExpiry } = clock.definition
    for (const each of ladder) reach(clock, clock.due.safe - each.hoursBefore * HOUR, each)
    reach(clock, clock.expiresAt, { ...END, call: onExpiry })
  }
  return next
}

type Call =
  | { readonly kind: 'step'; readonly step: TransitionDef }
  | { readonly kind: 'slice'; readonly effect: ProcedureBinding['effects'][string] }
  | { readonly kind: 'built-in' }

export function callOf(services: NodeServices, { row, call }: Pick<Ringing, 'row' | 'call'>): Call {
  const { definition, effects } = bindingOf(services, row)
  const step = definition.transitions.find((each) => each.id === call)
  if (step !== undefined) return { kind: 'step', step }
  const effect = effects[call]
  if (effect !== undefined) return { kind: 'slice', effect }
  if (!BUILT_IN_CALLS.includes(call)) throw new Error(`Nobody binds ${call} of ${row.definition}.`)
  return { kind: 'built-in' }
}

/** Takes the system step of that name, or calls the slice. */
export async function carryOutCall(work: WorkContext, ringing: Ringing): Promise<void> {
  const { row, clock, rung, call } = ringing
  const { authority, case_id: caseId, subject, party, role, state } = row
  const called = callOf(work.services, ringing)
  const at = work.services.clock.now()
  if (called.kind === 'step') {
    const isOpen = called.step.from.includes(state) && takesStepsOf(row, bindingOf(work.services, row).definition, clock.started)
    const before = isOpen ? stepIdOf(subject, { started: clock.started, rung }) : undefined
    const stepId = rung === EXPIRED ? clock.endStep : before
    if (stepId === undefined) return
    await moveBy(work, { authority, caseId, transition: call, actor: null, facts: {}, fields: {}, at, stepId })
  }
  if (called.kind === 'slice') {
    const told = { name: call, authority, role, mirrored: false, caseId, subject, party, transition: rung, from: state, to: state }
    await called.effect({ ...told, actor: null, at, fields: {} }, work)
  }
}
