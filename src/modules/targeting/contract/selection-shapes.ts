/** Shapes of a selection: strata and decisions. */
import { z } from 'zod'
import { act } from './shapes.ts'

/**
 * `hit-limit`: a rule has hit so often without a selection that this one is certain; `officer`: taken on an officer's own initiative, so that it has no
 * probability and enters no estimate.
 */
export const stratum = z.enum(['mandatory', 'hit-limit', 'top', 'random', 'novelty', 'officer'])
export type StratumName = z.infer<typeof stratum>

export const verdict = z.enum(['take', 'leave', 'reroute'])
export const leaveReason = z.enum([
  'explained-by-documents',
  'known-good-operator',
  'capacity-used-up',
  'already-controlled',
  'safety',
  'other',
])
export const rerouteTo = z.enum(['documents', 'scan', 'other-port'])
export const rerouteReason = z.enum(['scan-suffices', 'documents-suffice', 'transhipped', 'equipment-elsewhere', 'other'])

export const decisionView = act.extend({
  decision: verdict,
  /** A code of the lists above, or of an officer's own initiative `own-initiative`. */
  reason: z.string().optional(),
  to: rerouteTo.optional(),
  note: z.string().optional(),
  /** Taken back while the selection was open: it stands no more, and what it said is kept. */
  undone: act.optional(),
})
export type DecisionView = z.infer<typeof decisionView>
