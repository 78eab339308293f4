/** The kernel on real networks: figures beside a walk over graphology, or beside taking away and throwing out one by one. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { UndirectedGraph } from 'graphology'
import { describe, expect, it } from 'vitest'
import { componentsOf } from './components.ts'
import { cutPointsOf } from './cut-points.ts'
import { degreesOf } from './degree.ts'
import { built, coresByThrowingOut, cutPointsByTakingAway, type Pairs, undirected, without } from './graph.fixture.ts'
import { coreNumbers } from './k-core.ts'
import { DEFAULT_LIMITS, neighbourhood } from './neighbourhood.ts'
import { shortestPath } from './paths.ts'
import { createStringIndex } from './string-index.ts'
import { timelineOf } from './timeline.ts'

const NETWORKS = fileURLToPath(new URL('../../../../shared/data/networks/', import.meta.url))
const CRIMINAL = ['caviar_full', 'siren', 'togo', 'cielnet', 'montagna_meetings', 'oversize_arrest_warrants']

interface CriminalNetwork {
  readonly n: number
  readonly nodes: readonly string[]
  readonly edges: readonly (readonly [number, number, number])[]
}

function readCriminal(name: string): CriminalNetwork {
  return JSON.parse(readFileSync(`${NETWORKS}criminal/${name}.json`, 'utf8')) as CriminalNetwork
}

function readNetwork(name: string): { readonly nodeCount: number; readonly pairs: Pairs } {
  if (CRIMINAL.includes(name)) {
    const { n, edges } = readCriminal(name)
    return { nodeCount: n, pairs: edges.map(([a, b]) => [a, b] as const) }
  }
  const text = gunzipSync(readFileSync(`${NETWORKS}graphs/${name}.txt.gz`)).toString('utf8')
  const [head = '', ...lines] = text.trim().split('\n')
  return { nodeCount: Number(/nodes=(\d+)/.exec(head)?.[1]), pairs: lines.map((line) => line.split(' ').map(Number) as [number, number]) }
}

function peerOf({ nodeCount, pairs }: { readonly nodeCount: number; readonly pairs: Pairs }): UndirectedGraph {
  const peer = new UndirectedGraph()
  for (let node = 0; node < nodeCount; node++) peer.addNode(node)
  for (const [a, b] of pairs) peer.addEdge(a, b)
  return peer
}

/** Hops from a node to all that it reaches, by a walk over graphology. */
function walk(peer: UndirectedGraph, from: number): Map<number, number> {
  const hops = new Map([[from, 0]])
  for (const [node, distance] of hops) {
    peer.forEachNeighbor(node, (next) => {
      if (!hops.has(Number(next))) hops.set(Number(next), distance + 1)
    })
  }
  return hops
}

describe.skipIf(!existsSync(NETWORKS))('on the networks of shared/data/networks', () => {
  it.each([...CRIMINAL, 'opsahl-ucsocial', 'email-EuAll', 'soc-Epinions1'])(
    'parts %s into components, with degrees, as graphology does',
    (name) => {
      const network = readNetwork(name)
      const graph = undirected(network.nodeCount, network.pairs)
      const peer = peerOf(network)
      const labels = new Map<number, number>()
      const sizes: number[] = []
      for (let node = 0; node < network.nodeCount; node++) {
        if (labels.has(node)) continue
        const reached = walk(peer, node)
        for (const each of reached.keys()) labels.set(each, sizes.length)
        sizes.push(reached.size)
      }
      const components = componentsOf(graph)
      expect([...components.sizes]).toEqual(sizes)
      expect(components.labels.every((label, node) => label === labels.get(node))).toBe(true)
      expect(degreesOf(graph).every((degree, node) => degree === peer.degree(node))).toBe(true)
    },
  )

  it.each([...CRIMINAL, 'london_transport_multiplex_aggr'])(
    'finds the bridges and articulation points of %s that taking away each finds',
    (name) => {
      const { nodeCount, pairs } = readNetwork(name)
      const expected = cutPointsByTakingAway(nodeCount, pairs)
      const found = cutPointsOf(undirected(nodeCount, pairs))
      expect([...found.bridges]).toEqual(expected.bridges)
      expect([...found.articulationPoints]).toEqual(expected.articulationPoints)
    },
  )

  it.each([...CRIMINAL, 'corruption', 'dimacs10-polblogs', 'petster-hamster'])(
    'gives the cores of %s that throwing out the weakly joined gives',
    (name) => {
      const { nodeCount, pairs } = readNetwork(name)
      const neighbours = Array.from({ length: nodeCount }, () => new Set<number>())
      for (const [a, b] of pairs) {
        neighbours[a]?.add(b)
        neighbours[b]?.add(a)
      }
      expect(coreNumbers(undirected(nodeCount, pairs))).toEqual(coresByThrowingOut(neighbours))
    },
  )

  it.each(['montagna_meetings', 'advogato', 'opsahl-powergrid'])(
    'finds in %s the distances and the neighbourhoods that graphology has',
    (name) => {
      const network = readNetwork(name)
      const graph = undirected(network.nodeCount, network.pairs)
      const peer = peerOf(network)
      for (let step = 0; step < 8; step++) {
        const from = (step * 7919) % network.nodeCount
        const hops = walk(peer, from)
        for (let to = 0; to < network.nodeCount; to += 97) {
          const answer = shortestPath(graph, { from, to, maxSteps: 10_000_000 })
          expect(answer.kind === 'found' ? answer.path.edges.length : undefined).toBe(hops.get(to))
        }
        const near = neighbourhood(graph, {
          seeds: [from],
          hops: 2,
          limits: { ...DEFAULT_LIMITS, maxNodes: 100_000, maxPerNode: 100_000, maxEdges: 1_000_000 },
        })
        expect(near.cutBy).toEqual([])
        expect([...near.nodes].sort((a, b) => a - b)).toEqual(
          [...hops].flatMap(([node, distance]) => (distance <= 2 ? [node] : [])).sort((a, b) => a - b),
        )
      }
    },
  )

  it('says who joined and left between the phases of Caviar as comparing their lists of actors does', () => {
    const phases = ['01', '02', '04', '05', '06', '07', '09', '10', '11'].map((phase) => readCriminal(`caviar_phase${phase}`))
    const actors = createStringIndex({ seed: [1, 2] })
    const edges = phases.flatMap((phase, instant) =>
      phase.edges.map(([a, b]) => ({ a: actors.add(phase.nodes[a] ?? ''), b: actors.add(phase.nodes[b] ?? ''), instant })),
    )
    const instants = Float64Array.from(edges, (edge) => edge.instant)
    const graph = built(
      {
        nodeCount: actors.size,
        sources: Int32Array.from(edges, (edge) => Number(edge.a)),
        targets: Int32Array.from(edges, (edge) => Number(edge.b)),
        validity: { from: instants, to: instants },
      },
      false,
    )
    const windows = phases.map((_, instant) => ({ from: instant, until: instant + 1 }))
    const inPhase = phases.map(
      (_, instant) => new Set(edges.flatMap((edge) => (edge.instant === instant ? [Number(edge.a), Number(edge.b)] : []))),
    )
    expect(timelineOf(graph, { windows }).windows.map(({ edges: held, nodes, joined, left }) => [held, nodes, joined, left])).toEqual(
      phases.map((phase, instant) => {
        const [now = new Set<number>(), before = new Set<number>()] = [inPhase[instant], inPhase[instant - 1]]
        return [phase.edges.length, now.size, without(now, before).size, without(before, now).size]
      }),
    )
  })
})
