/** Judgements: whether two records are of one and the same. A judgement is one desk's, for one purpose, with its reason, and can always be taken back. */
import { z } from 'zod'
import { matchWire, presets } from './search.ts'
import { counted, entityId, id, key, recordRow, statementView } from './shapes.ts'

export const verdicts = ['same', 'not-same', 'unsure'] as const

export const judgementView = z.object({
  judgement: id,
  left: entityId,
  right: entityId,
  leftCaption: z.string(),
  rightCaption: z.string(),
  verdict: z.enum(verdicts),
  reason: z.string(),
  /** Statements the officer rested it on. */
  evidence: z.array(z.string()),
  score: z.number().optional(),
  by: z.string(),
  at: z.iso.datetime(),
  revoked: z.object({ by: z.string(), at: z.iso.datetime(), reason: z.string() }).optional(),
})
export type JudgementView = z.infer<typeof judgementView>

export const compareRecords = {
  id: 'records.compare',
  method: 'get',
  path: 'record-comparisons',
  summary: 'Two records side by side, property by property, with the reasons for and against their being one',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.compared',
  input: z.strictObject({ left: entityId, right: entityId, preset: z.enum(presets).default('balanced') }),
  ok: z.object({
    left: recordRow,
    right: recordRow,
    properties: z.array(z.object({ prop: z.string(), left: z.array(statementView), right: z.array(statementView), shared: z.boolean() })),
    /** Entries of sources, of either side, whose statements are not among them. */
    sourcesLeftOut: counted,
    match: matchWire,
    judgements: z.array(judgementView),
    /** A judgement `not-same` that stands between their clusters. */
    blockedBy: judgementView.optional(),
  }),
  errors: ['records.same-record'],
} as const
export type Comparison = z.infer<(typeof compareRecords)['ok']>

export const judge = {
  id: 'records.judge',
  method: 'post',
  path: 'judgements',
  summary: 'Say that two records are the same, are not, or that it is not clear',
  permission: 'records.judge',
  purposeRequired: true,
  audit: 'records.judged',
  input: z.strictObject({
    left: entityId,
    right: entityId,
    verdict: z.enum(verdicts),
    reason: z.string().min(3).max(1000),
    evidence: z.array(z.string().max(60)).max(50).default([]),
    preset: z.enum(presets).default('balanced'),
    key,
  }),
  ok: z.object({ judgement: id, entity: entityId }),
  errors: ['records.same-record', 'records.blocked', 'records.judged-already', 'records.evidence'],
} as const

export const revokeJudgement = {
  id: 'records.revokeJudgement',
  method: 'post',
  path: 'judgements/:judgement/revocations',
  summary: 'Take a judgement of the own desk back: every statement is under its record again',
  permission: 'records.judge',
  purposeRequired: true,
  audit: 'records.judgement-revoked',
  input: z.strictObject({ judgement: id, reason: z.string().min(3).max(500) }),
  ok: z.object({ revoked: z.boolean() }),
  errors: ['records.judgement-state'],
} as const

export const listJudgements = {
  id: 'records.listJudgements',
  method: 'get',
  path: 'judgements',
  summary: 'Judgements of this desk, of one record or all, the latest first',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.judgements-listed',
  input: z.strictObject({
    entity: entityId.optional(),
    revoked: z.enum(['yes', 'no']).default('yes'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(300).optional(),
  }),
  ok: z.object({ items: z.array(judgementView), next: z.string().optional() }),
  errors: ['records.cursor'],
} as const

export const listDuplicates = {
  id: 'records.listDuplicates',
  method: 'get',
  path: 'records/:entity/duplicates',
  summary: 'Records that may be the same as this one, strongest first, without those judged already',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.duplicates-listed',
  input: z.strictObject({
    entity: entityId,
    preset: z.enum(presets).default('balanced'),
    limit: z.coerce.number().int().min(1).max(50).default(10),
  }),
  ok: z.object({ items: z.array(recordRow.extend({ match: matchWire })), judgedAlready: z.number().int() }),
  errors: [],
} as const
