/**
 * ForceAtlas2 over plain arrays, some rounds at a time, so that whoever runs it can show how far it is and stop. It begins with the places on the board, or on a
 * spiral when they all lie together, and uses no chance.
 * Source: Jacomy, Venturini, Heymann, Bastian, ForceAtlas2, PLoS ONE 9(6) (2014); package graphology-layout-forceatlas2, its rounds over matrices.
 */
import iterate from 'graphology-layout-forceatlas2/iterate.js'
import type { LayoutInput, Places } from './graph-layout.ts'
import { GAP, placesAround } from './graph-place.ts'

/** Columns of the matrices of the package. */
const PER_NODE = 10
const PER_EDGE = 3
const MANY = 500
/** The drawing is made in the package's own unit and scaled to ours. */
const UNIT = 10

export function roundsFor(count: number): number {
  return count > 5000 ? 120 : count > MANY ? 250 : 400
}

export function* byForce(input: LayoutInput, rounds = roundsFor(input.x.length)): Generator<Places> {
  const { x, y, pinned, sources, targets } = input
  const begin = areTogether(input) ? placesAround([], { count: x.length }) : undefined
  const nodes = new Float32Array(x.length * PER_NODE)
  for (let node = 0; node < x.length; node++) {
    const spot = begin?.[node] ?? { x: x[node] ?? 0, y: y[node] ?? 0 }
    nodes.set([spot.x / UNIT, spot.y / UNIT, 0, 0, 0, 0, 1, 1, GAP / UNIT / 2, pinned[node] ?? 0], node * PER_NODE)
  }
  const edges = new Float32Array(sources.length * PER_EDGE)
  for (const [edge, source] of sources.entries()) {
    const target = targets[edge] ?? 0
    edges.set([source * PER_NODE, target * PER_NODE, 1], edge * PER_EDGE)
    for (const end of [source, target]) nodes[end * PER_NODE + 6] = (nodes[end * PER_NODE + 6] ?? 0) + 1
  }
  const settings = {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 1,
    scalingRatio: 10,
    strongGravityMode: true,
    gravity: 0.05,
    slowDown: 1 + Math.log(Math.max(1, x.length)),
    barnesHutOptimize: x.length > MANY,
    barnesHutTheta: 0.8,
  }
  for (let round = 0; round < rounds; round++) {
    iterate(settings, nodes, edges)
    yield placesIn(nodes, input)
  }
}

function areTogether({ x, y }: LayoutInput): boolean {
  return x.every((value, node) => Math.abs(value - (x[0] ?? 0)) < 1 && Math.abs((y[node] ?? 0) - (y[0] ?? 0)) < 1)
}

/** Read only when it is wanted: the last of the rounds, or the one it was stopped at. */
function placesIn(nodes: Float32Array, { x, y, pinned }: LayoutInput): Places {
  const read = (column: number, fixed: Float64Array) => () =>
    fixed.map((value, node) => (pinned[node] === 1 ? value : (nodes[node * PER_NODE + column] ?? 0) * UNIT))
  const [readX, readY] = [read(0, x), read(1, y)]
  return {
    get x() {
      return readX()
    },
    get y() {
      return readY()
    },
  }
}
