/** The graph of records: edges by declaration of the model, counts before content, bounds that are said. Built from what this desk may read. */
import { z } from 'zod'
import { counted, entityId, recordRow } from './shapes.ts'

const window = { from: z.iso.date().optional(), to: z.iso.date().optional(), layers: z.string().max(600).default('') }

export const graphNode = recordRow.pick({ entity: true, schema: true, caption: true, merged: true }).extend({ degree: z.number().int() })
export type GraphNode = z.infer<typeof graphNode>
export const graphEdge = z.object({
  /** The record that is the edge, or record and property for a link; then 64 bits of each end, so that it is one edge of a record with several. */
  edge: z.string(),
  /** Opens as a record when it is one. */
  entity: entityId.optional(),
  source: entityId,
  target: entityId,
  /** Schema or `Schema.property`. */
  kind: z.string(),
  directed: z.boolean(),
  from: z.string().optional(),
  to: z.string().optional(),
  statements: z.number().int(),
})
export type GraphEdge = z.infer<typeof graphEdge>

export const showNeighbourCounts = {
  id: 'records.showNeighbourCounts',
  method: 'get',
  path: 'records/:entity/neighbour-counts',
  summary: 'How many neighbours a record has, by kind and direction, before any is drawn',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.graph-read',
  input: z.strictObject({ entity: entityId, ...window }),
  ok: z.object({
    total: z.number().int(),
    kinds: z.array(z.object({ kind: z.string(), direction: z.enum(['out', 'in', 'both']), count: z.number().int() })),
  }),
  errors: ['records.layer'],
} as const

export const expandGraph = {
  id: 'records.expandGraph',
  method: 'post',
  path: 'graph-expansions',
  summary: 'Neighbours of records up to some hops, within bounds; what was left out is counted for each record',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.graph-read',
  input: z.strictObject({
    entities: z.array(entityId).min(1).max(20_000),
    hops: z.coerce.number().int().min(0).max(3).default(1),
    /** Records beside those asked about. */
    most: z.coerce.number().int().min(1).max(50_000).default(500),
    ...window,
  }),
  ok: z.object({
    nodes: z.array(graphNode),
    edges: z.array(graphEdge),
    edgesLeftOut: z.number().int(),
    leftOut: z.array(z.object({ entity: entityId, count: z.number().int() })),
    truncated: z.boolean(),
    /** Content hash of the graph this was read from, with the view it was built for. */
    graph: z.string(),
  }),
  errors: ['records.layer', 'records.graph-size'],
} as const
export type Expansion = z.infer<(typeof expandGraph)['ok']>

export const findPaths = {
  id: 'records.findPaths',
  method: 'get',
  path: 'graph-paths',
  summary: 'Shortest paths between two records',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.graph-read',
  input: z.strictObject({
    left: entityId,
    right: entityId,
    most: z.coerce.number().int().min(1).max(20).default(5),
    longest: z.coerce.number().int().min(1).max(8).default(6),
    /** Each step no earlier than the one before it. */
    inTime: z.enum(['yes', 'no']).default('no'),
    ...window,
  }),
  ok: z.object({
    /** Ids of records from left to right. */
    paths: z.array(z.array(entityId)),
    nodes: z.array(graphNode),
    edges: z.array(graphEdge),
    truncated: z.boolean(),
    graph: z.string(),
  }),
  errors: ['records.layer', 'records.graph-size'],
} as const

export const findCommon = {
  id: 'records.findCommonNeighbours',
  method: 'get',
  path: 'graph-common-neighbours',
  summary: 'Records that two records both touch',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.graph-read',
  input: z.strictObject({ left: entityId, right: entityId, most: z.coerce.number().int().min(1).max(500).default(100), ...window }),
  ok: z.object({ nodes: z.array(graphNode), edges: z.array(graphEdge), leftOut: z.number().int(), graph: z.string() }),
  errors: ['records.layer', 'records.graph-size'],
} as const

export const showTimeline = {
  id: 'records.showTimeline',
  method: 'post',
  path: 'record-timelines',
  summary: 'Dated statements and relations of some records, in order of time',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.timeline-read',
  input: z.strictObject({
    entities: z.array(entityId).min(1).max(2000),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    most: z.coerce.number().int().min(1).max(5000).default(1000),
  }),
  ok: z.object({
    items: z.array(
      z.object({
        entity: entityId,
        caption: z.string(),
        schema: z.string(),
        prop: z.string(),
        from: z.string(),
        to: z.string().optional(),
        with: z.array(entityId),
      }),
    ),
    leftOut: z.number().int(),
    /** Entries of sources in which no dates were looked for: there are too many, or they say too much. */
    sourcesLeftOut: counted,
  }),
  errors: [],
} as const
