/** Originator control: permission, passing on, recall, marking, feedback, subscription. */
import { z } from 'zod'
import { handlingWire, itemId, key, permissionRow } from './items.ts'

export const grantable = ['store', 'derive', 'disseminate', 'use-in-proceedings', 'act-on', 'cross-match', 'share-private'] as const
export const recallReasons = ['incorrect', 'unlawful', 'superseded', 'safety', 'other'] as const
export const feedbackKinds = ['used', 'seen-too', 'wrong', 'used-in-proceedings'] as const

export const askPermission = {
  id: 'exchange.askPermission',
  method: 'post',
  path: 'items/:item/permission-requests',
  summary: 'Ask the originator for what the handling withholds: passing on to a named authority, use in proceedings, and so on',
  permission: 'exchange.write',
  purposeRequired: true,
  audit: 'exchange.permission-asked',
  input: z.strictObject({
    item: itemId,
    capability: z.enum(grantable),
    /** Authority it would be passed to; for `disseminate` only. */
    recipient: z.string().max(120).optional(),
    reason: z.string().min(5).max(1000),
    key,
  }),
  ok: z.object({ request: z.string() }),
  errors: ['exchange.permission-needless', 'exchange.recipient'],
} as const

export const answerPermission = {
  id: 'exchange.answerPermission',
  method: 'post',
  path: 'permission-requests/:request/answers',
  summary: 'Grant or deny what a holder asked for; only the originator can',
  permission: 'exchange.release',
  purposeRequired: true,
  audit: 'exchange.permission-answered',
  input: z.strictObject({
    request: itemId,
    decision: z.enum(['grant', 'deny']),
    days: z.coerce.number().int().min(1).max(365).default(30),
  }),
  ok: z.object({ state: z.string() }),
  errors: ['exchange.state', 'exchange.derive', 'audit.backlog'],
} as const

export const listPermissions = {
  id: 'exchange.listPermissions',
  method: 'get',
  path: 'permission-requests',
  summary: 'Permissions this desk asked for or is asked for, open ones first',
  permission: 'exchange.read',
  purposeRequired: true,
  audit: 'exchange.permissions-listed',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(permissionRow) }),
  errors: [],
} as const

export const passOn = {
  id: 'exchange.passOn',
  method: 'post',
  path: 'items/:item/onward-releases',
  summary: 'Pass on what the originator left or granted; it learns of it',
  permission: 'exchange.write',
  purposeRequired: true,
  audit: 'exchange.item-passed-on',
  input: z.strictObject({ item: itemId, desk: z.string().max(120), key }),
  ok: z.object({ fields: z.array(z.string()) }),
  errors: ['exchange.recipient', 'exchange.withheld', 'exchange.state', 'audit.backlog'],
} as const

export const recallItem = {
  id: 'exchange.recallItem',
  method: 'post',
  path: 'items/:item/recalls',
  summary: 'Take a piece of information back from everybody who holds it, or one field or attachment of it',
  permission: 'exchange.write',
  purposeRequired: true,
  audit: 'exchange.item-recalled',
  input: z.strictObject({
    item: itemId,
    field: z.string().max(40).optional(),
    attachment: z.string().length(64).optional(),
    reason: z.enum(recallReasons),
    basis: z.string().min(3).max(200),
    key,
  }),
  ok: z.object({ holders: z.number(), answerBy: z.iso.datetime() }),
  errors: ['exchange.state'],
} as const

export const settleRecall = {
  id: 'exchange.settleRecall',
  method: 'post',
  path: 'items/:item/recall-answers',
  summary: 'Answer a recall after looking at what was made from the information',
  permission: 'exchange.write',
  purposeRequired: true,
  audit: 'exchange.recall-settled',
  input: z.strictObject({
    item: itemId,
    answer: z.enum(['recalled', 'partly-used', 'refused']),
    reference: z.string().max(200).optional(),
  }),
  ok: z.object({ state: z.string() }),
  errors: ['exchange.state', 'exchange.reference'],
} as const

export const changeMarking = {
  id: 'exchange.changeMarking',
  method: 'post',
  path: 'items/:item/markings',
  summary: 'Change the handling of released information, everywhere it is held',
  permission: 'exchange.release',
  purposeRequired: true,
  audit: 'exchange.marking-changed',
  input: z.strictObject({
    item: itemId,
    handling: handlingWire,
    /** By id of a field or digest of an attachment; the rest takes the handling of the whole. */
    fields: z.record(z.string().max(64), handlingWire).default({}),
  }),
  ok: z.object({ holders: z.number() }),
  errors: ['exchange.state', 'exchange.derive'],
} as const

export const giveFeedback = {
  id: 'exchange.giveFeedback',
  method: 'post',
  path: 'items/:item/feedback',
  summary: 'Tell the originator what became of the information: used, seen too, wrong, used in proceedings',
  permission: 'exchange.write',
  purposeRequired: true,
  audit: 'exchange.feedback-given',
  input: z.strictObject({ item: itemId, kind: z.enum(feedbackKinds), note: z.string().max(1000).default('') }),
  ok: z.object({ told: z.string() }),
  errors: ['exchange.withheld', 'exchange.reference'],
} as const

export const subscribe = {
  id: 'exchange.subscribe',
  method: 'post',
  path: 'subscriptions',
  summary: 'Ask a desk to be told of what it releases in a case; each release stays its own decision',
  permission: 'exchange.write',
  purposeRequired: true,
  audit: 'exchange.subscribed',
  input: z.strictObject({ desk: z.string().max(120), case: z.string().min(1).max(80), end: z.boolean().default(false) }),
  ok: z.object({ subscription: z.string() }),
  errors: ['exchange.recipient'],
} as const
