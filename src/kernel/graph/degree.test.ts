import fc from 'fast-check'
import { expect, it } from 'vitest'
import { degreeDistribution, degreesOf, strengthsOf } from './degree.ts'
import { anyDirection, anyFilter, anyPlainGraph, graphFrom, hopsFrom, undirected } from './graph.fixture.ts'

it('counts edge ends and sums their weights as looking at every edge does', () => {
  fc.assert(
    fc.property(anyPlainGraph, anyDirection, anyFilter, (plain, direction, filter) => {
      const graph = graphFrom(plain)
      const hops = Array.from({ length: plain.nodeCount }, (_, node) => hopsFrom(plain, node, { direction, filter }))
      expect([...degreesOf(graph, { direction, filter })]).toEqual(hops.map((row) => row.length))
      const weights = hops.map((row) => row.reduce((sum, hop) => sum + (plain.edges[hop.edge]?.weight ?? 0), 0))
      expect([...strengthsOf(graph, { direction, filter })]).toEqual(weights)
    }),
  )
})

it('gives all nodes together two ends for each edge, loops included', () => {
  fc.assert(
    fc.property(anyPlainGraph, (plain) => {
      const degrees = degreesOf(graphFrom(plain))
      expect(degrees.reduce((sum, degree) => sum + degree, 0)).toBe(2 * plain.edges.length)
      expect(degreeDistribution(degrees).reduce((sum, each) => sum + each.degree * each.nodes, 0)).toBe(2 * plain.edges.length)
    }),
  )
})

it('says how many nodes have each degree, nodes without edges included', () => {
  const star = undirected(6, [
    [0, 1],
    [0, 2],
    [0, 3],
    [0, 4],
  ])
  expect(degreeDistribution(degreesOf(star))).toEqual([
    { degree: 0, nodes: 1 },
    { degree: 1, nodes: 4 },
    { degree: 4, nodes: 1 },
  ])
})
