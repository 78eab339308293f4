/** The commands that search and match records: what they ask of the node, what they print, and what they tell of a file that is not as it should be. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { CallRefused, type Client } from '../client.ts'
import { recordsImport } from './records-import.ts'
import { recordsMatch } from './records-match.ts'
import { recordsSearch } from './records-search.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'records-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Answer = (input: Record<string, unknown>) => unknown
async function run(command: (client: Client, io: { out(line: string): void; err(line: string): void }) => Promise<number>, answer: Answer) {
  const [out, err, asked]: [string[], string[], Record<string, unknown>[]] = [[], [], []]
  const client = {
    call: async (_spec: unknown, input: Record<string, unknown>) => {
      asked.push(input)
      return await Promise.resolve(answer(input))
    },
  } as unknown as Client
  const code = await command(client, { out: (line) => out.push(line), err: (line) => err.push(line) })
  return { code, out, err, asked }
}

const row = (caption: string) => ({
  entity: `r${'0'.repeat(32)}`,
  schema: 'Person',
  caption,
  details: [{ prop: 'birthDate', value: '1970' }],
  collections: [],
  merged: 1,
})
const file = (name: string, text: string): string => {
  const place = path.join(folder, name)
  writeFileSync(place, text)
  return place
}

describe('records import', () => {
  const totals = { in: 0, accepted: 0, warned: 0, quarantined: 0, entities: 0, statements: 0 }
  const ended = async (view: Readonly<Record<string, unknown>>) => {
    const err: string[] = []
    const client = {
      upload: async () => await Promise.resolve({ import: 'i1' }),
      call: async () => await Promise.resolve({ import: 'i1', progress: 0, problemRows: [], problemsLeftOut: 0, totals, ...view }),
    } as unknown as Client
    const asked = {
      file: file('some.jsonl', '{}\n'),
      collection: 'c',
      format: 'ftm',
      mapping: undefined,
      check: false,
      json: false,
    } as const
    const code = await recordsImport(asked, client, { out: () => undefined, err: (line) => err.push(line) })
    return [code, err.at(-1)]
  }

  it('says why nothing came in: the file was refused, the run was stopped, or it has no line', async () => {
    expect(await ended({ state: 'refused', refused: 'records.file-gone' })).toEqual([
      1,
      'some.jsonl was refused: The file is kept no longer and cannot be run',
    ])
    expect(await ended({ state: 'cancelled', totals: { ...totals, in: 5, accepted: 5 } })).toEqual([
      1,
      'some.jsonl was stopped before its end',
    ])
    expect(await ended({ state: 'done' })).toEqual([1, 'some.jsonl has no line that could be read'])
  })
})

describe('records search', () => {
  const pages: Answer = ({ cursor, limit }) => ({
    items: [{ ...row(cursor === undefined ? 'First\u001b[2J' : 'Second'), by: 'name' }].slice(0, Number(limit)),
    total: { total: 10_000, isAtLeast: true },
    facets: {},
    ...(cursor === undefined ? { next: 'more' } : {}),
  })

  it('follows the pages, says how many there are, and prints no control sign', async () => {
    const { code, out, err, asked } = await run(
      async (client, io) => await recordsSearch({ text: 'x', most: 500, json: false }, client, io),
      pages,
    )
    expect(code).toBe(0)
    expect(out).toEqual([
      `r${'0'.repeat(32)}  Person       First [2J  birthDate 1970`,
      `r${'0'.repeat(32)}  Person       Second  birthDate 1970`,
    ])
    expect(err).toEqual(['2 of at least 10000 shown'])
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, 'more'])
  })

  it('stops at the number that was asked for, and prints each record as an object', async () => {
    const { out, err } = await run(async (client, io) => await recordsSearch({ text: 'x', most: 1, json: true }, client, io), pages)
    expect(out.map((line) => (JSON.parse(line) as { by: string }).by)).toEqual(['name'])
    expect(err).toEqual(['1 of at least 10000 shown'])
  })
})

describe('records match', () => {
  const match: Answer = ({ properties }) => {
    const [name = ''] = (properties as { name?: string[] }).name ?? []
    if (name === 'Refused') throw new CallRefused(422, { code: 'records.values', detail: 'Nothing can be compared.' })
    return {
      items: name === 'Nobody' ? [] : [{ ...row(name), match: { score: 0.9, logOdds: 2.2, prior: -6, steps: [], threshold: 0.7 } }],
      examined: 3,
      blocksDropped: 0,
    }
  }
  const matched = async (place: string, json = true) =>
    await run(
      async (client, io) =>
        await recordsMatch({ file: place, format: place.endsWith('.csv') ? 'csv' : 'ftm', preset: 'balanced', most: 5, json }, client, io),
      match,
    )

  it('asks for each line, and tells of each that it could not take, with its place', async () => {
    const lines = [
      '{"id":"a","schema":"Person","properties":{"name":["Ana"]}}',
      '{"id":"b","schema":"Person","properties":{"name":["Refused"]}}',
      '',
      'not JSON',
      '{"id":"c","schema":"Ownership","properties":{}}',
      '{"id":"d","schema":"Person","properties":{"name":["Nobody"]}}',
    ]
    const place = file('subjects.ftm', lines.join('\n'))
    const { code, out, err } = await matched(place)
    expect(code).toBe(1)
    expect(out.map((line) => (JSON.parse(line) as { line: number }).line)).toEqual([1, 6])
    expect(err.slice(0, -1).map((line) => line.slice(place.length + 1).split(':')[0])).toEqual(['2', '4', '5'])
    expect(err.at(-1)).toBe('2 compared, 1 with a match, 3 not compared, 0 warnings')
  })

  it('reads a table by what its headers say, whatever stands between its cells', async () => {
    const place = file('subjects.csv', '\ufeffName;Geburtsdatum;Staatsangehörigkeit\nAna Ruiz;03.02.1980;Ecuador\n"Bo; Li";1990;\n')
    const { code, asked, out } = await matched(place, false)
    expect(code).toBe(0)
    expect(asked.map(({ schema }) => schema)).toEqual(['Person', 'Person'])
    expect(asked.map(({ properties }) => (properties as { name: string[] }).name)).toEqual([['Ana Ruiz'], ['Bo; Li']])
    expect(out[0]).toContain('match  0.900')
  })

  it('takes no mapping that names one of two columns of one name, and leaves both alone without one', async () => {
    const place = file('twice.csv', 'name,name,dob,passport number\nAna,Bea,1980-01-02,AB123456\n')
    const mapping = file('twice.json', '{"entities":{"p":{"schema":"Person","keys":["name"],"properties":{"name":{"column":"name"}}}}}')
    const words = { file: place, format: 'csv', preset: 'balanced', most: 5, json: true } as const
    await expect(run(async (client, io) => await recordsMatch({ ...words, mapping }, client, io), match)).rejects.toThrow(
      'Two columns are called name.',
    )
    const { asked } = await run(async (client, io) => await recordsMatch(words, client, io), match)
    expect(JSON.stringify(asked)).not.toMatch(/Ana|Bea/)
  })

  it('tells of values that are too many or too long to be compared', async () => {
    const name = ['x'.repeat(2001), ...Array.from({ length: 60 }, (_, at) => `Ana ${at}`)]
    const { asked, err } = await matched(file('many.ftm', JSON.stringify({ id: 'a', schema: 'Person', properties: { name } })))
    expect(asked[0]?.['properties']).toMatchObject({ name: { length: 50 } })
    expect(err[0]).toContain(':1: properties.name[0]: A value of the type name has at most 2000 signs')
    expect(err[1]).toContain('10 values')
  })

  it('compares what is around a row that is hostile, and tells of that row', async () => {
    const rows = ['name;land', 'Ana;BE', '"Bo;NL', `${'x'.repeat(9 * 1024 * 1024)};NL`, 'Cy "the x" Y;DE', 'Di;FR;surplus', 'Eve;ES']
    const { code, asked, err } = await matched(file('hostile.csv', rows.join('\n')))
    expect(code).toBe(1)
    expect(asked.map(({ properties }) => (properties as { name: string[] }).name[0])).toEqual(['Ana', 'Cy "the x" Y', 'Di', 'Eve'])
    expect(err.slice(0, -1).map((line) => line.split('hostile.csv:')[1]?.split(':')[0])).toEqual(['3', '4', '6'])
    expect(err.at(-1)).toBe('4 compared, 4 with a match, 2 not compared, 1 warnings')
  })

  it('tells of lines that are not as the others, and takes no file of another form', async () => {
    const line = (id: string, name: string) => JSON.stringify({ id, schema: 'Person', properties: { name: [name] } })
    const bytes = Buffer.concat([
      Buffer.from(`${line('a', 'Ana')}\n${line('é', 'Bo\u2028Li')}\n`),
      Buffer.from(line('c', 'José'), 'latin1'),
    ])
    const place = path.join(folder, 'mixed.ftm')
    writeFileSync(place, bytes)
    const { code, asked, err } = await matched(place)
    expect([code, asked.map(({ properties }) => (properties as { name: string[] }).name[0])]).toEqual([0, ['Ana', 'Bo Li', 'José']])
    expect(err[0]).toContain(':3: ')
    await expect(matched(file('binary.ftm', 'PK\u0003\u0004\u0000'))).rejects.toMatchObject({ code: 'records.file-format' })
    await expect(matched(file('two.csv', 'name;name\nAna;Bo\n'))).rejects.toMatchObject({ code: 'records.mapping' })
  })

  it('an empty table has nothing to compare', async () => {
    expect((await matched(file('empty.csv', ''))).err).toEqual(['0 compared, 0 with a match, 0 not compared, 0 warnings'])
  })
})
