/** What comes out of one collection and goes into another is there again: references of what was typed in or corrected, two times of one value, and members of any name. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { correctStatementRoute } from './correct-statement.ts'
import { DRAFT, type ImportStore, startImportStore } from './imports.fixture.ts'
import { restrictRecordRoute } from './restrict.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const enter = async (schema: string, values: readonly object[]) => await at.enter({ schema, values, marking: DRAFT, key: randomUUID() })
const said = async (collection: string) =>
  await at.store.rows(`select external_id, schema, array(select array[v->>0, coalesce(v->>6, v->>1), v->>3, v->>4] from jsonb_array_elements(vals) v) as vals
    from records.fragments where collection = '${collection}' and recorded_to is null order by external_id`)
/** Relations with both ends among the records of the collection, by the ids that the source has for them. */
const relations = async (collection: string) =>
  await at.store.rows(`select s.external_id as src, d.external_id as dst from records.edges e
    join records.fragments s on s.entity = e.src and s.collection = e.collection and s.recorded_to is null
    join records.fragments d on d.entity = e.dst and d.collection = e.collection and d.recorded_to is null where e.collection = '${collection}'`)
const copyOf = async (collection: string, format: 'ftm' | 'statements') => {
  const copy = await at.collection()
  const { totals } = await at.bring(copy, (await at.exported(collection, format)).join('\n'))
  expect(totals.quarantined).toBe(0)
  return copy
}

describe('what comes out of a collection', () => {
  it('has its relations again, and the times of its values, where it was typed in', async () => {
    const owner = await enter('Person', [
      { prop: 'name', value: 'Owner One' },
      { prop: 'address', value: 'Kaai 1', from: '2010', to: '2012' },
      { prop: 'address', value: 'Kaai 1', from: '2015' },
    ])
    const asset = await enter('Company', [{ prop: 'name', value: 'Asset NV' }])
    const { fragment } = await enter('Ownership', [
      { prop: 'owner', value: owner.entity },
      { prop: 'asset', value: asset.entity },
    ])
    const [{ collection } = { collection: '' }] = await at.store.rows(
      `select collection from records.fragments where fragment = '${fragment}'`,
    )
    const original = await relations(String(collection))
    expect(original).toHaveLength(1)
    expect(await relations(await copyOf(String(collection), 'ftm'))).toEqual(original)
    const copy = await copyOf(String(collection), 'statements')
    expect(await relations(copy)).toEqual(original)
    expect((await said(copy)).flatMap(({ vals }) => vals as string[][]).filter(([prop]) => prop === 'address')).toEqual([
      ['address', 'Kaai 1', '2010', '2012'],
      ['address', 'Kaai 1', '2015', null],
    ])
  })

  it('has its relations again where they were corrected', async () => {
    const collection = await at.collection()
    const person = (id: string) => JSON.stringify({ id, schema: 'Person', properties: { name: [id] } })
    const owns = JSON.stringify({ id: 'owns', schema: 'Ownership', properties: { owner: ['one'], asset: ['x'] } })
    const company = JSON.stringify({ id: 'x', schema: 'Company', properties: { name: ['X'] } })
    await at.bring(collection, [person('one'), person('two'), company, owns].join('\n'))
    const [two] = await at.store.rows(`select entity from records.fragments where collection = '${collection}' and external_id = 'two'`)
    const [own] = await at.store.rows(`select fragment from records.fragments where collection = '${collection}' and external_id = 'owns'`)
    const correction = {
      fragment: own?.['fragment'],
      ordinal: 0,
      prop: 'owner',
      value: two?.['entity'],
      reason: 'wrong owner',
      key: randomUUID(),
    }
    await at.call(correctStatementRoute, correction)
    for (const format of ['ftm', 'statements'] as const)
      expect(await relations(await copyOf(collection, format))).toEqual([{ src: 'two', dst: 'x' }])
  })

  it('stays restricted, goes on its day, and is put aside where it is marked stricter', async () => {
    const person = (id: string) => JSON.stringify({ id, schema: 'Person', properties: { name: [`Contested ${id}`] } })
    const red = { H: ['H1' as const, 'H3' as const], tlp: 'RED' as const, pap: 'RED' as const, conditions: ['ask'] }
    const strict = await at.collection({ handling: red, category: 'informant', reviewDays: 30, retentionDays: 30 })
    const plain = await at.collection({ retentionDays: 30, evaluation: { source: 'A', info: 1 } })
    for (const collection of [strict, plain]) {
      await at.bring(collection, [person('a'), person('b')].join('\n'))
      const [a] = await at.store.rows(`select entity from records.fragments where collection = '${collection}' and external_id = 'a'`)
      await at.call(restrictRecordRoute, { entity: a?.['entity'], restricted: true, reason: 'contested', key: randomUUID() })
    }
    const copy = await at.collection()
    const aside = await at.bring(copy, (await at.exported(strict, 'statements')).join('\n'))
    expect(aside.totals).toEqual({ in: 4, accepted: 0, warned: 0, quarantined: 4, entities: 0, statements: 0 })
    expect(aside.problemRows.map(({ code }) => code)).toEqual(['record.marking.stricter', 'record.marking.stricter'])
    const lines = (await at.exported(plain, 'statements')).join('\n')
    const taken = await at.bring(copy, lines)
    expect(taken.totals).toEqual({ in: 4, accepted: 2, warned: 2, quarantined: 0, entities: 2, statements: 2 })
    expect(taken.problemRows.map(({ code }) => code)).toEqual(['record.marking.other', 'record.marking.other'])
    const columns = 'external_id, restricted, erase_at'
    const rows = async (collection: string) =>
      await at.store.rows(
        `select ${columns} from records.fragments where collection = '${collection}' and recorded_to is null order by external_id`,
      )
    expect(await rows(copy)).toEqual(await rows(plain))
    expect((await rows(copy)).map(({ restricted }) => restricted)).toEqual([true, false])
    expect(await at.store.rows(`select 1 from records.search_docs where collection = '${copy}'`)).toHaveLength(1)
    // A second reading finds it as it stands.
    expect((await at.bring(copy, lines)).totals).toMatchObject({ entities: 2, statements: 0 })
    const late = lines.replaceAll(/"eraseAt":"[^"]+"/g, '"eraseAt":"2020-01-01T00:00:00.000Z"')
    expect((await at.bring(await at.collection(), late)).problemRows.map(({ code }) => code)).toEqual([
      'record.marking.past',
      'record.marking.past',
    ])
  })

  it('has a member that is called like the last line of a page', async () => {
    const collection = await at.collection()
    await at.bring(collection, '{"export":{"mrn":"26BE000001"},"id":"y","schema":"Person","properties":{"name":["Y"]}}')
    expect(await said(await copyOf(collection, 'ftm'))).toHaveLength(1)
  })
})

it('a time that is no date is told, and the value stands without it', async () => {
  const collection = await at.collection()
  const line = { id: '1', entity_id: 'p', schema: 'Person', prop: 'address', value: 'Kaai 1' }
  const { problemRows } = await at.bring(
    collection,
    [
      { ...line, valid_from: 'yesterday', valid_to: '2020-02' },
      { ...line, valid_from: '2020-02-30' },
    ]
      .map((each) => JSON.stringify(each))
      .join('\n'),
  )
  expect(problemRows.map(({ code, at: place, line: number }) => [code, place, number])).toEqual([
    ['record.period', 'valid_from', 1],
    ['record.period', 'valid_from', 2],
  ])
  expect(await said(collection)).toMatchObject([
    {
      vals: [
        ['address', 'Kaai 1', null, '2020-02'],
        ['address', 'Kaai 1', null, null],
      ],
    },
  ])
})
