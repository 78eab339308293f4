/**
 * A newcomer's first day with the record graph: two lists, one of companies in Latin letters, one of persons in Cyrillic ones; a person who stands in both scripts is found, compared, merged, unmerged
 * and merged again; the board goes to Guayaquil under H2, is used there, marked anew and taken back.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  approveItem,
  changeMarking,
  createItem,
  fetchAttachment,
  type ItemDraft,
  listItems,
  recallItem,
  showItem,
} from '#modules/exchange/contract'
import {
  compareRecords,
  createCollection,
  enterRecord,
  expandGraph,
  exportCollection,
  judge,
  listDuplicates,
  type MarkingDraft,
  prepareShare,
  revokeJudgement,
  saveBoard,
  searchRecords,
  showBoard,
  showImport,
  showInventory,
  showRecord,
  startImport,
  takeShare,
  uploadImport,
} from '#modules/records/contract'
import type { Client } from '../../src/app/client.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

const H2 = { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] } satisfies MarkingDraft['handling']
const marking: MarkingDraft = {
  evaluation: { source: 'B', info: 2 },
  handling: H2,
  legalBasis: { act: 'Directive (EU) 2016/680', art: '8' },
  category: 'suspect',
  reviewDays: 180,
  retentionDays: 365,
  readers: [],
}

const COMPANIES = `company,registration number,country,director,director born
Meridian Cold Storage BV,BE0403200393,be,Viktor Morozov,1971-03-09
Noordzee Fruit Import NV,BE0417497106,be,Anneke Peeters,1980-11-02
`
const PERSONS = `имя;дата рождения;телефон
Виктор Морозов;1971-03-09;+32470123456
Олег Степаненко;1968-07-21;+32470999888
`

let coalition: TestCoalition
let antwerp: Client
let guayaquil: Client
let lead: Client
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'be-antwerp'] })
  antwerp = await coalition.client('antwerp', 'crime-prevention')
  guayaquil = await coalition.client('guayaquil', 'crime-prevention')
  lead = await coalition.client('antwerp-lead', 'crime-prevention')
})
afterAll(async () => await coalition.stop())

async function bringIn(
  title: string,
  file: { readonly name: string; readonly text: string; readonly mapping: Readonly<Record<string, unknown>> },
) {
  const { collection } = await antwerp.call(createCollection, { title, marking, key: randomUUID() })
  const { import: id } = await antwerp.upload(uploadImport, { collection, name: file.name, format: 'csv' }, Buffer.from(file.text))
  await antwerp.call(startImport, { import: id, dryRun: true, mapping: file.mapping })
  const checked = await coalition.eventually(
    async () => await antwerp.call(showImport, { import: id }),
    ({ state }) => state === 'checked' || state === 'refused',
  )
  expect(checked).toMatchObject({ state: 'checked', totals: { quarantined: 0, statements: expect.any(Number) } })
  expect((await antwerp.call(searchRecords, { collection })).items).toEqual([])
  await antwerp.call(startImport, { import: id, dryRun: false, mapping: file.mapping })
  const done = await coalition.eventually(
    async () => await antwerp.call(showImport, { import: id }),
    ({ state }) => state === 'done' || state === 'refused',
  )
  expect(done.totals.in).toBe(done.totals.accepted + done.totals.warned + done.totals.quarantined)
  return { collection, totals: done.totals }
}

const found = async (client: Client, q: string) => (await client.call(searchRecords, { q, schema: 'Person' })).items

let companies: string
let persons: string
let latin: string
let cyrillic: string
let judgement: string

describe('two lists', () => {
  it('come in by a mapping, after a check that keeps nothing', async () => {
    const first = await bringIn('Companies at the quay', {
      name: 'companies.csv',
      text: COMPANIES,
      mapping: {
        entities: {
          company: {
            schema: 'Company',
            keys: ['registration number'],
            properties: {
              name: { column: 'company' },
              registrationNumber: { column: 'registration number' },
              jurisdiction: { column: 'country' },
            },
          },
          director: {
            schema: 'Person',
            keys: ['director', 'director born'],
            properties: { name: { column: 'director' }, birthDate: { column: 'director born' } },
          },
          post: {
            schema: 'Directorship',
            keys: ['registration number', 'director'],
            properties: { director: { entity: 'director' }, organization: { entity: 'company' } },
          },
        },
      },
    })
    const second = await bringIn('Telephones seen', {
      name: 'persons.csv',
      text: PERSONS,
      mapping: {
        entities: {
          person: {
            schema: 'Person',
            keys: ['имя', 'дата рождения'],
            properties: { name: { column: 'имя' }, birthDate: { column: 'дата рождения' }, phone: { column: 'телефон' } },
          },
        },
      },
    })
    ;[companies, persons] = [first.collection, second.collection]
    expect(first.totals).toMatchObject({ in: 2, entities: 6 })
    expect(second.totals).toMatchObject({ in: 2, entities: 2 })
  })

  it('are found in either script', async () => {
    const both = await found(antwerp, 'Viktor Morozov')
    expect(
      both
        .slice(0, 2)
        .map(({ caption }) => caption)
        .sort((a, b) => a.localeCompare(b)),
    ).toEqual(['Viktor Morozov', 'Виктор Морозов'])
    expect((await found(antwerp, 'Виктор Морозов')).map(({ entity }) => entity)).toEqual(
      expect.arrayContaining(both.slice(0, 2).map(({ entity }) => entity)),
    )
    latin = both.find(({ caption }) => caption === 'Viktor Morozov')?.entity ?? ''
    cyrillic = both.find(({ caption }) => caption === 'Виктор Морозов')?.entity ?? ''
  })
})

describe('one person in two scripts', () => {
  it('is proposed, with reasons that add up, and merged by nobody', async () => {
    const { items } = await antwerp.call(listDuplicates, { entity: latin })
    expect(items[0]).toMatchObject({ entity: cyrillic })
    const { match, properties } = await antwerp.call(compareRecords, { left: latin, right: cyrillic })
    expect(match.prior + match.steps.reduce((sum, step) => sum + step.logOdds, 0)).toBeCloseTo(match.logOdds, 6)
    expect(match.score).toBeGreaterThan(match.threshold)
    expect(properties.find(({ prop }) => prop === 'birthDate')).toMatchObject({ shared: true })
    expect((await antwerp.call(showRecord, { entity: latin })).members).toHaveLength(1)
  })

  it('is one record after the judgement of an officer, each value with where it comes from', async () => {
    const before = await exported()
    judgement = (
      await antwerp.call(judge, { left: latin, right: cyrillic, verdict: 'same', reason: 'Same name and day of birth', key: randomUUID() })
    ).judgement
    const merged = await antwerp.call(showRecord, { entity: cyrillic })
    expect(merged.members.map(({ entity }) => entity).sort((a, b) => a.localeCompare(b))).toEqual(
      [latin, cyrillic].sort((a, b) => a.localeCompare(b)),
    )
    expect(new Set(merged.statements.filter(({ prop }) => prop === 'name').map(({ source }) => source.collection))).toEqual(
      new Set([companies, persons]),
    )
    expect((await found(antwerp, 'Viktor Morozov')).filter(({ entity }) => [latin, cyrillic].includes(entity))).toHaveLength(1)
    await antwerp.call(revokeJudgement, { judgement, reason: 'Looked again' })
    expect((await antwerp.call(showRecord, { entity: cyrillic })).members).toHaveLength(1)
    expect(await exported()).toEqual(before)
    await antwerp.call(judge, { left: latin, right: cyrillic, verdict: 'same', reason: 'Same telephone as well', key: randomUUID() })
  })
})

const exported = async () =>
  await Promise.all(
    [companies, persons].map(async (collection) => (await antwerp.raw(exportCollection, { collection, format: 'statements' })).text),
  )

describe('a board', () => {
  let board: string
  let item: string
  let sha256: string
  let taken: string

  it('is drawn from the merged record and kept', async () => {
    const drawn = await antwerp.call(expandGraph, { entities: [latin], hops: 1 })
    expect(drawn.edges).toMatchObject([{ kind: 'Directorship' }])
    expect(drawn.nodes.map(({ schema }) => schema).sort((a, b) => a.localeCompare(b))).toEqual(['Company', 'Person'])
    const nodes = drawn.nodes.map(({ entity }, at) => ({ entity, x: at * 100, y: 0 }))
    board = (
      await antwerp.call(saveBoard, {
        title: 'Cold storage',
        layout: { nodes, notes: [{ x: 0, y: 0, text: 'our own thoughts' }] },
        key: randomUUID(),
      })
    ).board
    await antwerp.call(enterRecord, {
      entity: latin,
      schema: 'Person',
      values: [{ prop: 'notes', value: 'told by an informant' }],
      marking: { ...marking, category: 'informant' },
      key: randomUUID(),
    })
  })

  it('goes to Guayaquil under H2, without what may not leave', async () => {
    const share = await antwerp.call(prepareShare, { board })
    expect(share).toMatchObject({
      records: 4,
      leftOut: [{ because: 'informant', count: 1 }],
      personalData: true,
      handling: { H: ['H2'], tlp: 'AMBER' },
    })
    sha256 = share.attachment.sha256
    const draft: ItemDraft = {
      title: 'Board on cold storage',
      kind: 'push',
      fields: [{ id: 'what', label: 'What', value: 'Records on a cold store', handling: H2 }],
      attachments: [{ ...share.attachment, handling: H2 }],
      recipients: ['ec.pcu.guayaquil'],
      groups: [],
      urgency: 'routine',
      evaluation: { source: 'B', info: 2 },
      legalBasis: { act: 'Coalition policy', art: 'information exchange' },
      personalData: { yes: true, categories: ['suspects'] },
      derivedFrom: [],
      transfer: { ground: 'safeguards', justification: 'Agreement between both services on port crime' },
      retentionDays: 90,
    }
    item = (await antwerp.call(createItem, { draft, key: randomUUID() })).item
    // Personal data for a third country: a second person looks.
    await lead.call(approveItem, { item, decision: 'release', key: randomUUID() })
    await coalition.eventually(
      async () => (await guayaquil.call(listItems, { side: 'received' })).items.some((each) => each.item === item),
      (isThere) => isThere,
    )
    await coalition.eventually(
      async () => await guayaquil.call(fetchAttachment, { item, sha256 }),
      ({ state }) => state === 'here',
    )
    expect((await lead.call(showInventory, { entity: latin })).passedOn).toMatchObject([{ item, desk: 'ec.pcu.guayaquil' }])
  })

  it('is taken in there, whole, under the word of its originator', async () => {
    const answer = await guayaquil.call(takeShare, { item, sha256, key: randomUUID() })
    expect(answer).toMatchObject({ records: 4, problems: 0 })
    taken = answer.board ?? ''
    const { layout, title } = await guayaquil.call(showBoard, { board: taken })
    expect(title).toBe('Cold storage')
    expect(layout.notes).toEqual([])
    expect(layout.nodes.map(({ entity }) => entity)).toEqual(expect.arrayContaining([latin, cyrillic]))
    const record = await guayaquil.call(showRecord, { entity: cyrillic })
    expect(record.members).toHaveLength(1)
    for (const { marking: held } of record.statements)
      expect(held).toMatchObject({
        origin: { org: 'be.customs', desk: 'be.customs.antwerp' },
        handling: { H: ['H2'], tlp: 'AMBER' },
        category: 'suspect',
      })
    expect((await found(guayaquil, 'Morozov')).length).toBe(2)
    expect(JSON.stringify(await guayaquil.call(showRecord, { entity: latin }))).not.toContain('informant')
    // Again changes nothing, and it cannot be shared further: it is not its own.
    expect(await guayaquil.call(takeShare, { item, sha256, key: randomUUID() })).toMatchObject({
      collection: answer.collection,
      board: taken,
    })
    await expect(guayaquil.call(prepareShare, { board: taken })).rejects.toMatchObject({ body: { code: 'records.not-own' } })
  })

  it('is marked anew with the piece it came in', async () => {
    await lead.call(changeMarking, {
      item,
      handling: { ...H2, H: ['H1', 'H2'] },
    })
    const record = await coalition.eventually(
      async () => await guayaquil.call(showRecord, { entity: cyrillic }),
      ({ statements }) => statements.every(({ marking: held }) => held.handling.H.includes('H1')),
    )
    expect(record.statements.length).toBeGreaterThan(0)
  })

  it('is gone there when it is taken back, from page, search, graph and board, and stays here', async () => {
    await antwerp.call(recallItem, { item, reason: 'incorrect', basis: 'policy of the desk', key: randomUUID() })
    await coalition.eventually(
      async () => await found(guayaquil, 'Morozov'),
      (items) => items.length === 0,
    )
    for (const entity of [latin, cyrillic]) await expect(guayaquil.call(showRecord, { entity })).rejects.toMatchObject({ status: 404 })
    await expect(guayaquil.call(showRecord, { entity: latin, history: 'yes' })).rejects.toMatchObject({ status: 404 })
    expect((await guayaquil.call(showBoard, { board: taken })).layout.nodes).toEqual([])
    expect((await guayaquil.call(expandGraph, { entities: [latin], hops: 1 })).nodes).toEqual([])
    expect((await guayaquil.call(showItem, { item })).row.state).toBe('recalled')
    expect((await found(antwerp, 'Morozov')).length).toBe(1)
  })
})
