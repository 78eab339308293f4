import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyFilter, anyPlainGraph, graphFrom, hopsFrom, isHolding } from './graph.fixture.ts'
import { neighbourCounts } from './neighbour-counts.ts'

it('counts what looking at every edge counts, over all and in each group', () => {
  fc.assert(
    fc.property(anyPlainGraph, anyFilter, (plain, filter) => {
      const graph = graphFrom(plain)
      for (let node = 0; node < plain.nodeCount; node++) {
        const counts = neighbourCounts(graph, node, filter)
        const others = hopsFrom(plain, node, { filter }).filter((hop) => hop.node !== node)
        expect(counts.neighbours).toBe(new Set(others.map((hop) => hop.node)).size)
        expect(counts.loops).toBe(
          plain.edges.filter((edge) => edge.source === node && edge.target === node && isHolding(edge, filter)).length,
        )
        expect(counts.edges).toBe(others.length + counts.loops)
        const groups = [0, 1, 2].flatMap((layer) =>
          (plain.isDirected ? (['out', 'in'] as const) : (['both'] as const)).flatMap((direction) => {
            const inGroup = hopsFrom(plain, node, { filter, direction }).filter(
              (hop) => hop.node !== node && plain.edges[hop.edge]?.layer === layer,
            )
            const neighbours = new Set(inGroup.map((hop) => hop.node)).size
            return inGroup.length === 0 ? [] : [{ layer, direction, edges: inGroup.length, neighbours }]
          }),
        )
        expect(counts.groups).toEqual(groups)
      }
    }),
  )
})

it('refuses a node of another graph', () => {
  const graph = graphFrom({ nodeCount: 2, isDirected: true, edges: [] })
  for (const node of [2, -1, 0.5, Number.NaN]) expect(() => neighbourCounts(graph, node)).toThrow(RangeError)
})
