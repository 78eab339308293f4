import fc from 'fast-check'
import { expect, it } from 'vitest'
import { componentsOf } from './components.ts'
import { anyFilter, anyPlainGraph, graphFrom, hopsFrom, undirected } from './graph.fixture.ts'

it('puts two nodes in one component exactly when one can be reached from the other', () => {
  fc.assert(
    fc.property(anyPlainGraph, anyFilter, (plain, filter) => {
      const { labels, sizes, largest } = componentsOf(graphFrom(plain), filter)
      for (let node = 0; node < plain.nodeCount; node++) {
        const reached = new Set([node])
        for (const each of reached) for (const hop of hopsFrom(plain, each, { filter })) reached.add(hop.node)
        for (let other = 0; other < plain.nodeCount; other++) expect(labels[other] === labels[node]).toBe(reached.has(other))
        expect(sizes[labels[node] as number]).toBe(reached.size)
      }
      // Numbered by lowest node, without gaps.
      const firsts = [...labels].filter((label, node) => labels.indexOf(label) === node)
      expect(firsts).toEqual([...sizes.keys()])
      expect(largest).toBe(sizes.indexOf(Math.max(...sizes)))
    }),
  )
})

it('takes a graph without nodes, a path of 100,000 nodes and a star of a million leaves', () => {
  expect(componentsOf(undirected(0, []))).toEqual({ labels: new Int32Array(), sizes: new Int32Array(), largest: -1 })
  const backwards = Array.from({ length: 99_999 }, (_, index) => [99_999 - index, 99_998 - index] as const)
  expect(componentsOf(undirected(100_000, backwards)).sizes).toEqual(Int32Array.of(100_000))
  const star = Array.from({ length: 1_000_000 }, (_, leaf) => [1_000_000, leaf] as const)
  expect(componentsOf(undirected(1_000_001, star)).sizes).toEqual(Int32Array.of(1_000_001))
})
