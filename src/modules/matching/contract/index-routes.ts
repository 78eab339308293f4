/** Routes of an owner: what can be found, by whom, and what to say when somebody found it. */
import { z } from 'zod'
import { classes, DAILY_QUOTA, id, modes, policies, subjectCategories, typedKey } from './shapes.ts'

export const entitle = {
  id: 'matching.entitle',
  method: 'post',
  path: 'matching/requesters',
  summary: 'Let a desk of another authority ask blindly for this purpose, up to a quota a day; zero ends it',
  permission: 'matching.index',
  purposeRequired: true,
  audit: 'matching.entitled',
  input: z.strictObject({
    desk: z.string().max(120),
    quota: z.coerce.number().int().min(0).max(1000).default(DAILY_QUOTA),
    /** Ground of the transfer, for an authority of a third country. */
    ground: z.enum(['adequacy', 'safeguards', 'derogation']).optional(),
  }),
  ok: z.object({ desk: z.string(), quota: z.number() }),
  errors: ['matching.requester', 'matching.gate'],
} as const

export const indexKey = {
  id: 'matching.indexKey',
  method: 'post',
  path: 'matching/entries',
  summary: 'Make a record findable by one key, or say that it must never be found',
  permission: 'matching.index',
  purposeRequired: true,
  audit: 'matching.entry-indexed',
  input: z.strictObject({
    record: z.string().min(1).max(120),
    key: typedKey,
    policy: z.enum(policies),
    category: z.enum(subjectCategories),
  }),
  ok: z.object({ entry: id }),
  errors: ['matching.key', 'matching.category'],
} as const

export const removeEntry = {
  id: 'matching.removeEntry',
  method: 'post',
  path: 'matching/entries/:entry/removals',
  summary: 'Take a key out of the index; its text is erased now, its tag with the next sets',
  permission: 'matching.index',
  purposeRequired: true,
  audit: 'matching.entry-removed',
  input: z.strictObject({ entry: id }),
  ok: z.object({ removed: z.literal(true) }),
  errors: [],
} as const

export const rebuild = {
  id: 'matching.rebuild',
  method: 'post',
  path: 'matching/rebuilds',
  summary: 'Begin a new epoch: a new key, new tags, new sets for every entitled requester',
  permission: 'matching.index',
  purposeRequired: true,
  audit: 'matching.rebuild-asked',
  input: z.strictObject({}),
  ok: z.object({ accepted: z.literal(true) }),
  errors: [],
} as const

export const noticeRow = z.object({
  notice: id,
  requester: z.string(),
  record: z.string(),
  caseRef: z.string(),
  mode: z.enum(modes),
  class: classes,
  state: z.enum(['open', 'confirmed', 'rejected']),
  at: z.iso.datetime(),
})
export type NoticeRow = z.infer<typeof noticeRow>

export const listNotices = {
  id: 'matching.listNotices',
  method: 'get',
  path: 'matching/notices',
  summary: 'Hits of others on records of this desk, to be confirmed by a person',
  permission: 'matching.confirm',
  purposeRequired: true,
  audit: 'matching.notices-listed',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(noticeRow) }),
  errors: [],
} as const

export const confirmNotice = {
  id: 'matching.confirmNotice',
  method: 'post',
  path: 'matching/notices/:notice/answers',
  summary: 'Say that a hit speaks of the same person or thing, or that it does not',
  permission: 'matching.confirm',
  purposeRequired: true,
  audit: 'matching.notice-answered',
  input: z.strictObject({ notice: id, decision: z.enum(['confirmed', 'rejected']) }),
  ok: z.object({ state: z.string() }),
  errors: ['matching.state'],
} as const
