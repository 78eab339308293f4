import fc from 'fast-check'
import { expect, it } from 'vitest'
import { edgeMask, edgeTest } from './edge-filter.ts'
import { anyFilter, anyPlainGraph, graphFrom, isHolding, undirected } from './graph.fixture.ts'

it('lets through exactly the edges of the layers that hold at some instant of the window', () => {
  fc.assert(
    fc.property(anyPlainGraph, anyFilter, (plain, filter) => {
      const passes = edgeTest(graphFrom(plain), filter) ?? (() => true)
      expect(plain.edges.map((_, edge) => passes(edge))).toEqual(plain.edges.map((edge) => isHolding(edge, filter)))
    }),
  )
})

it('lets through a mask exactly what the layers and window it was made of let through, narrowed by those beside it', () => {
  fc.assert(
    fc.property(anyPlainGraph, anyFilter, anyFilter, (plain, masked, beside) => {
      const graph = graphFrom(plain)
      const mask = edgeMask(graph, masked)
      expect(mask.passing).toBe(plain.edges.filter((edge) => isHolding(edge, masked)).length)
      const passes = edgeTest(graph, { ...beside, mask }) ?? (() => true)
      const expected = plain.edges.map((edge) => isHolding(edge, masked) && isHolding(edge, beside))
      expect(plain.edges.map((_, edge) => passes(edge))).toEqual(expected)
    }),
  )
})

it('counts an edge of an instant in exactly one of adjoining windows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), (instant) => {
      const graph = graphFrom({
        nodeCount: 2,
        isDirected: true,
        edges: [{ source: 0, target: 1, layer: 0, weight: 1, from: instant, to: instant }],
      })
      const windows = Array.from({ length: 5 }, (_, index) => ({ from: 2 * index, until: 2 * index + 2 }))
      expect(windows.filter((window) => edgeTest(graph, { window })?.(0))).toHaveLength(1)
    }),
  )
})

it('tests nothing when every edge passes, and takes a graph without layers for one of layer 0', () => {
  const graph = undirected(2, [[0, 1]])
  expect(edgeTest(graph)).toBeUndefined()
  expect(edgeTest(graph, { window: { from: 0, until: 1 } })).toBeUndefined()
  expect(edgeTest(graph, { layers: [0, 4] })?.(0)).toBe(true)
  expect(edgeTest(graph, { layers: [] })?.(0)).toBe(false)
})

it('refuses windows that do not end after they begin, layers that no graph has, and masks of another graph', () => {
  const graph = undirected(2, [[0, 1]])
  expect(() => edgeTest(graph, { window: { from: 1, until: 1 } })).toThrow(RangeError)
  expect(() => edgeTest(graph, { window: { from: Number.NaN, until: 1 } })).toThrow(RangeError)
  expect(() => edgeTest(graph, { layers: [256] })).toThrow(RangeError)
  expect(() => edgeTest(graph, { mask: edgeMask(undirected(2, []), {}) })).toThrow(RangeError)
})
