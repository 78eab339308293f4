/** One record: what is stated of it now, what was known on a day, what changed; correcting and withdrawing. */
import { z } from 'zod'
import { counted, entityId, id, key, MOST_VALUE, partialDate, problemRow, propertyName, recordRow, statementView } from './shapes.ts'

export const showRecord = {
  id: 'records.showRecord',
  method: 'get',
  path: 'records/:entity',
  summary: 'A record with every statement that is for this desk, merged ones together; optionally as it was known on a day',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.record-read',
  input: z.strictObject({
    entity: entityId,
    /** What did we know then: recorded time, of statements, of names and of what was held to be one. */
    knownAt: z.iso.datetime().optional(),
    /** What was said to hold then: valid time. */
    validAt: partialDate.optional(),
    /** Statements that ended too. */
    history: z.enum(['yes', 'no']).default('no'),
  }),
  ok: z.object({
    entity: entityId,
    schema: z.string(),
    caption: z.string(),
    /** Merged records: each with its own schema and name, and the judgements that hold them together. */
    members: z.array(recordRow),
    statements: z.array(statementView),
    /** Of the entries of sources that were read. */
    statementsLeftOut: z.number().int(),
    /** Entries of sources beyond, of several statements each. */
    sourcesLeftOut: counted,
    /** Processing of something that is shown is restricted now, or was on the day that is asked for. */
    restricted: z.boolean(),
    hold: z.array(z.object({ hold: id, caseRef: z.string(), until: z.iso.datetime() })),
    mayWrite: z.boolean(),
  }),
  errors: [],
} as const
export type RecordView = z.infer<(typeof showRecord)['ok']>

export const correctStatement = {
  id: 'records.correctStatement',
  method: 'post',
  path: 'fragments/:fragment/corrections',
  summary: 'Correct one statement of the own desk: the old one ends, the new one takes its place, both stay in the history',
  permission: 'records.write',
  purposeRequired: true,
  audit: 'records.statement-corrected',
  input: z.strictObject({
    fragment: id,
    ordinal: z.coerce.number().int().min(0).max(100_000),
    prop: propertyName,
    /** Absent: the statement is withdrawn, and nothing takes its place. */
    value: z.string().min(1).max(MOST_VALUE).optional(),
    from: partialDate.optional(),
    to: partialDate.optional(),
    reason: z.string().min(3).max(500),
    key,
  }),
  ok: z.object({ fragment: id, problems: z.array(problemRow) }),
  errors: ['records.values', 'records.not-own', 'records.ended'],
} as const

export const withdrawCollection = {
  id: 'records.withdrawCollection',
  method: 'post',
  path: 'collections/:collection/withdrawals',
  summary: 'End every statement of a collection of the own desk',
  permission: 'records.write',
  purposeRequired: true,
  audit: 'records.collection-withdrawn',
  input: z.strictObject({ collection: id, reason: z.string().min(3).max(500), key }),
  ok: z.object({ fragments: z.number().int() }),
  errors: ['records.not-own', 'records.held'],
} as const
