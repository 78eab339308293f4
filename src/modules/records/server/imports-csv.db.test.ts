/** Tables brought in with a mapping: seven signs between cells and four encodings, broken quotes, uneven rows, a mapping that is saved and offered again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportImportReportRoute } from './export-report.ts'
import { type ImportStore, startImportStore } from './imports.fixture.ts'
import { startImportRoute, uploadImportRoute } from './imports-start.ts'
import { listMappingsRoute } from './mappings.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const MAPPING = {
  entities: {
    company: { schema: 'Company', keys: ['number'], properties: { name: { column: 'company' }, registrationNumber: { column: 'number' } } },
    person: {
      schema: 'Person',
      keys: ['person', 'born'],
      properties: { name: { column: 'person' }, birthDate: { column: 'born', format: 'DD/MM/YYYY' } },
    },
    role: {
      schema: 'Directorship',
      properties: { director: { entity: 'person' }, organization: { entity: 'company' }, role: { column: 'role' } },
    },
  },
}
const HEADER = 'number;company;person;born;role'
const read = async (text: string | Uint8Array, mapping: unknown = MAPPING, collection?: string) => {
  const into = collection ?? (await at.collection())
  const { import: id } = await at.upload(into, text, 'csv')
  await at.start(id, { mapping })
  await at.work()
  return { collection: into, shown: await at.show(id) }
}
const names = async (collection: string) =>
  (
    await at.store.rows(
      `select v->>1 as name, v->>2 as pointer, line from records.fragments f, jsonb_array_elements(vals) v where collection = '${collection}' and v->>0 = 'name' order by line, schema`,
    )
  ).map(({ name }) => name)

describe('a table', () => {
  it('is read into the records and relations that its mapping says, each value with its column', async () => {
    const { collection, shown } = await read(`${HEADER}\r\n0403;Haven NV;Jan Peeters;01/02/1970;bestuurder\r\n0403;Haven NV;Ana Ruiz;;\r\n`)
    expect(shown).toMatchObject({ state: 'done', totals: { in: 2, accepted: 2, quarantined: 0, entities: 5 } })
    const rows = await at.store.rows(
      `select schema, line, vals from records.fragments where collection = '${collection}' order by line, schema`,
    )
    expect(rows.map(({ schema, line }) => [schema, line])).toEqual([
      ['Company', 2],
      ['Directorship', 2],
      ['Person', 2],
      ['Directorship', 3],
      ['Person', 3],
    ])
    expect(rows[2]?.['vals']).toEqual([
      ['name', 'Jan Peeters', 'column person'],
      ['birthDate', '1970-02-01', 'column born'],
    ])
    const edges = await at.store.rows(`select kind from records.edges where collection = '${collection}'`)
    expect(edges).toHaveLength(2)
    const again = await read(`${HEADER}\n0403;Haven NV;Jan Peeters;01/02/1970;bestuurder\n0403;Haven NV;Ana Ruiz;;\n`, MAPPING, collection)
    expect(again.shown.totals.statements).toBe(0)
  })

  it.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${HEADER}\n1;Café Ñandú;A B;;\n`), 0],
    ['UTF-16 little-endian', Buffer.from(`\ufeff${HEADER}\n1;Café Ñandú;A B;;\n`, 'utf16le'), 0],
    ['UTF-16 big-endian', Buffer.from(`\ufeff${HEADER}\r\n1;Café Ñandú;A B;;\r\n`, 'utf16le').swap16(), 0],
    ['Windows-1252', Buffer.from(`${HEADER}\n1;Café Ñandú;A B;;\n`, 'latin1'), 1],
  ])('is read in %s', async (_encoding, bytes, warnings) => {
    const { collection, shown } = await read(bytes)
    expect(await names(collection)).toEqual(['Café Ñandú', 'A B'])
    expect(shown).toMatchObject({ totals: { in: 1, quarantined: 0 }, problems: warnings })
  })

  it.each([',', ';', '\t', '|'])('is read with %j between its cells', async (sign) => {
    const text = [HEADER, '1;"Haven; ""de"" | , NV";A B;;', '2;x;C D;;'].join('\n')
    const cells = text.replaceAll(/"[^\n]*?"(?=;A)|;/g, (found) => (found === ';' ? sign : found))
    const { collection } = await read(cells)
    expect(await names(collection)).toEqual(['Haven; "de" | , NV', 'A B', 'x', 'C D'])
  })

  it('loses no row to a quote that never closes, nor to a cell of several lines', async () => {
    const rows = [
      '1;"Two\nlines";A;;',
      '2;"never closed;B;;',
      ...Array.from({ length: 3000 }, (_, index) => `${index + 10};N ${index};P ${index};;`),
    ]
    const { shown } = await read([HEADER, ...rows].join('\n'))
    expect(shown.totals).toMatchObject({ in: 3002, accepted: 3001, quarantined: 1 })
    expect(shown.problemRows).toMatchObject([{ line: 4, code: 'record.row.quote', severity: 'quarantined', raw: '2;"never closed;B;;' }])
  })

  it('says what is uneven, foreign or cannot be a value, and keeps it', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${HEADER}\n1;Sch\u00fctz;A;;;surplus;=1+1\n2;B\n3;C;D;99/99/2020;x\n`),
      Buffer.from('4;Caf\u00e9;E;;\n', 'latin1'),
      Buffer.from(';;;;\n5;F;G;;\n'),
    ])
    const { shown } = await read(bytes)
    expect(shown.totals).toMatchObject({ in: 5, quarantined: 0, warned: 4, accepted: 1 })
    expect(shown.problemRows.map(({ line, code }) => [line, code])).toEqual([
      [2, 'record.row.long'],
      [3, 'record.row.short'],
      [4, 'record.date.format'],
      [5, 'record.line.encoding'],
    ])
    expect(shown.problemRows[0]?.raw).toBe('surplus | =1+1')
    expect(shown.problemRows[2]?.raw).toBe('99/99/2020')
  })

  it('takes no secret key and quotes nothing beside one', async () => {
    const key = '5Kb8kLf9zgWQnogidDA76MzPL6TsZZY36hWXMssSzNydYXYB9KF'
    const collection = await at.collection()
    const text = `id,wallet private key,date\nw1,${key},x\n,${key},2020\nw3,a,2020,${key}\n`
    const { import: id } = await at.upload(collection, text, 'csv')
    const mapping = (column: string) => ({
      entities: { main: { schema: 'CryptoWallet', keys: ['id'], properties: { publicKey: { column }, createdAt: { column: 'date' } } } },
    })
    await expect(at.start(id, { mapping: mapping('wallet private key') })).rejects.toMatchObject({
      options: { problems: [{ at: 'entities.main.properties.publicKey.column', code: 'record.mapping.secret' }] },
    })
    await at.start(id, { mapping: mapping('id') })
    await at.work()
    const shown = await at.show(id)
    expect(shown.totals).toEqual({ in: 3, accepted: 0, warned: 2, quarantined: 1, entities: 2, statements: 3 })
    expect(shown.problemRows.map(({ line, code }) => [line, code])).toEqual([
      [2, 'record.date.format'],
      [3, 'record.mapping.no-key'],
      [4, 'record.row.long'],
    ])
    const { text: report } = await at.call<{ text: string }>(exportImportReportRoute, { import: id })
    const kept = await at.store.rows(`select vals from records.fragments where collection = '${collection}'`)
    expect(JSON.stringify([shown, kept, report])).not.toContain('5Kb8')
  })

  it('passes over a line of more than eight million bytes and names it', async () => {
    const bytes = Buffer.concat([Buffer.from(`${HEADER}\n1;A;B;;\n`), Buffer.alloc(9_000_000, 'x'), Buffer.from('\n2;C;D;;\n')])
    const { shown } = await read(bytes)
    expect(shown.totals).toMatchObject({ in: 3, accepted: 2, quarantined: 1 })
    expect(shown.problemRows).toMatchObject([{ line: 3, code: 'record.line.too-long' }])
  })
})

describe('a mapping', () => {
  it('is proposed, refused with the place of each fault, saved, and offered again for the same headers', async () => {
    const collection = await at.collection()
    const text = `${HEADER}\n1;A NV;B C;01/02/1970;x\n`
    const first = await at.upload(collection, text, 'csv')
    expect(first.headers).toEqual(HEADER.split(';'))
    expect(first.mapping).toBeUndefined()
    const start = async (more: object) => await at.call(startImportRoute, { import: first.import, dryRun: true, ...more })
    await expect(start({})).rejects.toMatchObject({ code: 'records.mapping' })
    const faulty = { entities: { ship: { schema: 'Vessel', keys: ['imo'], properties: { name: { column: 'company' } } } } }
    await expect(start({ mapping: faulty })).rejects.toMatchObject({
      code: 'records.mapping',
      options: { problems: [{ at: 'entities.ship.keys' }] },
    })
    await start({ mapping: MAPPING, saveMappingAs: 'Register' })
    await at.work()
    expect(await at.show(first.import)).toMatchObject({ state: 'checked', totals: { in: 1, entities: 3 } })
    const second = await at.upload(collection, text, 'csv')
    expect(second.suggested).toEqual(MAPPING)
    const listed = await at.call<{ items: { mapping: string; title: string }[] }>(listMappingsRoute, {})
    expect(listed.items).toMatchObject([{ title: 'Register', mapping: second.mapping }])
    const other = await at.upload(collection, 'number;company\n1;A\n', 'csv')
    expect(other.mapping).toBeUndefined()
  })

  it('cannot take from a column whose name another one has', async () => {
    const collection = await at.collection()
    const { import: id } = await at.call<{ import: string }>(
      uploadImportRoute,
      { collection, name: 'x.csv', format: 'csv' },
      { upload: Buffer.from('a,b,a\n1,2,3\n') },
    )
    const mapping = (column: string) => ({ entities: { p: { schema: 'Person', keys: [column], properties: { name: { column } } } } })
    await expect(at.call(startImportRoute, { import: id, dryRun: true, mapping: mapping('a') })).rejects.toMatchObject({
      code: 'records.mapping',
      options: { problems: [{ code: 'record.header.repeated' }] },
    })
    await at.call(startImportRoute, { import: id, dryRun: true, mapping: mapping('b') })
  })
})
