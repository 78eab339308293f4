import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyFilter, anyPlainGraph, coresByThrowingOut, graphFrom, hopsFrom, undirected } from './graph.fixture.ts'
import { coreNumbers } from './k-core.ts'

it('gives each node the core that throwing out the weakly joined gives', () => {
  fc.assert(
    fc.property(anyPlainGraph, anyFilter, (plain, filter) => {
      const neighbours = Array.from(
        { length: plain.nodeCount },
        (_, node) => new Set(hopsFrom(plain, node, { filter }).flatMap((hop) => (hop.node === node ? [] : [hop.node]))),
      )
      expect(coreNumbers(graphFrom(plain), filter)).toEqual(coresByThrowingOut(neighbours))
    }),
    { numRuns: 300 },
  )
})

it('takes no nodes, a star of a million leaves and a path of 100,000 nodes', () => {
  expect(coreNumbers(undirected(0, []))).toEqual(new Int32Array())
  const star = Array.from({ length: 1_000_000 }, (_, leaf) => [0, leaf + 1] as const)
  expect(coreNumbers(undirected(1_000_001, star)).every((core) => core === 1)).toBe(true)
  const line = Array.from({ length: 99_999 }, (_, node) => [node, node + 1] as const)
  expect(coreNumbers(undirected(100_000, line)).every((core) => core === 1)).toBe(true)
})
