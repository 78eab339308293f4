/** The commands for records against a running node: an officer's account, its desk and its purpose decide what there is. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import {
  createCollection,
  enterRecord,
  listCrossrefs,
  listSavedSearches,
  type markingDraft,
  saveSearch,
  showCrossref,
  startCrossref,
} from '#modules/records/contract'
import { PASSWORD, startCoalition, type TestCoalition } from '#testing/coalition.ts'
import type { Client } from '../client.ts'
import { PASSWORD_SETTING } from './records-account.ts'
import { recordsCommands } from './records-commands.ts'

let coalition: TestCoalition
let antwerp: Client
const folder = mkdtempSync(path.join(tmpdir(), 'records-'))
const marking: z.input<typeof markingDraft> = {
  evaluation: { source: 'A', info: 1 },
  handling: { H: [], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
  legalBasis: { act: 'Regulation (EU) No 952/2013', art: 'Art 46' },
  category: 'other',
}

beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['be-antwerp'] })
  antwerp = await coalition.client('antwerp')
  process.env[PASSWORD_SETTING] = PASSWORD
  for (const name of ['Світлана Бондаренко', 'Quayside Reefer NV'])
    await antwerp.call(enterRecord, {
      schema: name.endsWith('NV') ? 'Company' : 'Person',
      values: [{ prop: 'name', value: name }],
      marking,
      key: crypto.randomUUID(),
    })
})
afterAll(async () => {
  delete process.env[PASSWORD_SETTING]
  rmSync(folder, { recursive: true })
  await coalition.stop()
})

async function run(name: string, args: readonly string[], desk = 'be.customs.antwerp', account = 'antwerp') {
  const [out, err]: [string[], string[]] = [[], []]
  const commands = recordsCommands({ out: (line) => out.push(line), err: (line) => err.push(line) })
  const who = ['--url', coalition.node('be-antwerp').url, '--account', account, '--desk', desk, '--purpose', 'customs-control']
  const code = await commands[name]?.([...args, ...who])
  return { code, out, err }
}

describe('against a node', () => {
  it('a name is searched across scripts, as an object for each record', async () => {
    const { code, out, err } = await run('records search', ['Svitlana', 'Bondarenko', '--json'])
    expect([code, err]).toEqual([0, ['1 of 1 shown']])
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ caption: 'Світлана Бондаренко', by: 'name' })
  })

  it('another desk finds nothing', async () => {
    expect((await run('records search', ['Svitlana Bondarenko'], 'be.customs.zeebrugge', 'zeebrugge')).err).toEqual(['0 of 0 shown'])
  })

  it('the subjects of a file are matched, and what cannot be read is told', async () => {
    const file = path.join(folder, 'subjects.jsonl')
    writeFileSync(file, '{"id":"1","schema":"Person","properties":{"name":["Bondarenko Svitlana"]}}\n{"id":"2"\n')
    const { code, out, err } = await run('records match', [file, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ line: 1, items: [{ caption: 'Світлана Бондаренко', isMatch: true }] })
    expect(err[0]).toContain(':2: ')
  })

  it('a table of subjects is matched, whatever its headers and scripts, with the reasons of every score', async () => {
    const file = path.join(folder, 'subjects.csv')
    writeFileSync(
      file,
      'Nombre;País;Teléfono\nBondarenko Svitlana;Ucrania;+380 44 555 12 12\nQuaside Reefer N.V.;BE;\n"Unclosed;BE;\nNobody At All;EC;\n',
    )
    const { code, out, err } = await run('records match', [file, '--json', '--candidates', '1'])
    expect(code).toBe(1)
    const found = out.map((line) => JSON.parse(line) as { line: number; items: { caption: string; match: { steps: unknown[] } }[] })
    expect(found.map(({ line, items }) => [line, items[0]?.caption])).toEqual([
      [2, 'Світлана Бондаренко'],
      [3, 'Quayside Reefer NV'],
      [5, undefined],
    ])
    expect(found[0]?.items[0]?.match.steps.length).toBeGreaterThan(0)
    expect(err[0]).toContain('subjects.csv:4: ')
    const { out: lines } = await run('records match', [file])
    expect(lines[0]).toMatch(/^ +2 {2}match {2}\d\.\d{3} {2}r[0-9a-f]{32} {2}Світлана Бондаренко$/)
  })

  it('a word too few is a misuse', async () => {
    expect((await run('records match', [])).code).toBe(2)
    expect((await run('records search', ['x', '--limit', 'many'])).code).toBe(2)
  })
})

describe('as processes', () => {
  const CLI = path.resolve(import.meta.dirname, '../cli.ts')
  const who = () => [
    '--url',
    coalition.node('be-antwerp').url,
    '--account',
    'antwerp',
    '--desk',
    'be.customs.antwerp',
    '--purpose',
    'customs-control',
  ]
  const started = async (args: readonly string[], password = PASSWORD) => {
    const child = spawn(process.execPath, [CLI, ...args], { env: { ...process.env, BREAKWATER_LOG: 'warn', [PASSWORD_SETTING]: password } })
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { out, err, code: child.exitCode ?? (await once(child, 'exit'))[0] }
  }

  it('the commands answer on stdout, tell on stderr, and end with 0, 1 or 2', async () => {
    const subjects = path.join(folder, 'two.jsonl')
    writeFileSync(subjects, '{"id":"1","schema":"Company","properties":{"name":["Quayside Reefer"]}}\n')
    const [found, matched, refused, missing, misused] = await Promise.all([
      started(['records', 'search', 'Quayside', '--json', ...who()]),
      started(['records', 'match', subjects, '--json', ...who()]),
      started(['records', 'search', 'Quayside', ...who()], 'not the password'),
      started(['records', 'match', path.join(folder, 'absent.jsonl'), ...who()]),
      started(['records', 'match', subjects, '--unknown', ...who()]),
    ])
    expect(found).toMatchObject({ code: 0, err: '1 of 1 shown\n' })
    expect(JSON.parse(found.out)).toMatchObject({ caption: 'Quayside Reefer NV' })
    expect(matched.code).toBe(0)
    expect(JSON.parse(matched.out)).toMatchObject({ line: 1, items: [{ caption: 'Quayside Reefer NV', isMatch: true }] })
    for (const [answer, code] of [
      [refused, 1],
      [missing, 1],
      [misused, 2],
    ] as const)
      expect([answer.code, answer.out]).toEqual([code, ''])
    expect(refused.err).toMatch(/^breakwater records search: 401 /)
    expect(missing.err).toContain('ENOENT')
  })
})

describe('in the background of a node', () => {
  it('a kept search and a cross-reference run by themselves', async () => {
    await antwerp.call(saveSearch, { title: 'Reefers', q: 'reefer', key: crypto.randomUUID() })
    const { collection } = await antwerp.call(createCollection, { title: 'Empty list', marking, key: crypto.randomUUID() })
    const { crossref } = await antwerp.call(startCrossref, { left: collection, key: crypto.randomUUID() })
    await coalition.eventually(
      async () => (await antwerp.call(listSavedSearches, {})).items[0]?.lastRunAt,
      (at) => at !== undefined,
    )
    await coalition.eventually(
      async () => (await antwerp.call(listCrossrefs, {})).items[0]?.state,
      (state) => state === 'done',
    )
    expect(await antwerp.call(showCrossref, { crossref })).toMatchObject({ compared: 0, pairs: 0, total: { total: 0, isAtLeast: false } })
  })
})
