/**
 * Layers and a time window as a test on each edge, so that a graph is looked at through them without being built anew; O(1) for an edge. Whoever asks
 * several questions through the same layers and window makes a mask of them first, O(edges): a bit is read many times faster than three columns.
 * Invariant: an edge of an instant lies in exactly one of adjoining windows, because an edge holds its last instant and a window does not.
 */
import type { Graph } from './graph.ts'

/** Milliseconds since 1970: `from` included, `until` not. */
export interface Window {
  readonly from: number
  readonly until: number
}

export interface EdgeFilter {
  /** Only edges of these layers, 0 to 255. Absent: all layers. */
  readonly layers?: readonly number[]
  /** Only edges that hold at some instant of it. Absent: all times. Edges without known times hold always. */
  readonly window?: Window
  /** Only edges of a mask of the same graph. */
  readonly mask?: EdgeMask
}

/** One bit for each edge, set where it passes. */
export interface EdgeMask {
  readonly bits: Uint8Array
  readonly edgeCount: number
  readonly passing: number
}

export type EdgeTest = (edge: number) => boolean

export function edgeMask(graph: Graph, filter: EdgeFilter): EdgeMask {
  const { edgeCount } = graph
  const passes = edgeTest(graph, filter)
  const bits = new Uint8Array((edgeCount >> 3) + 1)
  let passing = 0
  for (let edge = 0; edge < edgeCount; edge++) {
    if (passes !== undefined && !passes(edge)) continue
    bits[edge >> 3] = (bits[edge >> 3] as number) | (1 << (edge & 7))
    passing += 1
  }
  return { bits, edgeCount, passing }
}

/** Undefined when every edge passes. Throws on a window that does not end after it begins, a layer that no graph has, a mask of another graph. */
export function edgeTest(graph: Graph, filter: EdgeFilter = {}): EdgeTest | undefined {
  const { from, until } = filter.window ?? { from: -Infinity, until: Infinity }
  if (!(from < until)) throw new RangeError(`A window ends after it begins: ${from} to ${until}.`)
  const open = filter.layers === undefined ? undefined : layerTable(filter.layers)
  const validFrom = filter.window === undefined ? undefined : graph.validFrom
  const validTo = filter.window === undefined ? undefined : graph.validTo
  const { layers } = graph
  const bits = filter.mask?.bits
  if (filter.mask !== undefined && filter.mask.edgeCount !== graph.edgeCount) {
    throw new RangeError(`A mask of ${filter.mask.edgeCount} edges does not fit a graph of ${graph.edgeCount}.`)
  }
  if (open === undefined && validFrom === undefined && bits === undefined) return undefined
  return (edge) => {
    if (bits !== undefined && (((bits[edge >> 3] as number) >> (edge & 7)) & 1) === 0) return false
    if (open !== undefined && open[layers === undefined ? 0 : (layers[edge] as number)] !== 1) return false
    if (validFrom === undefined || validTo === undefined) return true
    return (validFrom[edge] as number) < until && (validTo[edge] as number) >= from
  }
}

function layerTable(layers: readonly number[]): Uint8Array {
  const table = new Uint8Array(256)
  for (const layer of layers) {
    if (!Number.isInteger(layer) || layer < 0 || layer > 255) throw new RangeError(`There is no layer ${layer}: layers are 0 to 255.`)
    table[layer] = 1
  }
  return table
}
