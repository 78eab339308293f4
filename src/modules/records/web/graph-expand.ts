/** Asks the node for more and puts it on the board: neighbours, paths, what two records share. What was left out is said, and nothing goes beyond what a board holds. */
import { useMutation } from '@tanstack/react-query'
import { call } from '#web/client.ts'
import { expandGraph, findCommon, findPaths, MOST_NODES } from '../contract.ts'
import { adding, type Found } from './board-edit.ts'
import type { Board, View } from './board-state.ts'
import type { GraphModel } from './graph-model.ts'
import { t } from './text.ts'

export interface ExpandAsked {
  readonly entity: string
  readonly most: number
  /** Of one kind of relation; of all shown without it. */
  readonly kind?: string
}

export function useExpanding(graph: GraphModel) {
  const done = useMutation({
    mutationFn: async ({ entity, most, kind }: ExpandAsked) =>
      await call(expandGraph, {
        entities: [entity],
        hops: 1,
        most,
        ...askedOf(graph.board.view),
        ...(kind === undefined ? {} : { layers: kind }),
      }),
    onSuccess: ({ nodes, edges, leftOut }, { entity }) => {
      const fresh = put(graph, { nodes, edges }, entity)
      if (fresh === undefined) return
      const missing = leftOut.find((each) => each.entity === entity)?.count ?? 0
      graph.say(
        `${t('chosen.added', { n: fresh })}${missing === 0 ? '' : ` ${t('chosen.leftOut', { n: missing.toLocaleString('en-GB') })}`}`,
      )
    },
  })
  return { expand: done.mutate, isExpanding: done.isPending, error: done.error }
}

export interface Between {
  readonly left: string
  readonly right: string
}

export function usePaths(graph: GraphModel) {
  return useMutation({
    mutationFn: async ({ left, right, inTime }: Between & { readonly inTime: boolean }) =>
      await call(findPaths, { left, right, inTime: inTime ? 'yes' : 'no', ...askedOf(graph.board.view) }),
    onSuccess: ({ paths, nodes, edges, truncated }, { left }) => {
      if (paths.length === 0) return graph.say(t('chosen.noPath'))
      if (put(graph, { nodes, edges }, left) === undefined) return
      graph.pickAll([...new Set(paths.flat())])
      const steps = (paths[0]?.length ?? 1) - 1
      graph.say(`${t('chosen.pathsFound', { n: paths.length, steps })}${truncated ? ` ${t('chosen.morePaths')}` : ''}`)
    },
  })
}

export function useCommon(graph: GraphModel) {
  return useMutation({
    mutationFn: async ({ left, right }: Between) => await call(findCommon, { left, right, ...askedOf(graph.board.view) }),
    onSuccess: ({ nodes, edges, leftOut }, { left, right }) => {
      const common = nodes.map(({ entity }) => entity).filter((entity) => entity !== left && entity !== right)
      if (common.length === 0) return graph.say(t('chosen.noCommon'))
      if (put(graph, { nodes, edges }, left) === undefined) return
      graph.pickAll([left, right, ...common])
      graph.say(`${t('chosen.commonFound', { n: common.length })}${leftOut === 0 ? '' : ` ${t('chosen.leftOut', { n: leftOut })}`}`)
    },
  })
}

/** How many records are new; undefined, and said, when they do not fit. */
export function put(graph: GraphModel, found: Found, around?: string): number | undefined {
  const fresh = found.nodes.filter(({ entity }) => !graph.board.nodes.has(entity)).length
  if (graph.board.nodes.size + fresh > MOST_NODES) {
    graph.say(t('graph.full', { n: MOST_NODES.toLocaleString('en-GB') }))
    return undefined
  }
  graph.act((board: Board) => adding(board, found, around))
  return fresh
}

/** The layers and the window of the board, as the node is asked. */
export function askedOf({ layers, from, to }: View): { readonly layers?: string; readonly from?: string; readonly to?: string } {
  return {
    ...(layers.length === 0 ? {} : { layers: layers.join(',') }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}
