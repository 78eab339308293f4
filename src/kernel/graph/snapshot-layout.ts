/**
 * Where each part of a graph lies in its one buffer: a header of 128 bytes, the columns of the edges, then the rows made from them, each part at a
 * multiple of 8 bytes. What the content hash covers (shape and columns) is one run of bytes. Byte order is that of the machine and is stated in the header.
 *
 *   0 magic (8 bytes) · 8 version · 12 byte order mark · 16 length in bytes (float64) · 24 zero · 32 content hash (32 bytes, zero: not hashed)
 *   64 version · 68 flags · 72 nodes · 76 edges · 80 to 127 zero · 128 columns: sources, targets, layers?, weights?, valid from?, valid to? ·
 *   rows: offsets, splits?, neighbours, edges
 */
import type { Graph } from './graph.ts'

export const HEADER_BYTES = 128
export const HASH_AT = 32
export const HASH_BYTES = 32
/** The content hash covers the bytes from here to the end of the columns. */
export const HASHED_FROM = 64
export const MAGIC = [0x42, 0x57, 0x47, 0x52, 0x41, 0x50, 0x48, 0x0a]
export const VERSION = 1
export const BYTE_ORDER_MARK = 0x01020304

/** Offsets number nodes + 1 and slots are 2 × edges; both are counted in 32 bits with sign. */
export const MAX_NODES = 2 ** 31 - 2
export const MAX_EDGES = 2 ** 30 - 1

const DIRECTED = 1
const LAYERED = 2
const WEIGHTED = 4
const TIMED = 8
export const KNOWN_FLAGS = DIRECTED | LAYERED | WEIGHTED | TIMED

export interface Shape {
  readonly nodeCount: number
  readonly edgeCount: number
  readonly isDirected: boolean
  readonly hasLayers: boolean
  readonly hasWeights: boolean
  readonly hasValidity: boolean
}

interface Layout {
  readonly sources: number
  readonly targets: number
  readonly layers: number
  readonly weights: number
  readonly validFrom: number
  readonly validTo: number
  readonly offsets: number
  readonly splits: number
  readonly neighbours: number
  readonly edges: number
  readonly byteLength: number
}

export function layoutOf(shape: Shape): Layout {
  const { nodeCount, edgeCount } = shape
  let at = HEADER_BYTES
  const take = (bytes: number): number => {
    const begin = at
    at += Math.ceil(bytes / 8) * 8
    return begin
  }
  return {
    sources: take(4 * edgeCount),
    targets: take(4 * edgeCount),
    layers: take(shape.hasLayers ? edgeCount : 0),
    weights: take(shape.hasWeights ? 8 * edgeCount : 0),
    validFrom: take(shape.hasValidity ? 8 * edgeCount : 0),
    validTo: take(shape.hasValidity ? 8 * edgeCount : 0),
    offsets: take(4 * (nodeCount + 1)),
    splits: take(shape.isDirected ? 4 * nodeCount : 0),
    neighbours: take(8 * edgeCount),
    edges: take(8 * edgeCount),
    byteLength: at,
  }
}

/** The graph that lies in a buffer of this shape: views, no copies. */
export function graphOver(buffer: ArrayBufferLike, shape: Shape): Graph {
  const { nodeCount, edgeCount, isDirected } = shape
  const at = layoutOf(shape)
  return {
    isDirected,
    nodeCount,
    edgeCount,
    sources: new Int32Array(buffer, at.sources, edgeCount),
    targets: new Int32Array(buffer, at.targets, edgeCount),
    layers: shape.hasLayers ? new Uint8Array(buffer, at.layers, edgeCount) : undefined,
    weights: shape.hasWeights ? new Float64Array(buffer, at.weights, edgeCount) : undefined,
    validFrom: shape.hasValidity ? new Float64Array(buffer, at.validFrom, edgeCount) : undefined,
    validTo: shape.hasValidity ? new Float64Array(buffer, at.validTo, edgeCount) : undefined,
    offsets: new Int32Array(buffer, at.offsets, nodeCount + 1),
    splits: isDirected ? new Int32Array(buffer, at.splits, nodeCount) : undefined,
    neighbours: new Int32Array(buffer, at.neighbours, 2 * edgeCount),
    edges: new Int32Array(buffer, at.edges, 2 * edgeCount),
    buffer,
  }
}

export function shapeOf(graph: Graph): Shape {
  return {
    nodeCount: graph.nodeCount,
    edgeCount: graph.edgeCount,
    isDirected: graph.isDirected,
    hasLayers: graph.layers !== undefined,
    hasWeights: graph.weights !== undefined,
    hasValidity: graph.validFrom !== undefined,
  }
}

export function writeHeader(buffer: ArrayBufferLike, shape: Shape): void {
  new Uint8Array(buffer, 0, 8).set(MAGIC)
  const words = new Uint32Array(buffer, 0, HEADER_BYTES / 4)
  words[2] = VERSION
  words[3] = BYTE_ORDER_MARK
  new Float64Array(buffer, 16, 1)[0] = layoutOf(shape).byteLength
  words[16] = VERSION
  words[17] =
    (shape.isDirected ? DIRECTED : 0) |
    (shape.hasLayers ? LAYERED : 0) |
    (shape.hasWeights ? WEIGHTED : 0) |
    (shape.hasValidity ? TIMED : 0)
  words[18] = shape.nodeCount
  words[19] = shape.edgeCount
}

export function shapeFromFlags(flags: number, counts: { readonly nodeCount: number; readonly edgeCount: number }): Shape {
  return {
    ...counts,
    isDirected: (flags & DIRECTED) !== 0,
    hasLayers: (flags & LAYERED) !== 0,
    hasWeights: (flags & WEIGHTED) !== 0,
    hasValidity: (flags & TIMED) !== 0,
  }
}
