/** What the beginning of a table says of it, without a store. */
import { expect, it } from 'vitest'
import { tableHead } from './import-head.ts'
import type { FileBytes } from './import-lines.ts'
import { unitsOfFile } from './import-open.ts'

function fileOf(text: string): FileBytes {
  const bytes = Buffer.from(text)
  return { size: bytes.length, slice: async (start, end) => await Promise.resolve(bytes.subarray(start, end)) }
}

const mapping = { entities: { person: { schema: 'Person', keys: ['id'], properties: { name: { column: 'name' } } } } }

async function readAll(text: string) {
  const found = await unitsOfFile({ file: fileOf(text), format: 'csv', collection: 'c', mapping, place: { byte: 0, lines: 0 } })
  const units = []
  for await (const some of found ?? []) units.push(...some)
  return units
}

it('the line by which a spreadsheet is told the sign between cells is none of the table, and lines keep their numbers', async () => {
  for (const first of ['sep=;', '"sep=;"', 'SEP=;\r', 'sep=']) {
    const text = `${first}\nid;name\n1;Ana\n2;Bea\n`
    expect((await tableHead(fileOf(text)))?.headers, first).toEqual(['id', 'name'])
    const units = await readAll(text)
    expect(units.map(({ line, records }) => [line, ...records.map(({ externalId, values }) => [externalId, values[0]?.[1]])])).toEqual([
      [3, ['person|1', 'Ana']],
      [4, ['person|2', 'Bea']],
    ])
  }
  expect((await tableHead(fileOf('sep;name\n1;Ana\n')))?.headers).toEqual(['sep', 'name'])
})

it('a row with the end of another kind of line in it is refused with all that stands there, and not cut', async () => {
  // Behind the beginning by which the ends of lines are known.
  const units = await readAll(`id,name\r${'1,Ana\r'.repeat(180_000)}8,Bea\n9,Cea\r`)
  expect(units).toHaveLength(180_001)
  expect(units.at(-1)).toMatchObject({
    lines: 1,
    quarantined: 1,
    records: [],
    problems: [{ code: 'record.row.cells', raw: '8,Bea\n9,Cea' }],
  })
})
