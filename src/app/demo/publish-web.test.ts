import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildingFolder, publishWeb } from './publish-web.ts'

let folder: string
let target: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'publish-web-'))
  target = path.join(folder, 'web')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const BEGUN = new Date('2026-11-26T08:00:00Z')
/** A page that names files of its own. */
function build(name: string): string {
  const built = buildingFolder(target)
  const assets = Array.from({ length: 20 }, (_, index) => `assets/part-${index}-${name}.js`)
  mkdirSync(path.join(built, 'assets'), { recursive: true })
  for (const asset of assets) writeFileSync(path.join(built, asset), name)
  writeFileSync(path.join(built, 'index.html'), assets.join('\n'))
  return built
}
const missing = () =>
  readFileSync(path.join(target, 'index.html'), 'utf8')
    .split('\n')
    .filter((asset) => !existsSync(path.join(target, asset)))

it('has at any moment, while several builds come in, every file that the page names', async () => {
  await publishWeb(build('first'), target, BEGUN)
  let isDone = false
  const looks: (readonly string[])[] = []
  const looking = (async () => {
    while (!isDone) {
      looks.push(missing())
      await new Promise((resolve) => setImmediate(resolve))
    }
  })()
  await Promise.all(['a', 'b', 'c', 'd'].map(async (name) => await publishWeb(build(name), target, BEGUN)))
  isDone = true
  await looking
  expect(looks.length).toBeGreaterThan(1)
  expect(looks.flat()).toEqual([])
  // A page that somebody opened before still finds its parts.
  expect(existsSync(path.join(target, 'assets/part-7-first.js'))).toBe(true)
  expect(readdirSync(folder)).toEqual(['web'])
})

it('drops what no page has named for a day, and is as old as its sources were', async () => {
  const old = path.join(target, 'assets/part-7-first.js')
  const long = new Date(Date.now() - 90_000_000)
  await publishWeb(build('former'), target, BEGUN)
  for (const file of [old, path.join(target, 'assets/part-7-former.js')]) utimesSync(file, long, long)
  await publishWeb(build('last'), target, BEGUN)
  expect(existsSync(old)).toBe(false)
  // It was built long ago, and its page was there until now.
  expect(existsSync(path.join(target, 'assets/part-7-former.js'))).toBe(true)
  expect(existsSync(path.join(target, 'assets/part-7-a.js'))).toBe(true)
  expect(statSync(path.join(target, 'index.html')).mtime).toEqual(BEGUN)
})

it('keeps what is there when a build has no page', async () => {
  const built = build('broken')
  rmSync(path.join(built, 'index.html'))
  await expect(publishWeb(built, target, BEGUN)).rejects.toThrow('no page')
  expect(missing()).toEqual([])
})
