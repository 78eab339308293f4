/**
 * Records for the two worlds. In both, Antwerp lets Zeebrugge read a small collection, and Zeebrugge has a record of its own. In one of them Antwerp also holds the same people and companies for itself,
 * states more of the shared ones, draws relations to them, judges, searches, compares, holds and draws boards. Nothing of that may reach anybody else, by whatever route.
 */
import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { entityIdOf, identityText } from '#kernel/record/identity.ts'
import {
  createCollection,
  enterRecord,
  judge,
  listImports,
  placeHold,
  saveBoard,
  saveSearch,
  searchRecords,
  showImport,
  showRecord,
  startCrossref,
  startImport,
  uploadImport,
} from '#modules/records/contract'
import type { Client } from '../../src/app/client.ts'
import type { TestCoalition } from '../../src/testing/coalition.ts'

const NO_RECORD = `r${'0'.repeat(32)}`
const NOBODY = '01a00000-0000-7000-8000-000000000000'
const ZEEBRUGGE = 'be.customs.zeebrugge'
/** Written nowhere but in what Antwerp keeps to itself. */
export const SECRET_NOTE = 'SECRET-NOTE-ON-A-RECORD'
const SECRET_PASSPORT = 'SECRETPASS77'

export interface RecordsWorld {
  /** What Zeebrugge may read in both worlds: two persons, a company that the first directs, their collection. */
  readonly openPerson: string
  readonly openOther: string
  readonly openCompany: string
  readonly openCollection: string
  /** What only Antwerp has; ids of nothing in the world without it. */
  readonly record: string
  readonly collection: string
  readonly import: string
  readonly fragment: string
  readonly search: string
  readonly crossref: string
  readonly judgement: string
  readonly board: string
  readonly hold: string
}

export const NO_RECORDS: Omit<RecordsWorld, 'openPerson' | 'openOther' | 'openCompany' | 'openCollection'> = {
  record: NO_RECORD,
  collection: NOBODY,
  import: NOBODY,
  fragment: NOBODY,
  search: NOBODY,
  crossref: NOBODY,
  judgement: NOBODY,
  board: NOBODY,
  hold: NOBODY,
}

export const recordMarking = (readers: readonly string[] = []) => ({
  evaluation: { source: 'B' as const, info: 2 },
  handling: { H: [], tlp: 'AMBER' as const, pap: 'CLEAR' as const, conditions: [] },
  legalBasis: { act: 'Coalition policy', art: 'records' },
  category: 'suspect' as const,
  reviewDays: 100,
  retentionDays: 300,
  readers: [...readers],
})

/** The same in every world, so that the ids of what is in it are the same too, and their order. */
const OPEN_COLLECTION = '01a00000-0000-7000-8000-0000000000aa'
export const OPEN_RECORDS: ReadonlySet<string> = new Set(
  ['p1', 'p2', 'c1', 'd1'].map((id) => entityIdOf(createHash('sha256').update(identityText(OPEN_COLLECTION, id)).digest('hex'))),
)

const lines = (entities: readonly object[]) => Buffer.from(entities.map((each) => `${JSON.stringify(each)}\n`).join(''))
const person = (id: string, name: string, more: object = {}) => ({
  id,
  schema: 'Person',
  properties: { name: [name], birthDate: ['1975-02-11'], country: ['be'], ...more },
})
const company = (id: string, more: object = {}) => ({
  id,
  schema: 'Company',
  properties: { name: ['Harbour Light Trading NV'], jurisdiction: ['be'], registrationNumber: ['BE0417497106'], ...more },
})

async function bringIn(
  coalition: TestCoalition,
  client: Client,
  file: { readonly title: string; readonly readers: readonly string[]; readonly bytes: Buffer; readonly as?: string },
) {
  const opened = await client.call(createCollection, { title: file.title, marking: recordMarking(file.readers), key: randomUUID() })
  const collection = file.as ?? opened.collection
  await coalition
    .node('be-antwerp')
    .services.database.asWorker(
      'test',
      async (tx) =>
        await sql`update records.collections set collection = ${collection} where collection = ${opened.collection}`.execute(tx),
    )
  const { import: id } = await client.upload(uploadImport, { collection, name: `${file.title}.ftm.json`, format: 'ftm' }, file.bytes)
  await client.call(startImport, { import: id, dryRun: false })
  await coalition.eventually(
    async () => await client.call(showImport, { import: id }),
    ({ state }) => state === 'done',
  )
  return { collection, import: id }
}

const only = async (client: Client, asked: { readonly collection: string; readonly schema: string; readonly caption?: string }) => {
  const { items } = await client.call(searchRecords, { collection: asked.collection, schema: asked.schema })
  return items.find(({ caption }) => asked.caption === undefined || caption === asked.caption)?.entity ?? ''
}

/** What is the same in both worlds. */
export async function openRecords(
  coalition: TestCoalition,
  { antwerp, zeebrugge }: { readonly antwerp: Client; readonly zeebrugge: Client },
) {
  const { collection } = await bringIn(coalition, antwerp, {
    title: 'Known at both quays',
    as: OPEN_COLLECTION,
    readers: [ZEEBRUGGE],
    bytes: lines([
      person('p1', 'Jonas Verbeke'),
      person('p2', 'Jonas Verbeeke', { phone: ['+32470123456'] }),
      company('c1'),
      { id: 'd1', schema: 'Directorship', properties: { director: ['p1'], organization: ['c1'], startDate: ['2020-01-01'] } },
    ]),
  })
  await zeebrugge.call(enterRecord, {
    schema: 'Person',
    values: [{ prop: 'name', value: 'Marta Claes' }],
    marking: recordMarking(),
    key: randomUUID(),
  })
  return {
    openCollection: collection,
    openPerson: await only(antwerp, { collection, schema: 'Person', caption: 'Jonas Verbeke' }),
    openOther: await only(antwerp, { collection, schema: 'Person', caption: 'Jonas Verbeeke' }),
    openCompany: await only(antwerp, { collection, schema: 'Company' }),
  }
}

/** What only one of them has. */
export async function secretRecords(
  coalition: TestCoalition,
  antwerp: Client,
  open: Pick<RecordsWorld, 'openPerson' | 'openOther' | 'openCompany' | 'openCollection'>,
): Promise<typeof NO_RECORDS> {
  const brought = await bringIn(coalition, antwerp, {
    title: 'Secret of Antwerp',
    readers: [],
    bytes: lines([
      person('s1', 'Jonas Verbeke', { passportNumber: [SECRET_PASSPORT], topics: ['crime'] }),
      company('s2', { topics: ['crime'] }),
      { id: 'o1', schema: 'Ownership', properties: { owner: ['s1'], asset: ['s2'] } },
    ]),
  })
  const { collection } = brought
  const record = await only(antwerp, { collection, schema: 'Person' })
  const firm = await only(antwerp, { collection, schema: 'Company' })
  const enter = async (entered: {
    readonly entity?: string
    readonly schema: string
    readonly values: readonly { prop: string; value: string }[]
  }) => await antwerp.call(enterRecord, { ...entered, values: [...entered.values], marking: recordMarking(), key: randomUUID() })
  await enter({
    entity: open.openPerson,
    schema: 'Person',
    values: [
      { prop: 'notes', value: SECRET_NOTE },
      { prop: 'phone', value: '+32470999888' },
    ],
  })
  for (const organization of [open.openCompany, firm])
    await enter({
      schema: 'Directorship',
      values: [
        { prop: 'director', value: open.openOther },
        { prop: 'organization', value: organization },
      ],
    })
  await enter({
    schema: 'UnknownLink',
    values: [
      { prop: 'subject', value: open.openPerson },
      { prop: 'object', value: record },
    ],
  })
  const say = async (left: string, right: string, verdict: 'same' | 'not-same') =>
    (await antwerp.call(judge, { left, right, verdict, reason: 'SECRET reason', key: randomUUID() })).judgement
  const judgement = await say(open.openPerson, record, 'same')
  await say(open.openOther, open.openPerson, 'not-same')
  await say(open.openCompany, firm, 'same')
  const { board } = await antwerp.call(saveBoard, {
    title: 'SECRET board',
    layout: { nodes: [open.openPerson, record].map((entity, at) => ({ entity, x: at, y: 0 })) },
    key: randomUUID(),
  })
  const { search } = await antwerp.call(saveSearch, { title: 'SECRET search', q: 'Verbeke', key: randomUUID() })
  const { hold } = await antwerp.call(placeHold, { entity: record, caseRef: 'SECRET-CASE', reason: 'needed', days: 30, key: randomUUID() })
  const { crossref } = await antwerp.call(startCrossref, { left: collection, right: open.openCollection, key: randomUUID() })
  const { statements } = await antwerp.call(showRecord, { entity: record })
  const fragment = statements.find((each) => each.source.collection === collection)?.statement.split('/')[0] ?? ''
  expectAll(await antwerp.call(listImports, { collection }))
  return { record, collection, import: brought.import, fragment, search, crossref, judgement, board, hold }
}

function expectAll({ items }: { readonly items: readonly unknown[] }): void {
  if (items.length !== 1) throw new Error('The secret collection has its one file.')
}

type Input = Readonly<Record<string, unknown>>
export type RecordTries = Readonly<Record<string, (world: { readonly records: RecordsWorld; readonly item: string }) => readonly Input[]>>

const fresh = () => randomUUID()

/** What a viewer would try on each route of the slice: what is open to it, what is not, and what is nothing. */
export const RECORD_TRIES: RecordTries = {
  'records.createCollection': () => [{ title: 'Mine', marking: recordMarking(), key: fresh() }],
  'records.listCollections': () => [{}, { limit: 1 }],
  'records.uploadImport': ({ records }) =>
    [records.collection, records.openCollection, NOBODY].map((collection) => ({ collection, name: 'guess.json', format: 'ftm' })),
  'records.startImport': ({ records }) => [
    { import: records.import, dryRun: true },
    { import: NOBODY, dryRun: true },
  ],
  'records.cancelImport': ({ records }) => [{ import: records.import }, { import: NOBODY }],
  'records.listImports': ({ records }) => [{}, { collection: records.collection }, { collection: records.openCollection }],
  'records.showImport': ({ records }) => [{ import: records.import }, { import: NOBODY }],
  'records.exportImportReport': ({ records }) => [{ import: records.import }],
  'records.listMappings': () => [{}],
  'records.exportCollection': ({ records }) =>
    [records.collection, records.openCollection].flatMap((collection) =>
      ['ftm', 'statements', 'csv'].map((format) => ({ collection, format })),
    ),
  'records.enterRecord': ({ records }) =>
    [records.record, NO_RECORD].map((entity) => ({
      entity,
      schema: 'Person',
      values: [{ prop: 'notes', value: 'a guess' }],
      marking: recordMarking(),
      key: fresh(),
    })),
  'records.showRecord': ({ records }) => [
    ...[records.record, records.openPerson, records.openOther, records.openCompany, NO_RECORD].map((entity) => ({ entity })),
    { entity: records.openPerson, history: 'yes' },
    { entity: records.openPerson, validAt: '2021' },
  ],
  'records.correctStatement': ({ records }) =>
    [records.fragment, NOBODY].map((fragment) => ({ fragment, ordinal: 0, prop: 'name', value: 'Guess', reason: 'a guess', key: fresh() })),
  'records.withdrawCollection': ({ records }) =>
    [records.collection, records.openCollection, NOBODY].map((collection) => ({ collection, reason: 'a guess', key: fresh() })),
  'records.search': ({ records }) => [
    {},
    ...[
      'Jonas Verbeke',
      'Verbeke',
      'Jonas Verbeeke',
      'Йонас Вербеке',
      SECRET_PASSPORT,
      SECRET_NOTE,
      '+32470999888',
      'BE0417497106',
      'Harbour Light',
      'harb',
    ].map((q) => ({ q })),
    { topic: 'crime' },
    { country: 'be' },
    { schema: 'Company' },
    { schema: 'Ownership' },
    { collection: records.collection },
    { q: 'Verbeke', limit: 1 },
  ],
  'records.match': () => [
    { schema: 'Person', properties: { name: ['Jonas Verbeke'], birthDate: ['1975-02-11'] } },
    { schema: 'Person', properties: { passportNumber: [SECRET_PASSPORT], name: ['J V'] } },
    { schema: 'Company', properties: { name: ['Harbour Light Trading'] } },
  ],
  'records.saveSearch': () => [{ title: 'Mine', q: 'Jonas Verbeke', key: fresh() }],
  'records.listSavedSearches': () => [{}],
  'records.openSavedSearch': ({ records }) => [{ search: records.search }, { search: NOBODY }],
  'records.endSavedSearch': ({ records }) => [{ search: records.search }, { search: NOBODY }],
  'records.startCrossref': ({ records }) =>
    [records.collection, NOBODY].map((left) => ({ left, right: records.openCollection, key: fresh() })),
  'records.listCrossrefs': () => [{}],
  'records.showCrossref': ({ records }) => [{ crossref: records.crossref }, { crossref: records.crossref, entity: records.openPerson }],
  'records.cancelCrossref': ({ records }) => [{ crossref: records.crossref }],
  'records.compare': ({ records }) => [
    { left: records.openPerson, right: records.openOther },
    { left: records.openPerson, right: records.record },
    { left: records.record, right: NO_RECORD },
  ],
  'records.judge': ({ records }) => [
    { left: records.openPerson, right: records.record, verdict: 'same', reason: 'a guess', key: fresh() },
    { left: records.openPerson, right: NO_RECORD, verdict: 'same', reason: 'a guess', key: fresh() },
    // Antwerp says that these are not the same: no business of anybody else.
    { left: records.openPerson, right: records.openOther, verdict: 'same', reason: 'a guess', key: fresh() },
  ],
  'records.revokeJudgement': ({ records }) => [{ judgement: records.judgement, reason: 'a guess' }],
  'records.listJudgements': ({ records }) => [{}, { entity: records.openPerson }, { entity: records.record }],
  'records.listDuplicates': ({ records }) => [records.openPerson, records.openCompany, records.record].map((entity) => ({ entity })),
  'records.showNeighbourCounts': ({ records }) =>
    [records.openPerson, records.openOther, records.openCompany, records.record].map((entity) => ({ entity })),
  'records.expandGraph': ({ records }) => [
    ...[0, 1, 2, 3].map((hops) => ({ entities: [records.openPerson], hops })),
    { entities: [records.openOther, records.record, records.openCompany], hops: 1 },
    { entities: [records.openPerson], hops: 1, layers: 'Ownership' },
  ],
  'records.findPaths': ({ records }) => [
    { left: records.openOther, right: records.openCompany },
    { left: records.openPerson, right: records.openOther },
    { left: records.openPerson, right: records.record },
  ],
  'records.findCommonNeighbours': ({ records }) => [{ left: records.openPerson, right: records.openOther }],
  'records.showTimeline': ({ records }) => [{ entities: [records.openPerson, records.openCompany, records.record] }],
  'records.saveBoard': ({ records }) =>
    [records.board, NOBODY].map((board) => ({
      board,
      revision: 1,
      title: 'Mine',
      layout: { nodes: [{ entity: records.openPerson, x: 0, y: 0 }] },
      key: fresh(),
    })),
  'records.listBoards': () => [{}],
  'records.showBoard': ({ records }) => [{ board: records.board }, { board: NOBODY }],
  'records.exportBoard': ({ records }) => ['gexf', 'graphml', 'csv', 'ftm'].map((format) => ({ board: records.board, format })),
  'records.prepareShare': ({ records }) => [{ board: records.board }, { board: NOBODY }],
  'records.takeShare': ({ item }) => [{ item, sha256: '0'.repeat(64), key: fresh() }],
  'records.listReviews': () => [{}, { before: '2099-01-01' }],
  'records.answerReview': ({ records }) => [{ fragments: [records.fragment], answer: 'erase', reason: 'a guess', key: fresh() }],
  'records.placeHold': ({ records }) =>
    [records.record, NO_RECORD].map((entity) => ({ entity, caseRef: 'GUESS', reason: 'a guess', days: 5, key: fresh() })),
  'records.liftHold': ({ records }) => [{ hold: records.hold, reason: 'a guess' }],
  'records.restrict': ({ records }) =>
    [records.record, records.openPerson].map((entity) => ({ entity, restricted: true, reason: 'a guess', key: fresh() })),
  'records.showInventory': ({ records }) => [records.record, records.openPerson].map((entity) => ({ entity })),
}
