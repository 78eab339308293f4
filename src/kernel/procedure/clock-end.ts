/**
 * The end of a clock as a step of the case: the node of the obliged desk, or of the opener, takes it when it sees the clock run out. What another party does
 * in time may be on its way then, so the step says what its node had counted: which run of the clock, and how many moves of its ledger. Where more lies before
 * it than that, the clock had not run out: the step is void, on every node alike, and is taken anew if the end comes after all.
 * Nobody counts days for this: calendars and zones may differ between nodes, the ledger of a clock does not.
 */
import type { TransitionDef } from './definition.ts'
import type { StartedClock, TakenStep } from './fold.ts'
import { movesOf, runOf } from './stated.ts'

/** The clock whose end the step is; undefined for any other step. */
export function clockEndedBy({ on }: Pick<TransitionDef, 'on'>): string | undefined {
  const [kind, clock, event] = on?.split('.') ?? []
  return kind === 'clock' && event === 'expired' ? clock : undefined
}

/** What the step states, beside what every step states. */
export function countedAt(transition: Pick<TransitionDef, 'on'>, clocks: readonly StartedClock[]): Record<string, unknown> {
  const ended = clockEndedBy(transition)
  const run = clocks.findLast(({ clock }) => clock === ended)
  return run === undefined ? {} : { [runOf(run.clock)]: run.id, [movesOf(run.clock)]: run.ledger.length }
}

/**
 * Whether the clock had been stopped, or moved by what the node that took the step had not seen. A stop that came too late counts too: on one node a clock
 * that was stopped rings no more either. A party that is not told of the clock cannot judge; whoever took the step tells it (`tell.ts`).
 */
export function isEndOvertaken(transition: Pick<TransitionDef, 'on'>, step: TakenStep, clocks: readonly StartedClock[]): boolean {
  const ended = clockEndedBy(transition)
  if (ended === undefined || step.role !== null) return false
  const run = step.fields[runOf(ended)]
  const counted = clocks.findLast(({ id, clock }) => (run === undefined ? clock === ended : id === run))
  if (counted === undefined) return false
  const moves = step.fields[movesOf(ended)]
  // Steps of before these were stated say nothing of moves, and are believed to have counted them.
  return counted.ledger.some(({ kind }) => kind === 'stop') || (typeof moves === 'number' && counted.ledger.length > moves)
}
