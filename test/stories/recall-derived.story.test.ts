/** What follows from a recall, and what nobody learns by saying one: pieces made from others, two decisions at once, a part that was taken back. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  approveItem,
  createItem,
  type ItemDraft,
  type ItemView,
  listItems,
  recallItem,
  showItem,
  uploadAttachment,
} from '#modules/exchange/contract'
import type { Client } from '../../src/app/client.ts'
import { tell } from '../../src/modules/exchange/server/control-message.ts'
import { proveParts } from '../../src/modules/exchange/server/proofs.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

const OPEN = { H: [], tlp: 'GREEN', pap: 'CLEAR', conditions: [] } satisfies ItemDraft['fields'][number]['handling']
const PURPOSE = 'crime-prevention'
const RECALL = { reason: 'incorrect', basis: 'Directive (EU) 2016/680 Art 7(3)' } as const

let coalition: TestCoalition
let [guayaquil, antwerp, algeciras]: Client[] = []
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'es-algeciras', 'be-antwerp'] })
  guayaquil = await coalition.client('guayaquil', PURPOSE)
  antwerp = await coalition.client('antwerp', PURPOSE)
  algeciras = await coalition.client('algeciras', PURPOSE)
})
afterAll(async () => await coalition.stop())

const draft = (part: Partial<ItemDraft> = {}): ItemDraft => ({
  title: 'Box at the quay',
  kind: 'push',
  fields: [{ id: 'colour', label: 'Colour', value: 'the box is blue', handling: OPEN }],
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
})
const release = async (by: Client | undefined, part?: Partial<ItemDraft>): Promise<{ readonly item: string; readonly state: string }> => {
  if (by === undefined) throw new Error('Nobody is signed in.')
  return await by.call(createItem, { draft: draft(part), key: randomUUID() })
}
const show = async (by: Client | undefined, item: string): Promise<ItemView> => {
  if (by === undefined) throw new Error('Nobody is signed in.')
  return await by.call(showItem, { item })
}
const see = async (by: Client | undefined, item: string, holds: (seen: ItemView) => boolean = () => true): Promise<ItemView> => {
  await coalition.eventually(
    async () => (await by?.call(listItems, { limit: 200 }))?.items.map((row) => row.item) ?? [],
    (items) => items.includes(item),
  )
  return await coalition.eventually(async () => await show(by, item), holds)
}
const stateOf = async (by: Client | undefined, item: string) => (await show(by, item)).row.state
/** As the node of Antwerp itself. */
const atAntwerp = async <T>(work: Parameters<ReturnType<TestCoalition['node']>['services']['database']['asWorker']>[1]): Promise<T> =>
  (await coalition.node('be-antwerp').services.database.asWorker('test', work)) as T
const rowsAt = async (node: string, query: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  await coalition
    .node(node)
    .services.database.asWorker('test', async (tx) => (await sql<Record<string, unknown>>`${sql.raw(query)}`.execute(tx)).rows)

describe('what was made from a piece that is recalled', () => {
  it('is looked at again, however many pieces lie between', async () => {
    const { item } = await release(guayaquil)
    await see(antwerp, item)
    const first = await release(antwerp, { derivedFrom: [item], recipients: ['es.customs.algeciras'] })
    const second = await release(antwerp, { derivedFrom: [first.item], recipients: ['es.customs.algeciras'] })
    await guayaquil?.call(recallItem, { item, ...RECALL, key: randomUUID() })
    await see(antwerp, first.item, ({ row }) => row.state === 'review')
    expect(await stateOf(antwerp, second.item)).toBe('review')
  })

  it('is so too where the desk recalls a piece of its own', async () => {
    const { item } = await release(antwerp, { recipients: ['es.customs.algeciras'] })
    const made = await release(antwerp, { derivedFrom: [item], recipients: ['es.customs.algeciras'] })
    await antwerp?.call(recallItem, { item, ...RECALL, key: randomUUID() })
    expect(await stateOf(antwerp, made.item)).toBe('review')
  })

  it('and while it is recalled: the originator is not told that nothing was', async () => {
    const { item } = await release(guayaquil)
    await see(antwerp, item)
    await coalition.quiet()
    let making: Promise<{ readonly item: string }> | undefined
    await atAntwerp(async (tx) => {
      // The piece that is made waits before it is written down.
      await sql`lock table exchange.holders in share mode`.execute(tx)
      making = release(antwerp, { derivedFrom: [item], recipients: ['es.customs.algeciras'] })
      await sleep(1000)
      await guayaquil?.call(recallItem, { item, ...RECALL, key: randomUUID() })
      await sleep(2000)
    })
    const made = await making
    await coalition.quiet()
    expect(await stateOf(antwerp, made?.item ?? '')).toBe('review')
    expect((await show(guayaquil, item)).holders.map(({ state }) => state)).toEqual(['recall-sent'])
  })
})

it('two second persons at once: one decision counts, and what was sent can be recalled', async () => {
  const lead = await coalition.client('antwerp-lead', PURPOSE)
  const personalData = { yes: true, categories: ['name'] }
  const { item, state } = await release(antwerp, { recipients: ['es.customs.algeciras'], personalData })
  expect(state).toBe('awaiting-release')
  let both: Promise<PromiseSettledResult<object>[]> | undefined
  await atAntwerp(async (tx) => {
    await sql`select from exchange.items where item = ${item} for update`.execute(tx)
    const one = lead.call(approveItem, { item, decision: 'release', key: randomUUID() })
    await sleep(500)
    const two = lead.call(approveItem, { item, decision: 'send-back', key: randomUUID() })
    both = Promise.allSettled([one, two])
    await sleep(500)
  })
  expect((await both)?.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  await see(algeciras, item)
  expect(await stateOf(antwerp, item)).toBe('released')
  expect(await antwerp?.call(recallItem, { item, ...RECALL, key: randomUUID() })).toMatchObject({ holders: 1 })
})

it('an attachment that was taken back is handed out no more, whoever asks for it', async () => {
  const { sha256, size } = (await guayaquil?.upload(uploadAttachment, { name: 'scan.raw' }, Buffer.alloc(1000, 'pixel'))) ?? {
    sha256: '',
    size: 0,
  }
  const { item } = await release(guayaquil, { attachments: [{ sha256, size, name: 'scan.raw', handling: OPEN }] })
  await see(antwerp, item)
  await guayaquil?.call(recallItem, { item, attachment: sha256, ...RECALL, key: randomUUID() })
  await see(antwerp, item, ({ attachments }) => attachments.length === 0)
  const { services } = coalition.node('be-antwerp')
  await atAntwerp(async (tx) => {
    const key = { org: 'be.customs', desk: 'be.customs.antwerp', item }
    const to = { org: 'ec.pcu', unit: 'ec.pcu.guayaquil' }
    await tell({ tx, services }, { key, to, kind: 'request', type: 'exchange.attachment-wanted', data: { item, sha256, start: 0 } })
  })
  await coalition.quiet()
  const messages = await rowsAt(
    'be-antwerp',
    `select type from link.messages where context = '${item}' and type like 'exchange.attachment%'`,
  )
  expect(messages).toEqual([{ type: 'exchange.attachment-wanted' }])
})

it('nobody learns who holds a piece by saying that it is theirs', async () => {
  const { services } = coalition.node('be-antwerp')
  const origin = { org: 'be.customs', unit: 'be.customs.antwerp' }
  const to = { org: 'es.customs', unit: 'es.customs.algeciras' }
  const learnt = async (recipients: readonly string[]): Promise<unknown> => {
    const { item } = await release(guayaquil, { recipients: [...recipients] })
    await see(antwerp, item)
    if (recipients.includes(to.unit)) await see(algeciras, item)
    await coalition.quiet()
    const key = { org: origin.org, desk: origin.unit, item }
    const recalled = async () => {
      const words = { says: 'recall', item, origin, reason: 'other', basis: 'none', answerBy: new Date().toISOString() } as const
      await atAntwerp(async (tx) => {
        const token = await services.statements.make(words)
        await tell({ tx, services }, { key, to, kind: 'recall', type: 'exchange.statement', data: { token } })
      })
      await coalition.quiet()
    }
    await recalled()
    const terms = {
      item,
      origin,
      purpose: 'originator-control',
      eraseAt: new Date(Date.now() + 366 * 86_400_000).toISOString(),
      evaluation: { source: 'A' as const, info: 1 as const },
      legalBasis: { act: 'Coalition policy', art: 'none' },
    }
    const parts = { title: 'Probe', fields: [{ id: 'x', label: 'x', value: 'x', handling: OPEN }], attachments: [] }
    const sent = await atAntwerp<string>(async (tx) => {
      const { evaluation, legalBasis } = terms
      const words = await proveParts(services.statements, terms, parts)
      const data = { item, origin, kind: 'push', ...parts, evaluation, legalBasis, parts: words, grants: [] }
      return await tell({ tx, services }, { key, to, kind: 'push', type: 'exchange.item', data })
    })
    await recalled()
    return [
      await rowsAt(
        'be-antwerp',
        `select type from link.messages where context = '${item}' and direction = 'in' and type = 'exchange.recall-answer'`,
      ),
      await rowsAt('be-antwerp', `select kind, positive, code from link.evidence where id = '${sent}' and kind = 'delivery'`),
    ]
  }
  expect(await learnt([origin.unit, to.unit])).toEqual(await learnt([origin.unit]))
})
