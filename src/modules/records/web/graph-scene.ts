/** What is seen of a board, independent of what draws it. */
import type { Board, BoardNode } from './board-state.ts'
import { familyOf } from './graph-family.ts'
import type { Picked, Scene, SceneEdge, SceneNode } from './graph-marks.ts'
import { moreOf, shownEdges } from './graph-visible.ts'
import { kindText } from './model-text.ts'
import { t } from './text.ts'

export function sceneNode(board: Board, node: BoardNode, isPicked: boolean): SceneNode {
  const { letter, shape, colour } = familyOf(node.schema)
  return {
    id: node.entity,
    x: node.x,
    y: node.y,
    label: labelOf(board, node),
    letter,
    shape,
    colour,
    size: sizeOf(node.degree),
    mark: node.colour,
    isPinned: node.pinned,
    isPicked,
  }
}

export function sizeOf(degree: number): number {
  return Math.min(18, 8 + Math.log2(1 + degree))
}

/** Its name, and how many neighbours are not drawn. */
export function labelOf(board: Board, node: BoardNode): string {
  const more = moreOf(board, node.entity)
  const name = nameOf(node)
  return more === 0 ? name : t('graph.more', { name, n: more.toLocaleString('en-GB') })
}

export function nameOf({ caption }: Pick<BoardNode, 'caption'>): string {
  return caption === '' ? t('record.unnamed') : caption
}

/** Relations one looks at: those between what is chosen, or all of it when there are none between; named while the names can be read. */
export interface Focus {
  readonly edges: ReadonlySet<string>
  readonly isNamed: boolean
}

const MOST_NAMED = 12

export function focusOf(board: Board, { nodes, edge }: Picked): Focus {
  const picked = new Set(nodes)
  const shown = picked.size === 0 ? [] : shownEdges(board)
  const between = picked.size < 2 ? [] : shown.filter(({ source, target }) => picked.has(source) && picked.has(target))
  const theirs = between.length > 0 ? between : shown.filter(({ source, target }) => picked.has(source) || picked.has(target))
  const edges = new Set([...theirs.map((each) => each.edge), ...(edge === undefined ? [] : [edge])])
  return { edges, isNamed: edges.size <= MOST_NAMED }
}

export function sceneOf(board: Board, chosen: Picked): Scene {
  const picked = new Set(chosen.nodes)
  const focus = focusOf(board, chosen)
  const nodes = new Map([...board.nodes.values()].map((node) => [node.entity, sceneNode(board, node, picked.has(node.entity))]))
  const edges = shownEdges(board).flatMap(({ edge, source, target, kind, directed }): SceneEdge[] => {
    const [from, to] = [nodes.get(source), nodes.get(target)]
    if (from === undefined || to === undefined) return []
    const isFocused = focus.edges.has(edge)
    const isNamed = isFocused && focus.isNamed
    return [{ id: edge, source: from, target: to, label: isNamed ? kindText(kind) : '', isDirected: directed, isFocused }]
  })
  return { nodes: [...nodes.values()], edges, notes: board.notes }
}
