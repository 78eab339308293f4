/**
 * Which graph answers a question. Few relations are read straight from the store, for the records in question alone; a question that reaches farther is
 * answered from a snapshot of all that the reader sees, which is kept until a statement or a judgement changes. Both number their nodes in the order of ids
 * and are asked by the same functions, so both give the same answer.
 */
import type { EdgeFilter } from '#kernel/graph/edge-filter.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { allCanonicals } from './clusters.ts'
import { createGraphCache, type GraphCache, type Sized } from './graph-cache.ts'
import { createRelationStore, type RelationStore } from './graph-columns.ts'
import { layersOf } from './graph-layers.ts'
import { exceeds, type RelationScope, readAll, readIncident, visibleOf } from './graph-read.ts'
import { type RecordGraph, recordGraphOf } from './graph-record.ts'
import { type GraphState, graphStateOf } from './graph-state.ts'
import { type DayWindow, windowOf } from './graph-time.ts'

/** Rows that are read for one question before a snapshot of everything is the shorter way. */
const MOST_LOCAL_ROWS = 150_000
/** A snapshot holds no more: about 90 bytes each. */
const MOST_SNAPSHOT_ROWS = 12_000_000
const CACHE_BYTES = 1024 * 1024 * 1024
const ATTEMPTS = 3
const FIRST_ROOM = 32_768

export interface GraphReader {
  readonly context: CaseContext
  readonly state: GraphState
  readonly scope: RelationScope
  readonly canonical: ReadonlyMap<string, string>
  /** For each id that stands for others: all of them, itself included. */
  readonly members: ReadonlyMap<string, readonly string[]>
  /** The filter in the numbers of a graph. */
  filterFor(graph: RecordGraph): EdgeFilter
}

interface Kept {
  readonly relations: GraphCache<RelationStore>
  readonly graphs: GraphCache<RecordGraph>
  readonly canonicals: GraphCache<Sized & { readonly map: ReadonlyMap<string, string> }>
}
const caches = new WeakMap<NodeServices, Kept>()

export type GraphAsked = DayWindow & { readonly layers?: string }

export async function openGraph(context: CaseContext, asked: GraphAsked = {}): Promise<GraphReader> {
  return await readerFor(context, await graphStateOf(context.tx, context.facts), asked)
}

async function readerFor(context: CaseContext, state: GraphState, asked: GraphAsked): Promise<GraphReader> {
  const layers = layersOf(asked.layers ?? '')
  const window = windowOf(asked)
  const canonical = state.hasJudgements ? await canonicalsOf(context, state) : new Map<string, string>()
  const members = new Map<string, string[]>()
  for (const [entity, stands] of canonical) {
    const all = members.get(stands)
    if (all === undefined) members.set(stands, [stands, entity])
    else all.push(entity)
  }
  return {
    context,
    state,
    scope: { org: context.facts.authority, state, layers },
    canonical,
    members,
    filterFor: (graph) => {
      const numbers = layers === undefined ? undefined : graph.layersOf(layers)
      return { ...(numbers === undefined ? {} : { layers: numbers }), ...(window === undefined ? {} : { window }) }
    },
  }
}

async function canonicalsOf(context: CaseContext, state: GraphState): Promise<ReadonlyMap<string, string>> {
  if (!state.isSettled) return await allCanonicals(context.tx, context.facts)
  const kept = await cacheOf(context.services).canonicals.take(state.name, async () => {
    const map = await allCanonicals(context.tx, context.facts)
    return { map, byteLength: map.size * 200 }
  })
  return kept?.map ?? new Map()
}

/** A part of the graph that grows by what is read into it. */
export interface LocalGraph {
  /** Reads every relation of these records; false when that is more than one question is worth. */
  read(canonicals: readonly string[]): Promise<boolean>
  graph(): Promise<RecordGraph>
}

/** `known`: canonical ids of records that are visible, so that the store is not asked again. */
export function localGraph({ context, scope, canonical, members }: GraphReader, known: readonly string[] = []): LocalGraph {
  const store = createRelationStore()
  const done = new Set<string>()
  const visible = new Set(known.filter((id) => !members.has(id)))
  const hidden = new Set<string>()
  const look = async (ends: ReadonlySet<string>): Promise<void> => {
    const unknown = [...ends].filter((end) => !visible.has(end) && !hidden.has(end))
    if (unknown.length === 0) return
    const found = await visibleOf(context.tx, scope.org, unknown)
    for (const end of unknown) (found.has(end) ? visible : hidden).add(end)
  }
  return {
    read: async (canonicals) => {
      const fresh = canonicals.flatMap((id) => members.get(id) ?? [id]).filter((id) => !done.has(id))
      const lines = await readIncident(context.tx, scope, { ends: fresh, most: MOST_LOCAL_ROWS - store.edgeCount })
      if (lines === undefined) return false
      const rows = lines.map((line) => line.split('\t'))
      await look(new Set(rows.flatMap(([, , source = '', target = '']) => [source, target])))
      // What has its other end among those read before was read with that one.
      store.add(
        rows.filter(
          ([, , source = '', target = '']) => visible.has(source) && visible.has(target) && !done.has(source) && !done.has(target),
        ),
      )
      for (const id of fresh) done.add(id)
      return true
    },
    graph: async () => await recordGraphOf(store, canonical),
  }
}

export function cachedSnapshot(reader: GraphReader): RecordGraph | undefined {
  if (!reader.state.isSettled) return undefined
  return cacheOf(reader.context.services).graphs.find(keyOf(reader.state.name, undefined))
}

export interface Snapshot {
  readonly graph: RecordGraph
  /** What it answers to: a change while it is read makes it start anew. */
  readonly reader: GraphReader
}

/** Everything the reader sees. */
export async function snapshotGraph(reader: GraphReader, asked: GraphAsked): Promise<Snapshot> {
  const { context } = reader
  const { graphs, relations } = cacheOf(context.services)
  let current = reader
  for (let attempt = 1; attempt <= ATTEMPTS && current.state.isSettled; attempt++) {
    const { state, canonical } = current
    const scope = await snapshotScope(current)
    const graph = await graphs.take(keyOf(state.name, scope.layers), async () => {
      const store = await relations.take(keyOf(state.edgesName, scope.layers), async () => {
        const read = await readRelations(context, scope)
        const after = await graphStateOf(context.tx, context.facts)
        return after.edgesName === state.edgesName ? read : undefined
      })
      return store === undefined ? undefined : await recordGraphOf(store, canonical)
    })
    if (graph !== undefined) return { graph, reader: current }
    current = await openGraph(context, asked)
  }
  // Statements come in without a pause, or from this very transaction: what one pass sees is an answer too, though none to keep.
  return { graph: await recordGraphOf(await readRelations(context, await snapshotScope(current)), current.canonical), reader: current }
}

/** All kinds, so that one graph serves whichever are asked for; only those asked for where all are too many. */
async function snapshotScope(reader: GraphReader): Promise<RelationScope> {
  const { tx } = reader.context
  const whole = { ...reader.scope, layers: undefined }
  if (cachedSnapshot(reader) !== undefined || !(await exceeds(tx, whole, MOST_SNAPSHOT_ROWS))) return whole
  if (reader.scope.layers !== undefined && !(await exceeds(tx, reader.scope, MOST_SNAPSHOT_ROWS))) return reader.scope
  throw new AppError(422, 'records.graph-size', 'There are more relations than fit into one graph: choose kinds of relations.')
}

async function readRelations({ tx }: CaseContext, scope: RelationScope): Promise<RelationStore> {
  const store = createRelationStore(FIRST_ROOM)
  for await (const lines of readAll(tx, scope)) store.add(lines.map((line) => line.split('\t')))
  return store
}

function keyOf(state: string, layers: readonly string[] | undefined): string {
  return [state, ...(layers ?? [])].join(' ')
}

function cacheOf(services: NodeServices): Kept {
  const found = caches.get(services)
  if (found !== undefined) return found
  const made: Kept = {
    relations: createGraphCache(CACHE_BYTES),
    graphs: createGraphCache(CACHE_BYTES),
    canonicals: createGraphCache(CACHE_BYTES / 16),
  }
  caches.set(services, made)
  return made
}
