/** The commands by which a coalition is kept: what they refuse, with which code, and that they write nothing over. The whole way: `test/stories/enrolment.story.test.ts`. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Coalition, foundCoalition } from '../coalition.ts'
import { ORGS } from '../demo/world.ts'
import { coalitionCommands } from './coalition.ts'
import { COALITION_USAGE } from './usage-coalition.ts'

let root: string
let folder: string
let founded: Coalition
let count = 0
const said = { out: [] as string[], err: [] as string[] }
const commands = coalitionCommands({ out: (line) => void said.out.push(line), err: (line) => void said.err.push(line) })
const file = (name: string) => path.join(folder, name)
const mode = (name: string) => statSync(file(name)).mode & 0o777

async function run(...words: string[]): Promise<number> {
  said.out.length = 0
  said.err.length = 0
  return (await commands[words.slice(0, 2).join(' ')]?.(words.slice(2))) ?? -1
}

const json = () => JSON.parse(said.out.join('')) as Record<string, unknown>

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'coalition-commands-'))
  founded = await foundCoalition({
    name: 'commands',
    orgs: ORGS.slice(0, 1),
    nodes: [{ id: 'ec-guayaquil', title: 'G', orgs: ['ec.pcu'], home: path.join(root, 'node'), endpoint: 'https://127.0.0.1:9' }],
    now: new Date(),
    demonstration: false,
  })
})
beforeEach(() => {
  count += 1
  folder = mkdtempSync(path.join(root, `case-${count}-`))
  process.env['BREAKWATER_HOME'] = path.join(root, 'node')
  writeFileSync(file('held.jws'), readFileSync(path.join(root, 'node', 'directory.jws')))
  for (const [index, key] of founded.stewards.entries()) writeFileSync(file(`s${index + 1}.json`), JSON.stringify(key))
})
afterAll(() => {
  delete process.env['BREAKWATER_HOME']
  rmSync(root, { recursive: true, force: true })
})

describe('each command', () => {
  it.each(Object.keys(COALITION_USAGE))('%s says how it is meant when it is not understood, with exit code 2', async (name) => {
    // `node rotate` needs nothing; an option that it does not have is left to the command line to explain.
    if (name === 'node rotate') return
    expect(await run(...name.split(' '))).toBe(2)
    expect(said.err.join('\n')).toContain(`Usage: breakwater ${name}`)
    expect(said.out).toEqual([])
  })

  it('has a help text, and every help text a command', () => {
    expect(Object.keys(commands).sort()).toEqual(Object.keys(COALITION_USAGE).sort())
  })
})

describe('refusals', () => {
  it.each<[string, string, () => string[]]>([
    ['a file that is not there', 'file.missing', () => ['directory', 'show', file('none.jws')]],
    ['a file that is no JSON', 'file.form', () => ['directory', 'show', file('text')]],
    ['a file that is something else', 'directory.form', () => ['directory', 'show', file('s1.json')]],
    [
      'a key that is in no directory',
      'directory.unknown',
      () => ['directory', 'draft', '--from', file('held.jws'), '--out', file('d'), '--revoke', 'x'],
    ],
    [
      'an organisation that is in no directory',
      'directory.unknown',
      () => ['directory', 'draft', '--from', file('held.jws'), '--out', file('d'), '--suspend', 'x'],
    ],
    [
      'a revocation in the future',
      'directory.at',
      () => ['directory', 'draft', '--from', file('held.jws'), '--out', file('d'), '--at', '2999-01-01T00:00:00Z'],
    ],
    [
      'to resume who is not suspended',
      'directory.resume',
      () => ['directory', 'draft', '--from', file('held.jws'), '--out', file('d'), '--resume', 'ec.pcu'],
    ],
    [
      'a steward’s key that is none',
      'file.form',
      () => ['directory', 'sign', file('held.jws'), '--steward', file('held.jws'), '--out', file('d')],
    ],
    ['to write over a file', 'file.exists', () => ['directory', 'draft', '--from', file('held.jws'), '--out', file('s1.json')]],
    ['to make a steward’s key twice', 'file.exists', () => ['steward', 'new', '--name', 'x', '--out', file('s1.json')]],
    [
      'a home that has a node already',
      'node.exists',
      () => ['node', 'new', '--id', 'x', '--title', 'x', '--org', 'x', '--endpoint', 'https://x.example'],
    ],
    [
      'an address that is none',
      'file.form',
      () => ['node', 'new', '--id', 'x', '--title', 'x', '--org', 'x', '--endpoint', 'ftp://x.example'],
    ],
    ['to join without keys that wait', 'node.nothing-pending', () => ['node', 'join', file('held.jws')]],
    [
      'a steward’s key that has its private half in the public file',
      'file.form',
      () => ['directory', 'succeed', '--from', file('held.jws'), '--steward', file('s1.json'), '--threshold', '1', '--out', file('d')],
    ],
    [
      'a threshold out of reach',
      'directory.anchor',
      () => ['directory', 'succeed', '--from', file('held.jws'), '--steward', file('new.pub'), '--threshold', '2', '--out', file('d')],
    ],
  ])('%s', async (_what, code, words) => {
    writeFileSync(file('text'), 'text')
    await run('steward', 'new', '--name', 'new', '--out', file('new'))
    const before = readFileSync(file('s1.json'), 'utf8')
    expect(await run(...words())).toBe(1)
    expect(said.err.join('\n')).toMatch(new RegExp(`^${code.replace('.', '\\.')}: .+`))
    expect(await run(...words(), '--json')).toBe(1)
    expect(json()).toEqual({ refused: { code, detail: expect.stringMatching(/.+/) } })
    expect(existsSync(file('d'))).toBe(false)
    expect(readFileSync(file('s1.json'), 'utf8')).toBe(before)
  })
})

it('a draft names what changes, revokes from the first instant that was given, and drops a pin', async () => {
  const [org] = founded.directory.orgs
  const key = org?.nodes[0]?.keys.find(({ use }) => use === 'seal')?.kid ?? ''
  const pin = `pin:${org?.nodes[0]?.tlsSpki[0]}`
  const early = new Date(Date.now() - 60_000).toISOString()
  const draft = [
    'directory',
    'draft',
    '--from',
    file('held.jws'),
    '--out',
    file('d1.json'),
    '--revoke',
    key,
    '--revoke',
    pin,
    '--at',
    early,
    '--json',
  ]
  expect(await run(...draft)).toBe(0)
  expect(json()).toMatchObject({
    version: 2,
    changes: [`ec.pcu: certificate ${pin} is pinned no more`, `ec.pcu: key ${key} is revoked from ${early}`],
  })
  expect(mode('d1.json')).toBe(0o600)
  await run('directory', 'sign', file('d1.json'), '--steward', file('s1.json'), '--out', file('h1.jws'))
  await run('directory', 'sign', file('h1.jws'), '--steward', file('s2.json'), '--out', file('v2.jws'))
  expect(await run('directory', 'draft', '--from', file('v2.jws'), '--out', file('d2.json'), '--revoke', key, '--json')).toBe(0)
  expect(json()).toMatchObject({ version: 3, changes: [] })
})

it('a directory is shown with its signatures counted, and its anchor is what another coalition gets', async () => {
  await run('directory', 'draft', '--from', file('held.jws'), '--out', file('d.json'))
  const shown: unknown[] = []
  let text = 'd.json'
  for (const each of [1, 2]) {
    await run('directory', 'show', file(text), '--json')
    shown.push(json()['isComplete'])
    await run('directory', 'sign', file(text), '--steward', file(`s${each}.json`), '--out', file(`signed-${each}.jws`))
    text = `signed-${each}.jws`
  }
  await run('directory', 'show', file(text), '--json')
  expect([...shown, json()['isComplete']]).toEqual([false, false, true])
  const { anchor } = json()
  expect(await run('directory', 'anchor', '--from', file('signed-1.jws'), '--out', file('early.json'))).toBe(1)
  expect(await run('directory', 'anchor', '--from', file(text), '--out', file('anchor.json'), '--json')).toBe(0)
  expect(json()['anchor']).toBe(anchor)
  expect(readFileSync(file('anchor.json'), 'utf8')).not.toContain('"d"')
})

it('a steward’s private key stays in its own file', async () => {
  expect(await run('steward', 'new', '--name', 'ines', '--out', file('ines.key'))).toBe(0)
  expect(mode('ines.key')).toBe(0o600)
  expect(readFileSync(file('ines.key'), 'utf8')).toContain('"d"')
  expect(readFileSync(file('ines.key.pub'), 'utf8')).not.toContain('"d"')
})
