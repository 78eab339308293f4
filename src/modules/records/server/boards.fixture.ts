/** What officers do with boards, in a store of stated records. */
import { uuidv7 } from 'uuidv7'
import type { BoardLayout, Expansion } from '../contract.ts'
import { exportBoardRoute } from './board-export.ts'
import { listBoardsRoute, saveBoardRoute, showBoardRoute } from './boards.ts'
import { entityOf, type GraphStore, officerOf } from './graph.fixture.ts'
import { expandGraphRoute } from './graph-expand.ts'
import { judgeRoute, revokeJudgementRoute } from './judge.ts'

export interface ShownBoard {
  readonly board: string
  readonly nodes: number
  readonly revision: number
  readonly readers: readonly string[]
  readonly layout: BoardLayout
  readonly mayWrite: boolean
}

export interface ListedBoards {
  readonly items: readonly { readonly board: string; readonly nodes: number }[]
  readonly next?: string
}

/** Two records that an officer said are one: which judgement says so, and the id of the one. */
export interface Merged {
  readonly judgement: string
  readonly entity: string
}

/** The place of a record, by its name in the test. */
export const node = (name: string, x = 0, y = 0) => ({ entity: entityOf(name), x, y })

/** The store is asked for with each act: it starts after the test file was read. */
export function boardActs(store: () => GraphStore) {
  return {
    save: async (input: Readonly<Record<string, unknown>>, by = officerOf()) =>
      await store().call<{ board: string; revision: number }>(saveBoardRoute, { title: 'Board', key: uuidv7(), ...input }, by),
    show: async (board: string, by = officerOf()) => await store().call<ShownBoard>(showBoardRoute, { board }, by),
    list: async (by = officerOf(), input = {}) => await store().call<ListedBoards>(listBoardsRoute, input, by),
    exported: async (board: string, format: string, by = officerOf()) =>
      await store().call<{ fileName: string; mediaType: string; text: string }>(exportBoardRoute, { board, format }, by),
    edgesAmong: async (...names: readonly string[]) =>
      (await store().call<Expansion>(expandGraphRoute, { entities: names.map(entityOf), hops: 0 })).edges,
    same: async (left: string, right: string) =>
      await store().call<Merged>(judgeRoute, {
        left: entityOf(left),
        right: entityOf(right),
        verdict: 'same',
        reason: 'Same papers',
        key: uuidv7(),
      }),
    takeBack: async ({ judgement }: Merged) => await store().call(revokeJudgementRoute, { judgement, reason: 'Not so' }),
  }
}
