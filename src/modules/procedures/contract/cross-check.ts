/**
 * Wire shapes and routes of the cross-check and of follow-ups (Directive (EU) 2023/977, Art 16(1): the repository checks incoming requests against what
 * it holds and sees to it that they are followed up). Invariant: a link is worked out when it is looked at, as the desk that looks; so it shows only what
 * that desk may see, and what it may not see is as if it were not there.
 */
import { z } from 'zod'

const caseId = z.string().max(60)

/** Why two things are linked: what kind of value they share, and in which field of this case it stands. */
const shared = z.object({ kind: z.string(), field: z.string().describe('Title of the field of this case') })

export const caseLink = z.object({
  case: z.string(),
  procedure: z.string(),
  title: z.string(),
  label: z.string(),
  stateTitle: z.string(),
  isOpen: z.boolean(),
  since: z.iso.datetime(),
  link: z.string(),
  on: z.array(shared),
})
export type CaseLink = z.infer<typeof caseLink>

export const recordLink = z.object({
  kind: z.string().describe('What it is: alert, consignment'),
  label: z.string(),
  at: z.iso.datetime(),
  link: z.string(),
  on: z.array(shared),
})
export type RecordLink = z.infer<typeof recordLink>

export const followUpView = z.object({
  followUp: z.string(),
  case: z.string(),
  label: z.string(),
  procedure: z.string(),
  note: z.string(),
  due: z.iso.datetime(),
  explain: z.string(),
  isOverdue: z.boolean(),
  openedBy: z.string(),
  openedAt: z.iso.datetime(),
  closed: z.object({ by: z.string(), at: z.iso.datetime(), outcome: z.string() }).optional(),
})
export type FollowUpRow = z.infer<typeof followUpView>

export const showLinks = {
  id: 'procedures.showLinks',
  method: 'get',
  path: 'cases/:case/links',
  summary: 'What this desk holds already that shares a person, a number or a thing with a case',
  permission: 'procedures.read-case',
  purposeRequired: true,
  audit: 'procedures.links-read',
  input: z.strictObject({ case: caseId }),
  ok: z.object({
    /** How many values were compared; none means that there was nothing to compare by. */
    compared: z.number(),
    cases: z.array(caseLink),
    /** There are more cases than are shown. */
    hasMore: z.boolean(),
    records: z.array(recordLink),
    followUps: z.array(followUpView),
  }),
  errors: [],
} as const

export const openFollowUp = {
  id: 'procedures.openFollowUp',
  method: 'post',
  path: 'cases/:case/follow-ups',
  summary: 'Note what still has to be done in a case, open or closed, and by when; it stays open until somebody closes it',
  permission: 'procedures.take-step',
  purposeRequired: true,
  audit: 'procedures.follow-up-opened',
  input: z.strictObject({
    case: caseId,
    note: z.string().min(1).max(2000),
    workingDays: z.number().int().min(1).max(250).describe('On the calendar of the desk'),
    key: z.string().min(8).max(60),
  }),
  ok: z.object({ followUp: z.string(), due: z.iso.datetime() }),
  errors: [],
} as const

export const closeFollowUp = {
  id: 'procedures.closeFollowUp',
  method: 'post',
  path: 'cases/:case/follow-ups/:followUp/closing',
  summary: 'Close a follow-up and say what came of it',
  permission: 'procedures.take-step',
  purposeRequired: true,
  audit: 'procedures.follow-up-closed',
  input: z.strictObject({ case: caseId, followUp: z.string().max(60), outcome: z.string().min(1).max(2000) }),
  ok: z.object({}),
  errors: ['procedures.follow-up'],
} as const

export const listFollowUps = {
  id: 'procedures.listFollowUps',
  method: 'get',
  path: 'follow-ups',
  summary: 'Open follow-ups of this desk, by what is due next',
  permission: 'procedures.read-queue',
  purposeRequired: true,
  audit: 'procedures.follow-ups-listed',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(followUpView), hasMore: z.boolean() }),
  errors: [],
} as const
