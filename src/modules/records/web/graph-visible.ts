/**
 * Which relations of a board are shown: those of its layers, in its window of days, that were not taken off. Days are the grain, as at the node: a year begins
 * with its first day and ends with its last; a relation whose end lies before its beginning is taken to hold always.
 */
import type { GraphEdge } from '../contract.ts'
import type { Board, View } from './board-state.ts'

export function isInView({ kind, from, to }: Pick<GraphEdge, 'kind' | 'from' | 'to'>, view: View): boolean {
  if (view.layers.length > 0 && !view.layers.includes(kind)) return false
  if (view.from === undefined && view.to === undefined) return true
  const [first, last] = [firstDay(from), lastDay(to)]
  if (first > last) return true
  return (view.to === undefined || first <= view.to) && (view.from === undefined || last >= view.from)
}

const held = new WeakMap<Board, readonly GraphEdge[]>()

export function shownEdges(board: Board): readonly GraphEdge[] {
  const before = held.get(board)
  if (before !== undefined) return before
  const shown = [...board.edges.values()].filter((edge) => !board.hidden.has(edge.edge) && isInView(edge, board.view))
  held.set(board, shown)
  return shown
}

export interface Neighbour {
  readonly entity: string
  readonly edge: GraphEdge
}

const neighbours = new WeakMap<ReadonlyMap<string, GraphEdge>, ReadonlyMap<string, readonly Neighbour[]>>()

/** All relations on the board by each of their ends, shown or not. */
export function neighboursIn(edges: ReadonlyMap<string, GraphEdge>): ReadonlyMap<string, readonly Neighbour[]> {
  const before = neighbours.get(edges)
  if (before !== undefined) return before
  const by = new Map<string, Neighbour[]>()
  const put = (entity: string, neighbour: Neighbour): void => {
    const list = by.get(entity)
    if (list === undefined) by.set(entity, [neighbour])
    else list.push(neighbour)
  }
  for (const edge of edges.values()) {
    put(edge.source, { entity: edge.target, edge })
    if (edge.source !== edge.target) put(edge.target, { entity: edge.source, edge })
  }
  neighbours.set(edges, by)
  return by
}

/** Neighbours that the node counted and that do not lie on the board. */
export function moreOf(board: Board, entity: string): number {
  const degree = board.nodes.get(entity)?.degree ?? 0
  return Math.max(
    0,
    degree -
      new Set(
        neighboursIn(board.edges)
          .get(entity)
          ?.map((each) => each.entity),
      ).size,
  )
}

/** Kinds of relations on the board with how many there are, in order of name. */
export function kindsOn(board: Board): readonly { readonly kind: string; readonly count: number }[] {
  const counts = new Map<string, number>()
  for (const { kind } of board.edges.values()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  // A layer that was chosen and is empty now can still be left.
  for (const kind of board.view.layers) if (!counts.has(kind)) counts.set(kind, 0)
  return [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => (a.kind < b.kind ? -1 : 1))
}

/** First and last day that anything on the board is dated; undefined when nothing is. */
export function daysOn(board: Board): { readonly first: string; readonly last: string } | undefined {
  const days = [...board.edges.values()].flatMap(({ from, to }) => [
    ...(from === undefined ? [] : [firstDay(from)]),
    ...(to === undefined ? [] : [lastDay(to)]),
  ])
  const first = days.reduce<string | undefined>((least, day) => (least === undefined || day < least ? day : least), undefined)
  const last = days.reduce<string | undefined>((most, day) => (most === undefined || day > most ? day : most), undefined)
  return first === undefined || last === undefined ? undefined : { first, last }
}

function firstDay(text: string | undefined): string {
  return text === undefined ? '' : `${text.slice(0, 10)}-01-01`.slice(0, 10)
}

const LAST = '9999-12-31'

function lastDay(text: string | undefined): string {
  if (text === undefined) return LAST
  const [year = '', month = '12', day] = text.slice(0, 10).split('-')
  if (day !== undefined) return `${year}-${month}-${day}`
  return new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10)
}
