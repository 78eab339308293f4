/** Retention, legal holds, restriction, and the inventory for the request of a data subject. */
import { z } from 'zod'
import { caseRef, counted, entityId, id, key, statementView } from './shapes.ts'

export const listReviews = {
  id: 'records.listReviews',
  method: 'get',
  path: 'record-reviews',
  summary: 'Statements of the own desk whose review is due: keep them with a reason, or let them go',
  permission: 'records.write',
  purposeRequired: true,
  audit: 'records.reviews-listed',
  input: z.strictObject({
    before: z.iso.date().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(300).optional(),
  }),
  ok: z.object({
    items: z.array(
      z.object({
        fragment: id,
        entity: entityId,
        caption: z.string(),
        schema: z.string(),
        collection: z.string(),
        category: z.string(),
        reviewAt: z.iso.datetime(),
        eraseAt: z.iso.datetime(),
        held: z.boolean(),
        statements: z.number().int(),
      }),
    ),
    total: counted,
    next: z.string().optional(),
  }),
  errors: ['records.cursor'],
} as const

export const answerReview = {
  id: 'records.answerReview',
  method: 'post',
  path: 'record-review-answers',
  summary: 'Keep statements until the next review with a reason, or erase them',
  permission: 'records.write',
  purposeRequired: true,
  audit: 'records.review-answered',
  input: z.strictObject({
    fragments: z.array(id).min(1).max(500),
    answer: z.enum(['keep', 'erase']),
    reason: z.string().min(3).max(500),
    key,
  }),
  ok: z.object({ done: z.number().int(), held: z.number().int() }),
  errors: ['records.held'],
} as const
export type ReviewAnswer = z.infer<typeof answerReview.input>

export const placeHold = {
  id: 'records.placeHold',
  method: 'post',
  path: 'records/:entity/holds',
  summary: 'Keep a record from being erased while a case needs it',
  permission: 'records.write',
  purposeRequired: true,
  audit: 'records.hold-placed',
  input: z.strictObject({
    entity: entityId,
    caseRef,
    reason: z.string().min(3).max(500),
    days: z.coerce.number().int().min(1).max(1095),
    key,
  }),
  ok: z.object({ hold: id }),
  errors: [],
} as const

export const liftHold = {
  id: 'records.liftHold',
  method: 'post',
  path: 'record-holds/:hold/liftings',
  summary: 'End a hold of the own desk',
  permission: 'records.write',
  purposeRequired: true,
  audit: 'records.hold-lifted',
  input: z.strictObject({ hold: id, reason: z.string().min(3).max(500) }),
  ok: z.object({ lifted: z.boolean() }),
  errors: [],
} as const

export const restrictRecord = {
  id: 'records.restrict',
  method: 'post',
  path: 'records/:entity/restrictions',
  summary: 'Restrict processing of the own statements of a record, or end the restriction (Directive (EU) 2016/680 Art 16(3))',
  permission: 'records.write',
  purposeRequired: true,
  audit: 'records.restricted',
  input: z.strictObject({ entity: entityId, restricted: z.boolean(), reason: z.string().min(3).max(500), key }),
  ok: z.object({ restricted: z.boolean() }),
  errors: ['records.not-own'],
} as const

/** What one source says in a record of its own that names the one asked about: who directs, who owns, who was called. */
export const namingEntry = statementView.pick({ entity: true, marking: true, recordedFrom: true, recordedTo: true, ended: true }).extend({
  fragment: id,
  schema: z.string(),
  /** Of the record that says it; empty when it has no name, as a relation. */
  caption: z.string(),
  restricted: z.boolean(),
  source: statementView.shape.source.omit({ pointer: true }),
  /** What names the record asked about first; the other end where the reader may see it; role, days and what else is said. */
  values: z.array(statementView.pick({ prop: true, value: true, caption: true, from: true, to: true, lang: true })),
})
export type NamingEntry = z.infer<typeof namingEntry>

export const showInventory = {
  id: 'records.showInventory',
  method: 'get',
  path: 'records/:entity/inventory',
  summary:
    'Everything this node holds on one record across its slices, for the procedure of a data subject’s request (Directive (EU) 2016/680 Arts 14–17)',
  permission: 'records.inventory',
  purposeRequired: true,
  audit: 'records.inventory-read',
  input: z.strictObject({ entity: entityId }),
  ok: z.object({
    /** Records that are one to the reader, the one asked about among them. */
    members: z.array(entityId),
    statements: z.array(statementView),
    /** Entries of sources, of several statements each, beyond those whose statements are listed. */
    statementsLeftOut: counted,
    /** What other records say of it, ended or not. */
    naming: z.array(namingEntry),
    namingLeftOut: counted,
    /** What other slices hold under the same identifiers, each as they show it. */
    elsewhere: z.array(
      z.object({ kind: z.string(), label: z.string(), at: z.iso.datetime(), link: z.string(), keys: z.array(z.string()) }),
    ),
    /** Identifiers of the record under which nothing was looked for. */
    keysLeftOut: z.number().int(),
    judgements: z.number().int(),
    boards: z.number().int(),
    holds: z.number().int(),
    passedOn: z.array(z.object({ item: z.string(), desk: z.string(), at: z.iso.datetime() })),
  }),
  errors: [],
} as const
