/** Boards: ids and places only, each reader's own view of them, stale revisions refused. */
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { boardActs, type ListedBoards, node } from './boards.fixture.ts'
import { DESK, entityOf, type GraphStore, knows, OTHER, officerOf, owns, person, startGraphStore } from './graph.fixture.ts'

/** So many that a look through the whole store for each of them would not end in the time that a statement has. */
const LARGE = 15_000

let store: GraphStore
const { save, show, list, exported, edgesAmong, same } = boardActs(() => store)
beforeAll(async () => {
  store = await startGraphStore()
})
afterAll(async () => await store.stop())

describe('a board', () => {
  it('is kept with its places, and anew only from the revision it was drawn from', async () => {
    await store.state([person('p'), person('q')])
    const { board, revision } = await save({
      layout: { nodes: [node('p', 1.5, -2), node('q')], notes: [{ x: 1, y: 2, text: 'Ask again' }] },
    })
    expect(revision).toBe(1)
    expect(await show(board)).toMatchObject({
      nodes: 2,
      mayWrite: true,
      layout: { nodes: [{ entity: entityOf('p'), x: 1.5, y: -2 }, {}], notes: [{ text: 'Ask again' }] },
    })
    expect(await save({ board, revision: 1, layout: { nodes: [node('p')] } })).toEqual({ board, revision: 2 })
    await expect(save({ board, revision: 1, layout: { nodes: [] } })).rejects.toMatchObject({ status: 409, code: 'records.board-stale' })
    expect((await show(board)).nodes).toBe(1)
  })

  it('is kept once, however often its request is repeated', async () => {
    const key = uuidv7()
    const first = await save({ key, layout: { nodes: [] } })
    expect(await save({ key, layout: { nodes: [] } })).toEqual(first)
    expect((await list()).items.filter(({ board }) => board === first.board)).toHaveLength(1)
  })

  it('is listed with what it shows, however much that is', async () => {
    const names = Array.from({ length: LARGE }, (_, n) => `large ${n}`)
    await store.state(names.map((name) => person(name)))
    const { board } = await save({ layout: { nodes: names.map((name, n) => node(name, n)) } })
    expect((await list()).items.find((each) => each.board === board)?.nodes).toBe(LARGE)
  })

  it('shows a reader the places, the number and the relations of what is for that reader, and nothing of the rest', async () => {
    await store.state([
      person('both', { readers: [OTHER] }),
      person('own'),
      person('third', { readers: [OTHER] }),
      owns('both', 'own', { readers: [OTHER] }),
      owns('both', 'third'),
      knows('both', 'third', { readers: [OTHER] }),
    ])
    const hidden = (await edgesAmong('both', 'own', 'third')).map((each) => each.edge)
    expect(hidden).toHaveLength(3)
    const layout = {
      nodes: [node('both'), node('own'), node('third'), node('nobody')],
      hidden: [...hidden, 'x', `${entityOf('nobody')}:1`],
    }
    const { board } = await save({ layout, readers: [OTHER] })
    const theirs = await show(board, officerOf(OTHER))
    expect(theirs.layout.nodes.map((each) => each.entity)).toEqual([entityOf('both'), entityOf('third')])
    expect(theirs).toMatchObject({ nodes: 2, mayWrite: false })
    expect(theirs.layout.hidden).toEqual(hidden.filter((edge) => edge.startsWith(entityOf('both knows third'))))
    expect((await list(officerOf(OTHER))).items.find((each) => each.board === board)?.nodes).toBe(2)
    expect((await show(board)).layout.hidden.sort()).toEqual([...hidden].sort())
    for (const format of ['gexf', 'graphml', 'csv', 'ftm'])
      expect((await exported(board, format, officerOf(OTHER))).text).not.toContain(entityOf('own'))
  })

  it('is said to have as many records as are shown, whoever asks', async () => {
    const names = ['seen', 'ended', 'restricted-later', 'one-of-two', 'other-of-two']
    const [, gone = '', contested = ''] = await store.state(names.map((name) => person(name, { readers: name === 'seen' ? [OTHER] : [] })))
    const { board } = await save({ layout: { nodes: [...names, 'never-there'].map((name) => node(name)) }, readers: [OTHER] })
    const said = async (by = officerOf()) => {
      const listed = (await list(by, { limit: 1 })).items.find((each) => each.board === board)?.nodes
      expect((await show(board, by)).nodes).toBe(listed)
      return listed
    }
    expect([await said(), await said(officerOf(OTHER))]).toEqual([5, 1])
    await same('one-of-two', 'other-of-two')
    expect([await said(), await said(officerOf(OTHER))]).toEqual([4, 1])
    await store.end([gone])
    expect(await said()).toBe(3)
    await store.rows(`update records.fragments set restricted = true where fragment = '${contested}' returning 1`)
    expect(await said()).toBe(2)
  })

  it('is not kept with a kind of relation that the model does not have', async () => {
    await expect(save({ layout: { nodes: [], layers: ['Friendship'] } })).rejects.toMatchObject({ status: 400, code: 'records.layer' })
    await expect(save({ layout: { nodes: [], from: '2021-01-02', to: '2021-01-01' } })).rejects.toMatchObject({
      status: 400,
      code: 'input',
    })
  })

  it('is not there for a desk that it was not opened to, nor for another purpose', async () => {
    const { board } = await save({ layout: { nodes: [] } })
    for (const other of [officerOf(OTHER), officerOf(DESK, 'border-control')]) {
      const attempts = [
        async () => await show(board, other),
        async () => await exported(board, 'csv', other),
        async () => await save({ board, revision: 1, layout: { nodes: [] } }, other),
      ]
      for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ status: 404, code: 'not-found' })
      expect((await list(other)).items.some((each) => each.board === board)).toBe(false)
    }
  })

  it('is written by its own desk alone, and opened to desks of the own authority alone', async () => {
    const { board } = await save({ layout: { nodes: [] }, readers: [OTHER, OTHER, DESK] })
    await expect(save({ board, revision: 1, layout: { nodes: [] } }, officerOf(OTHER))).rejects.toMatchObject({
      status: 403,
      code: 'records.not-own',
    })
    await expect(save({ layout: { nodes: [] }, readers: [OTHER, 'es.policia.madrid'] })).rejects.toMatchObject({
      code: 'records.readers',
      options: { problems: [{ at: 'readers.1' }] },
    })
  })

  it('is listed once in pages of any size', async () => {
    const whole = (await list()).items.map((each) => each.board)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page: ListedBoards = await list(officerOf(), { limit: 2, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...page.items.map((each) => each.board))
      cursor = page.next
    } while (cursor !== undefined)
    expect(seen).toEqual(whole)
    await expect(list(officerOf(), { cursor: 'x' })).rejects.toMatchObject({ code: 'records.cursor' })
  })
})
