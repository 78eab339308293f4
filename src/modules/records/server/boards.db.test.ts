/** Boards: ids and places only, each reader's own view of them, stale revisions refused; files that hostile names do not break. */
import { parse } from 'csv-parse/sync'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEntityLine } from '#kernel/record/ftm-lines.ts'
import type { BoardLayout, Expansion } from '../contract.ts'
import { exportBoardRoute } from './board-export.ts'
import { listBoardsRoute, saveBoardRoute, showBoardRoute } from './boards.ts'
import { DESK, entityOf, type GraphStore, knows, OTHER, officerOf, owns, person, startGraphStore } from './graph.fixture.ts'
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
