import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { EdgeFilter } from './edge-filter.ts'
import { anyDirection, anyFilter, anyPlainGraph, graphFrom, hopsFrom, type PlainGraph, undirected } from './graph.fixture.ts'
import type { Direction } from './graph.ts'
import type { GraphPath } from './path-search.ts'
import { kShortestPaths, shortestPath } from './paths.ts'

const anyQuestion = anyPlainGraph.chain((plain) =>
  fc.record({
    plain: fc.constant(plain),
    from: fc.nat(plain.nodeCount - 1),
    to: fc.nat(plain.nodeCount - 1),
    direction: anyDirection,
    filter: anyFilter,
    maxHops: fc.constantFrom(1, 2, 3, 100),
  }),
)

/** Every sequence of distinct nodes from one to the other, by trying all. */
function everyPath(plain: PlainGraph, ends: { from: number; to: number; direction: Direction; filter: EdgeFilter; maxHops: number }) {
  const found = new Set<string>()
  const go = (nodes: readonly number[]): void => {
    const last = nodes.at(-1) as number
    if (last === ends.to) found.add(nodes.join(' '))
    if (last === ends.to || nodes.length > ends.maxHops) return
    for (const next of new Set(hopsFrom(plain, last, ends).map((hop) => hop.node))) if (!nodes.includes(next)) go([...nodes, next])
  }
  go([ends.from])
  return [...found].map((path) => path.split(' ').map(Number)).sort((a, b) => a.length - b.length)
}

function checkPath(plain: PlainGraph, path: GraphPath, terms: { direction: Direction; filter: EdgeFilter }): void {
  path.edges.forEach((edge, place) => {
    const hops = hopsFrom(plain, path.nodes[place] as number, terms)
    expect(hops).toContainEqual({ node: path.nodes[place + 1], edge })
  })
  expect(path.nodes.length).toBe(path.edges.length + 1)
}

it('finds a path as short as the shortest of all, and none exactly when there is none', () => {
  fc.assert(
    fc.property(anyQuestion, ({ plain, ...ends }) => {
      const answer = shortestPath(graphFrom(plain), { ...ends, maxSteps: 10_000 })
      const all = everyPath(plain, ends)
      expect(answer.kind).toBe(all.length === 0 ? 'none' : 'found')
      if (answer.kind !== 'found') return
      expect(answer.path.nodes.length).toBe(all[0]?.length)
      expect([answer.path.nodes[0], answer.path.nodes.at(-1)]).toEqual([ends.from, ends.to])
      checkPath(plain, answer.path, ends)
    }),
    { numRuns: 300 },
  )
})

it('finds the k shortest paths: distinct, without repeated nodes, and of the least lengths there are', () => {
  fc.assert(
    fc.property(anyQuestion, fc.integer({ min: 1, max: 12 }), ({ plain, ...ends }, maxPaths) => {
      const answer = kShortestPaths(graphFrom(plain), { ...ends, maxPaths, maxSteps: 1_000_000 })
      const all = everyPath(plain, ends)
      const names = answer.paths.map((path) => path.nodes.join(' '))
      expect(answer.paths.map((path) => path.nodes.length)).toEqual(all.slice(0, maxPaths).map((path) => path.length))
      expect(new Set(names).size).toBe(names.length)
      expect(new Set(all.map((path) => path.join(' ')))).toEqual(new Set([...all.map((path) => path.join(' ')), ...names]))
      expect(answer.isTruncated).toBe(all.length > maxPaths)
      for (const path of answer.paths) checkPath(plain, path, ends)
    }),
    { numRuns: 300 },
  )
})

it('says that it does not know when the steps run out, and what it shows until then are the next shortest', () => {
  fc.assert(
    fc.property(anyQuestion, fc.nat(60), ({ plain, ...ends }, maxSteps) => {
      const graph = graphFrom(plain)
      const whole = shortestPath(graph, { ...ends, maxSteps: 10_000 })
      const cut = shortestPath(graph, { ...ends, maxSteps })
      if (cut.kind === 'undecided') expect(whole.steps).toBeGreaterThan(maxSteps)
      else expect(cut).toEqual(whole)
      const bounded = kShortestPaths(graph, { ...ends, maxPaths: 50, maxSteps })
      const free = kShortestPaths(graph, { ...ends, maxPaths: 50, maxSteps: 1_000_000 })
      expect(bounded.paths).toEqual(free.paths.slice(0, bounded.paths.length))
      if (!bounded.isTruncated) expect(bounded).toEqual(free)
    }),
  )
})

it('walks a path of 100,000 nodes from end to end', () => {
  const line = undirected(
    100_000,
    Array.from({ length: 99_999 }, (_, node) => [node, node + 1] as const),
  )
  const answer = shortestPath(line, { from: 0, to: 99_999, maxSteps: 1_000_000 })
  expect(answer.kind === 'found' && answer.path.edges.length).toBe(99_999)
})

it('comes to a hub from the other side instead of going through its leaves', () => {
  const leaves = 100_000
  const pairs = Array.from({ length: leaves }, (_, leaf) => [0, leaf + 1] as const)
  const graph = undirected(leaves + 3, [...pairs, [leaves, leaves + 1], [leaves + 1, leaves + 2]])
  for (const [from, to] of [
    [0, leaves + 2],
    [leaves + 2, 0],
  ] as const) {
    const answer = shortestPath(graph, { from, to, maxSteps: 1_000_000 })
    expect(answer.kind === 'found' && [...answer.path.nodes].sort((a, b) => a - b)).toEqual([0, leaves, leaves + 1, leaves + 2])
    expect(answer.steps).toBeLessThan(100)
  }
})

it('refuses limits that limit nothing', () => {
  const graph = undirected(2, [[0, 1]])
  expect(() => shortestPath(graph, { from: 0, to: 1, maxSteps: Number.NaN })).toThrow(RangeError)
  expect(() => shortestPath(graph, { from: 0, to: 2, maxSteps: 1 })).toThrow(RangeError)
  for (const maxPaths of [0, 1001, Number.NaN]) {
    expect(() => kShortestPaths(graph, { from: 0, to: 1, maxPaths, maxSteps: 10 })).toThrow(RangeError)
  }
})
