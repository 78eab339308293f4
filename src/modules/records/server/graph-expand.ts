/** Neighbours of records up to some hops, and with no hop the relations among them: what a board opens with. */
import { type Neighbourhood, neighbourhood } from '#kernel/graph/neighbourhood.ts'
import { handle } from '#platform/http/route.ts'
import { expandGraph } from '../contract.ts'
import { edgesOf, nodesOf } from './graph-answer.ts'
import { visibleOf } from './graph-read.ts'
import type { RecordGraph } from './graph-record.ts'
import { cachedSnapshot, type GraphAsked, type GraphReader, localGraph, openGraph, snapshotGraph } from './graph-scope.ts'

const MOST_EDGES = 200_000
const MOST_STEPS = 20_000_000

export interface ExpandAsked extends GraphAsked {
  /** Canonical ids of visible records. */
  readonly seeds: readonly string[]
  readonly hops: number
  /** Records beside the seeds. */
  readonly most: number
}

export interface Expanded {
  readonly reader: GraphReader
  readonly graph: RecordGraph
  readonly found: Neighbourhood
  /** The seeds as they were asked for, then the others as they were found. */
  readonly shown: readonly Shown[]
}

export interface Shown {
  readonly id: string
  /** Distinct neighbours, shown or not. */
  readonly degree: number
  /** Those of them that are not shown. */
  readonly leftOut: number
}

export const expandGraphRoute = handle(expandGraph, async (input, context) => {
  const opened = await openGraph(context, input)
  const seeds = await seedsOf(opened, input.entities)
  for (const id of seeds.slice(0, MOST_LOGGED)) context.about({ kind: 'record', id })
  const { reader, graph, found, shown } = await expand(opened, { ...input, seeds })
  // Says exactly what was read from, however many records it was.
  context.about({ kind: 'graph', id: reader.state.name })
  return {
    nodes: await nodesOf(
      reader,
      shown.map((each) => each.id),
      new Map(shown.map((each) => [each.id, each.degree])),
    ),
    edges: edgesOf(reader, graph, found.edges),
    edgesLeftOut: found.edgesLeftOut,
    leftOut: shown.flatMap(({ id, leftOut }) => (leftOut === 0 ? [] : [{ entity: id, count: leftOut }])),
    truncated: found.cutBy.length > 0 || found.exactUpTo < found.nodes.length,
    graph: reader.state.name,
  }
})
const MOST_LOGGED = 500

/** Canonical ids of those that are visible, each once, in the order asked. */
export async function seedsOf(reader: GraphReader, entities: readonly string[]): Promise<readonly string[]> {
  const asked = [...new Set(entities.map((entity) => reader.canonical.get(entity) ?? entity))]
  const visible = await visibleOf(reader.context.tx, reader.context.facts.authority, asked)
  return asked.filter((entity) => visible.has(entity))
}

export async function expand(reader: GraphReader, asked: ExpandAsked): Promise<Expanded> {
  const cached = cachedSnapshot(reader)
  if (cached !== undefined) return expandIn(reader, cached, asked)
  const local = await expandLocally(reader, asked)
  if (local !== undefined) return local
  const snapshot = await snapshotGraph(reader, asked)
  return expandIn(snapshot.reader, snapshot.graph, asked)
}

/** Reads hop after hop what the answer shows, and of what it shows every relation, so that what is left out is counted. */
export async function expandLocally(reader: GraphReader, asked: ExpandAsked): Promise<Expanded | undefined> {
  const local = localGraph(reader, asked.seeds)
  if (!(await local.read(asked.seeds))) return undefined
  for (let hop = 1; hop <= asked.hops; hop++) {
    const { shown } = expandIn(reader, await local.graph(), { ...asked, hops: hop })
    if (!(await local.read(shown.map((each) => each.id)))) return undefined
  }
  return expandIn(reader, await local.graph(), asked)
}

export function expandIn(reader: GraphReader, graph: RecordGraph, { seeds, hops, most }: ExpandAsked): Expanded {
  const nodes = seeds.flatMap((seed) => graph.nodeOf(seed) ?? [])
  const limits = { maxNodes: nodes.length + most, maxEdges: MOST_EDGES, maxPerNode: most, maxSteps: MOST_STEPS }
  const found = neighbourhood(graph.graph, { seeds: nodes, hops, filter: reader.filterFor(graph), limits })
  const degrees = degreesOf(graph, found)
  const shown = new Map<string, Shown>(seeds.map((id) => [id, { id, degree: 0, leftOut: 0 }]))
  for (const [place, node] of found.nodes.entries()) {
    const id = graph.idOf(node)
    shown.set(id, { id, degree: degrees[place] as number, leftOut: found.leftOut[place] as number })
  }
  return { reader, graph, found, shown: [...shown.values()] }
}

/** Distinct neighbours of each shown node, shown or not. */
export function degreesOf({ graph }: RecordGraph, found: Neighbourhood): readonly number[] {
  const places = new Map(Array.from(found.nodes, (node, place) => [node, place]))
  const degrees = Array.from(found.leftOut)
  const pairs = new Set<number>()
  for (const edge of found.edges) {
    const left = places.get(graph.sources[edge] as number) as number
    const right = places.get(graph.targets[edge] as number) as number
    const pair = Math.min(left, right) * found.nodes.length + Math.max(left, right)
    if (left === right || pairs.has(pair)) continue
    pairs.add(pair)
    degrees[left] = (degrees[left] as number) + 1
    degrees[right] = (degrees[right] as number) + 1
  }
  return degrees
}
