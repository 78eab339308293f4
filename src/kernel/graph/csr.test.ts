import fc from 'fast-check'
import { expect, it } from 'vitest'
import { allocateShared, buildGraph } from './csr.ts'
import { anyPlainGraph, built, columnsOf, graphFrom } from './graph.fixture.ts'
import { rowsOf } from './graph.ts'

it('holds each edge once in the row of each of its ends, ascending in neighbour and edge', () => {
  fc.assert(
    fc.property(anyPlainGraph, (plain) => {
      const graph = graphFrom(plain)
      const byNeighbour = (a: readonly number[], b: readonly number[]) =>
        (a[0] as number) - (b[0] as number) || (a[1] as number) - (b[1] as number)
      const rows = (direction: 'out' | 'in' | 'both') => {
        const { begins, ends } = rowsOf(graph, direction)
        return Array.from({ length: plain.nodeCount }, (_, node) =>
          Array.from(graph.neighbours.subarray(begins[node], ends[node]), (neighbour, index) => [
            neighbour,
            graph.edges[(begins[node] as number) + index] as number,
          ]),
        )
      }
      const out = Array.from({ length: plain.nodeCount }, (_, node) =>
        plain.edges.flatMap((edge, number) => (edge.source === node ? [[edge.target, number]] : [])).sort(byNeighbour),
      )
      const back = Array.from({ length: plain.nodeCount }, (_, node) =>
        plain.edges.flatMap((edge, number) => (edge.target === node ? [[edge.source, number]] : [])).sort(byNeighbour),
      )
      if (plain.isDirected) {
        expect(rows('out')).toEqual(out)
        expect(rows('in')).toEqual(back)
        expect(rows('both')).toEqual(out.map((row, node) => [...row, ...(back[node] ?? [])]))
      } else {
        const whole = out.map((row, node) => [...row, ...(back[node] ?? [])].sort(byNeighbour))
        for (const direction of ['out', 'in', 'both'] as const) expect(rows(direction)).toEqual(whole)
      }
    }),
  )
})

it('gives the same bytes for the same columns, in plain and in shared memory', () => {
  fc.assert(
    fc.property(anyPlainGraph, (plain) => {
      const plainMemory = graphFrom(plain)
      const shared = buildGraph(columnsOf(plain), { isDirected: plain.isDirected, allocate: allocateShared })
      if (!shared.ok) throw new Error('refused')
      expect(shared.value.buffer).toBeInstanceOf(SharedArrayBuffer)
      expect(new Uint8Array(shared.value.buffer)).toEqual(new Uint8Array(plainMemory.buffer))
    }),
  )
})

it('takes a graph without nodes and one without edges', () => {
  const none = new Int32Array()
  expect(built({ nodeCount: 0, sources: none, targets: none }, true)).toMatchObject({ nodeCount: 0, edgeCount: 0 })
  expect(built({ nodeCount: 3, sources: none, targets: none }, false).offsets).toEqual(Int32Array.of(0, 0, 0, 0))
})

it('refuses edges that name a node outside, hold no number, or end before they begin, each with its row', () => {
  const refused = (change: Partial<Parameters<typeof buildGraph>[0]>) =>
    buildGraph({ nodeCount: 3, sources: Int32Array.of(0, 1), targets: Int32Array.of(1, 2), ...change }, { isDirected: true })
  expect(refused({ targets: Int32Array.of(1, 3) })).toMatchObject({ ok: false, problems: [{ code: 'graph.node', at: 'edge 1' }] })
  expect(refused({ sources: Int32Array.of(-1, 1) })).toMatchObject({ ok: false, problems: [{ code: 'graph.node', at: 'edge 0' }] })
  expect(refused({ weights: Float64Array.of(1, Number.NaN) })).toMatchObject({
    ok: false,
    problems: [{ code: 'graph.weight', at: 'edge 1' }],
  })
  const validity = (from: number, to: number) => ({ validity: { from: Float64Array.of(0, from), to: Float64Array.of(0, to) } })
  for (const [from, to] of [
    [2, 1],
    [Number.NaN, 1],
    [Infinity, Infinity],
    [-Infinity, -Infinity],
  ] as const) {
    expect(refused(validity(from, to))).toMatchObject({ ok: false, problems: [{ code: 'graph.validity', at: 'edge 1' }] })
  }
  expect(refused(validity(-Infinity, Infinity)).ok).toBe(true)
})

it('lists the first ten refused edges and counts the others', () => {
  const answer = buildGraph({ nodeCount: 1, sources: new Int32Array(25).fill(7), targets: new Int32Array(25) }, { isDirected: false })
  expect(answer.ok).toBe(false)
  expect(answer.problems).toHaveLength(11)
  expect(answer.problems.at(-1)).toMatchObject({ code: 'graph.more', message: '15 more edges cannot be taken.' })
})

it('refuses columns of different lengths, more nodes or edges than 32 bits count, and sizes for which there is no memory', () => {
  const none = new Int32Array()
  const codeOf = (answer: ReturnType<typeof buildGraph>) => answer.problems[0]?.code
  expect(codeOf(buildGraph({ nodeCount: 1, sources: new Int32Array(2), targets: none }, { isDirected: true }))).toBe('graph.columns')
  for (const nodeCount of [-1, 1.5, Number.NaN, 2 ** 31 - 1, Infinity]) {
    expect(codeOf(buildGraph({ nodeCount, sources: none, targets: none }, { isDirected: true }))).toBe('graph.node-count')
  }
  // A column of 4 GiB is not allocated for this: only its length is looked at first.
  const long = Object.create(Int32Array.prototype, { length: { value: 2 ** 30 } }) as Int32Array
  expect(codeOf(buildGraph({ nodeCount: 1, sources: long, targets: long }, { isDirected: true }))).toBe('graph.edge-count')
  const allocate = (): ArrayBuffer => {
    throw new RangeError('Array buffer allocation failed')
  }
  expect(codeOf(buildGraph({ nodeCount: 1, sources: none, targets: none }, { isDirected: true, allocate }))).toBe('graph.memory')
})
