/**
 * Notices: what a desk is told of its cases without asking. A notice names the case and why it was written; what the case holds is read from the case,
 * where it is decided again who may.
 */
import { z } from 'zod'

export const NOTICE_TOPICS = ['clock', 'expired', 'escalated', 'step', 'overtaken', 'told'] as const

export const notice = z.object({
  notice: z.string(),
  topic: z.enum(NOTICE_TOPICS).describe('clock: a rung before the end; told: a step of the procedure says so'),
  case: z.string(),
  label: z.string(),
  link: z.string(),
  procedure: z.string(),
  title: z.string(),
  at: z.iso.datetime(),
  clock: z.object({ label: z.string(), kind: z.enum(['law', 'policy']), due: z.iso.datetime() }).optional(),
  /** Title of the step it is about. */
  step: z.string().optional(),
  /** What the procedure says, for `told`. */
  text: z.string().optional(),
  isRead: z.boolean().describe('By this person'),
  readBy: z.array(z.object({ name: z.string(), at: z.iso.datetime() })).describe('Persons of the desk who have read it'),
})
export type Notice = z.infer<typeof notice>

export const listCaseNotices = {
  id: 'procedures.listNotices',
  method: 'get',
  path: 'notices',
  summary: 'Notices for this desk, the latest first',
  permission: 'procedures.read-notices',
  purposeRequired: true,
  audit: 'procedures.notices-listed',
  input: z.strictObject({
    show: z.enum(['unread', 'all']).default('unread'),
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  ok: z.object({ items: z.array(notice), next: z.string().optional() }),
  errors: ['procedures.cursor'],
} as const

export const countNotices = {
  id: 'procedures.countNotices',
  method: 'get',
  path: 'notice-counts',
  summary: 'How many of the latest notices for this desk this person has not read',
  permission: 'procedures.read-notices',
  purposeRequired: true,
  audit: 'procedures.notices-counted',
  input: z.strictObject({}),
  ok: z.object({ unread: z.number(), ceiling: z.number().describe('Only this many of the latest notices are looked at') }),
  errors: [],
} as const

export const readNotices = {
  id: 'procedures.readNotices',
  method: 'post',
  path: 'notice-readings',
  summary: 'Record that this person has read notices',
  permission: 'procedures.read-notices',
  purposeRequired: true,
  audit: 'procedures.notices-read',
  input: z.strictObject({ notices: z.array(z.string().max(60)).min(1).max(200) }),
  ok: z.object({ read: z.number() }),
  errors: [],
} as const
