import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyDirection, anyFilter, anyPlainGraph, graphFrom, hopsFrom, isHolding, undirected, without } from './graph.fixture.ts'
import { DEFAULT_LIMITS, neighbourhood } from './neighbourhood.ts'

const anyQuestion = anyPlainGraph.chain((plain) =>
  fc.record({
    plain: fc.constant(plain),
    seeds: fc.array(fc.nat(plain.nodeCount - 1), { minLength: 1, maxLength: 2 }),
    hops: fc.nat(4),
    direction: anyDirection,
    filter: anyFilter,
  }),
)

type Question = typeof anyQuestion extends fc.Arbitrary<infer Each> ? Each : never

/** Of every node within the hops from the nearest starting node. */
function distancesOf({ plain, seeds, hops, direction, filter }: Question): ReadonlyMap<number, number> {
  const distances = new Map(seeds.map((seed) => [seed, 0]))
  for (const [node, distance] of distances) {
    if (distance === hops) continue
    for (const hop of hopsFrom(plain, node, { direction, filter })) if (!distances.has(hop.node)) distances.set(hop.node, distance + 1)
  }
  return distances
}

it('without a binding limit shows every node within the hops and every edge among them', () => {
  fc.assert(
    fc.property(anyQuestion, ({ plain, seeds, hops, direction, filter }) => {
      const answer = neighbourhood(graphFrom(plain), { seeds, hops, direction, filter, limits: DEFAULT_LIMITS })
      const distances = distancesOf({ plain, seeds, hops, direction, filter })
      expect(new Map([...answer.nodes].map((node, place) => [node, answer.hops[place]]))).toEqual(distances)
      const among = plain.edges.flatMap((edge, number) =>
        isHolding(edge, filter) && distances.has(edge.source) && distances.has(edge.target) ? [number] : [],
      )
      expect(answer.edges.slice().sort()).toEqual(Int32Array.from(among))
      expect(answer).toMatchObject({ cutBy: [], edgesLeftOut: 0, exactUpTo: answer.nodes.length })
    }),
  )
})

it('under any limits says for every node how many neighbours are not shown, and names the limits that cut', () => {
  const anyLimits = fc.record({
    maxNodes: fc.integer({ min: 2, max: 6 }),
    maxEdges: fc.nat(5),
    maxPerNode: fc.integer({ min: 1, max: 3 }),
    maxSteps: fc.constantFrom(0, 3, 10, 30, 10_000),
  })
  fc.assert(
    fc.property(anyQuestion, anyLimits, ({ plain, seeds, hops, direction, filter }, limits) => {
      const answer = neighbourhood(graphFrom(plain), { seeds, hops, direction, filter, limits })
      const shown = new Set(answer.nodes)
      expect(answer.nodes.length).toBe(shown.size)
      expect(answer.nodes.length).toBeLessThanOrEqual(limits.maxNodes)
      expect(answer.edges.length).toBeLessThanOrEqual(limits.maxEdges)
      expect(new Set(answer.edges).size).toBe(answer.edges.length)
      // By the real distances: a node that a limit kept from its place may be shown further off, and those behind it then seem to lie beyond the hops.
      const isWhole = without(new Set(distancesOf({ plain, seeds, hops, direction, filter }).keys()), shown).size === 0
      answer.nodes.forEach((node, place) => {
        const missing = without(new Set(hopsFrom(plain, node, { direction, filter }).map((hop) => hop.node)), shown).size
        if (place < answer.exactUpTo) expect(answer.leftOut[place]).toBe(missing)
        else expect(answer.leftOut[place]).toBeGreaterThanOrEqual(missing)
      })
      const among = plain.edges.filter((edge) => isHolding(edge, filter) && shown.has(edge.source) && shown.has(edge.target)).length
      if (!answer.cutBy.includes('steps')) {
        expect(answer.edges.length + answer.edgesLeftOut).toBe(among)
        expect(answer.cutBy.includes('edges')).toBe(answer.edgesLeftOut > 0)
      }
      if (!isWhole) expect(answer.cutBy.filter((limit) => limit !== 'edges')).not.toEqual([])
      // None is named that was not reached, and where none was, each node has its distance.
      if (answer.cutBy.includes('nodes')) expect(answer.nodes.length).toBe(limits.maxNodes)
      const mostNeighbours = Math.max(
        ...[...shown].map((node) => new Set(hopsFrom(plain, node, { direction, filter }).map((hop) => hop.node)).size),
      )
      if (answer.cutBy.includes('per-node')) expect(mostNeighbours).toBeGreaterThan(limits.maxPerNode)
      if (answer.cutBy.length === 0)
        expect(new Map([...answer.nodes].map((node, place) => [node, answer.hops[place]]))).toEqual(
          distancesOf({ plain, seeds, hops, direction, filter }),
        )
    }),
  )
})

it('finds the edges among few nodes by search in the row of a hub with a million leaves', () => {
  const leaves = 1_000_000
  const star = undirected(leaves + 1, [...Array.from({ length: leaves }, (_, leaf) => [0, leaf + 1] as const), [7, 9], [7, 7], [0, 0]])
  const limits = { ...DEFAULT_LIMITS, maxPerNode: 20 }
  const answer = neighbourhood(star, { seeds: [0], hops: 2, limits })
  expect(answer.nodes).toEqual(Int32Array.from({ length: 21 }, (_, node) => node))
  expect(answer.leftOut[0]).toBe(leaves - 20)
  expect(answer.cutBy).toEqual(['per-node'])
  expect(answer.edges.slice().sort()).toEqual(
    Int32Array.from([...Array.from({ length: 20 }, (_, edge) => edge), leaves, leaves + 1, leaves + 2]),
  )
  const cheap = neighbourhood(star, { seeds: [0], hops: 2, limits: { ...limits, maxSteps: 1000 } })
  expect(cheap).toMatchObject({ nodes: answer.nodes, edges: answer.edges, exactUpTo: 0 })
  expect(cheap.leftOut[0]).toBeGreaterThanOrEqual(leaves - 20)
})

it('refuses nodes of another graph and limits below the number of starting nodes', () => {
  const graph = undirected(3, [[0, 1]])
  expect(() => neighbourhood(graph, { seeds: [3], hops: 1, limits: DEFAULT_LIMITS })).toThrow(RangeError)
  expect(() => neighbourhood(graph, { seeds: [0, 1], hops: 1, limits: { ...DEFAULT_LIMITS, maxNodes: 1 } })).toThrow(RangeError)
  for (const maxSteps of [Number.NaN, -1]) {
    expect(() => neighbourhood(graph, { seeds: [0], hops: 1, limits: { ...DEFAULT_LIMITS, maxSteps } })).toThrow(RangeError)
  }
})
