/**
 * What leaves a node with a release, and what does not: looked for in everything that the other node stores, not only in what it shows. Guayaquil
 * releases, Antwerp passes on, Algeciras is third; Zeebrugge is another desk of Antwerp's authority.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AlertDraftInput,
  exportAlerts,
  issueAlert,
  listAlerts,
  listConsignments,
  previewAlert,
  recallAlert,
  requestPortAction,
  showAlert,
  updateAlert,
  uploadDocument,
} from '#modules/cargo/contract'
import {
  changeMarking,
  createItem,
  exportItem,
  fetchAttachment,
  type ItemDraft,
  type ItemView,
  listDirectory,
  listItems,
  listMessages,
  passOn,
  previewItem,
  readAttachment,
  recallItem,
  showItem,
  showMessage,
  subscribe,
  uploadAttachment,
} from '#modules/exchange/contract'
import { ask as askMatch } from '#modules/matching/contract'
import { listWork } from '#modules/procedures/contract'
import { sealBatch } from '#platform/audit/sealer.ts'
import type { RouteSpec } from '#platform/http/route.ts'
import type { Client } from '../../src/app/client.ts'
import { move } from '../../src/app/demo/story.ts'
import { storyDocuments } from '../../src/app/demo/story-documents.ts'
import { tell } from '../../src/modules/exchange/server/control-message.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { actKey, box, draftOf, HOUR, issueAndWait } from '../stories/draft.ts'
import { storedAt } from './stored.fixture.ts'

const OPEN = { H: [], tlp: 'GREEN', pap: 'CLEAR', conditions: [] } satisfies ItemDraft['fields'][number]['handling']
const RED = { ...OPEN, tlp: 'RED' } satisfies ItemDraft['fields'][number]['handling']

let coalition: TestCoalition
let guayaquil: Client
let antwerp: Client
let zeebrugge: Client
let algeciras: Client

async function signIn(): Promise<void> {
  guayaquil = await coalition.client('guayaquil', 'crime-prevention')
  antwerp = await coalition.client('antwerp', 'crime-prevention')
  zeebrugge = await coalition.client('zeebrugge', 'crime-prevention')
  algeciras = await coalition.client('algeciras', 'crime-prevention')
}

beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'es-algeciras', 'be-antwerp'] })
  await signIn()
})
afterAll(async () => await coalition.stop())

function draft(part: Partial<ItemDraft> = {}): ItemDraft {
  return {
    title: 'Box at the quay',
    kind: 'push',
    fields: [{ id: 'free', label: 'Colour', value: 'the box is blue', handling: OPEN }],
    attachments: [],
    recipients: ['be.customs.antwerp'],
    groups: [],
    urgency: 'urgent',
    evaluation: { source: 'B', info: 2 },
    legalBasis: { act: 'Coalition policy', art: 'information exchange' },
    personalData: { yes: false, categories: [] },
    derivedFrom: [],
    retentionDays: 365,
    ...part,
  }
}

const create = async (client: Client, part: Partial<ItemDraft> = {}) =>
  (await client.call(createItem, { draft: draft(part), key: randomUUID() })).item

async function see(client: Client, item: string, holds: (seen: ItemView) => boolean = () => true): Promise<ItemView> {
  await coalition.eventually(
    async () => (await client.call(listItems, { limit: 200 })).items.map((row) => row.item),
    (items) => items.includes(item),
  )
  return await coalition.eventually(async () => await client.call(showItem, { item }), holds)
}

/** Lets everything that is on its way arrive: a later message, in no more hurry than any, has come after it. */
async function arrived(from: Client, to: Client, desk: string): Promise<void> {
  await see(to, await create(from, { title: 'Whatever came before has come', recipients: [desk], urgency: 'routine' }))
}

const code = async (act: Promise<unknown>): Promise<string> =>
  await act.then(
    () => 'done',
    (error: unknown) => String((error as { code?: unknown }).code),
  )

describe('a piece of which a part is withheld', () => {
  const secret = {
    label: 'What the crane driver told',
    value: 'row 17 at night',
    title: 'Heard at the quay',
    file: 'driver-voice.raw',
    case: 'CASE-OF-GUAYAQUIL',
    category: 'witness-category',
    field: 'eyes-only',
  }
  let item = ''
  let sha256 = ''
  let free = ''

  beforeAll(async () => {
    const stored = await guayaquil.upload(uploadAttachment, { name: secret.file }, Buffer.from('a voice'))
    sha256 = stored.sha256
    const open = await guayaquil.upload(uploadAttachment, { name: 'open.raw' }, Buffer.from('a picture'))
    free = open.sha256
    item = await create(guayaquil, {
      title: secret.title,
      case: secret.case,
      fields: [...draft().fields, { id: secret.field, label: secret.label, value: secret.value, handling: RED }],
      attachments: [
        { ...open, name: 'open.raw', handling: OPEN },
        { ...stored, name: secret.file, handling: RED },
      ],
      personalData: { yes: false, categories: [secret.category] },
    })
    await see(antwerp, item)
    await antwerp.call(passOn, { item, desk: 'es.customs.algeciras', key: randomUUID() })
    await see(algeciras, item)
  })

  it('(L4) carries no label, title, case, category or file name that speaks of it to where it does not go', async () => {
    const stored = await storedAt(coalition, 'es-algeciras')
    expect(stored).toContain('the box is blue')
    for (const [what, text] of Object.entries({ ...secret, sha256 })) expect(stored.includes(text), what).toBe(false)
    expect(await storedAt(coalition, 'be-antwerp')).toContain(secret.title)
  })

  it('(L6) leaves no count and no reference of it there, and is not spoken of when it is marked anew or taken back', async () => {
    const seen = await algeciras.call(showItem, { item })
    expect(seen).toMatchObject({ attachments: [{ sha256: free }], thread: [], derivedFrom: [], holders: [], statements: [] })
    expect(seen.fields).toHaveLength(1)
    const strict = { ...OPEN, H: ['H2'] } satisfies typeof OPEN | ItemDraft['fields'][number]['handling']
    await guayaquil.call(changeMarking, { item, handling: strict, fields: { [secret.field]: RED, [sha256]: RED, [free]: OPEN } })
    await see(algeciras, item, ({ fields }) => fields[0]?.handling.H.includes('H2') === true)
    await arrived(antwerp, algeciras, 'es.customs.algeciras')
    const kept = await storedAt(coalition, 'es-algeciras')
    expect(kept).toContain(free)
    for (const name of [secret.field, sha256]) expect(kept).not.toContain(name)
    await guayaquil.call(recallItem, { item, field: secret.field, reason: 'incorrect', basis: 'Art 7(3)', key: randomUUID() })
    await see(antwerp, item, ({ fields }) => fields.length === 1)
    await arrived(antwerp, algeciras, 'es.customs.algeciras')
    await arrived(guayaquil, algeciras, 'es.customs.algeciras')
    expect(await storedAt(coalition, 'es-algeciras')).not.toContain(secret.field)
    expect((await algeciras.call(showItem, { item })).statements).toMatchObject([{ says: 'marking' }])
  })

  it('(L13) is the same by push, page, list, search, export and pull', async () => {
    const { database, box } = coalition.node('es-algeciras').services
    const pushed = await database.asWorker('test', async (tx) => {
      const { rows } = await sql<{ content: string; key: string }>`
        select i.content, k.key from exchange.items i join exchange.content_keys k using (org, desk, item) where item = ${item}`.execute(tx)
      return JSON.parse(box.open(rows[0] as { content: string; key: string })) as ItemView & { title: string }
    })
    const page = await algeciras.call(showItem, { item })
    const file = JSON.parse((await algeciras.raw(exportItem, { item })).text) as ItemView & { title: string }
    const [row] = (await algeciras.call(listItems, { side: 'received', limit: 200 })).items.filter((each) => each.item === item)
    expect(page.fields).toEqual(pushed.fields)
    expect(file.fields).toEqual(pushed.fields)
    expect([page.row.title, file.title, row?.title]).toEqual([pushed.title, pushed.title, pushed.title])
    const digests = [pushed, file, page].map((each) => each.attachments.map((attachment) => attachment.sha256))
    expect(digests).toEqual([[free], [free], [free]])
    // What was passed on is fetched from the originator; what was not is not there to be fetched.
    expect(await code(algeciras.call(fetchAttachment, { item, sha256: free }))).toBe('done')
    await see(algeciras, item, ({ attachments }) => attachments[0]?.here === true)
    expect(await code(algeciras.call(fetchAttachment, { item, sha256 }))).toBe('not-found')
  })

  it('(L16) gives its bytes to nobody who names their digest: not by a piece of his own, not by that of another, not by asking the originator', async () => {
    const attachment = { sha256, size: 7, name: 'mine.raw', handling: OPEN }
    const stranger = { ...attachment, sha256: 'a'.repeat(64) }
    for (const client of [zeebrugge, algeciras, antwerp]) {
      const [existing, nothing] = [attachment, stranger].map(
        async (each) =>
          await client.raw(previewItem, draft({ recipients: ['be.customs.national'], attachments: [{ ...each, name: 'mine.raw' }] })),
      )
      expect((await existing)?.text).toContain('not-held')
      expect((await existing)?.text).toBe((await nothing)?.text)
    }
    for (const client of [zeebrugge, algeciras])
      for (const spec of [fetchAttachment, readAttachment] as const)
        expect(await code(client.call(spec as typeof fetchAttachment, { item, sha256 }))).toBe('not-found')
    // The same digest, asked of the originator by a node that says what it likes.
    const { services } = coalition.node('es-algeciras')
    const before = await partsAt('es-algeciras')
    await services.database.asWorker('test', async (tx) => {
      const key = { org: 'es.customs', desk: 'es.customs.algeciras', item }
      await tell(
        { tx, services },
        {
          key,
          to: { org: 'ec.pcu', unit: 'ec.pcu.guayaquil' },
          kind: 'request',
          type: 'exchange.attachment-wanted',
          data: { item, sha256, start: 0 },
        },
      )
    })
    await arrived(algeciras, guayaquil, 'ec.pcu.guayaquil')
    await arrived(guayaquil, algeciras, 'es.customs.algeciras')
    expect(await partsAt('es-algeciras')).toBe(before)
    expect(await code(antwerp.call(fetchAttachment, { item, sha256 }))).toBe('done')
    await see(antwerp, item, ({ attachments }) => attachments.some((each) => each.sha256 === sha256 && each.here))
  })
})

async function partsAt(node: string): Promise<number> {
  return await coalition.node(node).services.database.asWorker('test', async (tx) => {
    const { rows } = await sql`select from link.messages where type = 'exchange.attachment-part' and direction = 'in'`.execute(tx)
    return rows.length
  })
}

describe('what a piece is made from', () => {
  it('(L5) stays where it is: sources and threads are not followed, each is released by itself or not at all', async () => {
    const stored = await guayaquil.upload(uploadAttachment, { name: 'source.raw' }, Buffer.from('the source'))
    const source = await create(guayaquil, {
      title: 'The source itself',
      case: 'CASE-L5',
      attachments: [{ ...stored, name: 'source.raw', handling: OPEN }],
    })
    await see(antwerp, source)
    const derived = await create(antwerp, {
      title: 'What follows from it',
      recipients: ['es.customs.algeciras'],
      derivedFrom: [source],
      fields: [{ id: 'own', label: 'Own', value: 'so it is', handling: OPEN }],
    })
    const seen = await see(algeciras, derived)
    expect(seen).toMatchObject({ derivedFrom: [], thread: [], attachments: [] })
    const kept = await storedAt(coalition, 'es-algeciras')
    for (const text of [source, 'The source itself', 'CASE-L5', stored.sha256, 'source.raw']) expect(kept).not.toContain(text)
    expect((await antwerp.call(showItem, { item: derived })).derivedFrom).toEqual([source])
  })

  it('(L6) an answer names what it answers to the desk that asked, and to nobody else', async () => {
    const question = await create(guayaquil, { kind: 'request', title: 'Where is the box?' })
    await see(antwerp, question)
    const answer = await create(antwerp, {
      kind: 'response',
      answers: question,
      title: 'It is here',
      recipients: ['ec.pcu.guayaquil', 'es.customs.algeciras'],
    })
    expect(await see(guayaquil, answer)).toMatchObject({ answers: question, thread: [{ item: question }] })
    expect((await see(algeciras, answer)).answers).toBeUndefined()
    expect(await storedAt(coalition, 'es-algeciras')).not.toContain(question)
  })
})

it('(L14) reaches a holder that the originator hears of only after it spoke', async () => {
  const item = await create(guayaquil)
  await see(antwerp, item)
  // Both at once: whichever is first, Algeciras is told by one of them.
  await Promise.all([
    antwerp.call(passOn, { item, desk: 'es.customs.algeciras', key: randomUUID() }),
    guayaquil.call(changeMarking, { item, handling: { ...OPEN, H: ['H1'] } }),
  ])
  await see(algeciras, item, ({ handling }) => handling.H.includes('H1'))
  // Passed on by a holder that has not heard of the recall yet, as far as the originator knows.
  const recalled = await create(guayaquil)
  await see(antwerp, recalled)
  await Promise.all([
    code(antwerp.call(passOn, { item: recalled, desk: 'es.customs.algeciras', key: randomUUID() })),
    guayaquil.call(recallItem, { item: recalled, reason: 'safety', basis: 'policy of the unit', key: randomUUID() }),
  ])
  await see(antwerp, recalled, ({ row }) => row.state === 'recalled')
  await arrived(antwerp, algeciras, 'es.customs.algeciras')
  await arrived(guayaquil, algeciras, 'es.customs.algeciras')
  const held = (await algeciras.call(listItems, { limit: 200 })).items.find((row) => row.item === recalled)
  expect(held?.state ?? 'recalled').toBe('recalled')
})

it('(L6) counts for each peer what was for that peer: what went to others leaves no gap', async () => {
  for (const desk of ['be.customs.antwerp', 'es.customs.algeciras', 'be.customs.antwerp', 'be.customs.zeebrugge', 'es.customs.algeciras'])
    await create(guayaquil, { recipients: [desk] })
  await arrived(guayaquil, algeciras, 'es.customs.algeciras')
  const { database } = coalition.node('es-algeciras').services
  const { rows } = await database.asWorker(
    'test',
    async (tx) =>
      await sql<{ from_org: string; last: string; came: string; gaps: string }>`
        select p.to_org as from_org, p.last_seq_in as last, count(i.id) as came, p.gaps from link.peers p join link.inbox i on i.from_org = p.to_org
        group by 1, 2, 4 order by 1`.execute(tx),
  )
  expect(rows.map((row) => row.from_org)).toEqual(['be.customs', 'ec.pcu'])
  for (const row of rows) expect([row.from_org, Number(row.last), Number(row.gaps)]).toEqual([row.from_org, Number(row.came), 0])
})

it('a condition that the recipient’s node cannot keep is answered before anybody sees the information', async () => {
  const item = await create(guayaquil, {
    title: 'Look and forget',
    fields: [{ id: 'free', label: 'Colour', value: 'only to be looked at', handling: { ...OPEN, conditions: ['no-storage'] } }],
  })
  const [message] = await coalition.eventually(
    async () => (await guayaquil.call(listMessages, { context: item, direction: 'out' })).items,
    (items) => items.some(({ state }) => state === 'sent'),
  )
  const { evidence } = await coalition.eventually(
    async () => await guayaquil.call(showMessage, { message: message?.id ?? '' }),
    (seen) => seen.evidence.some(({ kind }) => kind === 'handling-accepted'),
  )
  expect(evidence.find(({ kind }) => kind === 'handling-accepted')).toMatchObject({ positive: false, code: 'unhonoured' })
  expect((await antwerp.call(listItems, { limit: 200 })).items.map((row) => row.item)).not.toContain(item)
  expect(await storedAt(coalition, 'be-antwerp')).not.toMatch(/Look and forget|only to be looked at/)
})

const eta = (hours: number) => new Date(coalition.clock.now().getTime() + hours * HOUR).toISOString()

describe('an alert', () => {
  it('(L2) is compared by each desk with what it holds itself: no hit, count or outcome of one desk reaches another', async () => {
    for (const { holder, name, bytes } of storyDocuments(coalition.clock.now()).files)
      if (holder === 'antwerp' && name.endsWith('.csv')) await antwerp.upload(uploadDocument, { name }, bytes)
    const [declared] = await coalition.eventually(
      async () => (await antwerp.call(listConsignments, {})).items,
      (items) => items.length > 0,
    )
    const legs: AlertDraftInput['legs'] = [
      { role: 'loading', place: 'ECGYE' },
      { role: 'transhipment', place: 'BEZEE', eta: eta(216) },
      { role: 'discharge', place: 'BEANR', eta: eta(240) },
    ]
    const alert = await issueAndWait(coalition, draftOf(coalition, { bill: declared?.bill ?? '', legs }), {
      from: guayaquil,
      seenBy: [antwerp, zeebrugge],
    })
    const look = async (client: Client) => await client.call(showAlert, { alert })
    const { localMatch } = await coalition.eventually(
      async () => await look(antwerp),
      (seen) => (seen.localMatch?.hits.length ?? 0) > 0,
    )
    expect(localMatch?.compared).toBeGreaterThan(0)
    await move(antwerp, alert, { transition: 'ack' })
    await move(antwerp, alert, { transition: 'decline', declineCode: 'capacity' })
    await move(antwerp, alert, { transition: 'recordOutcome', outcome: 'notControlled', notControlledReason: 'capacity' })
    expect((await look(antwerp)).outcomes).toHaveLength(1)
    expect(await look(zeebrugge)).toMatchObject({
      localMatch: { compared: 0, hits: [] },
      outcomes: [],
      parties: [{ desk: 'be.customs.zeebrugge' }],
    })
  })

  it('is lost to a desk that the itinerary no longer names, and stays with another desk of its authority', async () => {
    const [loading, discharge] = [
      { role: 'loading', place: 'ECGYE' },
      { role: 'discharge', place: 'BEANR', eta: eta(240) },
    ] as const
    const alert = await issueAndWait(
      coalition,
      draftOf(coalition, { legs: [loading, { role: 'transhipment', place: 'BEZEE', eta: eta(216) }, discharge] }),
      { from: guayaquil, seenBy: [antwerp, zeebrugge] },
    )
    await guayaquil.call(updateAlert, {
      alert,
      legs: [loading, { role: 'transhipment', place: 'ITGOA', eta: eta(216) }, discharge],
      reason: 'The ship calls elsewhere',
      key: actKey(),
    })
    const lost = await coalition.eventually(
      async () => await zeebrugge.call(showAlert, { alert }),
      ({ notice }) => notice !== undefined,
    )
    const { content } = await coalition.eventually(
      async () => await antwerp.call(showAlert, { alert }),
      (seen) => (seen.content.legs ?? []).some(({ place }) => place === 'ITGOA'),
    )
    expect(content.subject?.number).toBe('MSCU6639870')
    // It learns that the routing changed, as a desk that is alone in its authority does, and not that another desk still has it.
    const alone = await issueAndWait(coalition, draftOf(coalition), { from: guayaquil, seenBy: [algeciras] })
    await guayaquil.call(updateAlert, { alert: alone, legs: [loading, discharge], reason: 'No call at Algeciras', key: actKey() })
    const other = await coalition.eventually(
      async () => await algeciras.call(showAlert, { alert: alone }),
      ({ notice }) => notice !== undefined,
    )
    const bare = ({ alert: _alert, issuedAt: _at, parties, ...rest }: typeof lost) => ({
      ...rest,
      parties: parties.map(({ state }) => state),
    })
    expect(bare(lost)).toEqual(bare(other))
    expect(lost).toMatchObject({
      notice: 'routing-changed',
      content: {},
      places: [],
      signals: [],
      parties: [{ desk: 'be.customs.zeebrugge', state: 'superseded' }],
    })
    const listed = async (client: Client, of: string) =>
      (await client.call(listAlerts, { limit: 200 })).items.find((row) => row.alert === of)
    const { alert: _one, issuedAt: _then, ...rowLost } = (await listed(zeebrugge, alert)) ?? {}
    const { alert: _two, issuedAt: _later, ...rowOther } = (await listed(algeciras, alone)) ?? {}
    expect(rowLost).toEqual(rowOther)
    expect((await zeebrugge.call(listAlerts, { text: 'MSCU' })).items.map((row) => row.alert)).not.toContain(alert)
    const work = (await zeebrugge.call(listWork, { show: 'done' })).items.find((each) => each.subject === alert)
    expect(work).toMatchObject({ label: '', state: 'superseded' })
  })

  it('(L7) that changes sends each desk its own new view: nothing of what was before, and to screens a topic alone', async () => {
    const stop = new AbortController()
    const heard: string[] = []
    const stream = await antwerp.events(stop.signal)
    void (async () => {
      for await (const part of stream) heard.push(Buffer.from(part).toString())
    })().catch(() => undefined)
    const alert = await issueAndWait(coalition, draftOf(coalition), { from: guayaquil, seenBy: [antwerp, algeciras] })
    await guayaquil.call(updateAlert, {
      alert,
      legs: [
        { role: 'loading', place: 'ECGYE' },
        { role: 'transhipment', place: 'ITGOA', eta: eta(200) },
        { role: 'discharge', place: 'BEANR', eta: eta(360) },
      ],
      reason: 'The ship calls elsewhere',
      key: actKey(),
    })
    const places = async (client: Client) => ((await client.call(showAlert, { alert })).content.legs ?? []).map((leg) => leg.place)
    await coalition.eventually(
      async () => await places(antwerp),
      (seen) => seen.includes('ITGOA'),
    )
    await coalition.eventually(
      async () => await places(algeciras),
      (seen) => seen.length === 0,
    )
    const of = async (node: string) =>
      (await storedAt(coalition, node))
        .split('\n')
        .filter((row) => row.includes(alert))
        .join('\n')
    expect(await of('be-antwerp')).not.toContain('ESALG')
    // What other slices made of it goes by the job that follows.
    await coalition.eventually(
      async () => await of('es-algeciras'),
      (rows) => !/ITGOA|MSCU6639870|TESTBL0001/.test(rows),
    )
    await coalition.eventually(
      async () => heard.join(''),
      (text) => text.includes('alerts'),
    )
    stop.abort()
    // The desk's own files may be read, and be taken for arrivals, meanwhile.
    const frames = heard
      .join('')
      .split('\n\n')
      .filter((frame) => frame !== '')
    expect(frames.length).toBeGreaterThan(1)
    for (const frame of frames)
      expect(frame).toMatch(
        /^event: (?:ready\ndata: ?|beat\ndata: ?|topic\ndata: (?:alerts|evidence|items|permissions|signals|matches|notices|documents|arrivals|case:PR-\d\d))$/,
      )
  })

  it('(L13) is the same by push, page, list, search and export', async () => {
    const container = 'CSQU3054383'
    const alert = await issueAndWait(coalition, draftOf(coalition, { subject: box(container), bill: 'SAMEBL0001' }), {
      from: guayaquil,
      seenBy: [antwerp],
    })
    const page = await antwerp.call(showAlert, { alert })
    const pushed = await coalition.node('be-antwerp').services.database.asWorker('test', async (tx) => {
      const { rows } = await sql<{ content: unknown }>`select content from cargo.alerts where alert = ${alert}`.execute(tx)
      return rows[0]?.content
    })
    expect(page.content).toEqual(pushed)
    // What the originator keeps to itself is on no channel.
    expect(Object.keys(page.content)).not.toContain('source')
    for (const input of [{}, { text: container }, { text: 'SAMEBL0001' }]) {
      const row = (await antwerp.call(listAlerts, { ...input, limit: 200 })).items.find((each) => each.alert === alert)
      expect(row).toMatchObject({ subject: box(container), reasons: page.content.reasons })
      const line = (await antwerp.raw(exportAlerts, input)).text.split('\r\n').find((each) => each.startsWith(alert))
      expect(line?.split(',').slice(1, 7)).toEqual([
        'container',
        container,
        'received',
        'issued',
        page.content.reasons?.join(' '),
        'ec.pcu.guayaquil',
      ])
    }
    for (const input of [{}, { text: container }]) {
      expect((await zeebrugge.call(listAlerts, { ...input, limit: 200 })).items.map((each) => each.alert)).not.toContain(alert)
      expect((await zeebrugge.raw(exportAlerts, input)).text).not.toContain(alert)
    }
  })
})

describe('making something', () => {
  const without = (value: object, name: string) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== name))

  it('(L8) needs its handling and its recipients in the same call: none of them has a default', async () => {
    const [field] = draft().fields
    const bare = { ...draft(), fields: [without(field as object, 'handling')] }
    const half = { ...draft(), fields: [{ ...(field as object), handling: without(OPEN, 'tlp') }] }
    const alert = without(draftOf(coalition), 'handling')
    const tries: readonly (readonly [RouteSpec, Record<string, unknown>])[] = [
      [previewItem, bare],
      [createItem, { draft: bare, key: randomUUID() }],
      [createItem, { draft: half, key: randomUUID() }],
      [previewAlert, alert],
      [issueAlert, { draft: alert, key: actKey() }],
    ]
    for (const [spec, input] of tries) {
      const { status, text } = await guayaquil.raw(spec, input)
      expect([spec.id, status]).toEqual([spec.id, 400])
      expect(text).toMatch(/handling/)
    }
    for (const recipients of [[], ['all'], ['***'], ['be.customs']])
      expect(await code(create(guayaquil, { recipients }))).toBe('exchange.item-invalid')
  })

  it('(L8) no column of audience or handling in the store may be empty, and where it has a default that is nobody', async () => {
    const { rows } = await coalition.node('be-antwerp').services.database.asWorker(
      'test',
      async (tx) =>
        await sql<{
          place: string
          is_nullable: string
          column_default: string | null
        }>`select table_schema || '.' || table_name || '.' || column_name as place, is_nullable, column_default
          from information_schema.columns where table_schema in ('cargo', 'exchange', 'link', 'matching', 'procedures', 'audit')
            and column_name in ('audience', 'handling', 'tlp') order by 1`.execute(tx),
    )
    expect(rows.length).toBeGreaterThan(25)
    expect(rows.filter((row) => row.is_nullable === 'YES' || ![null, "'{}'::text[]"].includes(row.column_default))).toEqual([])
  })
})

describe('a group', () => {
  const GROUP = 'watch-of-the-river'
  const withUnits = async (units: readonly string[]) => await coalition.direct(() => ({ groups: [{ id: GROUP, name: 'Watch', units }] }))
  let item = ''

  beforeAll(async () => {
    await withUnits(['be.customs.antwerp'])
    item = await create(guayaquil, { recipients: [], groups: [GROUP], title: 'For the watch' })
    await see(antwerp, item)
  })

  it('(L1) does not travel: named desks of the directory do, under the seal, and whatever a node calls a group of its own says nothing', async () => {
    expect(await storedAt(coalition, 'be-antwerp')).not.toContain(GROUP)
    const { database } = coalition.node('be-antwerp').services
    const { rows } = await database.asWorker(
      'test',
      async (tx) =>
        await sql<{ to_units: string[]; from_unit: string }>`select to_units, from_unit from link.messages where context = ${item}`.execute(
          tx,
        ),
    )
    expect(rows).toEqual([{ to_units: ['be.customs.antwerp'], from_unit: 'ec.pcu.guayaquil' }])
  })

  it('(L22) is who it was when released: who joins later gets nothing, until somebody releases it again', async () => {
    await withUnits(['be.customs.antwerp', 'es.customs.algeciras'])
    expect((await guayaquil.call(listDirectory, {})).groups).toMatchObject([{ units: ['be.customs.antwerp', 'es.customs.algeciras'] }])
    await arrived(guayaquil, algeciras, 'es.customs.algeciras')
    await guayaquil.call(recallItem, { item, reason: 'other', basis: 'policy of the unit', key: randomUUID() })
    await see(antwerp, item, ({ row }) => row.state === 'recalled')
    await arrived(guayaquil, algeciras, 'es.customs.algeciras')
    const kept = await storedAt(coalition, 'es-algeciras')
    expect(kept).not.toContain(item)
    expect(kept).not.toContain('For the watch')
    expect((await guayaquil.call(showItem, { item })).holders).toMatchObject([{ desk: 'be.customs.antwerp' }])
    await see(algeciras, await create(guayaquil, { recipients: [], groups: [GROUP], title: 'For the watch, anew' }))
  })
})

it('(L9) an authority that another may not see is in none of its lists, reached by no name, and missing nowhere', async () => {
  const asked = async () => {
    const answers = [
      await algeciras.raw(listDirectory, {}),
      await algeciras.raw(previewItem, draft({ recipients: ['it.customs.genoa'] })),
      await algeciras.raw(subscribe, { desk: 'it.customs.genoa', case: 'A' }),
      await algeciras.raw(
        previewAlert,
        draftOf(coalition, {
          legs: [
            { role: 'loading', place: 'ESALG' },
            { role: 'discharge', place: 'ITGOA', eta: eta(99) },
          ],
        }),
      ),
    ]
    return answers.map(
      ({ status, text }) => `${status} ${text.replace(/"version":\d+/, '"version":0').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<instant>')}`,
    )
  }
  await coalition.direct(({ orgs }) => ({
    orgs: orgs.map((org) => (org.id === 'it.customs' ? { ...org, visibleTo: ['be.customs'] } : org)),
  }))
  const hidden = await asked()
  const ofAntwerp = (await antwerp.call(listDirectory, {})).units.map((unit) => unit.id)
  await coalition.direct(({ orgs }) => ({ orgs: orgs.filter((org) => org.id !== 'it.customs') }))
  expect(hidden).toEqual(await asked())
  expect(ofAntwerp).toContain('it.customs.genoa')
})

it('(L21) a log that is too far behind stops every release, and nothing that takes back', async () => {
  const node = coalition.node('ec-guayaquil')
  const alert = await issueAndWait(coalition, draftOf(coalition), { from: guayaquil, seenBy: [antwerp] })
  const released = await create(guayaquil)
  await see(antwerp, released)
  for (const id of ['ec-guayaquil', 'be-antwerp']) await coalition.node(id).sealer.stop()
  const legs = draftOf(coalition).legs
  const releases = async () => [
    await code(create(guayaquil)),
    await code(guayaquil.call(issueAlert, { draft: draftOf(coalition), key: actKey() })),
    await code(guayaquil.call(updateAlert, { alert, legs, reason: 'again', key: actKey() })),
    await code(antwerp.call(passOn, { item: released, desk: 'es.customs.algeciras', key: randomUUID() })),
    await code(
      antwerp.call(requestPortAction, {
        partner: 'be.terminal.antwerp.operations',
        container: 'MSCU6639870',
        action: 'hold',
        until: eta(48),
        legalBasisText: 'Customs control',
        contact: 'Desk',
        key: actKey(),
      }),
    ),
  ]
  const box = { type: 'container', value: 'MSCU6639870' } as const
  const ask = async () => await code(antwerp.call(askMatch, { keys: [box], caseRef: 'CASE-L21', key: actKey() }))
  expect(await releases()).toEqual(Array.from({ length: 5 }, () => 'done'))
  expect(await ask()).toBe('matching.no-index')
  // By age: the oldest unsealed entry is older than five minutes.
  coalition.clock.advance(0.1)
  await signIn()
  expect(await releases()).toEqual(Array.from({ length: 5 }, () => 'audit.backlog'))
  expect(await ask()).toBe('audit.backlog')
  expect(await code(guayaquil.call(recallAlert, { alert, reason: 'wrong box', key: actKey() }))).toBe('done')
  expect(await code(guayaquil.call(recallItem, { item: released, reason: 'other', basis: 'policy of the unit', key: randomUUID() }))).toBe(
    'done',
  )
  const catchUp = async () => {
    while ((await sealBatch(node.services.database)) > 0);
  }
  await catchUp()
  expect(await code(create(guayaquil))).toBe('done')
  // By number: more than ten thousand entries wait, all of them young.
  await node.services.database.asWorker('test', async (tx) => {
    await sql`insert into audit.events (at, event, outcome, by, subjects, subject_ids, audience)
      select ${coalition.clock.now()}, 'test', 'done', 'test', '[]'::jsonb, '{}', '{}' from generate_series(1, 10001)`.execute(tx)
  })
  expect(await code(create(guayaquil))).toBe('audit.backlog')
  await catchUp()
  expect(await code(create(guayaquil))).toBe('done')
})
