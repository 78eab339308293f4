/**
 * A graph as one buffer that is cached by the hash of its content and handed to other threads, and back, without copies: the graph already lies in it
 * (snapshot-layout.ts), packing writes the hash into the header. The hash covers shape and columns in the order of the edges, because results name edges
 * by number: the same edges in another order are another content. The hash function is a parameter; take one that nobody can collide, since a cache
 * serves by it. Reading refuses what is not a whole snapshot of this version and byte order.
 */
import { areEqual, type Hash } from '../merkle/hashing.ts'
import { accept, type Parsed, type Problem, refuse } from '../result/problem.ts'
import type { Graph } from './graph.ts'
import {
  BYTE_ORDER_MARK,
  graphOver,
  HASH_AT,
  HASH_BYTES,
  HASHED_FROM,
  HEADER_BYTES,
  KNOWN_FLAGS,
  layoutOf,
  MAGIC,
  MAX_EDGES,
  MAX_NODES,
  type Shape,
  shapeFromFlags,
  shapeOf,
  VERSION,
} from './snapshot-layout.ts'

/** 32 bytes over shape and columns; O(edges). Equal for equal columns on machines of the same byte order. */
export function graphHash(graph: Graph, hash: Hash): Uint8Array {
  const digest = hash(new Uint8Array(graph.buffer, HASHED_FROM, layoutOf(shapeOf(graph)).offsets - HASHED_FROM))
  if (digest.length !== HASH_BYTES) throw new RangeError(`A snapshot needs a hash of ${HASH_BYTES} bytes, not ${digest.length}.`)
  return digest
}

/** Writes the hash into the graph's own buffer and gives that buffer. */
export function packSnapshot(graph: Graph, hash: Hash): ArrayBufferLike {
  new Uint8Array(graph.buffer, HASH_AT, HASH_BYTES).set(graphHash(graph, hash))
  return graph.buffer
}

/** The hash that stands in the header; undefined before packing. */
export function snapshotHash(graph: Graph): Uint8Array | undefined {
  const stored = new Uint8Array(graph.buffer, HASH_AT, HASH_BYTES)
  return stored.every((byte) => byte === 0) ? undefined : stored
}

/** Opens a buffer from our own memory in O(1): only the header is looked at. */
export function openSnapshot(buffer: ArrayBufferLike): Parsed<Graph> {
  const shape = readHeader(buffer)
  return shape.ok ? accept(graphOver(buffer, shape.value)) : shape
}

/** Opens a buffer that lay outside memory: header, content hash and every row are checked, in O(nodes + edges). */
export function openForeignSnapshot(buffer: ArrayBufferLike, hash: Hash): Parsed<Graph> {
  const opened = openSnapshot(buffer)
  if (!opened.ok) return opened
  const graph = opened.value
  const stored = snapshotHash(graph)
  if (stored === undefined) return refuse(problem('hash', 'byte 32', 'It was never hashed.'))
  if (!areEqual(stored, graphHash(graph, hash))) return refuse(problem('hash', 'byte 32', 'Its content is not what its hash says.'))
  const misfit = checkRows(graph)
  return misfit === undefined ? opened : refuse(misfit)
}

function readHeader(buffer: ArrayBufferLike): Parsed<Shape> {
  if (buffer.byteLength < HEADER_BYTES) return refuse(problem('truncated', `byte ${buffer.byteLength}`, 'It ends within its header.'))
  const magic = new Uint8Array(buffer, 0, 8)
  if (!areEqual(magic, Uint8Array.from(MAGIC))) return refuse(problem('magic', 'byte 0', 'This is no graph snapshot.'))
  const words = new Uint32Array(buffer, 0, HEADER_BYTES / 4)
  if (words[3] !== BYTE_ORDER_MARK) return refuse(problem('byte-order', 'byte 12', 'It was written on a machine of another byte order.'))
  if (words[2] !== VERSION || words[16] !== VERSION) return refuse(problem('version', 'byte 8', `Version ${words[2]} is not known here.`))
  const [flags, nodeCount, edgeCount] = [words[17] as number, words[18] as number, words[19] as number]
  if ((flags & ~KNOWN_FLAGS) !== 0) return refuse(problem('flags', 'byte 68', `Flags ${flags} are not known here.`))
  if (nodeCount > MAX_NODES || edgeCount > MAX_EDGES) return refuse(problem('counts', 'byte 72', `${nodeCount} nodes, ${edgeCount} edges.`))
  const shape = shapeFromFlags(flags, { nodeCount, edgeCount })
  const { byteLength } = layoutOf(shape)
  const stated = new Float64Array(buffer, 16, 1)[0]
  if (stated !== byteLength || buffer.byteLength !== byteLength) {
    return refuse(
      problem('length', `byte ${buffer.byteLength}`, `${byteLength} bytes are expected, ${stated} stated, ${buffer.byteLength} there.`),
    )
  }
  return accept(shape)
}

/** Every slot names an edge that has the row's node on that side and the neighbour on the other, each run ascending, each edge once for each end. */
function checkRows(graph: Graph): Problem | undefined {
  const { offsets, splits, neighbours, edges, sources, targets, nodeCount, edgeCount } = graph
  if (offsets[0] !== 0 || offsets[nodeCount] !== 2 * edgeCount) return problem('rows', 'offsets', 'The rows do not hold each edge twice.')
  for (let node = 0; node < nodeCount; node++) {
    const begin = offsets[node] as number
    const end = offsets[node + 1] as number
    const split = splits === undefined ? end : (splits[node] as number)
    if (begin > split || split > end || end > 2 * edgeCount) return problem('rows', `node ${node}`, 'Its row has no possible bounds.')
    for (let slot = begin; slot < end; slot++) {
      const edge = edges[slot] as number
      const neighbour = neighbours[slot] as number
      const joins = (first: number, second: number) => sources[edge] === first && targets[edge] === second
      const fits =
        splits === undefined
          ? joins(node, neighbour) || joins(neighbour, node)
          : slot < split
            ? joins(node, neighbour)
            : joins(neighbour, node)
      if (!fits) return problem('rows', `slot ${slot}`, 'Its edge does not join these nodes.')
      if (slot === begin || slot === split) continue
      const [before, last] = [neighbours[slot - 1] as number, edges[slot - 1] as number]
      const isTwin = splits === undefined && neighbour === node && last === edge && (slot - begin < 2 || edges[slot - 2] !== edge)
      const isAscending = before < neighbour || (before === neighbour && last < edge)
      if (!isAscending && !isTwin) return problem('rows', `slot ${slot}`, 'Its row is not in order.')
    }
  }
  return undefined
}

function problem(code: string, at: string, message: string): Problem {
  return { code: `graph-snapshot.${code}`, at, message }
}
