/** The documents are true: made pages are fresh, links lead somewhere, tests that documents name exist. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { generatedDocs } from '../../tools/generate-docs.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

describe('pages made from the code', () => {
  it.each(Object.entries(generatedDocs()))('%s is fresh (npm run docs)', (file, content) => {
    expect(read(file) === content, `${file} is stale: run npm run docs`).toBe(true)
  })
})

const PAGES = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT })

it('finds the pages', () => {
  expect(PAGES.length).toBeGreaterThan(15)
})

it.each(PAGES)('%s links to what exists', (file) => {
  const links = [...read(file).matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)].map((match) => match[1] ?? '')
  const dead = links.filter((link) => !/^https?:/.test(link) && !existsSync(path.resolve(ROOT, path.dirname(file), link)))
  expect(dead).toEqual([])
})

it.each(PAGES)('%s names tests that exist', (file) => {
  const named = [...read(file).matchAll(/`((?:src|test|bench|tools|conformance)\/[\w./*-]+)`/g)].map((match) => match[1] ?? '')
  const missing = named.filter((name) => !name.includes('*') && !existsSync(path.join(ROOT, name)))
  expect(missing).toEqual([])
})

it('says nothing of how it was made', () => {
  const files = globSync(['*.md', 'docs/**/*.md', 'src/**/*.ts', 'src/**/*.tsx', 'test/**/*.ts', 'tools/**/*.ts', 'bench/**/*.ts'], {
    cwd: ROOT,
  })
  const guilty = files.filter(
    (file) => file !== 'test/architecture/docs.test.ts' && /\/work\/main|\bhelper session\b|as an AI/i.test(read(file)),
  )
  expect(guilty).toEqual([])
})
