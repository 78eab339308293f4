/**
 * Records in rows from what points to what is pointed at: owners above what they own. Circles of relations are cut where the search comes back to them; in each
 * row the records stand where their neighbours of the row above stand on the average.
 * Source: Sugiyama, Tagawa, Toda, Methods for visual understanding of hierarchical system structures, IEEE Trans. SMC 11 (1981), with barycentres alone.
 */
import type { Spot } from './board-state.ts'
import { type LayoutInput, neighboursOf, type Places, placesOf, type Rows, rowsOf } from './graph-layout.ts'
import { GAP } from './graph-place.ts'

const SWEEPS = 4
const ROW_GAP = GAP * 2.5
/** Names stand to the right of their records. */
const APART = 1.5
/** A row is spread over several lines when it grows wider than this many records, for as many as there are. */
const LEAST_WIDE = 12
const WIDE = 1.5

export function inLayers(input: LayoutInput): Places {
  const count = input.x.length
  const rank = ranksOf(rowsOf(input, 'out'), count)
  const rows: number[][] = []
  for (let node = 0; node < count; node++) (rows[rank[node] ?? 0] ??= []).push(node)
  const place = ordered(rows, rowsOf(input), { count, rank })
  const widest = Math.max(LEAST_WIDE, Math.ceil(WIDE * Math.sqrt(count)))
  const spots = new Map<number, Spot>()
  let top = 0
  for (const row of rows) {
    row.sort((a, b) => (place[a] ?? 0) - (place[b] ?? 0))
    // In the order of the row from left to right, each line a step below the one before.
    const lines = Math.ceil(row.length / widest)
    for (const [at, node] of row.entries())
      spots.set(node, { x: ((at - (row.length - 1) / 2) / lines) * GAP * APART, y: top - (at % lines) * GAP })
    top -= ROW_GAP + (lines - 1) * GAP
  }
  return placesOf(input, (node) => spots.get(node) ?? { x: 0, y: 0 })
}

/** Longest way from a beginning, along relations that lead to no record that is still being visited. */
function ranksOf(rows: Rows, count: number): Int32Array {
  const finished: number[] = []
  const state = new Uint8Array(count)
  const cut = new Set<number>()
  const at = rows.starts.slice(0, count)
  for (const root of rootsFirst(rows, count)) {
    if (state[root] !== 0) continue
    const path = [root]
    state[root] = 1
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const edge = at[node] ?? 0
      if (edge >= (rows.starts[node + 1] ?? 0)) {
        state[node] = 2
        finished.push(node)
        path.pop()
        continue
      }
      at[node] = edge + 1
      const next = rows.others[edge] ?? 0
      if (state[next] === 1) cut.add(edge)
      else if (state[next] === 0) {
        state[next] = 1
        path.push(next)
      }
    }
  }
  const rank = new Int32Array(count)
  for (const node of finished.reverse())
    for (let edge = rows.starts[node] ?? 0; edge < (rows.starts[node + 1] ?? 0); edge++) {
      const next = rows.others[edge] ?? 0
      if (!cut.has(edge)) rank[next] = Math.max(rank[next] ?? 0, (rank[node] ?? 0) + 1)
    }
  return rank
}

/** Those that nothing points at come first. */
function rootsFirst(rows: Rows, count: number): number[] {
  const isPointedAt = new Uint8Array(count)
  for (const other of rows.others) isPointedAt[other] = 1
  const nodes = Array.from({ length: count }, (_, node) => node)
  return [...nodes.filter((node) => isPointedAt[node] === 0), ...nodes.filter((node) => isPointedAt[node] === 1)]
}

interface Ranked {
  readonly count: number
  readonly rank: Int32Array
}

function ordered(ranks: readonly number[][], rows: Rows, { count, rank }: Ranked): Float64Array {
  const place = new Float64Array(count)
  const put = (row: number[]): void => {
    for (const [at, node] of row.entries()) place[node] = at - (row.length - 1) / 2
  }
  for (const row of ranks) put(row)
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isDown = sweep % 2 === 0
    for (const row of isDown ? ranks : ranks.toReversed()) {
      const mean = new Map(row.map((node) => [node, meanPlace(node)]))
      row.sort((a, b) => (mean.get(a) ?? 0) - (mean.get(b) ?? 0) || a - b)
      put(row)
    }
    function meanPlace(node: number): number {
      let [sum, found] = [0, 0]
      for (const other of neighboursOf(rows, node)) {
        if (isDown ? (rank[other] ?? 0) >= (rank[node] ?? 0) : (rank[other] ?? 0) <= (rank[node] ?? 0)) continue
        sum += place[other] ?? 0
        found++
      }
      return found === 0 ? (place[node] ?? 0) : sum / found
    }
  }
  return place
}
