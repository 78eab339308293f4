/** What the queue is ordered and narrowed by, derived from the clocks of a case whenever they may have changed. */
import type { DerivedClock } from './clocks.ts'

export interface QueueDue {
  /** Safe end of the clock that runs out first; null when none runs. */
  readonly due_at: Date | null
  readonly due_kind: 'law' | 'policy' | null
  readonly is_suspended: boolean
}

export const NOTHING_DUE: QueueDue = { due_at: null, due_kind: null, is_suspended: false }

export function queueDue(clocks: readonly DerivedClock[]): QueueDue {
  const running = clocks.filter(({ isLive, due }) => isLive && Number.isFinite(due.safe))
  const [first] = running.sort((a, b) => a.due.safe - b.due.safe)
  return {
    due_at: first === undefined ? null : new Date(first.due.safe),
    due_kind: first?.definition.kind ?? null,
    is_suspended: clocks.some(({ due }) => due.state === 'suspended'),
  }
}
