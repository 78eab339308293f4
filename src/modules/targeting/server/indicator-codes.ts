/**
 * Indicators by the codes of the cargo reference that rules name them by. An indicator is yes when a signal stands, no when it was evaluated without one, and
 * unknown when it could not be computed, is switched off, or nothing was evaluated yet.
 */
import type { IndicatorId } from '#kernel/risk/column-layout.ts'
import { detectorCodes } from './detector-codes.ts'

export function indicatorsOf(
  signals: readonly { readonly detector: string }[],
  /** Detectors that could not say; undefined when the container was not looked at. */
  notComputable: readonly string[] | undefined,
): Readonly<Partial<Record<IndicatorId, boolean>>> {
  const raised = new Set(signals.map(({ detector }) => detector))
  const silent = new Set(notComputable ?? [])
  const known: Partial<Record<IndicatorId, boolean>> = {}
  for (const [detector, code] of detectorCodes) {
    if (raised.has(detector)) known[code] = true
    else if (notComputable !== undefined && !silent.has(detector) && known[code] !== true) known[code] = false
  }
  return known
}
