/** Boards: ids and places only, each reader's own view of them, stale revisions refused; files that hostile names do not break. */
import { parse } from 'csv-parse/sync'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEntityLine } from '#kernel/record/ftm-lines.ts'
import { type BoardLayout, type Expansion, MOST_NODES } from '../contract.ts'
import { exportBoardRoute } from './board-export.ts'
import { listBoardsRoute, saveBoardRoute, showBoardRoute } from './boards.ts'
import { company, DESK, entityOf, type GraphStore, knows, OTHER, officerOf, owns, person, startGraphStore } from './graph.fixture.ts'
import { expandGraphRoute } from './graph-expand.ts'
import { judgeRoute, revokeJudgementRoute } from './judge.ts'

let store: GraphStore
beforeAll(async () => {
  store = await startGraphStore()
})
afterAll(async () => await store.stop())

interface Shown {
  readonly board: string
  readonly nodes: number
  readonly revision: number
  readonly readers: readonly string[]
  readonly layout: BoardLayout
  readonly mayWrite: boolean
}
type Exported = { readonly fileName: string; readonly mediaType: string; readonly text: string }

const node = (name: string, x = 0, y = 0) => ({ entity: entityOf(name), x, y })
const save = async (input: Record<string, unknown>, by = officerOf()) =>
  await store.call<{ board: string; revision: number }>(saveBoardRoute, { title: 'Board', key: uuidv7(), ...input }, by)
const show = async (board: string, by = officerOf()) => await store.call<Shown>(showBoardRoute, { board }, by)
const list = async (by = officerOf(), input = {}) =>
  (await store.call<{ items: { board: string; nodes: number }[]; next?: string }>(listBoardsRoute, input, by)).items
const exported = async (board: string, format: string, by = officerOf()) =>
  await store.call<Exported>(exportBoardRoute, { board, format }, by)
const edgesAmong = async (...names: readonly string[]) =>
  (await store.call<Expansion>(expandGraphRoute, { entities: names.map(entityOf), hops: 0 })).edges

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
    expect((await list()).filter(({ board }) => board === first.board)).toHaveLength(1)
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
    expect((await list(officerOf(OTHER))).find((each) => each.board === board)?.nodes).toBe(2)
    expect((await show(board)).layout.hidden.sort()).toEqual([...hidden].sort())
    for (const format of ['gexf', 'graphml', 'csv', 'ftm'])
      expect((await exported(board, format, officerOf(OTHER))).text).not.toContain(entityOf('own'))
  })

  it('is said to have as many records as are shown, whoever asks', async () => {
    const names = ['seen', 'ended', 'restricted-later', 'one-of-two', 'other-of-two']
    const [, gone = '', contested = ''] = await store.state(names.map((name) => person(name, { readers: name === 'seen' ? [OTHER] : [] })))
    const { board } = await save({ layout: { nodes: [...names, 'never-there'].map((name) => node(name)) }, readers: [OTHER] })
    const said = async (by = officerOf()) => {
      const listed = (await list(by, { limit: 1 })).find((each) => each.board === board)?.nodes
      expect((await show(board, by)).nodes).toBe(listed)
      return listed
    }
    expect([await said(), await said(officerOf(OTHER))]).toEqual([5, 1])
    const asked = { left: entityOf('one-of-two'), right: entityOf('other-of-two'), verdict: 'same', reason: 'Same papers', key: uuidv7() }
    await store.call(judgeRoute, asked)
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
      expect((await list(other)).some((each) => each.board === board)).toBe(false)
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

  it('puts merged records in one place, and each in its own when the judgement is taken back', async () => {
    await store.state([person('one'), person('two')])
    const { board } = await save({ layout: { nodes: [node('two', 2), node('one', 1)] } })
    const judged = await store.call<{ judgement: string; entity: string }>(judgeRoute, {
      left: entityOf('one'),
      right: entityOf('two'),
      verdict: 'same',
      reason: 'Same papers',
      key: uuidv7(),
    })
    expect((await show(board)).layout.nodes).toMatchObject([{ entity: judged.entity, x: 2 }])
    await store.call(revokeJudgementRoute, { judgement: judged.judgement, reason: 'Not so' })
    expect((await show(board)).layout.nodes).toMatchObject([{ x: 2 }, { x: 1 }])
  })

  describe('of records that are merged', () => {
    const same = async (left: string, right: string) =>
      (
        await store.call<{ judgement: string }>(judgeRoute, {
          left: entityOf(left),
          right: entityOf(right),
          verdict: 'same',
          reason: 'Same papers',
          key: uuidv7(),
        })
      ).judgement
    const takeBack = async (judgement: string) => await store.call(revokeJudgementRoute, { judgement, reason: 'Not so' })
    /** Names in the order of their ids: the first stands for both when they are merged. */
    const inOrder = (...names: readonly string[]) => names.toSorted((a, b) => (entityOf(a) < entityOf(b) ? -1 : 1)) as [string, string]
    const resave = async (board: string, change: (layout: BoardLayout) => BoardLayout = (layout) => layout) => {
      const { revision, readers, layout } = await show(board)
      await save({ board, revision, readers, layout: change(layout) })
    }
    const placesOf = async (board: string) =>
      Object.fromEntries((await show(board)).layout.nodes.map(({ entity, x, y, colour }) => [entity, [x, y, colour]]))

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
            .map(({ entity, x, y }) =>
              entity === entityOf(first) ? { entity, x: 9, y: 9, pinned: true } : { entity, x, y, pinned: false },
            ),
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

  it('is listed once in pages of any size', async () => {
    const whole = (await list()).map((each) => each.board)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await store.call<{ items: { board: string }[]; next?: string }>(listBoardsRoute, {
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      })
      seen.push(...page.items.map((each) => each.board))
      cursor = page.next
    } while (cursor !== undefined)
    expect(seen).toEqual(whole)
    await expect(list(officerOf(), { cursor: 'x' })).rejects.toMatchObject({ code: 'records.cursor' })
  })
})

describe('the file of a board', () => {
  const HOSTILE = [
    '"/><script>alert(1)</script>',
    ']]>&amp;&lt;"\'',
    'tab\tline\nreturn\r',
    'bell\u0007 null-like\u0001 end\uffff',
    'lone \ud800 surrogate',
    '=HYPERLINK("http://evil","x")',
    '@SUM(1,2)',
    '-1+1',
    'Ünïcødé 北京 \u202eesrever',
  ]
  let board = ''
  beforeAll(async () => {
    const names = HOSTILE.map((_, n) => `hostile-${n}`)
    // The store itself cannot hold a lone surrogate.
    await store.state(names.map((name, n) => person(name, { values: { name: HOSTILE[n]?.toWellFormed() ?? '' } })))
    await store.state(names.slice(1).map((name, n) => owns(names[n] ?? '', name, { from: '2020', to: '2021-05' })))
    ;({ board } = await save({
      title: '<Board> & "more"',
      layout: { nodes: names.map((name, n) => ({ ...node(name, n, -n), colour: n === 0 ? '#ff0080' : '"><x>' })) },
    }))
  })

  it('as GEXF is read by another program with every name, place and relation', async () => {
    const { text, fileName, mediaType } = await exported(board, 'gexf')
    expect([fileName, mediaType]).toEqual([`board-${board}.gexf`, 'application/gexf+xml'])
    const { default: gexf } = await import('graphology-gexf')
    const { MultiGraph } = await import('graphology')
    const graph = gexf.parse(MultiGraph, text)
    expect([graph.order, graph.size]).toEqual([HOSTILE.length, HOSTILE.length - 1])
    expect(graph.getNodeAttributes(entityOf('hostile-0'))).toMatchObject({ label: HOSTILE[0], x: 0, color: 'rgb(255,0,128)' })
    expect(graph.getNodeAttribute(entityOf('hostile-1'), 'label')).toBe(HOSTILE[1])
    expect(graph.getNodeAttribute(entityOf('hostile-2'), 'label')).toBe(HOSTILE[2])
    expect(graph.getNodeAttribute(entityOf('hostile-3'), 'label')).toBe('bell\ufffd null-like\ufffd end\ufffd')
    expect(graph.everyEdge((_edge, attributes) => attributes['kind'] === 'Ownership' && attributes['from'] === '2020')).toBe(true)
  })

  it.each(['gexf', 'graphml'])('as %s is well-formed whatever the names', async (format) => {
    const { text } = await exported(board, format)
    expect(problemsOf(text)).toEqual([])
    expect(text).not.toContain('<script')
  })

  it('as CSV runs no formula, and names the relations and the records without one', async () => {
    const rows = parse<Record<string, string>>((await exported(board, 'csv')).text, { columns: true })
    expect(rows).toHaveLength(HOSTILE.length - 1)
    expect(rows.flatMap(Object.values).filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
    expect(rows.map((row) => row['source caption'])).toContain('\'=HYPERLINK("http://evil","x")')
    const { board: lonely } = await save({ layout: { nodes: [node('hostile-8')] } })
    expect(parse((await exported(lonely, 'csv')).text, { columns: true })).toMatchObject([{ edge: '', source: entityOf('hostile-8') }])
  })

  it('as lines of FollowTheMoney holds the records and the relations, and reads back without a problem', async () => {
    const lines = (await exported(board, 'ftm')).text.trimEnd().split('\n')
    const read = lines.map((line, n) => readEntityLine(line, n + 1))
    expect(read.every((each) => each.kind === 'entity' && each.quarantined.length === 0)).toBe(true)
    const schemata = read.map((each) => (each.kind === 'entity' ? each.entity.schema : ''))
    expect(schemata.filter((each) => each === 'Person')).toHaveLength(HOSTILE.length)
    expect(schemata.filter((each) => each === 'Ownership')).toHaveLength(HOSTILE.length - 1)
  })

  it('leaves out what was taken off the board, and is looked at through its kinds and window', async () => {
    const [edge] = await edgesAmong('hostile-0', 'hostile-1')
    const layout = { nodes: [node('hostile-0'), node('hostile-1'), node('hostile-2')] }
    const edges = async (more: Record<string, unknown>) => {
      const { board: drawn } = await save({ layout: { ...layout, ...more } })
      const rows = parse<Record<string, string>>((await exported(drawn, 'csv')).text, { columns: true })
      return rows.filter((row) => row['edge'] !== '').length
    }
    expect(await edges({})).toBe(2)
    expect(await edges({ hidden: [edge?.edge] })).toBe(1)
    expect(await edges({ layers: ['UnknownLink'] })).toBe(0)
    expect(await edges({ from: '2021-06-01' })).toBe(0)
    expect(await edges({ from: '2021-05-31' })).toBe(2)
  })
})

/** Elements that are not closed by their own end, and signs that may not stand where they do. */
function problemsOf(xml: string): string[] {
  const open: string[] = []
  const problems: string[] = []
  const rest = xml
    .replace(/^<\?xml[^?]*\?>\n/, '')
    .replace(
      /<(\/?)([A-Za-z:]+)((?:\s+[\w:.]+="[^"<]*")*)\s*(\/?)>/g,
      (_all, closing: string, name: string, _attributes: string, empty: string) => {
        if (closing === '/') {
          if (open.pop() !== name) problems.push(`</${name}>`)
        } else if (empty === '') open.push(name)
        return ''
      },
    )
  if (/[<>]/.test(rest)) problems.push('A sign of markup in a text')
  if (/&(?!(?:amp|lt|gt|quot|apos|#9|#10|#13);)/.test(xml)) problems.push('An ampersand that begins no reference')
  // oxlint-disable-next-line no-control-regex -- what XML does not allow
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(xml) || !xml.isWellFormed()) problems.push('A sign that XML cannot hold')
  return [...problems, ...open.map((name) => `<${name}>`)]
}
