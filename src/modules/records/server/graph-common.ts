/** Records that two records both touch, with the relations by which they do. */
import { commonNeighbours } from '#kernel/graph/common-neighbours.ts'
import { neighbourhood } from '#kernel/graph/neighbourhood.ts'
import { notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { findCommon } from '../contract.ts'
import { edgesOf, nodesOf } from './graph-answer.ts'
import { degreesOf, seedsOf } from './graph-expand.ts'
import type { RecordGraph } from './graph-record.ts'
import { cachedSnapshot, type GraphAsked, type GraphReader, localGraph, openGraph, snapshotGraph } from './graph-scope.ts'

const MOST_EDGES = 20_000
const MOST_STEPS = 20_000_000

interface Common {
  readonly reader: GraphReader
  readonly graph: RecordGraph
  /** The two asked about, then those in common. */
  readonly seeds: readonly number[]
  readonly total: number
}

export const findCommonRoute = handle(findCommon, async (input, context) => {
  const opened = await openGraph(context, input)
  for (const id of [input.left, input.right]) context.about({ kind: 'record', id })
  const pair = await pairOf(opened, input)
  const common = await findCommonOf(opened, pair, input)
  if (common === undefined) return { nodes: [], edges: [], leftOut: 0, graph: opened.state.name }
  const { reader, graph, seeds, total } = common
  const limits = { maxNodes: seeds.length, maxEdges: MOST_EDGES, maxPerNode: 0, maxSteps: MOST_STEPS }
  const among = neighbourhood(graph.graph, { seeds, hops: 0, filter: reader.filterFor(graph), limits })
  const degrees = degreesOf(graph, among)
  const shown = seeds.map((node) => graph.idOf(node))
  // Relations between the common ones are another question.
  const joining = among.edges.filter((edge) =>
    [graph.graph.sources[edge], graph.graph.targets[edge]].some((end) => end === seeds[0] || end === seeds[1]),
  )
  return {
    nodes: await nodesOf(reader, shown, new Map(shown.map((id, place) => [id, degrees[place] as number]))),
    edges: edgesOf(reader, graph, joining),
    leftOut: total - (seeds.length - 2),
    graph: reader.state.name,
  }
})

/** Undefined when they have nothing in common: both are one, or one of them has no relation. */
async function findCommonOf(
  opened: GraphReader,
  pair: readonly [string, string],
  asked: GraphAsked & { readonly most: number },
): Promise<Common | undefined> {
  if (pair[0] === pair[1]) return undefined
  const cached = cachedSnapshot(opened)
  if (cached !== undefined) return commonIn(opened, cached, { pair, most: asked.most })
  const local = localGraph(opened)
  if (await local.read(pair)) {
    const common = commonIn(opened, await local.graph(), { pair, most: asked.most })
    if (common === undefined) return undefined
    // Theirs too, so that the degree of each is the whole of it.
    if (await local.read(common.seeds.map((node) => common.graph.idOf(node))))
      return commonIn(opened, await local.graph(), { pair, most: asked.most })
  }
  const snapshot = await snapshotGraph(opened, asked)
  return commonIn(snapshot.reader, snapshot.graph, { pair, most: asked.most })
}

function commonIn(
  reader: GraphReader,
  graph: RecordGraph,
  { pair, most }: { readonly pair: readonly [string, string]; readonly most: number },
): Common | undefined {
  const [left, right] = pair.map((id) => graph.nodeOf(id))
  if (left === undefined || right === undefined) return undefined
  const { nodes, total } = commonNeighbours(graph.graph, [left, right], { filter: reader.filterFor(graph), maxNodes: most })
  return { reader, graph, seeds: [left, right, ...nodes], total }
}

/** Canonical ids of two visible records; one that is not answers like none. */
export async function pairOf(
  reader: GraphReader,
  asked: GraphAsked & { readonly left: string; readonly right: string },
): Promise<readonly [string, string]> {
  const left = reader.canonical.get(asked.left) ?? asked.left
  const right = reader.canonical.get(asked.right) ?? asked.right
  if ((await seedsOf(reader, [left, right])).length < new Set([left, right]).size) throw notFound()
  return [left, right]
}
