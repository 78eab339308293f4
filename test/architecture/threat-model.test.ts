/** The threat model is true: each row names tests that stand where it says, and each leak of the catalogue has a row whose tests carry its id. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../..')
const COLUMNS = ['boundary', 'threat', 'control', 'default', 'test']
const LEAKS = Array.from({ length: 24 }, (_, index) => `L${index + 1}`)

interface Row {
  readonly cells: readonly string[]
  readonly ids: readonly string[]
  readonly tests: readonly { readonly file: string; readonly title: string }[]
}

function rowsOf(page: string): readonly Row[] {
  const lines = page.split('\n').filter((line) => line.startsWith('|'))
  expect(cellsOf(lines[0] ?? '')).toEqual(COLUMNS)
  return lines.slice(2).map((line) => {
    const cells = cellsOf(line)
    const [, threat = '', , , tests = ''] = cells
    return {
      cells,
      ids: [...threat.matchAll(/\*\*(L\d+)\*\*/g)].map((match) => match[1] ?? ''),
      tests: tests.split('<br>').map((each) => {
        const [, file = '', title = ''] = /^`([^`›]+) › ([^`]+)`$/.exec(each) ?? []
        return { file, title }
      }),
    }
  })
}

const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())

/** Titles of the tests of a file that are run: not those that somebody set aside. */
function titlesOf(file: string): ReadonlySet<string> {
  const source = ts.createSourceFile(file, readFileSync(path.join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)
  const titles = new Set<string>()
  const visit = (node: ts.Node): void => {
    const [title] = ts.isCallExpression(node) ? node.arguments : []
    if (ts.isCallExpression(node) && title !== undefined && ts.isStringLiteralLike(title) && isRunTest(node.expression))
      titles.add(title.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return titles
}

/** `it`, `it.each(…)`, `it.skipIf(…).each(…)`; not `it.skip`, `it.todo` and the like. */
function isRunTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'it'
  if (ts.isPropertyAccessExpression(callee)) return !['skip', 'todo', 'fails'].includes(callee.name.text) && isRunTest(callee.expression)
  return ts.isCallExpression(callee) && isRunTest(callee.expression)
}

function faultsOf(rows: readonly Row[]): string[] {
  const titles = new Map<string, ReadonlySet<string>>()
  return rows.flatMap(({ cells, ids, tests }) =>
    tests.flatMap(({ file, title }) => {
      if (cells.length !== COLUMNS.length || cells.includes('')) return [`A row has not its five cells: ${cells.join(' | ').slice(0, 80)}`]
      if (file === '' || !existsSync(path.join(ROOT, file))) return [`There is no file ${file} for “${cells[1]}”.`]
      if (!titles.has(file)) titles.set(file, titlesOf(file))
      if (titles.get(file)?.has(title) !== true) return [`No test of ${file} is called “${title}”.`]
      return ids.filter((id) => !title.includes(`(${id})`)).map((id) => `“${title}” proves ${id} and does not say so.`)
    }),
  )
}

const rows = rowsOf(readFileSync(path.join(ROOT, 'docs/threat-model.md'), 'utf8'))

it('names tests that are there, under their titles', () => {
  expect(faultsOf(rows)).toEqual([])
  expect(rows.length).toBeGreaterThan(40)
})

it('has one row for each leak of the catalogue', () => {
  expect(rows.flatMap(({ ids }) => ids).sort()).toEqual([...LEAKS].sort())
})

it('leaves out no test that carries the id of a leak', () => {
  const named = new Set(rows.flatMap(({ ids, tests }) => ids.flatMap((id) => tests.map(({ file, title }) => `${id} ${file} ${title}`))))
  const files = globSync(['src/**/*.{test,fixture}.ts', 'test/**/*.{test,fixture,e2e}.ts'], { cwd: ROOT })
  expect(files.length).toBeGreaterThan(80)
  const carried = files.flatMap((file) =>
    [...titlesOf(file)].flatMap((title) => [...title.matchAll(/\((L\d+)\)/g)].map(([, id]) => `${id} ${file} ${title}`)),
  )
  expect(carried.filter((each) => !named.has(each))).toEqual([])
})

it('sees what is wrong with a row', () => {
  const row = (id: string, test: string) =>
    rowsOf(`| ${COLUMNS.join(' | ')} |\n| --- | --- | --- | --- | --- |\n| a | **${id}** b | c | d | ${test} |\n`)
  const own = 'test/architecture/threat-model.test.ts'
  expect(faultsOf(row('L1', `\`${own} › sees what is wrong with a row\``))).toEqual([expect.stringContaining('does not say so')])
  expect(faultsOf(row('L1', `\`${own} › (L1) is not here\``))).toEqual([expect.stringContaining('No test')])
  expect(faultsOf(row('L1', '`test/none.test.ts › (L1)`'))).toEqual([expect.stringContaining('no file')])
  expect(faultsOf(row('L1', ''))).toEqual([expect.stringContaining('five cells')])
})
