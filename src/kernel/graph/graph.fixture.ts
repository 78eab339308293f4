/** Graphs for tests: small ones of every kind, drawn by fast-check, and what must hold of any graph by slow and obvious ways. */
import fc from 'fast-check'
import { componentsOf } from './components.ts'
import { buildGraph, type EdgeColumns } from './csr.ts'
import type { EdgeFilter } from './edge-filter.ts'
import type { Direction, Graph } from './graph.ts'

export interface PlainEdge {
  readonly source: number
  readonly target: number
  readonly layer: number
  readonly weight: number
  readonly from: number
  readonly to: number
}

export interface PlainGraph {
  readonly nodeCount: number
  readonly isDirected: boolean
  readonly edges: readonly PlainEdge[]
}

/** Up to nine nodes and enough edges for loops, parallel edges and isolated nodes to be the rule. */
export const anyPlainGraph: fc.Arbitrary<PlainGraph> = fc.integer({ min: 1, max: 9 }).chain((nodeCount) =>
  fc.record({
    nodeCount: fc.constant(nodeCount),
    isDirected: fc.boolean(),
    edges: fc.array(
      fc
        .record({
          source: fc.nat(nodeCount - 1),
          target: fc.nat(nodeCount - 1),
          layer: fc.nat(2),
          weight: fc.integer({ min: -3, max: 9 }),
          from: fc.constantFrom(-Infinity, 0, 1, 2, 3, 4, 5),
          lasts: fc.constantFrom(Infinity, 0, 1, 2, 3),
        })
        .map(({ from, lasts, ...edge }) => ({ ...edge, from, to: from === -Infinity ? lasts : from + lasts })),
      { maxLength: 18 },
    ),
  }),
)

export const anyFilter: fc.Arbitrary<EdgeFilter> = fc.record(
  {
    layers: fc.subarray([0, 1, 2]),
    window: fc
      .tuple(fc.integer({ min: -1, max: 6 }), fc.integer({ min: 1, max: 4 }))
      .map(([from, width]) => ({ from, until: from + width })),
  },
  { requiredKeys: [] },
)

export const anyDirection: fc.Arbitrary<Direction> = fc.constantFrom('out', 'in', 'both')

export function columnsOf({ nodeCount, edges }: PlainGraph): EdgeColumns {
  return {
    nodeCount,
    sources: Int32Array.from(edges, (edge) => edge.source),
    targets: Int32Array.from(edges, (edge) => edge.target),
    layers: Uint8Array.from(edges, (edge) => edge.layer),
    weights: Float64Array.from(edges, (edge) => edge.weight),
    validity: { from: Float64Array.from(edges, (edge) => edge.from), to: Float64Array.from(edges, (edge) => edge.to) },
  }
}

export function built(columns: EdgeColumns, isDirected: boolean): Graph {
  const graph = buildGraph(columns, { isDirected })
  if (!graph.ok) throw new Error(graph.problems.map((problem) => `${problem.at}: ${problem.message}`).join(' '))
  return graph.value
}

export function graphFrom(plain: PlainGraph): Graph {
  return built(columnsOf(plain), plain.isDirected)
}

/** An undirected graph without layers, weights and times. */
export function undirected(nodeCount: number, pairs: readonly (readonly [number, number])[]): Graph {
  return built({ nodeCount, sources: Int32Array.from(pairs, ([a]) => a), targets: Int32Array.from(pairs, ([, b]) => b) }, false)
}

export function isHolding(edge: PlainEdge, { layers, window }: EdgeFilter): boolean {
  if (layers !== undefined && !layers.includes(edge.layer)) return false
  return window === undefined || (edge.from < window.until && edge.to >= window.from)
}

/** Where each edge leads from a node, by looking at every edge: what rows and filters must amount to. */
export function hopsFrom(
  plain: PlainGraph,
  node: number,
  { direction = 'both', filter = {} }: { direction?: Direction; filter?: EdgeFilter },
) {
  return plain.edges.flatMap((edge, number) => {
    if (!isHolding(edge, filter)) return []
    const out = edge.source === node && (direction !== 'in' || !plain.isDirected) ? [{ node: edge.target, edge: number }] : []
    const back = edge.target === node && (direction !== 'out' || !plain.isDirected) ? [{ node: edge.source, edge: number }] : []
    return [...out, ...back]
  })
}

export type Pairs = readonly (readonly [number, number])[]

/** Components after each edge, and each node, is taken away in turn. */
export function cutPointsByTakingAway(nodeCount: number, pairs: Pairs) {
  const parts = (rest: Pairs) => componentsOf(undirected(nodeCount, rest)).sizes.length
  const whole = parts(pairs)
  return {
    bridges: pairs.flatMap((_, edge) => (parts(pairs.filter((__, other) => other !== edge)) > whole ? [edge] : [])),
    // The node itself stays as a component of its own.
    articulationPoints: Array.from({ length: nodeCount }, (_, node) => node).filter((node) => {
      const rest = pairs.filter(([a, b]) => a !== node && b !== node)
      const isAlone = pairs.every(([a, b]) => (a !== node && b !== node) || a === b)
      return !isAlone && parts(rest) - 1 > whole
    }),
  }
}

/** For k = 1, 2, …: throw out whoever has fewer than k neighbours left, again and again, until nobody is; those that stay are in the k-core. */
export function coresByThrowingOut(neighbours: readonly ReadonlySet<number>[]): Int32Array {
  const cores = new Int32Array(neighbours.length)
  let inside = new Set(neighbours.keys())
  for (let k = 1; inside.size > 0; k++) {
    for (let before = -1; before !== inside.size; ) {
      before = inside.size
      inside = new Set([...inside].filter((node) => [...(neighbours[node] ?? [])].filter((other) => inside.has(other)).length >= k))
    }
    for (const node of inside) cores[node] = k
  }
  return cores
}

/** Those of the first set that are not in the second. */
export function without(first: ReadonlySet<number>, second: ReadonlySet<number>): Set<number> {
  return new Set([...first].filter((member) => !second.has(member)))
}
