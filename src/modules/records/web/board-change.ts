/**
 * A change of a board as what stood there before and what stands there after. It applies in one direction and, turned round, in the other: whatever can be
 * done can be undone, exactly.
 */
import type { GraphEdge } from '../contract.ts'
import type { Board, BoardNode, Note, View } from './board-state.ts'

export interface Swap<T> {
  readonly id: string
  readonly before?: T | undefined
  readonly after?: T | undefined
}

export const CHANGES = ['added', 'removed', 'moved', 'arranged', 'pinned', 'marked', 'hidden', 'shown', 'noted', 'viewed'] as const

export interface Change {
  /** In words: `change.moved`. */
  readonly what: (typeof CHANGES)[number]
  readonly nodes?: readonly Swap<BoardNode>[]
  readonly edges?: readonly Swap<GraphEdge>[]
  readonly hidden?: readonly Swap<true>[]
  readonly notes?: { readonly before: readonly Note[]; readonly after: readonly Note[] }
  readonly view?: { readonly before: View; readonly after: View }
  /** Goes on with the change before it when that has the same: one drag of a slider is one change. */
  readonly joins?: string
}

export function applyChange(board: Board, change: Change): Board {
  return {
    nodes: swapped(board.nodes, change.nodes),
    edges: swapped(board.edges, change.edges),
    hidden: change.hidden === undefined ? board.hidden : swappedIn(board.hidden, change.hidden),
    notes: change.notes?.after ?? board.notes,
    view: change.view?.after ?? board.view,
  }
}

export function turnedRound(change: Change): Change {
  return {
    what: change.what,
    ...(change.nodes === undefined ? {} : { nodes: change.nodes.map(turned) }),
    ...(change.edges === undefined ? {} : { edges: change.edges.map(turned) }),
    ...(change.hidden === undefined ? {} : { hidden: change.hidden.map(turned) }),
    ...(change.notes === undefined ? {} : { notes: { before: change.notes.after, after: change.notes.before } }),
    ...(change.view === undefined ? {} : { view: { before: change.view.after, after: change.view.before } }),
  }
}

/** Undefined when the two do not belong together. */
export function joined(first: Change, second: Change): Change | undefined {
  if (second.joins === undefined || first.joins !== second.joins) return undefined
  if (first.view !== undefined && second.view !== undefined)
    return { ...second, view: { before: first.view.before, after: second.view.after } }
  const [before, after] = [first.nodes, second.nodes]
  if (before === undefined || after === undefined || before.length !== after.length) return undefined
  if (before.some(({ id }, index) => after[index]?.id !== id)) return undefined
  return { ...second, nodes: after.map((swap, index) => ({ ...swap, before: before[index]?.before })) }
}

/** Nothing is changed by it. */
export function isIdle({ nodes = [], edges = [], hidden = [], notes, view }: Change): boolean {
  return nodes.length + edges.length + hidden.length === 0 && notes === undefined && view === undefined
}

const turned = <T>({ id, before, after }: Swap<T>): Swap<T> => ({ id, before: after, after: before })

function swapped<T>(held: ReadonlyMap<string, T>, swaps: readonly Swap<T>[] | undefined): ReadonlyMap<string, T> {
  if (swaps === undefined || swaps.length === 0) return held
  const next = new Map(held)
  for (const { id, after } of swaps)
    if (after === undefined) next.delete(id)
    else next.set(id, after)
  return next
}

function swappedIn(held: ReadonlySet<string>, swaps: readonly Swap<true>[]): ReadonlySet<string> {
  const next = new Set(held)
  for (const { id, after } of swaps)
    if (after === undefined) next.delete(id)
    else next.add(id)
  return next
}
