/**
 * Degrees: how many edge ends, and how much weight, each node has in a direction, and how degrees are spread. An edge from a node to itself has two ends
 * at it: one outgoing and one incoming. O(nodes) without a filter, O(nodes + edges) with one.
 */
import { type EdgeFilter, edgeTest } from './edge-filter.ts'
import { type Direction, type Graph, rowsOf } from './graph.ts'

export interface DegreeQuery {
  readonly direction?: Direction
  readonly filter?: EdgeFilter
}

export function degreesOf(graph: Graph, { direction = 'both', filter }: DegreeQuery = {}): Int32Array {
  const { begins, ends } = rowsOf(graph, direction)
  const passes = edgeTest(graph, filter)
  const degrees = new Int32Array(graph.nodeCount)
  for (let node = 0; node < degrees.length; node++) {
    const begin = begins[node] as number
    const end = ends[node] as number
    let count = end - begin
    if (passes !== undefined) {
      count = 0
      for (let slot = begin; slot < end; slot++) if (passes(graph.edges[slot] as number)) count += 1
    }
    degrees[node] = count
  }
  return degrees
}

/** Sum of the weights of a node's edge ends, in the unit of the weights; equal to the degree when edges have none. */
export function strengthsOf(graph: Graph, { direction = 'both', filter }: DegreeQuery = {}): Float64Array {
  const { begins, ends } = rowsOf(graph, direction)
  const passes = edgeTest(graph, filter)
  const strengths = new Float64Array(graph.nodeCount)
  for (let node = 0; node < strengths.length; node++) {
    let sum = 0
    for (let slot = begins[node] as number; slot < (ends[node] as number); slot++) {
      const edge = graph.edges[slot] as number
      if (passes === undefined || passes(edge)) sum += graph.weights === undefined ? 1 : (graph.weights[edge] as number)
    }
    strengths[node] = sum
  }
  return strengths
}

/** How many nodes have each degree that occurs, ascending in degree. */
export function degreeDistribution(degrees: Int32Array): readonly { readonly degree: number; readonly nodes: number }[] {
  const counts = new Map<number, number>()
  for (const degree of degrees) counts.set(degree, (counts.get(degree) ?? 0) + 1)
  return [...counts].map(([degree, nodes]) => ({ degree, nodes })).sort((a, b) => a.degree - b.degree)
}
