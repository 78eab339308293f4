/** A clock as it goes over the wire: both instants, what they rest on, and how they came about. */
import type { CaseClock } from '../contract.ts'
import type { DerivedClock } from './clocks.ts'

/** A clock whose anchor nobody stated has no end to show. */
const NO_END = '9999-12-31T00:00:00.000Z'

export function clockView(clock: DerivedClock): CaseClock {
  const { id, definition, due, isLive } = clock
  return {
    id,
    label: definition.title,
    safe: instant(due.safe),
    legalLatest: instant(due.legalLatest),
    state: due.state,
    isLive,
    kind: definition.kind,
    basis: definition.basis,
    explain: due.explain,
  }
}

function instant(ms: number): string {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : NO_END
}
