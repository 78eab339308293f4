/** Wire shapes and routes of the work queue. */
import { z } from 'zod'

export const SHOWN = ['open', 'overdue', 'suspended', 'waiting', 'done'] as const
/** How far ahead the next end lies. */
export const URGENCIES = ['2h', '24h', '7d'] as const

export const dueClock = z.object({
  clock: z.string(),
  label: z.string(),
  safe: z.iso.datetime(),
  legalLatest: z.iso.datetime(),
  kind: z.enum(['law', 'policy']),
  basis: z.string(),
  mark: z.enum(['V', 'M', 'D']),
  explain: z.string(),
  /** Past the safe instant. */
  missed: z.boolean(),
  /** Past what the law allows; never true of a policy. */
  legallyMissed: z.boolean(),
})

export const workItem = z.object({
  caseId: z.string(),
  definition: z.string().describe('PR-01, PR-09 …'),
  title: z.string(),
  subject: z.string(),
  /** What the list may show of the subject, written by the slice that owns it: a container number, for example. */
  label: z.string(),
  party: z.string(),
  partyName: z.string(),
  role: z.string(),
  roleTitle: z.string(),
  state: z.string(),
  stateTitle: z.string(),
  since: z.iso.datetime(),
  version: z.number().describe('What a person who acts on it has seen'),
  /** The clock that runs out next; absent when the case waits for others without one. */
  due: dueClock.optional(),
  /** A clock of it stands still, for a clarification for example. */
  isSuspended: z.boolean(),
  /** `own` when this desk must act, `others` when it waits. */
  waitsFor: z.enum(['own', 'others', 'nobody']),
  /** The step that acknowledges it, where one is open to this desk and asks for nothing. */
  acknowledge: z.object({ transition: z.string(), title: z.string() }).optional(),
  /** Where the case is worked on, as a path of the web application. */
  link: z.string(),
})
export type WorkItem = z.infer<typeof workItem>

export const workCounts = z.object({
  open: z.number(),
  overdue: z.number(),
  suspended: z.number(),
  waiting: z.number(),
  ceiling: z.number().describe('Counting stops here: a count that reaches it means this many or more'),
})
export type WorkCounts = z.infer<typeof workCounts>

export const workFilter = {
  procedure: z.string().max(60).optional(),
  clockKind: z.enum(['law', 'policy']).optional().describe('Of the clock that runs out next'),
  urgency: z.enum(URGENCIES).optional().describe('The next end lies at most this far ahead'),
  party: z.string().max(120).optional(),
  role: z.string().max(60).optional(),
  text: z.string().trim().max(80).optional().describe('How the label begins, in either case of letters'),
}

export const listWork = {
  id: 'procedures.listWork',
  method: 'get',
  path: 'work-items',
  summary: 'What this desk has to do, by what runs out next; done cases by when they were closed, the latest first',
  permission: 'procedures.read-queue',
  purposeRequired: true,
  audit: 'procedures.queue-read',
  input: z.strictObject({
    show: z.enum(SHOWN).default('open'),
    ...workFilter,
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  ok: z.object({ items: z.array(workItem), next: z.string().optional(), counts: workCounts }),
  errors: ['procedures.cursor'],
} as const

/** Values by which the queue of a desk can be narrowed: what its open cases have, not what there is. */
export const showWorkFilters = {
  id: 'procedures.showWorkFilters',
  method: 'get',
  path: 'work-filters',
  summary: 'Procedures, parties and roles of the open cases of this desk, to narrow the queue by',
  permission: 'procedures.read-queue',
  purposeRequired: true,
  audit: 'procedures.queue-read',
  input: z.strictObject({}),
  ok: z.object({
    procedures: z.array(z.object({ id: z.string(), title: z.string() })),
    parties: z.array(z.object({ id: z.string(), name: z.string() })),
    roles: z.array(z.object({ id: z.string(), title: z.string() })),
  }),
  errors: [],
} as const

export const acknowledgement = z.object({
  case: z.string(),
  outcome: z
    .enum(['acknowledged', 'no-step', 'refused', 'conflict', 'not-found'])
    .describe('no-step: nothing acknowledges this case now, or the step asks for fields'),
  because: z.string().optional(),
  basis: z.string().optional(),
  state: z.string().optional(),
  version: z.number().optional(),
})
export type Acknowledgement = z.infer<typeof acknowledgement>

export const acknowledgeWork = {
  id: 'procedures.acknowledgeWork',
  method: 'post',
  path: 'work-acknowledgements',
  summary: 'Acknowledge several cases at once: each is decided by itself, and what happened is answered for each',
  permission: 'procedures.take-step',
  purposeRequired: true,
  audit: 'procedures.cases-acknowledged',
  input: z.strictObject({
    cases: z
      .array(z.strictObject({ case: z.string().max(60), version: z.number().int() }))
      .min(1)
      .max(100),
    key: z.string().min(8).max(60),
  }),
  ok: z.object({ results: z.array(acknowledgement) }),
  errors: ['audit.backlog'],
} as const
