/**
 * Shortest paths between two records, or those that time allows. A path of L hops lies within ⌈L/2⌉ of one end and ⌊L/2⌋ of the other, so that the relations
 * of the records nearer than that to their end are all that has to be read.
 */
import { allPaths } from '#kernel/graph/all-paths.ts'
import { neighbourhood } from '#kernel/graph/neighbourhood.ts'
import { comparePaths, kShortestPaths, type PathQuery, type PathsFound } from '#kernel/graph/paths.ts'
import { handle } from '#platform/http/route.ts'
import { findPaths } from '../contract.ts'
import { edgesOf, nodesOf } from './graph-answer.ts'
import { pairOf } from './graph-common.ts'
import { degreesOf, expandIn } from './graph-expand.ts'
import type { RecordGraph } from './graph-record.ts'
import { cachedSnapshot, type GraphAsked, type GraphReader, type LocalGraph, localGraph, openGraph, snapshotGraph } from './graph-scope.ts'

const MOST_STEPS = 20_000_000
const MOST_EDGES = 20_000
/** Paths in time are found in no order of length: so many are looked at, and the shortest of them shown. */
const MOST_LOOKED_AT = 1000
const UNBOUNDED = 2 ** 30

export interface PathAsked extends GraphAsked {
  readonly most: number
  readonly longest: number
  readonly inTime: 'yes' | 'no'
}

export const findPathsRoute = handle(findPaths, async (input, context) => {
  const opened = await openGraph(context, input)
  for (const id of [input.left, input.right]) context.about({ kind: 'record', id })
  const pair = await pairOf(opened, input)
  const { reader, graph } = await graphBetween(opened, pair, input)
  const found = pathsIn(reader, graph, { ...input, pair })
  const ids = [...new Set(found.paths.flatMap((path) => Array.from(path.nodes, (node) => graph.idOf(node))))]
  const seeds = ids.flatMap((id) => graph.nodeOf(id) ?? [])
  const limits = { maxNodes: seeds.length, maxEdges: MOST_EDGES, maxPerNode: 0, maxSteps: MOST_STEPS }
  const among = neighbourhood(graph.graph, { seeds, hops: 0, filter: reader.filterFor(graph), limits })
  const degrees = degreesOf(graph, among)
  const steps = new Set(
    found.paths.flatMap((path) => Array.from(path.nodes.subarray(1), (node, place) => stepMark(path.nodes[place] as number, node))),
  )
  const trodden = among.edges.filter((edge) =>
    steps.has(stepMark(graph.graph.sources[edge] as number, graph.graph.targets[edge] as number)),
  )
  return {
    paths: found.paths.map((path) => Array.from(path.nodes, (node) => graph.idOf(node))),
    nodes: await nodesOf(reader, ids, new Map(ids.map((id, place) => [id, degrees[place] as number]))),
    edges: edgesOf(reader, graph, trodden),
    truncated: found.isTruncated,
    graph: reader.state.name,
  }
})

function stepMark(left: number, right: number): string {
  return left < right ? `${left} ${right}` : `${right} ${left}`
}

async function graphBetween(
  opened: GraphReader,
  pair: readonly [string, string],
  asked: PathAsked,
): Promise<{ readonly reader: GraphReader; readonly graph: RecordGraph }> {
  const cached = cachedSnapshot(opened)
  if (cached !== undefined) return { reader: opened, graph: cached }
  const local = localGraph(opened)
  if (await readBetween(opened, local, { pair, longest: asked.longest })) {
    const graph = await local.graph()
    const found = pathsIn(opened, graph, { ...asked, pair })
    // The relations of what is shown, so that the degree of each is the whole of it.
    const shown = found.paths.flatMap((path) => Array.from(path.nodes, (node) => graph.idOf(node)))
    if (await local.read([...new Set(shown)])) return { reader: opened, graph: await local.graph() }
  }
  return await snapshotGraph(opened, asked)
}

/** False when too much lies between them to be read for one question. */
export async function readBetween(
  reader: GraphReader,
  local: LocalGraph,
  { pair, longest }: { readonly pair: readonly [string, string]; readonly longest: number },
): Promise<boolean> {
  const [left, right] = pair
  if (left === right) return true
  for (let hop = 0; hop < Math.ceil(longest / 2); hop++) {
    const graph = await local.graph()
    const around = (seed: string): readonly string[] => {
      return expandIn(reader, graph, { seeds: [seed], hops: hop, most: UNBOUNDED }).shown.map((each) => each.id)
    }
    const wanted = hop < Math.floor(longest / 2) ? [...around(left), ...around(right)] : around(left)
    if (!(await local.read([...new Set(wanted)]))) return false
  }
  return true
}

export function pathsIn(
  reader: GraphReader,
  graph: RecordGraph,
  { pair, most, longest, inTime }: PathAsked & { readonly pair: readonly [string, string] },
): PathsFound {
  const [from, to] = pair.map((id) => graph.nodeOf(id))
  if (from === undefined || to === undefined || from === to) return { paths: [], isTruncated: false, steps: 0 }
  const query = { from, to, filter: reader.filterFor(graph), maxHops: longest, maxSteps: MOST_STEPS }
  if (inTime === 'no') return shortestIn(graph, { ...query, maxPaths: most })
  const all = allPaths(graph.graph, { ...query, order: 'in-time', maxPaths: MOST_LOOKED_AT })
  return { ...all, paths: all.paths.slice(0, most), isTruncated: all.isTruncated || all.paths.length > most }
}

/** Which of several paths of one length are shown must not hang on how much of the graph was read: where they can all be looked at, those of the lowest ids. */
function shortestIn({ graph }: RecordGraph, query: PathQuery & { readonly maxPaths: number }): PathsFound {
  const found = kShortestPaths(graph, query)
  const longest = (found.paths.at(-1)?.nodes.length ?? 1) - 1
  if (longest < 1 || !found.isTruncated) return { ...found, paths: [...found.paths].sort(comparePaths) }
  const all = allPaths(graph, { ...query, maxHops: longest, maxPaths: MOST_LOOKED_AT })
  return all.isTruncated ? found : { ...found, paths: all.paths.slice(0, query.maxPaths) }
}
