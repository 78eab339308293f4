/** Files of boards: what other programs read, which hostile names do not break. */
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEntityLine } from '#kernel/record/ftm-lines.ts'
import { boardActs, node } from './boards.fixture.ts'
import { entityOf, type GraphStore, owns, person, startGraphStore } from './graph.fixture.ts'

let store: GraphStore
const { save, exported, edgesAmong } = boardActs(() => store)
beforeAll(async () => {
  store = await startGraphStore()
})
afterAll(async () => await store.stop())

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
