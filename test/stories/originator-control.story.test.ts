/**
 * Three nodes: Guayaquil tells Antwerp four things under four handlings, Antwerp passes on what it may, Algeciras holds the rest never. What each node
 * stores is checked, not only what it shows; then Guayaquil takes it back from both.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  answerPermission,
  askPermission,
  changeMarking,
  createItem,
  exportItem,
  fetchAttachment,
  giveFeedback,
  type ItemDraft,
  type ItemView,
  listItems,
  listPermissions,
  passOn,
  previewItem,
  readAttachment,
  recallItem,
  settleRecall,
  showItem,
  uploadAttachment,
} from '#modules/exchange/contract'
import type { Client } from '../../src/app/client.ts'
import { tell } from '../../src/modules/exchange/server/control-message.ts'
import { expireJob } from '../../src/modules/exchange/server/expire.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

const OPEN = { H: [], tlp: 'GREEN', pap: 'CLEAR', conditions: [] } satisfies ItemDraft['fields'][number]['handling']
const SECRETS = { free: 'the box is blue', court: 'seal GS6271234', onward: 'yard row 17', eyes: 'the crane driver told us' }

let coalition: TestCoalition
let guayaquil: Client
let antwerp: Client
let algeciras: Client

beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'es-algeciras', 'be-antwerp'] })
  await signIn()
})
afterAll(async () => await coalition.stop())

/** Again after the clock moved: sessions do not outlive that. */
async function signIn(): Promise<void> {
  guayaquil = await coalition.client('guayaquil', 'crime-prevention')
  antwerp = await coalition.client('antwerp', 'crime-prevention')
  algeciras = await coalition.client('algeciras', 'crime-prevention')
}

function draft(part: Partial<ItemDraft> = {}): ItemDraft {
  const field = (id: keyof typeof SECRETS, handling: ItemDraft['fields'][number]['handling']) => ({
    id,
    label: `Field ${id}`,
    value: SECRETS[id],
    handling,
  })
  return {
    title: 'Box at the quay',
    kind: 'push',
    fields: [
      field('free', OPEN),
      field('court', { ...OPEN, H: ['H1'] }),
      field('onward', { ...OPEN, H: ['H2'], tlp: 'AMBER' }),
      field('eyes', { ...OPEN, tlp: 'RED', pap: 'RED' }),
    ],
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

const see = async (client: Client, item: string, holds: (seen: ItemView) => boolean = () => true): Promise<ItemView> => {
  await coalition.eventually(
    async () => (await client.call(listItems, { limit: 200 })).items.map((row) => row.item),
    (items) => items.includes(item),
  )
  return await coalition.eventually(async () => await client.call(showItem, { item }), holds)
}

/** Everything a node keeps of this slice and of the link, as text: content is opened with the node's own key first. */
async function stored(node: string, item: string): Promise<string> {
  const { database, box } = coalition.node(node).services
  return await database.asWorker('test', async (tx) => {
    const { rows } = await sql<{ content: string; key: string }>`
      select i.content, k.key from exchange.items i join exchange.content_keys k using (org, desk, item) where item = ${item}`.execute(tx)
    const everything = await sql<{ text: string }>`
      select row_to_json(t)::text as text from link.messages t union all select row_to_json(t)::text from link.inbox t
      union all select row_to_json(t)::text from exchange.items t union all select row_to_json(t)::text from exchange.holders t`.execute(tx)
    return [...rows.map((row) => box.open(row)), ...everything.rows.map((row) => row.text)].join('\n')
  })
}

const found = (text: string) => Object.entries(SECRETS).flatMap(([id, value]) => (text.includes(value) ? [id] : []))

describe('four fields under four handlings', () => {
  let item: string
  it('shows on the release screen who will see what', async () => {
    const screen = await guayaquil.call(previewItem, draft())
    expect(screen.problems).toEqual([])
    expect(screen.recipients).toMatchObject([
      {
        desk: 'be.customs.antwerp',
        sees: ['Field free', 'Field court', 'Field onward', 'Field eyes'],
        withheld: [],
        gate: { decision: 'pass' },
      },
    ])
    expect(screen.handling).toEqual({ H: ['H1', 'H2'], tlp: 'RED', pap: 'RED', conditions: [] })
    expect(screen.fourEyes).toEqual([])
  })

  it('reaches the middle node whole, with what it may do', async () => {
    const made = await guayaquil.call(createItem, { draft: draft(), key: randomUUID() })
    item = made.item
    expect(made.state).toBe('released')
    const seen = await see(antwerp, item)
    expect(seen.fields.map((field) => field.value)).toEqual(Object.values(SECRETS))
    expect(seen.capabilities).toEqual(['read', 'store', 'derive'])
    expect(found(await stored('be-antwerp', item))).toEqual(['free', 'court', 'onward', 'eyes'])
  })

  it('passes on only what the handling leaves: the last node does not even store the rest', async () => {
    const { fields } = await antwerp.call(passOn, { item, desk: 'es.customs.algeciras', key: randomUUID() })
    expect(fields).toEqual(['Field free', 'Field court'])
    const seen = await see(algeciras, item)
    expect(seen.fields.map((field) => field.id)).toEqual(['free', 'court'])
    expect(seen.row.origin).toBe('ec.pcu.guayaquil')
    const kept = await stored('es-algeciras', item)
    expect(found(kept)).toEqual(['free', 'court'])
    expect(kept).not.toContain('onward')
    expect(kept).not.toContain('Box at the quay')
  })

  it('(L13) gives the same view as push, page and export', async () => {
    const page = await algeciras.call(showItem, { item })
    const file = JSON.parse((await algeciras.raw(exportItem, { item })).text) as { fields: unknown; obligations: unknown }
    expect(file.fields).toEqual(page.fields)
    expect(file.obligations).toEqual(page.obligations)
  })

  it('tells the originator who holds it', async () => {
    const seen = await see(guayaquil, item, ({ holders }) => holders.length === 2)
    expect(seen.holders).toMatchObject([
      { desk: 'be.customs.antwerp', state: 'holds' },
      { desk: 'es.customs.algeciras', via: 'be.customs', state: 'holds' },
    ])
  })

  it('opens one more field with a grant of the originator, for the named recipient alone', async () => {
    await expect(
      algeciras.call(askPermission, { item, capability: 'disseminate', reason: 'no recipient named', key: randomUUID() }),
    ).rejects.toMatchObject({ code: 'exchange.recipient' })
    const { request } = await antwerp.call(askPermission, {
      item,
      capability: 'disseminate',
      recipient: 'es.customs',
      reason: 'Algeciras unloads it first',
      key: randomUUID(),
    })
    const asked = await coalition.eventually(
      async () => (await guayaquil.call(listPermissions, {})).items,
      (items) => items.some((each) => each.request === request && each.direction === 'in'),
    )
    expect(asked[0]).toMatchObject({ by: 'be.customs.antwerp', recipient: 'es.customs', state: 'open' })
    await guayaquil.call(answerPermission, { request, decision: 'grant' })
    await see(antwerp, item, ({ permissions }) => permissions.some((each) => each.state === 'granted'))
    const { fields } = await antwerp.call(passOn, { item, desk: 'es.customs.algeciras', key: randomUUID() })
    expect(fields).toEqual(['Field free', 'Field court', 'Field onward', 'Field eyes'])
    const seen = await see(algeciras, item, (each) => each.fields.length === 4)
    expect(seen.fields.map((field) => field.id)).toEqual(['free', 'court', 'onward', 'eyes'])
    expect(seen.row.title).toBe('Box at the quay')
  })

  it('keeps out of proceedings what may not go there, until it is allowed', async () => {
    await expect(antwerp.call(giveFeedback, { item, kind: 'used-in-proceedings', note: 'AN-2026-17' })).rejects.toMatchObject({
      code: 'exchange.withheld',
    })
    const { request } = await antwerp.call(askPermission, {
      item,
      capability: 'use-in-proceedings',
      reason: 'needed in court',
      key: randomUUID(),
    })
    await coalition.eventually(
      async () => (await guayaquil.call(listPermissions, {})).items,
      (items) => items.some((each) => each.request === request),
    )
    await guayaquil.call(answerPermission, { request, decision: 'grant' })
    await see(antwerp, item, ({ capabilities }) => capabilities.includes('use-in-proceedings'))
    await antwerp.call(giveFeedback, { item, kind: 'used-in-proceedings', note: 'AN-2026-17' })
    await see(guayaquil, item, ({ feedback }) => feedback.some((each) => each.kind === 'used-in-proceedings' && each.note === 'AN-2026-17'))
  })

  it('(L14) is taken back from both; the answers say what became of it, and nothing pretends an erasure', async () => {
    const { holders } = await guayaquil.call(recallItem, {
      item,
      reason: 'incorrect',
      basis: 'Directive (EU) 2016/680 Art 7(3)',
      key: randomUUID(),
    })
    expect(holders).toBe(2)
    const seen = await see(guayaquil, item, (each) => each.holders.every(({ state }) => state !== 'recall-sent' && state !== 'holds'))
    expect(seen.holders).toMatchObject([
      { desk: 'be.customs.antwerp', state: 'partly-used', reference: 'AN-2026-17' },
      { desk: 'es.customs.algeciras', state: 'recalled' },
    ])
    for (const [client, node] of [
      [antwerp, 'be-antwerp'],
      [algeciras, 'es-algeciras'],
    ] as const) {
      expect(await client.call(showItem, { item })).toMatchObject({ fields: [], row: { state: 'recalled', title: '' } })
      expect(found(await stored(node, item))).toEqual([])
      expect((await client.raw(exportItem, { item })).status).toBe(404)
    }
  })
})

it('(L14) remembers a recall that comes before the information, and refuses it from any peer', async () => {
  const { item } = await guayaquil.call(createItem, { draft: draft({ recipients: ['be.customs.antwerp'] }), key: randomUUID() })
  await see(antwerp, item)
  await guayaquil.call(recallItem, { item, reason: 'safety', basis: 'policy of the unit', key: randomUUID() })
  await see(antwerp, item, ({ row }) => row.state === 'recalled')
  await expect(antwerp.call(passOn, { item, desk: 'es.customs.algeciras', key: randomUUID() })).rejects.toMatchObject({ status: 404 })
})

it('brings what was derived before a person, whose answer reaches the originator', async () => {
  const { item } = await guayaquil.call(createItem, { draft: draft({ fields: draft().fields.slice(0, 1) }), key: randomUUID() })
  await see(antwerp, item)
  const looser = draft({
    derivedFrom: [item],
    recipients: ['es.customs.algeciras'],
    fields: [{ id: 'own', label: 'Own', value: 'so it is', handling: { ...OPEN, tlp: 'CLEAR' } }],
  })
  await expect(antwerp.call(createItem, { draft: looser, key: randomUUID() })).rejects.toMatchObject({ code: 'exchange.item-invalid' })
  const derived = await antwerp.call(createItem, {
    draft: { ...looser, fields: [{ id: 'own', label: 'Own', value: 'so it is', handling: OPEN }] },
    key: randomUUID(),
  })
  await guayaquil.call(recallItem, { item, reason: 'incorrect', basis: 'Directive (EU) 2016/680 Art 7(3)', key: randomUUID() })
  await see(antwerp, derived.item, ({ row }) => row.state === 'review')
  await antwerp.call(settleRecall, { item, answer: 'recalled' })
  await see(guayaquil, item, ({ holders }) => holders[0]?.state === 'recalled')
})

it('exists for no other purpose than the one it was exchanged for', async () => {
  const { item } = await guayaquil.call(createItem, { draft: draft(), key: randomUUID() })
  await see(antwerp, item)
  const otherwise = await coalition.client('antwerp', 'customs-control')
  expect((await otherwise.call(listItems, { limit: 200 })).items.map((row) => row.item)).not.toContain(item)
  const hidden = await otherwise.raw(showItem, { item })
  expect(hidden).toEqual(await otherwise.raw(showItem, { item: 'nothing-of-that-id' }))
  expect(hidden.status).toBe(404)
  expect((await otherwise.raw(exportItem, { item })).status).toBe(404)
  await expect(otherwise.call(passOn, { item, desk: 'es.customs.algeciras', key: randomUUID() })).rejects.toMatchObject({ status: 404 })
  await expect(
    otherwise.call(askPermission, { item, capability: 'derive', reason: 'another purpose', key: randomUUID() }),
  ).rejects.toMatchObject({ status: 404 })
})

it('is erased where it is held on the day its originator set, and nobody has to remember it', async () => {
  const { item } = await guayaquil.call(createItem, { draft: draft({ retentionDays: 1 }), key: randomUUID() })
  await see(antwerp, item)
  coalition.clock.advance(25)
  for (const node of ['ec-guayaquil', 'be-antwerp']) {
    await expireJob.run({}, coalition.node(node).services)
    expect(found(await stored(node, item))).toEqual([])
  }
  await signIn()
  expect(await antwerp.call(showItem, { item })).toMatchObject({ fields: [], row: { state: 'expired', title: '' } })
  await expect(antwerp.call(passOn, { item, desk: 'es.customs.algeciras', key: randomUUID() })).rejects.toMatchObject({ status: 404 })
})

it('(L14) changes the marking everywhere at once', async () => {
  const { item } = await guayaquil.call(createItem, { draft: draft({ fields: draft().fields.slice(0, 1) }), key: randomUUID() })
  await see(antwerp, item, ({ capabilities }) => capabilities.includes('disseminate'))
  await guayaquil.call(changeMarking, { item, handling: { ...OPEN, H: ['H2'] } })
  await see(antwerp, item, ({ capabilities }) => !capabilities.includes('disseminate'))
  await expect(antwerp.call(passOn, { item, desk: 'es.customs.algeciras', key: randomUUID() })).rejects.toMatchObject({
    code: 'exchange.withheld',
  })
})

it('keeps the newest marking, in whatever order the originator’s words arrive', async () => {
  const { item } = await guayaquil.call(createItem, { draft: draft({ fields: draft().fields.slice(0, 1) }), key: randomUUID() })
  await see(antwerp, item)
  const { services } = coalition.node('ec-guayaquil')
  const origin = { org: 'ec.pcu', unit: 'ec.pcu.guayaquil' }
  const mark = async (handling: typeof OPEN) => await services.statements.make({ says: 'marking', item, origin, handling, fields: {} })
  const older = await mark({ ...OPEN, tlp: 'CLEAR' } as never)
  coalition.clock.advance(0.001)
  const newer = await mark({ ...OPEN, H: ['H2'] } as never)
  for (const token of [newer, older])
    await services.database.asWorker('test', async (tx) => {
      const key = { org: origin.org, desk: origin.unit, item }
      const to = { org: 'be.customs', unit: 'be.customs.antwerp' }
      await tell({ tx, services }, { key, to, kind: 'update', type: 'exchange.statement', data: { token } })
    })
  await signIn()
  const seen = await see(antwerp, item, ({ statements }) => statements.filter(({ says }) => says === 'marking').length === 2)
  expect(seen.handling.H).toEqual(['H2'])
  expect(seen.capabilities).not.toContain('disseminate')
})

it('(L16) moves an attachment in pieces, to whom its parent was released and nobody else', async () => {
  const bytes = Buffer.alloc(700_000, 'pixel')
  const { sha256, size } = await guayaquil.upload(uploadAttachment, { name: 'scan.raw' }, bytes)
  const attachments = [{ sha256, size, name: 'scan.raw', handling: OPEN }]
  const { item } = await guayaquil.call(createItem, { draft: draft({ attachments }), key: randomUUID() })
  await see(antwerp, item)
  expect(await antwerp.call(fetchAttachment, { item, sha256 })).toEqual({ state: 'asked' })
  await see(antwerp, item, (seen) => seen.attachments[0]?.here === true)
  const pieces: Buffer[] = []
  for (let start: number | undefined = 0; start !== undefined; ) {
    const piece: { bytes: string; next?: number | undefined } = await antwerp.call(readAttachment, { item, sha256, start })
    pieces.push(Buffer.from(piece.bytes, 'base64'))
    start = piece.next
  }
  expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
  await expect(algeciras.call(fetchAttachment, { item, sha256 })).rejects.toMatchObject({ status: 404 })
  await expect(algeciras.call(readAttachment, { item, sha256 })).rejects.toMatchObject({ status: 404 })
})

it('lets the nodes watch each other\u2019s logs on the way: heads are witnessed, no honest log is taken for a fork', async () => {
  const of = async (node: string, query: string) =>
    await coalition
      .node(node)
      .services.database.asWorker('test', async (tx) => (await sql<{ n: number }>`${sql.raw(query)}`.execute(tx)).rows[0]?.n ?? 0)
  for (let round = 0; round < 4; round++) {
    for (const node of ['ec-guayaquil', 'be-antwerp']) await coalition.node(node).sealer.flush()
    const { item } = await guayaquil.call(createItem, { draft: draft({ fields: draft().fields.slice(0, 1) }), key: randomUUID() })
    await see(antwerp, item)
  }
  for (const node of ['ec-guayaquil', 'be-antwerp']) {
    await coalition.eventually(
      async () => await of(node, 'select count(*)::int as n from audit.cosignatures'),
      (n) => n > 0,
    )
    expect(await of(node, "select count(*)::int as n from audit.events where event = 'exchange.log-fork'")).toBe(0)
    expect(await of(node, "select count(*)::int as n from link.inbox where state = 'quarantined'")).toBe(0)
  }
})
