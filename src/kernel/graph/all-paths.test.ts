import fc from 'fast-check'
import { expect, it } from 'vitest'
import { allPaths } from './all-paths.ts'
import { anyDirection, anyFilter, anyPlainGraph, graphFrom, hopsFrom, undirected } from './graph.fixture.ts'

const anyQuestion = anyPlainGraph.chain((plain) =>
  fc.record({
    plain: fc.constant(plain),
    from: fc.nat(plain.nodeCount - 1),
    to: fc.nat(plain.nodeCount - 1),
    direction: anyDirection,
    filter: anyFilter,
    maxHops: fc.integer({ min: 1, max: 5 }),
    order: fc.constantFrom('any' as const, 'in-time' as const),
  }),
)

it('finds exactly the paths that trying every edge finds, in any order and in the order of time', () => {
  fc.assert(
    fc.property(anyQuestion, ({ plain, from, to, direction, filter, maxHops, order }) => {
      const found = new Set<string>()
      // Over single edges, so that parallel edges at different times are all tried.
      const go = (nodes: readonly number[], instant: number): void => {
        const last = nodes.at(-1) as number
        if (last === to) {
          if (nodes.length > 1) found.add(nodes.join(' '))
          return
        }
        if (nodes.length > maxHops) return
        for (const hop of hopsFrom(plain, last, { direction, filter })) {
          const edge = plain.edges[hop.edge]
          if (edge === undefined || nodes.includes(hop.node)) continue
          const arrival = Math.max(instant, edge.from)
          if (order === 'any' || arrival <= edge.to) go([...nodes, hop.node], order === 'any' ? instant : arrival)
        }
      }
      go([from], -Infinity)
      const answer = allPaths(graphFrom(plain), { from, to, direction, filter, maxHops, order, maxPaths: 100_000, maxSteps: 1_000_000 })
      expect(answer.isTruncated).toBe(false)
      expect(answer.paths.map((path) => path.nodes.join(' ')).sort()).toEqual([...found].sort())
      for (const path of answer.paths) {
        let instant = -Infinity
        path.edges.forEach((number, place) => {
          const edge = plain.edges[number]
          if (edge === undefined) throw new Error('No such edge.')
          expect(hopsFrom(plain, path.nodes[place] as number, { direction, filter })).toContainEqual({
            node: path.nodes[place + 1],
            edge: number,
          })
          instant = Math.max(instant, edge.from)
          if (order === 'in-time') expect(instant).toBeLessThanOrEqual(edge.to)
        })
      }
    }),
    { numRuns: 300 },
  )
})

it('takes of parallel edges the one that arrives first, because a later one may miss what follows', () => {
  const hop = (source: number, target: number, instant: number) => ({ source, target, layer: 0, weight: 1, from: instant, to: instant })
  const graph = graphFrom({ nodeCount: 3, isDirected: true, edges: [hop(0, 1, 8), hop(0, 1, 2), hop(0, 1, 4), hop(1, 2, 5)] })
  const question = { from: 0, to: 2, direction: 'out' as const, maxHops: 2, maxPaths: 10, maxSteps: 1000 }
  expect(allPaths(graph, { ...question, order: 'in-time' }).paths.map((path) => [...path.edges])).toEqual([[1, 3]])
  const window = { from: 6, until: 9 }
  expect(allPaths(graph, { ...question, order: 'in-time', filter: { window } }).paths).toEqual([])
})

it('says so when paths or steps are cut, and shows only real paths until then', () => {
  fc.assert(
    fc.property(anyQuestion, fc.nat(4), fc.nat(80), ({ plain, ...question }, maxPaths, maxSteps) => {
      const graph = graphFrom(plain)
      const whole = allPaths(graph, { ...question, maxPaths: 100_000, maxSteps: 1_000_000 })
      const cut = allPaths(graph, { ...question, maxPaths, maxSteps })
      const names = new Set(whole.paths.map((path) => path.nodes.join(' ')))
      for (const path of cut.paths) expect(names.has(path.nodes.join(' '))).toBe(true)
      expect(cut.isTruncated).toBe(cut.paths.length < whole.paths.length || whole.steps > maxSteps)
    }),
  )
})

it('stays within its steps where paths are without number', () => {
  const size = 40
  const pairs = Array.from({ length: size * size }, (_, index) => [Math.floor(index / size), index % size] as const)
  const clique = undirected(
    size,
    pairs.filter(([a, b]) => a < b),
  )
  const answer = allPaths(clique, { from: 0, to: 1, maxHops: 32, maxPaths: 1_000_000_000, maxSteps: 2_000_000 })
  expect(answer.isTruncated).toBe(true)
  expect(answer.steps).toBeLessThan(2_000_100)
})

it('refuses hops out of range', () => {
  const graph = undirected(2, [[0, 1]])
  for (const maxHops of [0, 33, 1.5, Number.NaN]) {
    expect(() => allPaths(graph, { from: 0, to: 1, maxHops, maxPaths: 1, maxSteps: 1 })).toThrow(RangeError)
  }
})
