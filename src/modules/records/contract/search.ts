/** Search: identifiers first, then names, then text. Counts and facets are those of what this desk may read; there are no others. */
import { z } from 'zod'
import { counted, entityId, id, key, recordRow, schemaName } from './shapes.ts'

export const matchedBy = ['identifier', 'name', 'text', 'filter'] as const
export const presets = ['balanced', 'strict', 'ofac'] as const

export const matchStep = z.object({
  /** Message key suffix: `record.step.<code>`. */
  code: z.string(),
  property: z.string(),
  left: z.string(),
  right: z.string(),
  logOdds: z.number(),
})
export const matchWire = z.object({
  score: z.number(),
  logOdds: z.number(),
  prior: z.number(),
  steps: z.array(matchStep),
  threshold: z.number(),
})
export type MatchWire = z.infer<typeof matchWire>

export const facet = z.object({
  values: z.array(z.object({ value: z.string(), label: z.string().optional(), count: z.number().int() })),
  /** How many more values there are. */
  others: z.number().int(),
})

const filters = {
  q: z.string().max(300).default(''),
  schema: schemaName.optional(),
  country: z.string().max(8).optional(),
  topic: z.string().max(60).optional(),
  collection: id.optional(),
}

export const searchRecords = {
  id: 'records.search',
  method: 'get',
  path: 'records',
  summary: 'Search the records this desk may read',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.searched',
  input: z.strictObject({
    ...filters,
    preset: z.enum(presets).default('balanced'),
    limit: z.coerce.number().int().min(1).max(100).default(25),
    cursor: z.string().max(300).optional(),
  }),
  ok: z.object({
    items: z.array(recordRow.extend({ by: z.enum(matchedBy), score: z.number().optional(), matched: z.string().optional() })),
    /** Of everything found, or at least so many. */
    total: counted,
    facets: z.object({ schema: facet, country: facet, topic: facet, collection: facet }),
    next: z.string().optional(),
  }),
  errors: ['records.cursor'],
} as const
export type SearchAnswer = z.infer<(typeof searchRecords)['ok']>

/** Everything a screening desk asks at once: one subject against what the desk may read. */
export const matchSubject = {
  id: 'records.match',
  method: 'post',
  path: 'record-matches',
  summary: 'Compare a subject with the records this desk may read; each candidate with its reasons',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.matched',
  input: z.strictObject({
    schema: schemaName,
    properties: z.record(z.string().max(60), z.array(z.string().max(2000)).max(50)),
    preset: z.enum(presets).default('balanced'),
    limit: z.coerce.number().int().min(1).max(50).default(10),
  }),
  ok: z.object({ items: z.array(recordRow.extend({ match: matchWire })), examined: z.number().int(), blocksDropped: z.number().int() }),
  errors: ['records.schema', 'records.values'],
} as const

export const saveSearch = {
  id: 'records.saveSearch',
  method: 'post',
  path: 'saved-searches',
  summary: 'Keep a search, and be told when something new is found by it',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.search-saved',
  input: z.strictObject({ title: z.string().min(3).max(120), ...filters, days: z.coerce.number().int().min(1).max(365).default(90), key }),
  ok: z.object({ search: id }),
  errors: ['records.search-empty'],
} as const

export const listSavedSearches = {
  id: 'records.listSavedSearches',
  method: 'get',
  path: 'saved-searches',
  summary: 'Searches this desk keeps, and how many new records each found since it was last opened',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.saved-searches-listed',
  input: z.strictObject({}),
  ok: z.object({
    items: z.array(
      z.object({
        search: id,
        title: z.string(),
        q: z.string(),
        schema: z.string().optional(),
        country: z.string().optional(),
        topic: z.string().optional(),
        collection: id.optional(),
        fresh: z.number().int(),
        lastRunAt: z.iso.datetime().optional(),
        until: z.iso.datetime(),
      }),
    ),
  }),
  errors: [],
} as const

export const openSavedSearch = {
  id: 'records.openSavedSearch',
  method: 'post',
  path: 'saved-searches/:search/openings',
  summary: 'See what a kept search found since it was last opened',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.saved-search-opened',
  input: z.strictObject({ search: id }),
  /** What is not shown stays new. */
  ok: z.object({ fresh: z.array(recordRow), more: z.number().int() }),
  errors: [],
} as const

export const endSavedSearch = {
  id: 'records.endSavedSearch',
  method: 'post',
  path: 'saved-searches/:search/endings',
  summary: 'Keep a search no longer',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.saved-search-ended',
  input: z.strictObject({ search: id }),
  ok: z.object({ ended: z.boolean() }),
  errors: [],
} as const

export const crossrefStates = ['waiting', 'running', 'done', 'cancelled', 'failed'] as const
export const crossrefView = z.object({
  crossref: id,
  left: z.object({ collection: id, title: z.string() }),
  /** Absent: everything the desk may read. */
  right: z.object({ collection: id, title: z.string() }).optional(),
  preset: z.enum(presets),
  state: z.enum(crossrefStates),
  progress: z.number().min(0).max(1),
  compared: z.number().int(),
  pairs: z.number().int(),
  /** Blocks too large to compare, each named so that nobody takes silence for absence. */
  blocksDropped: z.number().int(),
  at: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  failed: z.string().optional(),
})
export type CrossrefView = z.infer<typeof crossrefView>

export const startCrossref = {
  id: 'records.startCrossref',
  method: 'post',
  path: 'cross-references',
  summary:
    'Compare a collection with another one or with everything the desk may read; runs in the background and goes on where it stopped',
  permission: 'records.judge',
  purposeRequired: true,
  audit: 'records.crossref-started',
  input: z.strictObject({ left: id, right: id.optional(), preset: z.enum(presets).default('balanced'), key }),
  ok: z.object({ crossref: id }),
  errors: [],
} as const

export const listCrossrefs = {
  id: 'records.listCrossrefs',
  method: 'get',
  path: 'cross-references',
  summary: 'Cross-references of this desk',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.crossrefs-listed',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(crossrefView) }),
  errors: [],
} as const

export const showCrossref = {
  id: 'records.showCrossref',
  method: 'get',
  path: 'cross-references/:crossref',
  summary: 'Pairs that a cross-reference found, strongest first, seen from either side; those judged already are marked',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.crossref-read',
  input: z.strictObject({
    crossref: id,
    /** Only pairs of this record, on whichever side it stands. */
    entity: entityId.optional(),
    judged: z.enum(['open', 'all']).default('open'),
    atLeast: z.coerce.number().min(0).max(1).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(300).optional(),
  }),
  ok: crossrefView.extend({
    items: z.array(
      z.object({
        left: recordRow,
        right: recordRow,
        score: z.number(),
        logOdds: z.number(),
        verdict: z.enum(['same', 'not-same', 'unsure']).optional(),
      }),
    ),
    total: counted,
    /** Keys that too many share; of the kind `candidates`, records of the left for which there may be more pairs. */
    dropped: z.array(z.object({ kind: z.string(), key: z.string(), size: z.number().int() })),
    next: z.string().optional(),
  }),
  errors: ['records.cursor'],
} as const

export const cancelCrossref = {
  id: 'records.cancelCrossref',
  method: 'post',
  path: 'cross-references/:crossref/cancellations',
  summary: 'Stop a cross-reference; the pairs found so far stay',
  permission: 'records.judge',
  purposeRequired: true,
  audit: 'records.crossref-cancelled',
  input: z.strictObject({ crossref: id }),
  ok: z.object({ state: z.enum(crossrefStates) }),
  errors: ['records.crossref-state'],
} as const
