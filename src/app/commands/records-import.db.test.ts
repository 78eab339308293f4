/** A file brought into a running node and out of it again by the commands. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCollection } from '#modules/records/contract'
import { PASSWORD, startCoalition, type TestCoalition } from '#testing/coalition.ts'
import { PASSWORD_SETTING } from './records-account.ts'
import { recordsCommands } from './records-commands.ts'

let coalition: TestCoalition
let collection = ''
const folder = mkdtempSync(path.join(tmpdir(), 'records-import-'))

beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['be-antwerp'] })
  process.env[PASSWORD_SETTING] = PASSWORD
  const antwerp = await coalition.client('antwerp')
  const marking = {
    evaluation: { source: 'A', info: 1 },
    handling: { H: [], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
    legalBasis: { act: 'Regulation (EU) No 952/2013', art: 'Art 46' },
    category: 'thing',
  } as const
  collection = (
    await antwerp.call(createCollection, {
      title: 'Register',
      marking: { ...marking, handling: { ...marking.handling, H: [], conditions: [] } },
      key: randomUUID(),
    })
  ).collection
})
afterAll(async () => {
  delete process.env[PASSWORD_SETTING]
  rmSync(folder, { recursive: true })
  await coalition.stop()
})

async function run(name: string, args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const commands = recordsCommands({ out: (line) => out.push(line), err: (line) => err.push(line) })
  const who = [
    '--url',
    coalition.node('be-antwerp').url,
    '--account',
    'antwerp',
    '--desk',
    'be.customs.antwerp',
    '--purpose',
    'customs-control',
  ]
  const code = await commands[name]?.([...args, ...who])
  return { code, out, err }
}

describe('a file', () => {
  it('is checked, read in, read in again without change, and comes out as it went in', async () => {
    const lines = Array.from({ length: 6000 }, (_, index) =>
      JSON.stringify({ id: `c${index}`, schema: 'Company', properties: { name: [`Haven ${index} NV`] } }),
    )
    const file = path.join(folder, 'companies.jsonl')
    writeFileSync(file, `${lines.join('\n')}\n`)
    const checked = await run('records import', [file, '--collection', collection, '--check'])
    expect([checked.code, checked.out]).toEqual([
      0,
      ['6000 lines: 6000 accepted, 0 warned, 0 quarantined', '6000 records, 6000 statements would be new; nothing was kept'],
    ])
    const read = await run('records import', [file, '--collection', collection, '--json'])
    expect([read.code, JSON.parse(read.out[0] ?? '')]).toMatchObject([0, { state: 'done', totals: { in: 6000, statements: 6000 } }])
    expect(read.err.at(-1)).toMatch(/^100 % of companies\.jsonl/)
    const again = await run('records import', [file, '--collection', collection])
    expect(again.out.at(-1)).toBe('6000 records, 0 new statements')
    const checkedAgain = await run('records import', [file, '--collection', collection, '--check'])
    expect(checkedAgain.out.at(-1)).toBe('6000 records, 0 statements would be new; nothing was kept')
    const out = await run('records export', [collection])
    expect(out).toMatchObject({ code: 0, err: ['6000 records'] })
    expect(out.out.join('\n').split('\n')).toEqual(lines)
    const table = await run('records export', [collection, '--format', 'csv', '--schema', 'Company'])
    expect(table.out.join('\n').split('\n')).toHaveLength(6001)
  })

  it('with lines that cannot be taken says so and ends with 1', async () => {
    const file = path.join(folder, 'people.csv')
    writeFileSync(file, 'id;name;birth date\n1;Jan Peeters;1970-01-02\n2;"never closed\n')
    const { code, out } = await run('records import', [file, '--collection', collection])
    expect(code).toBe(1)
    expect(out[0]).toMatch(/^people\.csv:3: .*record\.row\.quote/)
    expect(out.at(-2)).toBe('2 lines: 1 accepted, 0 warned, 1 quarantined')
  })

  it('names the columns of a table that nothing is taken from, and is an error when it has no lines', async () => {
    const file = path.join(folder, 'wanted.csv')
    writeFileSync(file, 'name,passport number,wanted for,armed\n')
    const { code, err } = await run('records import', [file, '--collection', collection, '--check'])
    expect([code, err.slice(-3)]).toEqual([
      1,
      [
        'column wanted for: the mapping takes nothing from it',
        'column armed: the mapping takes nothing from it',
        'wanted.csv has no line that could be read',
      ],
    ])
  })

  it('needs its collection, and a word too many is a misuse', async () => {
    expect((await run('records import', ['x.jsonl'])).code).toBe(2)
    expect((await run('records export', [])).code).toBe(2)
    expect(await run('records export', [randomUUID()])).toMatchObject({ code: 1, out: [] })
  })
})
