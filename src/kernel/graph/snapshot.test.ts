import { createHash } from 'node:crypto'
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { allocateShared, buildGraph } from './csr.ts'
import { anyPlainGraph, graphFrom, type PlainGraph, undirected } from './graph.fixture.ts'
import { graphHash, openForeignSnapshot, openSnapshot, packSnapshot, snapshotHash } from './snapshot.ts'

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

it('gives back the same graph from its own buffer, without a copy', () => {
  fc.assert(
    fc.property(anyPlainGraph, (plain) => {
      const graph = graphFrom(plain)
      const buffer = packSnapshot(graph, sha256)
      expect(buffer).toBe(graph.buffer)
      for (const opened of [openSnapshot(buffer), openForeignSnapshot(buffer, sha256)]) {
        expect(opened).toEqual({ ok: true, value: graph, problems: [] })
        if (opened.ok) expect(opened.value.neighbours.buffer).toBe(buffer)
      }
    }),
  )
})

it('passes to another thread as shared memory', () => {
  const built = buildGraph(
    { nodeCount: 3, sources: Int32Array.of(0, 1), targets: Int32Array.of(1, 2) },
    { isDirected: true, allocate: allocateShared },
  )
  if (!built.ok) throw new Error('refused')
  const { port1, port2 } = new MessageChannel()
  port1.postMessage(packSnapshot(built.value, sha256))
  const received = receiveMessageOnPort(port2)?.message as SharedArrayBuffer
  const opened = openForeignSnapshot(received, sha256)
  expect(opened).toEqual({ ok: true, value: built.value, problems: [] })
  // The same memory, not a copy of it.
  new Uint8Array(received)[200] = 77
  expect(new Uint8Array(built.value.buffer)[200]).toBe(77)
  port1.close()
})

it('hashes what is in the columns, and nothing else', () => {
  fc.assert(
    fc.property(anyPlainGraph, anyPlainGraph, (a, b) => {
      // JSON has no infinity.
      const textOf = (plain: PlainGraph) =>
        JSON.stringify(plain, (_, value: unknown) => (typeof value === 'number' ? String(value) : value))
      const [first, again, other] = [a, a, b].map((plain) => Buffer.from(graphHash(graphFrom(plain), sha256)).toString('hex'))
      expect(first).toBe(again)
      expect(first === other).toBe(textOf(a) === textOf(b))
    }),
  )
  const hex = (graph: ReturnType<typeof undirected>) => Buffer.from(graphHash(graph, sha256)).toString('hex')
  // Edges are named by number, so their order is content; a node without edges is content too.
  expect(
    hex(
      undirected(3, [
        [0, 1],
        [1, 2],
      ]),
    ),
  ).not.toBe(
    hex(
      undirected(3, [
        [1, 2],
        [0, 1],
      ]),
    ),
  )
  expect(hex(undirected(3, [[0, 1]]))).not.toBe(hex(undirected(4, [[0, 1]])))
})

it('keeps the hash out of a graph that was not packed, and refuses a hash of another length', () => {
  const graph = undirected(2, [[0, 1]])
  expect(snapshotHash(graph)).toBeUndefined()
  expect(openForeignSnapshot(graph.buffer, sha256)).toMatchObject({ ok: false, problems: [{ code: 'graph-snapshot.hash' }] })
  packSnapshot(graph, sha256)
  expect(snapshotHash(graph)).toEqual(new Uint8Array(graphHash(graph, sha256)))
  expect(() => graphHash(graph, (bytes) => sha256(bytes).subarray(0, 20))).toThrow(RangeError)
})

it('refuses a buffer cut or lengthened anywhere', () => {
  const graph = graphFrom({ nodeCount: 3, isDirected: true, edges: [{ source: 0, target: 2, layer: 1, weight: 2, from: 0, to: 1 }] })
  const whole = packSnapshot(graph, sha256).slice(0)
  for (let length = 0; length < whole.byteLength; length++) {
    expect(openSnapshot(whole.slice(0, length)).problems[0]?.code).toMatch(/^graph-snapshot\.(truncated|length)$/)
  }
  const longer = new Uint8Array(whole.byteLength + 8)
  longer.set(new Uint8Array(whole))
  expect(openSnapshot(longer.buffer)).toMatchObject({ ok: false, problems: [{ code: 'graph-snapshot.length' }] })
})

it('refuses or survives any change of any byte: what it opens after a full check is the graph that was hashed', () => {
  fc.assert(
    fc.property(anyPlainGraph, fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, at, flip) => {
      const graph = graphFrom(plain)
      const bytes = new Uint8Array(packSnapshot(graph, sha256).slice(0))
      const place = at % bytes.length
      bytes[place] = (bytes[place] as number) ^ flip
      const opened = openForeignSnapshot(bytes.buffer, sha256)
      // Bytes that mean nothing (padding) may differ.
      if (opened.ok) expect({ ...opened.value, buffer: undefined }).toEqual({ ...graph, buffer: undefined })
      else expect(opened.problems[0]?.code).toMatch(/^graph-snapshot\./)
    }),
    { numRuns: 2000 },
  )
})

it('refuses what is none, another version and another byte order, and shapes that no graph has', () => {
  const graph = graphFrom({ nodeCount: 2, isDirected: true, edges: [] })
  const changed = (word: number, value: number) => {
    const buffer = packSnapshot(graph, sha256).slice(0)
    new Uint32Array(buffer, 0, 32)[word] = value
    return openSnapshot(buffer).problems[0]?.code
  }
  expect(openSnapshot(new TextEncoder().encode('PK'.repeat(100)).buffer).problems[0]?.code).toBe('graph-snapshot.magic')
  expect(changed(2, 2)).toBe('graph-snapshot.version')
  expect(changed(3, 0x04030201)).toBe('graph-snapshot.byte-order')
  expect(changed(17, 16)).toBe('graph-snapshot.flags')
  expect(changed(18, 0xffffffff)).toBe('graph-snapshot.counts')
  expect(changed(19, 1)).toBe('graph-snapshot.length')
})

it('finds rows that are not those of the columns', () => {
  const graph = undirected(3, [
    [0, 1],
    [1, 2],
    [1, 1],
  ])
  packSnapshot(graph, sha256)
  // Neighbours and edges are not hashed: they follow from the columns, and are checked against them.
  const swap = (array: Int32Array, a: number, b: number) => ([array[a], array[b]] = [array[b] as number, array[a] as number])
  for (const array of [graph.neighbours, graph.edges, graph.offsets]) {
    for (let place = 1; place < array.length; place++) {
      if (array[place] === array[place - 1]) continue
      swap(array, place, place - 1)
      expect(openForeignSnapshot(graph.buffer, sha256)).toMatchObject({ ok: false, problems: [{ code: 'graph-snapshot.rows' }] })
      swap(array, place, place - 1)
    }
  }
  expect(openForeignSnapshot(graph.buffer, sha256).ok).toBe(true)
})
