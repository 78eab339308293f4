/** Boards of records that officers merge and part again: every record keeps its place behind the one that stands for it, and what was taken off stays off. */
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BoardLayout, MOST_NODES } from '../contract.ts'
import { boardActs, node } from './boards.fixture.ts'
import { company, entityOf, type GraphStore, OTHER, officerOf, owns, person, startGraphStore } from './graph.fixture.ts'

let store: GraphStore
const { save, show, exported, edgesAmong, same, takeBack } = boardActs(() => store)
beforeAll(async () => {
  store = await startGraphStore()
})
afterAll(async () => await store.stop())

describe('a board of records that are merged', () => {
  /** Names in the order of their ids: the first stands for both when they are merged. */
  const inOrder = (...names: readonly string[]) => names.toSorted((a, b) => (entityOf(a) < entityOf(b) ? -1 : 1)) as [string, string]
  const resave = async (board: string, change: (layout: BoardLayout) => BoardLayout = (layout) => layout) => {
    const { revision, readers, layout } = await show(board)
    await save({ board, revision, readers, layout: change(layout) })
  }
  const placesOf = async (board: string) =>
    Object.fromEntries((await show(board)).layout.nodes.map(({ entity, x, y, colour }) => [entity, [x, y, colour]]))

  it('puts merged records in one place, and each in its own when the judgement is taken back', async () => {
    await store.state([person('one'), person('two')])
    const { board } = await save({ layout: { nodes: [node('two', 2), node('one', 1)] } })
    const judgement = await same('one', 'two')
    expect((await show(board)).layout.nodes).toMatchObject([{ entity: judgement.entity, x: 2 }])
    await takeBack(judgement)
    expect((await show(board)).layout.nodes).toMatchObject([{ x: 2 }, { x: 1 }])
  })

  it('has all of them, each in its place, when it was kept meanwhile and the judgement is taken back', async () => {
    await store.state([person('kept-1'), person('kept-2'), person('kept-3')])
    const [first, second] = inOrder('kept-1', 'kept-2')
    const { board } = await save({
      layout: { nodes: [{ ...node(second, 2, 2), colour: 'red' }, node(first, 1, 1), node('kept-3', 3, 3)] },
    })
    const { board: alone } = await save({ layout: { nodes: [node(second, 5, 5)] } })
    const [before, beforeAlone] = [await placesOf(board), await placesOf(alone)]
    const judgement = await same(first, second)
    expect(Object.keys(await placesOf(board)).sort()).toEqual([entityOf(first), entityOf('kept-3')].sort())
    expect(await placesOf(alone)).toEqual({ [entityOf(first)]: [5, 5, undefined] })
    for (const each of [board, alone, board]) await resave(each)
    await takeBack(judgement)
    expect(await placesOf(board)).toEqual(before)
    expect(await placesOf(alone)).toEqual(beforeAlone)
  })

  it('keeps what was moved, added and removed meanwhile', async () => {
    await store.state(['moved-1', 'moved-2', 'gone-1', 'gone-2', 'new-1', 'new-2'].map((id) => person(id)))
    const [first, second] = inOrder('moved-1', 'moved-2')
    const { board } = await save({
      layout: { nodes: [node(first, 1, 1), node(second, 2, 2), node('gone-1', 3, 3), node('gone-2', 4, 4), node('new-1', 5, 5)] },
    })
    const judgements = [await same(first, second), await same('gone-1', 'gone-2')]
    const gone = inOrder('gone-1', 'gone-2').map(entityOf)
    await resave(board, (layout) => ({
      ...layout,
      nodes: [
        ...layout.nodes
          .filter(({ entity }) => !gone.includes(entity))
          // As somebody writes it who knows nothing of merged records.
          .map(({ entity, x, y }) => (entity === entityOf(first) ? { entity, x: 9, y: 9, pinned: true } : { entity, x, y, pinned: false })),
        { ...node('new-2', 6, 6), pinned: false },
      ],
    }))
    expect(await placesOf(board)).toMatchObject({ [entityOf(first)]: [9, 9, undefined] })
    for (const each of judgements) await takeBack(each)
    expect(await placesOf(board)).toEqual({
      [entityOf(first)]: [9, 9, undefined],
      [entityOf(second)]: [2, 2, undefined],
      [entityOf('new-1')]: [5, 5, undefined],
      [entityOf('new-2')]: [6, 6, undefined],
    })
  })

  it('has all of them when it is kept as another board, and when the judgement is taken back before it is kept', async () => {
    await store.state([person('late-1'), person('late-2')])
    const [first, second] = inOrder('late-1', 'late-2')
    const { board } = await save({ layout: { nodes: [node(first, 1, 1), node(second, 2, 2)] } })
    const judgement = await same(first, second)
    const { revision, layout } = await show(board)
    expect(layout.nodes).toHaveLength(1)
    const { board: another } = await save({ layout })
    await takeBack(judgement)
    await save({ board, revision, layout })
    expect(await placesOf(board)).toEqual({ [entityOf(first)]: [1, 1, undefined], [entityOf(second)]: [2, 2, undefined] })
    expect(Object.keys(await placesOf(another)).sort()).toEqual([entityOf(first), entityOf(second)])
  })

  it('is not kept with more records behind those shown than a board may have', async () => {
    const parts = Array.from({ length: MOST_NODES }, (_, n) => entityOf(`part ${n}`))
    await expect(save({ layout: { nodes: [{ ...node('q'), parts }, node('p')] } })).rejects.toMatchObject({
      status: 422,
      code: 'records.board-size',
    })
  })

  it('tells no reader of records behind one another that are not for that reader', async () => {
    await store.state([person('open-1', { readers: [OTHER] }), person('secret-1')])
    const { board } = await save({ layout: { nodes: [node('open-1', 1, 1), node('secret-1', 2, 2)] }, readers: [OTHER] })
    const judgement = await same('open-1', 'secret-1')
    await resave(board)
    const theirs = JSON.stringify(await show(board, officerOf(OTHER)))
    expect(theirs).toContain(entityOf('open-1'))
    expect(theirs).not.toContain(entityOf('secret-1'))
    await takeBack(judgement)
    expect(Object.keys(await placesOf(board))).toHaveLength(2)
  })

  it('keeps the place of a record of which nothing is stated for a while', async () => {
    await store.state([person('stays')])
    const [fragment = ''] = await store.state([person('comes-back')])
    const { board } = await save({ layout: { nodes: [node('stays', 1, 1), node('comes-back', 2, 2)] } })
    await store.end([fragment])
    await resave(board)
    expect(Object.keys(await placesOf(board))).toEqual([entityOf('stays')])
    await store.state([person('comes-back')])
    expect(await placesOf(board)).toMatchObject({ [entityOf('comes-back')]: [2, 2, undefined] })
  })

  const car = (id: string, owner: string) => ({ id, schema: 'Vehicle', values: { name: id, owner: entityOf(owner) } })

  it('leaves off what was taken off it, through a merge, while kept, and when the judgement is taken back', async () => {
    await store.state([person('driver'), car('car-1', 'driver'), car('car-2', 'driver')])
    const [first, second] = inOrder('car-1', 'car-2')
    const names = [first, second, 'driver']
    const [taken] = await edgesAmong(second, 'driver')
    const { board } = await save({ layout: { nodes: names.map((name, x) => node(name, x)), hidden: [taken?.edge] } })
    const drawn = async () => {
      const { hidden } = (await show(board)).layout
      const rows = parse<Record<string, string>>((await exported(board, 'csv')).text, { columns: true }).filter(({ edge }) => edge !== '')
      const shown = (await edgesAmong(...names)).filter(({ edge }) => !hidden.includes(edge))
      expect(new Set(rows.map(({ edge }) => edge))).toEqual(new Set(shown.map(({ edge }) => edge)))
      return shown.map(({ source }) => source)
    }
    expect(await drawn()).toEqual([entityOf(first)])
    const judgement = await same(first, second)
    expect(await drawn()).toEqual([])
    await resave(board)
    expect(await drawn()).toEqual([])
    await takeBack(judgement)
    expect(await drawn()).toEqual([entityOf(first)])
  })

  it('leaves off of both what was taken off while they were one, and shows of both what was put back', async () => {
    await store.state([person('holder'), person('holder-too'), car('van-1', 'holder'), car('van-2', 'holder-too')])
    const names = ['van-1', 'van-2', 'holder', 'holder-too']
    const { board } = await save({ layout: { nodes: names.map((name, x) => node(name, x)) } })
    const judgements = [await same('van-1', 'van-2'), await same('holder', 'holder-too')]
    const edges = await edgesAmong(...names)
    expect(edges).toMatchObject([{ statements: 2 }])
    await resave(board, (layout) => ({ ...layout, hidden: edges.map(({ edge }) => edge) }))
    expect((await show(board)).layout.hidden).toEqual(edges.map(({ edge }) => edge))
    for (const each of judgements) await takeBack(each)
    const apart = (await edgesAmong(...names)).map(({ edge }) => edge)
    expect(apart).toHaveLength(2)
    expect((await show(board)).layout.hidden.toSorted()).toEqual(apart.toSorted())
    const again = [await same('van-1', 'van-2'), await same('holder', 'holder-too')]
    await resave(board, (layout) => ({ ...layout, hidden: [] }))
    for (const each of again) await takeBack(each)
    expect((await show(board)).layout.hidden).toEqual([])
  })

  it('leaves a relation off that is stated with several times, whatever window it is looked at through', async () => {
    await store.state([
      company('firm-1'),
      company('firm-2'),
      person('boss'),
      owns('boss', 'firm-1', { from: '2001', to: '2002' }),
      { ...owns('boss', 'firm-2', { from: '2011', to: '2012' }), id: 'boss owns firm-1' },
    ])
    await same('firm-1', 'firm-2')
    const names = ['boss', 'firm-1', 'firm-2']
    const [edge] = await edgesAmong(...names)
    const layout = { nodes: names.map((name, x) => node(name, x)), hidden: [edge?.edge] }
    for (const window of [{}, { to: '2003-01-01' }, { from: '2010-01-01' }]) {
      const { board } = await save({ layout: { ...layout, ...window } })
      const rows = parse<Record<string, string>>((await exported(board, 'csv')).text, { columns: true })
      expect(rows.filter((row) => row['edge'] !== '')).toEqual([])
    }
  })
})
