/** Boards for tests: records by short names, relations between them. */
import type { GraphEdge, GraphNode } from '../contract.ts'
import { applyChange } from './board-change.ts'
import { adding } from './board-edit.ts'
import { type Board, EMPTY_BOARD } from './board-state.ts'

export function idOf(name: string): string {
  return `r${Buffer.from(name).toString('hex').padStart(32, '0').slice(-32)}`
}

export function node(name: string, more: Partial<GraphNode> = {}): GraphNode {
  return { entity: idOf(name), schema: 'Person', caption: name, merged: 1, degree: 0, ...more }
}

export function edge(source: string, target: string, more: Partial<GraphEdge> = {}): GraphEdge {
  return {
    edge: `${idOf(`${source}-${target}`)}:0`,
    source: idOf(source),
    target: idOf(target),
    kind: 'Ownership',
    directed: true,
    statements: 2,
    ...more,
  }
}

/** `a>b b>c`: who points at whom; a name alone stands alone. */
export function boardFrom(text: string): Board {
  const pairs = text.split(' ').map((each) => each.split('>'))
  const names = [...new Set(pairs.flat())]
  return applyChange(
    EMPTY_BOARD,
    adding(EMPTY_BOARD, {
      nodes: names.map((name) => node(name)),
      edges: pairs.flatMap(([source, target]) => (source === undefined || target === undefined ? [] : [edge(source, target)])),
    }),
  )
}
