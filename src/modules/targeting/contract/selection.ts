/**
 * The selection of a port and day: mandatory hits, the highest scores up to capacity, a random and a novelty stratum. It is a proposal; a named officer decides each
 * consignment. The draw is seeded and kept, so that anybody who may read the log can repeat it.
 */
import { z } from 'zod'
import { leaveReason, rerouteReason, rerouteTo, stratum, verdict } from './selection-shapes.ts'
import { act, day, id, instant, key, port, text } from './shapes.ts'

export const MOST_CAPACITY = 5000
/** Neither stratum goes below a twentieth of the capacity: policy of the coalition. */
export const LEAST_EXPLORATION = 0.05

export const capacityView = z.object({
  port,
  day,
  capacity: z.number().int(),
  minimumRandomRate: z.number(),
  minimumNoveltyRate: z.number(),
  /** At the latest after so many hits without selection a rule's next hit is selected. */
  maximumHitsWithoutSelection: z.number().int(),
  set: act,
})

export const setCapacity = {
  id: 'targeting.setCapacity',
  method: 'post',
  path: 'targeting/capacities',
  summary: 'Set how many consignments can be controlled at a port on a day, and the minimum rates',
  permission: 'targeting.supervise',
  purposeRequired: true,
  audit: 'targeting.capacity-set',
  input: z.strictObject({
    port,
    day,
    capacity: z.number().int().min(1).max(MOST_CAPACITY),
    minimumRandomRate: z.number().min(LEAST_EXPLORATION).max(0.5).default(LEAST_EXPLORATION),
    minimumNoveltyRate: z.number().min(LEAST_EXPLORATION).max(0.5).default(LEAST_EXPLORATION),
    maximumHitsWithoutSelection: z.number().int().min(1).max(100_000).default(1000),
  }),
  ok: capacityView,
  errors: ['targeting.selection-closed', 'targeting.port'],
} as const

export const proposeSelection = {
  id: 'targeting.proposeSelection',
  method: 'post',
  path: 'targeting/selections',
  summary: 'Propose what to control at a port on a day; what is decided already stays decided',
  permission: 'targeting.select',
  purposeRequired: true,
  audit: 'targeting.selection-proposed',
  input: z.strictObject({ port, day, key }),
  ok: z.object({ selection: id, selected: z.number().int(), candidates: z.number().int() }),
  errors: ['targeting.no-capacity', 'targeting.no-arrivals', 'targeting.selection-closed'],
} as const

export const selectionView = z.object({
  selection: id,
  port,
  day,
  state: z.enum(['open', 'closed']),
  proposed: act,
  closed: act.optional(),
  candidates: z.number().int(),
  capacity: capacityView,
  /** Hexadecimal; the draw is a function of it, the parameters and the candidates as they stood. */
  seed: z.string(),
  /** SHA-256 of the candidates as they stood. */
  candidatesDigest: z.string(),
  strata: z.array(
    z.object({
      stratum,
      selected: z.number().int(),
      taken: z.number().int(),
      left: z.number().int(),
      rerouted: z.number().int(),
      undecided: z.number().int(),
    }),
  ),
  outcomes: z.object({ due: z.number().int(), overdue: z.number().int(), recorded: z.number().int() }),
})
export type SelectionView = z.infer<typeof selectionView>

export const showSelection = {
  id: 'targeting.showSelection',
  method: 'get',
  path: 'targeting/selections/:selection',
  summary: 'A selection with its parameters, strata, seed and how far it is decided',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.selection-read',
  input: z.strictObject({ selection: id }),
  ok: selectionView,
  errors: [],
} as const

export const repeatDraw = {
  id: 'targeting.repeatDraw',
  method: 'get',
  path: 'targeting/selections/:selection/repetition',
  summary: 'Draw again from what was kept and compare with what was proposed',
  permission: 'targeting.audit',
  purposeRequired: true,
  audit: 'targeting.draw-repeated',
  input: z.strictObject({ selection: id }),
  ok: z.object({
    selection: id,
    same: z.boolean(),
    candidates: z.number().int(),
    digestMatches: z.boolean(),
    /** At most 100. */
    differences: z.array(z.object({ arrival: z.string(), kept: z.string().optional(), repeated: z.string().optional() })),
  }),
  errors: [],
} as const

export const decisionDraft = z.strictObject({
  arrival: id,
  decision: verdict,
  reason: z.union([leaveReason, rerouteReason]).optional(),
  to: rerouteTo.optional(),
  note: text(1, 500).optional(),
})

export const decide = {
  id: 'targeting.decide',
  method: 'post',
  path: 'targeting/selections/:selection/decisions',
  summary:
    'Take, leave or re-route consignments by name of the officer; a later decision replaces an earlier one until the selection is closed',
  permission: 'targeting.select',
  purposeRequired: true,
  audit: 'targeting.decided',
  /** All or none. Leaving and re-routing need a reason; what was not proposed can only be taken, with a note why. */
  input: z.strictObject({ selection: id, decisions: z.array(decisionDraft).min(1).max(500), key }),
  ok: z.object({ selection: id, decided: z.number().int(), undecided: z.number().int() }),
  errors: ['targeting.selection-closed', 'targeting.decision-invalid'],
} as const

export const undoDecision = {
  id: 'targeting.undoDecision',
  method: 'post',
  path: 'targeting/selections/:selection/undoings',
  summary: 'Take decisions back while the selection is open; the earlier decision stays in the log of decisions',
  permission: 'targeting.select',
  purposeRequired: true,
  audit: 'targeting.decision-undone',
  input: z.strictObject({ selection: id, arrivals: z.array(id).min(1).max(500) }),
  ok: z.object({ selection: id, undone: z.number().int() }),
  errors: ['targeting.selection-closed', 'targeting.outcome-recorded'],
} as const

export const closeSelection = {
  id: 'targeting.closeSelection',
  method: 'post',
  path: 'targeting/selections/:selection/closures',
  summary: 'Close a selection once every proposed consignment is decided; outcomes fall due',
  permission: 'targeting.select',
  purposeRequired: true,
  audit: 'targeting.selection-closed',
  input: z.strictObject({ selection: id }),
  ok: z.object({ selection: id, outcomesDue: z.number().int(), firstDueAt: instant.optional() }),
  errors: ['targeting.selection-closed', 'targeting.undecided'],
} as const
