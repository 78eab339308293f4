/** Routes of a requester: asking, the second person, what came of it, what is left of the quota. */
import { z } from 'zod'
import { askedStates, caseRef, classes, id, keyTypes, MOST_KEYS, modes, queryStates, typedKey } from './shapes.ts'

export const ask = {
  id: 'matching.ask',
  method: 'post',
  path: 'matching/queries',
  summary: 'Ask every owner that lets this desk ask whether it holds one of these keys; no owner learns the keys of a blind query',
  permission: 'matching.ask',
  purposeRequired: true,
  audit: 'matching.asked',
  input: z.strictObject({
    keys: z.array(typedKey).min(1).max(MOST_KEYS),
    caseRef,
    mode: z.enum(modes).default('blind'),
    key: z.string().min(8).max(60),
  }),
  ok: z.object({ query: id, state: z.enum(queryStates) }),
  errors: ['matching.key', 'matching.no-index', 'audit.backlog'],
} as const

export const hitRow = z.object({
  ordinal: z.number(),
  type: z.enum(keyTypes),
  owner: z.string(),
  contact: z.string(),
  /** A handle and a contact desk, nothing else. */
  handle: z.string(),
  state: z.enum(['open', 'confirmed', 'rejected']),
})
export type HitRow = z.infer<typeof hitRow>

export const queryView = z.object({
  query: id,
  officer: z.string(),
  caseRef: z.string(),
  mode: z.enum(modes),
  state: z.enum(queryStates),
  at: z.iso.datetime(),
  keys: z.array(z.object({ ordinal: z.number(), type: z.enum(keyTypes), value: z.string(), with: z.string().optional() })),
  owners: z.array(z.object({ owner: z.string(), class: classes, state: z.enum(askedStates) })),
  hits: z.array(hitRow),
})
export type QueryView = z.infer<typeof queryView>

export const listQueries = {
  id: 'matching.listQueries',
  method: 'get',
  path: 'matching/queries',
  summary: 'Queries of this desk with their state and hits, newest first',
  permission: 'matching.ask',
  purposeRequired: true,
  audit: 'matching.queries-listed',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(queryView) }),
  errors: [],
} as const

export const showQuery = {
  id: 'matching.showQuery',
  method: 'get',
  path: 'matching/queries/:query',
  summary: 'One query of this desk with its state and hits',
  permission: 'matching.ask',
  purposeRequired: true,
  audit: 'matching.query-read',
  input: z.strictObject({ query: id }),
  ok: queryView,
  errors: [],
} as const

export const approveQuery = {
  id: 'matching.approveQuery',
  method: 'post',
  path: 'matching/queries/:query/approvals',
  summary: 'Agree as the second person to a query above the cap of its case, or send it back',
  permission: 'matching.approve',
  purposeRequired: true,
  audit: 'matching.approved',
  input: z.strictObject({ query: id, decision: z.enum(['agree', 'send-back']) }),
  ok: z.object({ state: z.enum(queryStates) }),
  errors: ['matching.same-person', 'matching.state'],
} as const

export const showQuota = {
  id: 'matching.showQuota',
  method: 'get',
  path: 'matching/quota',
  summary: 'What this authority may still ask today, for this purpose, by owner and index',
  permission: 'matching.ask',
  purposeRequired: true,
  audit: 'matching.quota-read',
  input: z.strictObject({}),
  ok: z.object({
    day: z.string(),
    items: z.array(z.object({ owner: z.string(), contact: z.string(), class: classes, limit: z.number(), used: z.number() })),
  }),
  errors: [],
} as const
