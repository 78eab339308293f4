import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutPointsOf } from './cut-points.ts'
import { anyFilter, anyPlainGraph, cutPointsByTakingAway, graphFrom, isHolding, undirected } from './graph.fixture.ts'

it('finds exactly the edges and nodes whose loss parts a component', () => {
  fc.assert(
    fc.property(anyPlainGraph, anyFilter, (plain, filter) => {
      const held = plain.edges.flatMap((edge, number) => (isHolding(edge, filter) ? [number] : []))
      const pairs = held.map((number) => [plain.edges[number]?.source, plain.edges[number]?.target] as [number, number])
      const expected = cutPointsByTakingAway(plain.nodeCount, pairs)
      expect(cutPointsOf(graphFrom(plain), filter)).toEqual({
        bridges: Int32Array.from(expected.bridges, (index) => held[index] as number),
        articulationPoints: Int32Array.from(expected.articulationPoints),
      })
    }),
    { numRuns: 300 },
  )
})

it('goes along a path of 100,000 nodes and over a star of a million leaves without recursion', () => {
  const line = cutPointsOf(
    undirected(
      100_000,
      Array.from({ length: 99_999 }, (_, node) => [node, node + 1] as const),
    ),
  )
  expect([line.bridges.length, line.articulationPoints.length]).toEqual([99_999, 99_998])
  const star = cutPointsOf(
    undirected(
      1_000_001,
      Array.from({ length: 1_000_000 }, (_, leaf) => [leaf + 1, 0] as const),
    ),
  )
  expect([star.bridges.length, [...star.articulationPoints]]).toEqual([1_000_000, [0]])
})
