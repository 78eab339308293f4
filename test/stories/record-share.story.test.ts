/**
 * Records that another authority shared follow its word, also where it speaks while they are being taken in: taken back they are gone with all that it called them, marked anew they are marked anew.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
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
  uploadAttachment,
} from '#modules/exchange/contract'
import {
  enterRecord,
  listBoards,
  listCollections,
  type MarkingDraft,
  prepareShare,
  saveBoard,
  searchRecords,
  showBoard,
  showInventory,
  showRecord,
  takeShare,
} from '#modules/records/contract'
import type { Database } from '#platform/store/database.ts'
import type { Client } from '../../src/app/client.ts'
import { expireJob } from '../../src/modules/exchange/server/expire.ts'
import { proveParts } from '../../src/modules/exchange/server/proofs.ts'
import { shareNotesJob } from '../../src/modules/records/server/share-notes.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

const DAY = 86_400_000

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

let coalition: TestCoalition
let antwerp: Client
let guayaquil: Client
let lead: Client
let database: Database
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'be-antwerp'] })
  antwerp = await coalition.client('antwerp', 'crime-prevention')
  guayaquil = await coalition.client('guayaquil', 'crime-prevention')
  lead = await coalition.client('antwerp-lead', 'crime-prevention')
  database = coalition.node('ec-guayaquil').services.database
})
afterAll(async () => await coalition.stop())

const found = async (q: string) => (await guayaquil.call(searchRecords, { q })).items
const stateOf = async (item: string) => (await guayaquil.call(showItem, { item })).row.state
const take = async (share: Shared) => await guayaquil.call(takeShare, { ...share.attachment, key: randomUUID() })
const takeBack = async ({ attachment: { item } }: Shared) =>
  await antwerp.call(recallItem, { item, reason: 'incorrect', basis: 'policy of the desk', key: randomUUID() })

interface Shared {
  readonly entity: string
  readonly attachment: { readonly item: string; readonly sha256: string }
}

/** A board with one person on it, sent to Guayaquil, its bytes there. */
async function share(name: string, title: string): Promise<Shared> {
  const { entity } = await antwerp.call(enterRecord, {
    schema: 'Person',
    values: [{ prop: 'name', value: name }],
    marking,
    key: randomUUID(),
  })
  const layout = { nodes: [{ entity, x: 0, y: 0 }], layers: ['Ownership'], from: '2020-01-01', to: '2030-01-01' }
  const { board } = await antwerp.call(saveBoard, { title, layout, key: randomUUID() })
  const { attachment } = await antwerp.call(prepareShare, { board })
  return { entity, attachment: { item: await send(attachment), sha256: attachment.sha256 } }
}

/** To Guayaquil; resolves when its bytes are there. */
async function send(attachment: Omit<ItemDraft['attachments'][number], 'handling'>): Promise<string> {
  const draft: ItemDraft = {
    title: 'Board',
    kind: 'push',
    fields: [{ id: 'what', label: 'What', value: 'Records', handling: H2 }],
    attachments: [{ ...attachment, handling: H2 }],
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
  const { item } = await antwerp.call(createItem, { draft, key: randomUUID() })
  await lead.call(approveItem, { item, decision: 'release', key: randomUUID() })
  await coalition.eventually(
    async () => (await guayaquil.call(listItems, { side: 'received' })).items.some((each) => each.item === item),
    (isThere) => isThere,
  )
  const { sha256 } = attachment
  await coalition.eventually(
    async () => await guayaquil.call(fetchAttachment, { item, sha256 }),
    ({ state }) => state === 'here',
  )
  return item
}

describe('the word of the originator while its records are being taken in', () => {
  it.each([
    [
      'takes them back: nothing of them stays',
      'Racing Recalled',
      takeBack,
      async (item: string) => (await stateOf(item)) === 'recalled',
      async ({ entity }: Shared) => {
        expect(await found('Racing Recalled')).toEqual([])
        await expect(guayaquil.call(showRecord, { entity, history: 'yes' })).rejects.toMatchObject({ status: 404 })
      },
    ],
    [
      'marks them anew: so they are marked',
      'Racing Marked',
      async ({ attachment: { item } }: Shared) => await lead.call(changeMarking, { item, handling: { ...H2, H: ['H1', 'H2'] } }),
      async (item: string) => (await guayaquil.call(showItem, { item })).fields.every(({ handling }) => handling.H.includes('H1')),
      async ({ entity }: Shared) => {
        const { statements } = await guayaquil.call(showRecord, { entity })
        expect(statements.map((each) => each.marking.handling.H)).toEqual([['H1', 'H2']])
      },
    ],
  ])('%s', async (_what, name, say, hasArrived, holds) => {
    const shared = await share(name, 'Racing board')
    const { item } = shared.attachment
    await whileTaking(shared, async () => {
      await say(shared)
      await coalition.eventually(
        async () => (await hasArrived(item)) || (await waitsFor('advisory')),
        (isThere) => isThere,
      )
    })
    await coalition.eventually(
      async () => await hasArrived(item),
      (isThere) => isThere,
    )
    await holds(shared)
  })
})

it('is taken line by line as a file is, whoever wrote it, and the lines that could not be are named', async () => {
  const head = { format: 'breakwater-records', version: 1, board: { title: 'Written otherwise', layout: { nodes: [] } } }
  const line = (entity: number, prop: string, value: string) => ({
    entity: `r${String(entity).padStart(32, '0')}`,
    schema: 'CryptoWallet',
    values: [{ prop, value }],
    evaluation: { source: 'B', info: 2 },
    handling: H2,
    legalBasis: marking.legalBasis,
    category: 'thing',
    eraseAt: '2099-01-01T00:00:00.000Z',
  })
  const lines = [
    head,
    line(1, 'name', 'Wallet Known'),
    line(2, 'privateKey', '5Kb8kLf9'),
    line(3, 'name', 'zero \0'),
    line(4, 'name', 'Wallet Last'),
  ]
  const bytes = Buffer.from(lines.map((each) => JSON.stringify(each)).join('\n'))
  const { sha256, size } = await antwerp.upload(uploadAttachment, { name: 'records.jsonl' }, bytes)
  const item = await send({ sha256, size, name: 'records.jsonl' })
  const taken = await guayaquil.call(takeShare, { item, sha256, key: randomUUID() })
  expect(taken).toMatchObject({ records: 2, statements: 2, problems: 2 })
  expect(taken.problemRows.map(({ line: number }) => number)).toEqual([3, 4])
  expect((await found('Wallet')).map(({ caption }) => caption).sort()).toEqual(['Wallet Known', 'Wallet Last'])
})

describe('what the originator called its records', () => {
  const names = async () =>
    [...(await guayaquil.call(listBoards, {})).items, ...(await guayaquil.call(listCollections, {})).items].map(({ title }) => title)

  it('goes with them and comes back with them, and stands nowhere once they are taken back', async () => {
    const shared = await share('Named Person', 'Network of Named Person')
    const { item } = shared.attachment
    const { board = '' } = await take(shared)
    const called = async (title: string) => await coalition.eventually(names, (all) => all.filter((each) => each === title).length === 2)
    await called('Network of Named Person')
    await lead.call(changeMarking, { item, handling: { ...H2, conditions: ['no-storage'] } })
    expect(await called(`No longer held: ${item}`)).not.toContain('Network of Named Person')
    expect(await found('Named Person')).toEqual([])
    await lead.call(changeMarking, { item, handling: H2 })
    await called('Network of Named Person')
    expect(await found('Named Person')).toHaveLength(1)
    await takeBack(shared)
    expect(await called(`No longer held: ${item}`)).not.toContain('Network of Named Person')
    const left = { title: `No longer held: ${item}`, nodes: 0, layout: { nodes: [], layers: [] } }
    const shown = await guayaquil.call(showBoard, { board })
    expect(shown).toMatchObject(left)
    expect([shown.layout.from, shown.layout.to]).toEqual([undefined, undefined])
    expect((await guayaquil.call(listBoards, {})).items.find((each) => each.board === board)?.nodes).toBe(0)
  })

  it('is not what the desk itself calls its board', async () => {
    const shared = await share('Renamed Person', 'Network of Renamed Person')
    const { board = '' } = await take(shared)
    const { revision, layout } = await guayaquil.call(showBoard, { board })
    await guayaquil.call(saveBoard, { board, revision, title: 'Work of this week', layout, key: randomUUID() })
    await takeBack(shared)
    const all = await coalition.eventually(names, (each) => each.includes(`No longer held: ${shared.attachment.item}`))
    expect(all).toContain('Work of this week')
    expect(all).not.toContain('Network of Renamed Person')
  })
})

describe('records that the originator sends again under the same id', () => {
  it('are marked as it says now', async () => {
    const shared = await share('Sent Anew', 'Board sent anew')
    await take(shared)
    const { statements: before } = await guayaquil.call(showRecord, { entity: shared.entity })
    const until = new Date(Date.parse(before[0]?.marking.eraseAt ?? '') - DAY).toISOString()
    await sendAgain(shared, { handling: { ...H2, H: ['H1', 'H2'] }, until, names: ['records.jsonl'] })
    const { statements } = await coalition.eventually(
      async () => await guayaquil.call(showRecord, { entity: shared.entity }),
      ({ statements: all }) => all.every(({ marking: { eraseAt } }) => eraseAt === until),
    )
    expect(statements.map((each) => each.marking.handling.H)).toEqual([['H1', 'H2']])
    expect((await guayaquil.call(showItem, { item: shared.attachment.item })).attachments).toMatchObject([{ here: true }])
  })

  it('are gone with the file that the newer version does not have, and are taken again where one has it again', async () => {
    const shared = await share('Sent Without', 'Board sent without')
    const { item, sha256 } = shared.attachment
    const { collection } = await take(shared)
    const until = new Date(coalition.clock.now().getTime() + 80 * DAY).toISOString()
    await sendAgain(shared, { handling: H2, until, names: [] })
    const titleOf = async () => (await guayaquil.call(listCollections, {})).items.find((each) => each.collection === collection)?.title
    await coalition.eventually(titleOf, (title) => title === `No longer held: ${item}`)
    expect(await found('Sent Without')).toEqual([])
    await expect(guayaquil.call(showRecord, { entity: shared.entity, history: 'yes' })).rejects.toMatchObject({ status: 404 })
    await sendAgain(shared, { handling: H2, until, names: ['records.jsonl'] })
    await coalition.eventually(
      async () => await guayaquil.call(showItem, { item }),
      ({ attachments }) => attachments.length === 1,
    )
    expect(await found('Sent Without')).toEqual([])
    await coalition.eventually(
      async () => await guayaquil.call(fetchAttachment, { item, sha256 }),
      ({ state }) => state === 'here',
    )
    expect(await take(shared)).toMatchObject({ collection, records: 1 })
    expect([await titleOf(), (await found('Sent Without')).length]).toEqual(['Board sent without', 1])
    expect(await take(shared)).toMatchObject({ collection, records: 1 })
    expect((await guayaquil.call(showRecord, { entity: shared.entity })).statements).toHaveLength(1)
  })

  it('are gone when they may be held for another purpose only', async () => {
    const shared = await share('Sent Otherwise', 'Board sent otherwise')
    const { item } = shared.attachment
    const { collection } = await take(shared)
    const until = new Date(coalition.clock.now().getTime() + 80 * DAY).toISOString()
    await sendAgain(shared, { purpose: 'customs-control', handling: H2, until, names: ['records.jsonl'] })
    await coalition.eventually(
      async () => (await guayaquil.call(listCollections, {})).items.find((each) => each.collection === collection)?.title,
      (title) => title === `No longer held: ${item}`,
    )
    const left = await database.asWorker(
      'test',
      async (tx) => await sql`select from records.fragments where entity = ${shared.entity} and vals is not null`.execute(tx),
    )
    expect(left.rows).toEqual([])
  })
})

interface Again {
  readonly purpose?: string
  readonly handling: MarkingDraft['handling']
  readonly until: string
  /** Of the attachments that this version has. */
  readonly names: readonly string[]
}

/** As a node does that corrects what it released; this one never does. */
async function sendAgain({ attachment: { item } }: Shared, { purpose = 'crime-prevention', handling, until, names }: Again): Promise<void> {
  const { services } = coalition.node('be-antwerp')
  const { fields, attachments, evaluation, legalBasis } = await antwerp.call(showItem, { item })
  const parts = {
    title: 'Board, corrected',
    fields: fields.map((each) => ({ ...each, handling })),
    attachments: attachments.filter(({ name }) => names.includes(name)).map(({ sha256, name, size }) => ({ sha256, name, size, handling })),
  }
  const origin = { org: 'be.customs', unit: 'be.customs.antwerp' }
  const terms = { item, origin, purpose, eraseAt: until, evaluation, legalBasis }
  const data = {
    item,
    origin,
    kind: 'push',
    ...parts,
    parts: await proveParts(services.statements, terms, parts),
    evaluation,
    legalBasis,
    grants: [],
  }
  await services.database.asWorker('test', async (tx) => {
    await services.submit(tx, {
      from: origin,
      to: [{ org: 'ec.pcu', unit: 'ec.pcu.guayaquil' }],
      kind: 'update',
      urgency: 'routine',
      context: item,
      expiresAt: until,
      purpose,
      legalBasis,
      handling,
      evaluation,
      personalData: { yes: true, categories: ['suspects'] },
      retention: { reviewAt: until, deleteBy: until },
      body: { type: 'exchange.item', data },
    })
  })
}

/** Holds the taking in where it has read the attachment and is about to write. */
async function whileTaking(shared: Shared, meanwhile: () => Promise<void>): Promise<void> {
  let taken: Promise<unknown> = Promise.resolve()
  await database.asWorker('test', async (tx) => {
    await sql`lock table records.collections in share mode`.execute(tx)
    taken = take(shared)
    await coalition.eventually(
      async () => await waitsFor('relation'),
      (isWaiting) => isWaiting,
    )
    await meanwhile()
  })
  expect(await taken).toMatchObject({ records: 1 })
}

async function waitsFor(kind: 'advisory' | 'relation'): Promise<boolean> {
  return await database.asWorker('test', async (tx) => {
    const { rows } = await sql`select 1 from pg_locks where locktype = ${kind} and not granted
      and pid in (select pid from pg_stat_activity where datname = current_database()) limit 1`.execute(tx)
    return rows.length > 0
  })
}

describe('a board of another desk', () => {
  it('is not passed on by a desk that may read it: its title and its places are words of its desk', async () => {
    const zeebrugge = await coalition.client('zeebrugge', 'crime-prevention')
    const { entity } = await antwerp.call(enterRecord, {
      schema: 'Person',
      values: [{ prop: 'name', value: 'Read Elsewhere' }],
      marking: { ...marking, readers: ['be.customs.zeebrugge'] },
      key: randomUUID(),
    })
    const { board } = await antwerp.call(saveBoard, {
      title: 'Words of Antwerp',
      layout: { nodes: [{ entity, x: 0, y: 0 }] },
      readers: ['be.customs.zeebrugge'],
      key: randomUUID(),
    })
    await zeebrugge.call(enterRecord, { entity, schema: 'Person', values: [{ prop: 'notes', value: 'own' }], marking, key: randomUUID() })
    expect((await zeebrugge.call(showBoard, { board })).title).toBe('Words of Antwerp')
    await expect(zeebrugge.call(prepareShare, { board })).rejects.toMatchObject({ body: { code: 'records.not-own' } })
    expect((await antwerp.call(prepareShare, { board })).leftOut).toEqual([])
  })

  it('nor is one that came from another authority, also with a note of the own desk', async () => {
    const shared = await share('Taken Elsewhere', 'Words of another authority')
    const { board } = await take(shared)
    await guayaquil.call(enterRecord, {
      entity: shared.entity,
      schema: 'Person',
      values: [{ prop: 'notes', value: 'known here as well' }],
      marking,
      key: randomUUID(),
    })
    await expect(guayaquil.call(prepareShare, { board: board ?? '' })).rejects.toMatchObject({ body: { code: 'records.not-own' } })
  })
})

describe('a share that is prepared', () => {
  const notes = async (sha256: string) =>
    await coalition.node('be-antwerp').services.database.asWorker('test', async (tx) => {
      const { rows } = await sql`select from records.passed_on where sha256 = ${sha256}`.execute(tx)
      return rows.length
    })
  const hourly = async (): Promise<void> => {
    const { services } = coalition.node('be-antwerp')
    await expireJob.run({}, services)
    await shareNotesJob.run({}, services)
  }

  it('and never sent is forgotten after a week: its bytes cannot be attached, and no note says that it was shared', async () => {
    const { entity } = await antwerp.call(enterRecord, {
      schema: 'Person',
      values: [{ prop: 'name', value: 'Never Sent' }],
      marking,
      key: randomUUID(),
    })
    const { board } = await antwerp.call(saveBoard, { title: 'Never sent', layout: { nodes: [{ entity, x: 0, y: 0 }] }, key: randomUUID() })
    const { attachment } = await antwerp.call(prepareShare, { board })
    const sent = await share('Sent In Time', 'Sent in time')
    await hourly()
    expect([await notes(attachment.sha256), await notes(sent.attachment.sha256)]).toEqual([1, 1])
    coalition.clock.advance(7 * 24 + 1)
    await hourly()
    expect([await notes(attachment.sha256), await notes(sent.attachment.sha256)]).toEqual([0, 1])
    antwerp = await coalition.client('antwerp', 'crime-prevention')
    lead = await coalition.client('antwerp-lead', 'crime-prevention')
    guayaquil = await coalition.client('guayaquil', 'crime-prevention')
    await expect(send(attachment)).rejects.toMatchObject({ body: { problems: [{ code: 'not-held' }] } })
    expect((await lead.call(showInventory, { entity: sent.entity })).passedOn).toMatchObject([{ item: sent.attachment.item }])
    // Prepared again it is there again, with its note.
    expect((await antwerp.call(prepareShare, { board })).attachment).toEqual(attachment)
    expect(await notes(attachment.sha256)).toBe(1)
  })
})
