/**
 * The step that the end of a clock takes, as far as it is for this node: of several that see the clock run out, the one of the obliged desk takes the step
 * and tells the others; when it is silent, that of the opener. A step that was overtaken, or whose end moved away, is taken anew when the clock runs out
 * after all, under another id: one id is one step for ever, and the same on every node that counted the same. Where it does not fit the state it waits: a
 * case comes back from a question, and what has run out meanwhile has run out.
 */
import type { Due } from '#kernel/procedure/clock.ts'
import type { ClockDef, ProcedureDef } from '#kernel/procedure/definition.ts'
import type { CaseFold, StartedClock } from '#kernel/procedure/fold.ts'
import type { ClockedRow } from './clocks.ts'
import { EXPIRED } from './fired-rungs.ts'

/** Id of the step by which this node still has to take the end of the clock, once it has come; undefined when there is none to take. */
export function endStepOf(
  row: ClockedRow,
  at: {
    readonly definition: ProcedureDef
    readonly clock: ClockDef
    readonly fold: CaseFold
    readonly started: StartedClock
    readonly due: Due
  },
): string | undefined {
  const { definition, clock, fold, started, due } = at
  const step = definition.transitions.find(({ id }) => id === clock.onExpiry)
  if (step === undefined || !takesStepsOf(row, definition, started) || !step.from.includes(fold.state)) return undefined
  const taken = fold.steps.filter(({ transition, role }) => transition === step.id && role === null)
  if (taken.some(({ isVoid, at: instant }) => !isVoid && instant >= due.legalLatest)) return undefined
  for (let attempt = 1; ; attempt++) {
    const id = stepIdOf(row.subject, { started, rung: EXPIRED, attempt })
    if (!fold.seen.includes(id)) return id
    const known = taken.find((each) => each.id === id)
    // What came with the case is known by name only.
    if (known === undefined ? fold.done.includes(step.id) : !known.isVoid) return undefined
  }
}

/** Whether this node is one that takes the steps of the clock. */
export function takesStepsOf({ party, role }: ClockedRow, { opener }: ProcedureDef, { obligated }: StartedClock): boolean {
  return obligated === undefined || obligated.desk === party || role === opener
}

/** Of a step that a rung takes. How often the clock was moved is part of it: after that it is another rung. */
export function stepIdOf(
  subject: string,
  { started, rung, attempt = 1 }: { readonly started: StartedClock; readonly rung: string; readonly attempt?: number },
): string {
  const moves = started.ledger.length === 0 ? '' : `+${started.ledger.length}`
  return `${subject}:${started.id}${moves}:${rung}${attempt === 1 ? '' : `:${attempt}`}`
}
