import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyFilter, anyPlainGraph, graphFrom, isHolding, undirected, without } from './graph.fixture.ts'
import { extentOf, timelineOf } from './timeline.ts'

const anyWindows = fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 1, maxLength: 6 }).map((moves) => {
  let [from, until] = [-2, 0]
  return moves.map(([byFrom, byUntil]) => {
    from += byFrom
    until = Math.max(until + byUntil, from + 1)
    return { from, until }
  })
})

it('counts edges, nodes, who joined and who left in each window as a look at every edge does', () => {
  fc.assert(
    fc.property(anyPlainGraph, anyWindows, anyFilter, (plain, windows, filter) => {
      const timeline = timelineOf(graphFrom(plain), { windows, filter })
      const passing = plain.edges.filter((edge) => isHolding(edge, filter))
      const dated = passing.filter((edge) => Number.isFinite(edge.from) || Number.isFinite(edge.to))
      expect(timeline.undated).toBe(passing.length - dated.length)
      expect(timeline.outside).toBe(dated.filter((edge) => windows.every((window) => !isHolding(edge, { window }))).length)
      let before = new Set<number>()
      windows.forEach((window, index) => {
        const holding = dated.filter((edge) => isHolding(edge, { window }))
        const nodes = new Set(holding.flatMap((edge) => [edge.source, edge.target]))
        const within = (instant: number) => instant >= window.from && instant < window.until
        expect(timeline.windows[index]).toEqual({
          window,
          edges: holding.length,
          beginning: holding.filter((edge) => within(edge.from)).length,
          ending: holding.filter((edge) => within(edge.to)).length,
          nodes: nodes.size,
          joined: without(nodes, before).size,
          left: without(before, nodes).size,
        })
        before = nodes
      })
    }),
    { numRuns: 300 },
  )
})

it('gives the first and last known instant, and none where no time is known', () => {
  fc.assert(
    fc.property(anyPlainGraph, anyFilter, (plain, filter) => {
      const known = plain.edges.filter((edge) => isHolding(edge, filter)).flatMap((edge) => [edge.from, edge.to].filter(Number.isFinite))
      const expected = known.length === 0 ? undefined : { first: Math.min(...known), last: Math.max(...known) }
      expect(extentOf(graphFrom(plain), filter)).toEqual(expected)
    }),
  )
  expect(extentOf(undirected(2, [[0, 1]]))).toBeUndefined()
  expect(timelineOf(undirected(2, [[0, 1]]), { windows: [{ from: 0, until: 1 }] })).toMatchObject({
    undated: 1,
    windows: [{ edges: 0, nodes: 0 }],
  })
})

it('stops where the steps run out, says so, and counts rightly until then', () => {
  fc.assert(
    fc.property(anyPlainGraph, anyWindows, fc.nat(40), (plain, windows, maxSteps) => {
      const graph = graphFrom(plain)
      const whole = timelineOf(graph, { windows })
      const cut = timelineOf(graph, { windows, maxSteps })
      expect(cut.windows).toEqual(whole.windows.slice(0, cut.windows.length))
      expect(cut.isTruncated).toBe(cut.windows.length < windows.length)
      expect(whole.isTruncated).toBe(false)
      expect(cut.windows.reduce((sum, activity) => sum + activity.edges, 0)).toBeLessThanOrEqual(maxSteps)
    }),
  )
})

it('refuses windows that do not ascend', () => {
  const graph = undirected(2, [[0, 1]])
  const asked =
    (...windows: { from: number; until: number }[]) =>
    () =>
      timelineOf(graph, { windows })
  expect(asked({ from: 1, until: 1 })).toThrow(RangeError)
  expect(asked({ from: 1, until: 3 }, { from: 0, until: 4 })).toThrow(RangeError)
  expect(asked({ from: 1, until: 3 }, { from: 2, until: 2.5 })).toThrow(RangeError)
})
