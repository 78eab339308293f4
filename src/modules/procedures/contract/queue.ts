/** Wire shapes and routes of the work queue. */
import { z } from 'zod'

export const workItem = z.object({
  caseId: z.string(),
  definition: z.string().describe('PR-01, PR-09 …'),
  title: z.string(),
  subject: z.string(),
  /** What the list may show of the subject, written by the slice that owns it: a container number, for example. */
  label: z.string(),
  party: z.string(),
  state: z.string(),
  since: z.iso.datetime(),
  /** The clock that runs out next; absent when the case waits for others without one. */
  due: z
    .object({
      clock: z.string(),
      label: z.string(),
      safe: z.iso.datetime(),
      legalLatest: z.iso.datetime(),
      kind: z.enum(['law', 'policy']),
      basis: z.string(),
      explain: z.string(),
      missed: z.boolean(),
    })
    .optional(),
  /** `own` when this desk must act, `others` when it waits. */
  waitsFor: z.enum(['own', 'others', 'nobody']),
  /** Where the case is worked on, as a path of the web application. */
  link: z.string(),
})
export type WorkItem = z.infer<typeof workItem>

export const listWork = {
  id: 'procedures.listWork',
  method: 'get',
  path: 'work-items',
  summary: 'What this desk has to do, by what runs out next',
  permission: 'procedures.read-queue',
  purposeRequired: true,
  audit: 'procedures.queue-read',
  input: z.strictObject({
    show: z.enum(['open', 'overdue', 'waiting', 'done']).default('open'),
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  ok: z.object({
    items: z.array(workItem),
    next: z.string().optional(),
    counts: z.object({
      open: z.number(),
      overdue: z.number(),
      waiting: z.number(),
    }),
  }),
  errors: ['procedures.cursor'],
} as const
