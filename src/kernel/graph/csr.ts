/**
 * Builds a graph from the columns of its edges by counting sort, in O(nodes + edges) time and one buffer. The same columns give the same bytes. Edges
 * that name a node outside the graph, or hold no number where one belongs, are refused with their row: nothing is left out of a graph unsaid.
 * Limits: 2^31 − 2 nodes and 2^30 − 1 edges, because slots (2 × edges) and offsets are counted in 32 bits.
 * Source: D. E. Knuth, "The Art of Computer Programming" volume 3, section 5.2 (distribution counting).
 */
import { accept, type Parsed, type Problem, refuse } from '../result/problem.ts'
import type { Graph } from './graph.ts'
import { graphOver, layoutOf, MAX_EDGES, MAX_NODES, type Shape, writeHeader } from './snapshot-layout.ts'

export interface EdgeColumns {
  /** Nodes are numbered 0 to nodeCount − 1; a node without edges is a node all the same. */
  readonly nodeCount: number
  readonly sources: Int32Array
  readonly targets: Int32Array
  /** Kind of each edge, 0 to 255. */
  readonly layers?: Uint8Array
  readonly weights?: Float64Array
  /** First and last instant in milliseconds since 1970, both included; −Infinity and Infinity where unknown. */
  readonly validity?: { readonly from: Float64Array; readonly to: Float64Array }
}

/** Gives a zeroed buffer of so many bytes. */
export type Allocate = (bytes: number) => ArrayBufferLike

export interface BuildOptions {
  readonly isDirected: boolean
  readonly allocate?: Allocate
}

/** For graphs that other threads read without a copy; a browser without cross-origin isolation has no shared memory and gets a plain buffer. */
export function allocateShared(bytes: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes)
}

const LISTED = 10

export function buildGraph(
  columns: EdgeColumns,
  { isDirected, allocate = (bytes) => new ArrayBuffer(bytes) }: BuildOptions,
): Parsed<Graph> {
  const misfit = checkCounts(columns)
  if (misfit !== undefined) return refuse(misfit)
  const problems = checkEdges(columns)
  if (problems.length > 0) return { ok: false, problems }
  const shape: Shape = {
    nodeCount: columns.nodeCount,
    edgeCount: columns.sources.length,
    isDirected,
    hasLayers: columns.layers !== undefined,
    hasWeights: columns.weights !== undefined,
    hasValidity: columns.validity !== undefined,
  }
  const { byteLength } = layoutOf(shape)
  const buffer = allocated(allocate, byteLength)
  if (buffer?.byteLength !== byteLength) {
    return refuse({ code: 'graph.memory', at: 'graph', message: `There is no room for a graph of ${byteLength} bytes.` })
  }
  writeHeader(buffer, shape)
  const graph = graphOver(buffer, shape)
  graph.sources.set(columns.sources)
  graph.targets.set(columns.targets)
  if (columns.layers !== undefined) graph.layers?.set(columns.layers)
  if (columns.weights !== undefined) graph.weights?.set(columns.weights)
  if (columns.validity !== undefined) {
    graph.validFrom?.set(columns.validity.from)
    graph.validTo?.set(columns.validity.to)
  }
  if (graph.splits === undefined) fillUndirected(graph)
  else fillDirected(graph, graph.splits)
  return accept(graph)
}

/** Undefined when memory of that size cannot be had: an engine says so by throwing. */
function allocated(allocate: Allocate, bytes: number): ArrayBufferLike | undefined {
  try {
    return allocate(bytes)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function checkCounts({ nodeCount, sources, targets, layers, weights, validity }: EdgeColumns): Problem | undefined {
  if (!Number.isInteger(nodeCount) || nodeCount < 0 || nodeCount > MAX_NODES) {
    return { code: 'graph.node-count', at: 'nodeCount', message: `A graph has between 0 and ${MAX_NODES} nodes, not ${nodeCount}.` }
  }
  if (sources.length > MAX_EDGES) {
    return { code: 'graph.edge-count', at: 'sources', message: `A graph has at most ${MAX_EDGES} edges, not ${sources.length}.` }
  }
  const lengths = { targets, layers, weights, 'validity.from': validity?.from, 'validity.to': validity?.to }
  for (const [at, column] of Object.entries(lengths)) {
    if (column !== undefined && column.length !== sources.length) {
      return { code: 'graph.columns', at, message: `This column has ${column.length} values for ${sources.length} edges.` }
    }
  }
  return undefined
}

/** The first ten edges that cannot be taken, and how many more there are. */
function checkEdges({ nodeCount, sources, targets, weights, validity }: EdgeColumns): readonly Problem[] {
  const problems: Problem[] = []
  let refused = 0
  const say = (edge: number, code: string, message: string): void => {
    refused += 1
    if (problems.length < LISTED) problems.push({ code, at: `edge ${edge}`, message })
  }
  for (let edge = 0; edge < sources.length; edge++) {
    const source = sources[edge] as number
    const target = targets[edge] as number
    if (source < 0 || target < 0 || source >= nodeCount || target >= nodeCount) {
      say(edge, 'graph.node', `It joins ${source} and ${target}, but nodes are numbered below ${nodeCount}.`)
    } else if (weights !== undefined && !Number.isFinite(weights[edge])) {
      say(edge, 'graph.weight', `Its weight is ${weights[edge]}; a weight is a finite number.`)
    } else if (validity !== undefined && !isSpan(validity.from[edge] as number, validity.to[edge] as number)) {
      say(edge, 'graph.validity', `It is said to hold from ${validity.from[edge]} to ${validity.to[edge]}.`)
    }
  }
  if (refused > problems.length) {
    problems.push({ code: 'graph.more', at: 'edges', message: `${refused - problems.length} more edges cannot be taken.` })
  }
  return problems
}

/** It ends no earlier than it begins, and neither at the wrong infinity. */
function isSpan(from: number, to: number): boolean {
  return from <= to && from !== Infinity && to !== -Infinity
}

/** Two passes: rows in the order of edges, then their transposition, which leaves every row ascending in neighbour and edge. */
function fillUndirected(graph: Graph): void {
  const { sources, targets, offsets, neighbours, edges, nodeCount, edgeCount } = graph
  for (let edge = 0; edge < edgeCount; edge++) {
    ;(offsets[(sources[edge] as number) + 1] as number)++
    ;(offsets[(targets[edge] as number) + 1] as number)++
  }
  for (let node = 0; node < nodeCount; node++) offsets[node + 1] = (offsets[node + 1] as number) + (offsets[node] as number)
  const fill = offsets.slice(0, nodeCount)
  const unordered = new Int32Array(2 * edgeCount)
  for (let edge = 0; edge < edgeCount; edge++) {
    const source = sources[edge] as number
    const target = targets[edge] as number
    unordered[(fill[source] as number)++] = edge
    unordered[(fill[target] as number)++] = edge
  }
  fill.set(offsets.subarray(0, nodeCount))
  for (let node = 0; node < nodeCount; node++) {
    for (let slot = offsets[node] as number; slot < (offsets[node + 1] as number); slot++) {
      const edge = unordered[slot] as number
      const source = sources[edge] as number
      const other = source === node ? (targets[edge] as number) : source
      const place = (fill[other] as number)++
      neighbours[place] = node
      edges[place] = edge
    }
  }
}

/** Three passes: edges by source, from that the incoming parts (ascending in source), from those the outgoing parts (ascending in target). */
function fillDirected(graph: Graph, splits: Int32Array): void {
  const { sources, targets, offsets, neighbours, edges, nodeCount, edgeCount } = graph
  const outgoing = new Int32Array(nodeCount + 1)
  for (let edge = 0; edge < edgeCount; edge++) {
    const source = sources[edge] as number
    ;(outgoing[source] as number)++
    ;(offsets[source + 1] as number)++
    ;(offsets[(targets[edge] as number) + 1] as number)++
  }
  let placed = 0
  const fill = new Int32Array(nodeCount)
  for (let node = 0; node < nodeCount; node++) {
    offsets[node + 1] = (offsets[node + 1] as number) + (offsets[node] as number)
    const count = outgoing[node] as number
    splits[node] = (offsets[node] as number) + count
    fill[node] = placed
    placed += count
  }
  const bySource = new Int32Array(edgeCount)
  for (let edge = 0; edge < edgeCount; edge++) bySource[(fill[sources[edge] as number] as number)++] = edge
  fill.set(splits)
  for (let index = 0; index < edgeCount; index++) {
    const edge = bySource[index] as number
    const place = (fill[targets[edge] as number] as number)++
    neighbours[place] = sources[edge] as number
    edges[place] = edge
  }
  fill.set(offsets.subarray(0, nodeCount))
  for (let node = 0; node < nodeCount; node++) {
    for (let slot = splits[node] as number; slot < (offsets[node + 1] as number); slot++) {
      const place = (fill[neighbours[slot] as number] as number)++
      neighbours[place] = node
      edges[place] = edges[slot] as number
    }
  }
}
