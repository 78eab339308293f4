/** Every text of the web application is a message key, and every key is used: no word stands in a page by itself. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { messages as cargo } from '../../src/modules/cargo/web/messages.en.ts'
import { messages as exchange } from '../../src/modules/exchange/web/messages.en.ts'
import { messages as matching } from '../../src/modules/matching/web/messages.en.ts'
import { messages as oversight } from '../../src/modules/oversight/web/messages.en.ts'
import { messages as procedures } from '../../src/modules/procedures/web/messages.en.ts'
import { messages as shell } from '../../src/web/messages.en.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const FILES = globSync(['src/web/**/*.tsx', 'src/modules/*/web/**/*.tsx'], { cwd: ROOT })
const ATTRIBUTES = new Set(['label', 'title', 'aria-label', 'placeholder', 'alt', 'help'])

/** Letters in a page that no key stands for. Signs and numbers are no language. */
function loose(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(path.join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{L}{2}/u.test(node.text)) found.push(node.text.trim())
    if (
      ts.isJsxAttribute(node) &&
      ATTRIBUTES.has(node.name.getText()) &&
      node.initializer !== undefined &&
      ts.isStringLiteral(node.initializer)
    )
      found.push(node.initializer.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

it('finds the pages', () => {
  expect(FILES.length).toBeGreaterThan(30)
})

it.each(FILES)('%s holds no loose text', (file) => {
  expect(loose(file)).toEqual([])
})

it('sees loose text where there is some', () => {
  const source = ts.createSourceFile('x.tsx', 'const a = <p>Hello there</p>', ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  let seen = false
  const visit = (node: ts.Node): void => {
    seen ||= ts.isJsxText(node) && /\p{L}{2}/u.test(node.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  expect(seen).toBe(true)
})

it.each([
  ['shell', shell, 'src/modules/*/web/**/*.{ts,tsx}'],
  ['cargo', cargo, 'src/modules/cargo/web/**/*.{ts,tsx}'],
  ['exchange', exchange, 'src/modules/exchange/web/**/*.{ts,tsx}'],
  ['matching', matching, 'src/modules/matching/web/**/*.{ts,tsx}'],
  ['oversight', oversight, 'src/modules/oversight/web/**/*.{ts,tsx}'],
  ['procedures', procedures, 'src/modules/procedures/web/**/*.{ts,tsx}'],
] as const)('every key of %s is used', (_name, texts, files) => {
  const code = globSync(['src/web/**/*.{ts,tsx}', files], { cwd: ROOT })
    .filter((file) => !file.endsWith('messages.en.ts'))
    .map((file) => readFileSync(path.join(ROOT, file), 'utf8'))
    .join('\n')
  // A key may be written whole, or its family may be asked for by a code: t(`state.${…}`), code('state', …).
  const unused = Object.keys(texts).filter((key) => {
    const family = key.slice(0, key.lastIndexOf('.'))
    return (
      !code.includes(`'${key}'`) &&
      !code.includes(`\`${family}.\${`) &&
      !code.includes(`code('${family}'`) &&
      !code.includes(`code(${family}`)
    )
  })
  expect(
    unused.filter((key) => !/^(declineCode|controlKind|foundKind|foundPlace|notControlledReason|impossibleCode|outcome)\./.test(key)),
  ).toEqual([])
})
