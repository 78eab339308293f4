import fc from 'fast-check'
import { expect, it } from 'vitest'
import { commonNeighbours } from './common-neighbours.ts'
import { anyDirection, anyFilter, anyPlainGraph, graphFrom, hopsFrom, undirected } from './graph.fixture.ts'

it('finds exactly the nodes joined to all of those asked about', () => {
  const anyQuestion = anyPlainGraph
    .filter((plain) => plain.nodeCount > 1)
    .chain((plain) =>
      fc.record({
        plain: fc.constant(plain),
        of: fc.uniqueArray(fc.nat(plain.nodeCount - 1), { minLength: 2, maxLength: 3 }),
        direction: anyDirection,
        filter: anyFilter,
        maxNodes: fc.nat(3),
      }),
    )
  fc.assert(
    fc.property(anyQuestion, ({ plain, of, maxNodes, ...terms }) => {
      const sets = of.map((node) => new Set(hopsFrom(plain, node, terms).map((hop) => hop.node)))
      const common = Array.from({ length: plain.nodeCount }, (_, node) => node).filter(
        (node) => !of.includes(node) && sets.every((set) => set.has(node)),
      )
      const answer = commonNeighbours(graphFrom(plain), of, { ...terms, maxNodes })
      expect(answer).toEqual({ nodes: Int32Array.from(common.slice(0, maxNodes)), total: common.length })
    }),
    { numRuns: 300 },
  )
})

it('searches in the row of a hub instead of reading it', () => {
  const leaves = 200_000
  const star = undirected(leaves + 2, [
    ...Array.from({ length: leaves }, (_, leaf) => [0, leaf + 1] as const),
    [leaves + 1, 5],
    [leaves + 1, 150_000],
    [leaves + 1, leaves],
  ])
  expect(commonNeighbours(star, [0, leaves + 1], { maxNodes: 10 })).toEqual({ nodes: Int32Array.of(5, 150_000, leaves), total: 3 })
})

it('refuses fewer than two distinct nodes', () => {
  expect(() => commonNeighbours(undirected(2, [[0, 1]]), [1, 1], { maxNodes: 10 })).toThrow(RangeError)
})
