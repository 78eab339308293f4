/** What an officer does to a board, as changes. Each names all that it touches: a record that goes takes its relations with it, and brings them back. */
import type { GraphEdge, GraphNode } from '../contract.ts'
import type { Change, Swap } from './board-change.ts'
import type { Board, BoardNode, Note, Spot, View } from './board-state.ts'
import { placesAround } from './graph-place.ts'

export interface Found {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
}

/** Records new to the board are placed around `around`, or around the middle; relations come when both their ends are there. */
export function adding(board: Board, { nodes, edges }: Found, around?: string): Change {
  const fresh = nodes.filter(({ entity }) => !board.nodes.has(entity))
  const anchor = around === undefined ? undefined : board.nodes.get(around)
  const spots = placesAround([...board.nodes.values()], { anchor, count: fresh.length })
  const added = fresh.map((node, index): Swap<BoardNode> => {
    const spot = spots[index] ?? { x: 0, y: 0 }
    return { id: node.entity, after: { ...node, ...spot, pinned: false } }
  })
  const here = new Set([...board.nodes.keys(), ...fresh.map(({ entity }) => entity)])
  const known = nodes.flatMap((node): Swap<BoardNode>[] => {
    const before = board.nodes.get(node.entity)
    // The node counts within its layers and window: the largest count of neighbours is the whole.
    return before === undefined || before.degree >= node.degree
      ? []
      : [{ id: node.entity, before, after: { ...before, degree: node.degree } }]
  })
  const drawn = edges.filter(({ edge, source, target }) => !board.edges.has(edge) && here.has(source) && here.has(target))
  return { what: 'added', nodes: [...added, ...known], edges: drawn.map((edge) => ({ id: edge.edge, after: edge })) }
}

export function removing(board: Board, entities: readonly string[]): Change {
  const gone = new Set(entities.filter((entity) => board.nodes.has(entity)))
  const edges = [...board.edges.values()].filter(({ source, target }) => gone.has(source) || gone.has(target))
  return {
    what: 'removed',
    nodes: [...gone].map((id) => ({ id, before: board.nodes.get(id) })),
    edges: edges.map((edge) => ({ id: edge.edge, before: edge })),
  }
}

export function moving(
  board: Board,
  spots: ReadonlyMap<string, Spot>,
  how: { readonly isLayout?: boolean; readonly joins?: string } = {},
): Change {
  const nodes = [...spots].flatMap(([id, { x, y }]): Swap<BoardNode>[] => {
    const before = board.nodes.get(id)
    const isStill = before === undefined || (before.x === x && before.y === y) || !Number.isFinite(x) || !Number.isFinite(y)
    return isStill || (how.isLayout === true && before.pinned) ? [] : [{ id, before, after: { ...before, x, y } }]
  })
  return { what: how.isLayout === true ? 'arranged' : 'moved', nodes, ...(how.joins === undefined ? {} : { joins: how.joins }) }
}

export function pinning(board: Board, entities: readonly string[], pinned: boolean): Change {
  return { what: 'pinned', nodes: changed(board, entities, (node) => (node.pinned === pinned ? undefined : { ...node, pinned })) }
}

export function marking(board: Board, entities: readonly string[], colour: string | undefined): Change {
  return { what: 'marked', nodes: changed(board, entities, (node) => (node.colour === colour ? undefined : { ...node, colour })) }
}

export function hiding(board: Board, edges: readonly string[]): Change {
  const fresh = edges.filter((id) => board.edges.has(id) && !board.hidden.has(id))
  return { what: 'hidden', hidden: fresh.map((id) => ({ id, after: true })) }
}

export function showing(board: Board, edges: readonly string[] = [...board.hidden]): Change {
  return { what: 'shown', hidden: edges.filter((id) => board.hidden.has(id)).map((id) => ({ id, before: true })) }
}

export function noting(board: Board, notes: readonly Note[]): Change {
  return { what: 'noted', notes: { before: board.notes, after: notes } }
}

export function viewing(board: Board, part: Partial<View>, joins?: string): Change {
  return { what: 'viewed', view: { before: board.view, after: { ...board.view, ...part } }, ...(joins === undefined ? {} : { joins }) }
}

function changed(board: Board, entities: readonly string[], of: (node: BoardNode) => BoardNode | undefined): Swap<BoardNode>[] {
  return entities.flatMap((id) => {
    const before = board.nodes.get(id)
    const after = before === undefined ? undefined : of(before)
    return after === undefined ? [] : [{ id, before, after }]
  })
}
