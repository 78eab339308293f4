/** Rows of a board's tables in the order one asks for; what is equal stands in the order of ids, so that no row jumps. */
import type { GraphEdge } from '../contract.ts'
import type { Board, BoardNode } from './board-state.ts'
import { nameOf } from './graph-scene.ts'
import { neighboursIn } from './graph-visible.ts'
import { kindText, schemaText } from './model-text.ts'

export interface SortBy {
  readonly by: string
  readonly order: 'asc' | 'desc'
}

type Value = string | number
const words = new Intl.Collator('en-GB', { numeric: true })

export function sortedNodes(board: Board, sort: SortBy): readonly BoardNode[] {
  const neighbours = neighboursIn(board.edges)
  const of: Readonly<Record<string, (node: BoardNode) => Value>> = {
    name: nameOf,
    kind: ({ schema }) => schemaText(schema),
    here: ({ entity }) => new Set(neighbours.get(entity)?.map((each) => each.entity)).size,
    degree: ({ degree }) => degree,
    mark: ({ colour }) => colour ?? '',
    pinned: ({ pinned }) => (pinned ? 0 : 1),
  }
  return sorted([...board.nodes.values()], { sort, value: of[sort.by] ?? nameOf, id: ({ entity }) => entity })
}

export function sortedEdges(board: Board, sort: SortBy): readonly GraphEdge[] {
  const name = (id: string): string => nameOf(board.nodes.get(id) ?? { caption: '' })
  const of: Readonly<Record<string, (edge: GraphEdge) => Value>> = {
    source: ({ source }) => name(source),
    relation: ({ kind }) => kindText(kind),
    target: ({ target }) => name(target),
    since: ({ from }) => from ?? '',
    until: ({ to }) => to ?? '',
    statements: ({ statements }) => statements,
  }
  return sorted([...board.edges.values()], { sort, value: of[sort.by] ?? (({ source }) => name(source)), id: ({ edge }) => edge })
}

interface Sorting<Row> {
  readonly sort: SortBy
  readonly value: (row: Row) => Value
  readonly id: (row: Row) => string
}

/** Each value is asked for once: comparing words is the slow part of tens of thousands of rows. */
function sorted<Row>(rows: readonly Row[], { sort, value, id }: Sorting<Row>): readonly Row[] {
  const keyed = rows.map((row) => ({ row, value: value(row), id: id(row) }))
  const way = sort.order === 'asc' ? 1 : -1
  const ranks = rankOf(keyed.flatMap((each) => (typeof each.value === 'string' ? [each.value] : [])))
  const number = (each: Value): number => (typeof each === 'number' ? each : (ranks.get(each) ?? 0))
  return keyed
    .map(({ row, value: held, id: own }) => ({ row, rank: number(held), own }))
    .sort((a, b) => (a.rank - b.rank) * way || (a.own < b.own ? -1 : 1))
    .map(({ row }) => row)
}

function rankOf(texts: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...new Set(texts)].sort(words.compare).map((text, rank) => [text, rank]))
}
