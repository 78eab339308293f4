/** Routes of an owner: what can be found, by whom, and what to say when somebody found it. */
import { z } from 'zod'
import { classes, DAILY_QUOTA, id, keyTypes, modes, policies, subjectCategories, typedKey } from './shapes.ts'

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

export const entryRow = z.object({
  entry: id,
  record: z.string(),
  type: z.enum(keyTypes),
  /** As it is compared. */
  key: z.string(),
  class: classes,
  policy: z.enum(policies),
  category: z.enum(subjectCategories),
  indexedAt: z.iso.datetime(),
  /** Since when it is in the index that queries meet; absent = not yet, kept out by the gate, or excluded. */
  builtAt: z.iso.datetime().optional(),
})
export type EntryRow = z.infer<typeof entryRow>

export const listEntries = {
  id: 'matching.listEntries',
  method: 'get',
  path: 'matching/entries',
  summary: 'Keys by which records of this desk can be found for this purpose, and those that never can, newest first',
  permission: 'matching.index',
  purposeRequired: true,
  audit: 'matching.entries-listed',
  input: z.strictObject({
    record: z.string().max(120).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  ok: z.object({ items: z.array(entryRow), next: z.string().optional() }),
  errors: ['matching.cursor'],
} as const

export const requesterRow = z.object({
  desk: z.string(),
  /** Zero: it may no longer ask. */
  quota: z.number(),
  ground: z.enum(['adequacy', 'safeguards', 'derogation']).optional(),
  at: z.iso.datetime(),
  /** When it was last given sets of tags. */
  sentAt: z.iso.datetime().optional(),
})
export type RequesterRow = z.infer<typeof requesterRow>

export const listRequesters = {
  id: 'matching.listRequesters',
  method: 'get',
  path: 'matching/requesters',
  summary: 'Desks of other authorities that this desk lets ask for this purpose, with their quota',
  permission: 'matching.index',
  purposeRequired: true,
  audit: 'matching.requesters-listed',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(requesterRow) }),
  errors: [],
} as const

export const showIndex = {
  id: 'matching.showIndex',
  method: 'get',
  path: 'matching/index',
  summary: 'The part of this desk in each index: how many keys, what waits for the next epoch, when the current one began',
  permission: 'matching.index',
  purposeRequired: true,
  audit: 'matching.index-read',
  input: z.strictObject({}),
  ok: z.object({
    items: z.array(
      z.object({
        class: classes,
        /** Of this desk alone: what colleagues index is theirs to know. */
        keys: z.number(),
        waiting: z.number(),
        /** Beginning of the epoch that holds the keys of this desk. */
        builtAt: z.iso.datetime().optional(),
      }),
    ),
  }),
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
